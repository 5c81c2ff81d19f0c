import type { ClaimView } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { withParameters } from '../../api/http.ts';
import { problemOf } from '../../api/problem.ts';
import { claimActionsQuery, claimQuery, deploymentQuery } from '../../api/reads.ts';
import { Actions } from '../../parts/act/actions.tsx';
import { Downloads } from '../../parts/downloads.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { useOrgName } from '../../words/orgs.ts';
import { ClaimFacts, LentFacts } from './facts.tsx';
import { History } from './history.tsx';
import { LinesTable } from './lines-table.tsx';
import { withLines } from './with-lines.ts';

const PACK = [
  ['html', '.html', 'Download the pack as a page'],
  ['lines', '-lines.csv', 'Download the lines as CSV'],
  ['steps', '-steps.csv', 'Download the steps as CSV'],
] as const;

const Claim = ({ claim }: { claim: ClaimView }) => {
  const { mode, org } = usePlace();
  const { donor, claimId } = claim;
  return (
    <>
      <LinesTable claim={claim} />
      <section aria-labelledby="pack">
        <h2 id="pack" className="govuk-heading-m">
          The pack
        </h2>
        <Downloads
          label="Take the claim away"
          files={PACK.map(([format, ending, words]) => ({
            href: withParameters(`/v1/${mode}/claims/${donor}/${claimId}/pack`, { as: org, format }),
            name: `claim-${donor}-${claimId}${ending}`,
            words,
          }))}
        />
      </section>
      <History claim={claim} />
    </>
  );
};

/** What was lent and what it costs: the claim for one deployment, or the place to open it. */
export const Component = () => {
  const place = usePlace();
  const nameOf = useOrgName();
  const { donor = '', claimId = '' } = useParams();
  const claim = useQuery(claimQuery(place, donor, claimId));
  const actions = useQuery(claimActionsQuery(place, donor, claimId));
  const deployment = useQuery(deploymentQuery(place, donor, claimId));
  const host = claim.data?.host ?? deployment.data?.host;
  const title = host === undefined ? 'Claim' : `Claim of ${nameOf(donor)} on ${nameOf(host)}`;
  useDocumentTitle(title);
  const problem = claim.error ? problemOf(claim.error) : undefined;
  return (
    <>
      <Link className="govuk-back-link" to={pathTo(place, 'costs')}>
        Costs and claims
      </Link>
      <h1 className="govuk-heading-l">{title}</h1>
      {problem?.code === 'not-found' && deployment.data && (
        <p className="govuk-body">No claim has been opened for these units yet.</p>
      )}
      {problem && !(problem.code === 'not-found' && deployment.data) && <ProblemNotice problem={problem} />}
      <div className="mu-split">
        <div>
          {claim.data && <ClaimFacts claim={claim.data} />}
          {deployment.data && <LentFacts deployment={deployment.data} />}
        </div>
        <div>
          <Loaded query={actions}>
            {(read) => <Actions actions={read.actions.map((row) => withLines(row, claim.data))} />}
          </Loaded>
        </div>
      </div>
      {claim.data && <Claim claim={claim.data} />}
    </>
  );
};
