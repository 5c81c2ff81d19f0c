import type { ClaimView, DeploymentView } from '@muster/contracts';
import { Link } from 'react-router';
import { ClaimDue, ClaimStatusTag } from '../../parts/claim-status.tsx';
import { SummaryList } from '../../parts/summary-list.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { money } from '../../words/money.ts';
import { useOrgName, useUnitsName } from '../../words/orgs.ts';
import { tokenWords } from '../../words/requests.ts';
import { costWords } from '../../words/terms.ts';
import { dayAndTime, span } from '../../words/time.ts';
import { DeploymentStatusTag } from '../deployments/status-tag.tsx';

const timesWords = (round: number): string =>
  round === 0 ? 'not yet' : `${round} ${round === 1 ? 'time' : 'times'}`;

/** How a claim stands. */
export const ClaimFacts = ({ claim }: { claim: ClaimView }) => {
  const nameOf = useOrgName();
  const { status, since, totalPence, estimatePence, costCategory, round, query, checkedBy, waiver } = claim;
  return (
    <SummaryList
      rows={[
        {
          key: 'Status',
          value: (
            <>
              <ClaimStatusTag status={status} /> since {dayAndTime(since)}
            </>
          ),
        },
        { key: 'Next step due', value: <ClaimDue {...claim} /> },
        { key: 'Total', value: <strong>{money(totalPence)}</strong> },
        { key: 'Estimate', value: money(estimatePence) },
        { key: 'Cost basis', value: costWords(costCategory) },
        { key: 'Claimed', value: timesWords(round) },
        {
          key: 'Asked',
          value: query && (
            <>
              {query.reason}{' '}
              <span className="mu-quiet">
                by {query.by}, about {query.lineIds.length === 0 ? 'all lines' : query.lineIds.join(', ')}
              </span>
            </>
          ),
        },
        { key: 'Checked by', value: checkedBy },
        {
          key: 'Waiver',
          value:
            waiver &&
            `${nameOf(waiver.by)} would do without the money (${tokenWords(waiver.basis).toLowerCase()})`,
        },
      ]}
    />
  );
};

/** What was lent, leading to its page and to that of the request. */
export const LentFacts = ({ deployment }: { deployment: DeploymentView }) => {
  const place = usePlace();
  const unitsOf = useUnitsName();
  const { donor, deploymentId, host, requestId, from, to, status } = deployment;
  return (
    <SummaryList
      rows={[
        {
          key: 'Lent',
          value: (
            <Link className="govuk-link" to={pathTo(place, 'deployments', donor, deploymentId)}>
              {unitsOf(deployment)}
            </Link>
          ),
        },
        { key: 'When', value: span(from, to) },
        { key: 'Units', value: <DeploymentStatusTag status={status} /> },
        {
          key: 'Request',
          value: (
            <Link className="govuk-link" to={pathTo(place, 'request', host, requestId)}>
              {requestId}
            </Link>
          ),
        },
      ]}
    />
  );
};
