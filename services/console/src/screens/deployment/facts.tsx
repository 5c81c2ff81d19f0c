import type { DeploymentView } from '@muster/contracts';
import { Countdown } from '../../parts/countdown.tsx';
import { SummaryList, type SummaryRow } from '../../parts/summary-list.tsx';
import { RECALL_REASONS, SECONDMENT_OUTCOMES, SIDE_WORDS } from '../../words/deployments.ts';
import { useOrgName } from '../../words/orgs.ts';
import { tokenWords } from '../../words/requests.ts';
import { dayAndTime, span } from '../../words/time.ts';
import { DeploymentStatusTag } from '../deployments/status-tag.tsx';

const controlFact = ({ control }: DeploymentView): SummaryRow | undefined =>
  control && {
    key: 'Control',
    value: (
      <>
        {SIDE_WORDS[control.with]}, since {dayAndTime(control.since)}
        {control.proposed && (
          <div className="mu-quiet">
            proposed: {SIDE_WORDS[control.proposed.to]} from {dayAndTime(control.proposed.at)}
          </div>
        )}
      </>
    ),
  };

const recallFact = ({ recall }: DeploymentView): SummaryRow | undefined =>
  recall && {
    key: 'Recall',
    value: (
      <>
        wanted back <Countdown to={recall.by} />: {RECALL_REASONS[recall.reasonCode]}
        {recall.kept !== undefined && <div>Kept for now: {recall.kept}</div>}
        {recall.raisedAt !== undefined && (
          <div>Before the national tier since {dayAndTime(recall.raisedAt)}</div>
        )}
      </>
    ),
  };

const extensionFact = ({ extension }: DeploymentView): SummaryRow | undefined =>
  extension && {
    key: 'Extension',
    value: (
      <>
        until {dayAndTime(extension.newEnd)}: {extension.reason}
        <div className="mu-quiet">
          {extension.reserved ? (
            'accepted; the home ledger has yet to confirm it'
          ) : (
            <>
              to be answered <Countdown to={extension.answerBy} />
            </>
          )}
        </div>
        {extension.condition !== undefined && <div>Condition: {extension.condition}</div>}
      </>
    ),
  };

const welfareFact = ({ welfare }: DeploymentView): SummaryRow | undefined =>
  welfare && {
    key: 'People',
    value: welfare.isOpen
      ? 'nobody has said yet how they are'
      : `${welfare.injuries} injured; welfare support ${welfare.welfareReferral ? 'needed' : 'not needed'}`,
  };

const secondmentFact = ({ secondment }: DeploymentView): SummaryRow | undefined =>
  secondment && {
    key: 'Away for long',
    value:
      secondment.outcome === undefined
        ? `to be reviewed since ${dayAndTime(secondment.raisedAt)}`
        : SECONDMENT_OUTCOMES[secondment.outcome],
  };

const told = (key: string, value: string | undefined): SummaryRow | undefined =>
  value === undefined || value === '' ? undefined : { key, value };

/** Everything that is known of a deployment. */
export const DeploymentFacts = ({ deployment }: { deployment: DeploymentView }) => {
  const nameOf = useOrgName();
  const { donor, host, capabilityId, status, since, from, to, desks, earlyEnd, statusAsked } = deployment;
  return (
    <SummaryList
      rows={[
        {
          key: 'Status',
          value: (
            <>
              <DeploymentStatusTag status={status} /> since {dayAndTime(since)}
            </>
          ),
        },
        { key: 'From', value: `${nameOf(donor)}, ${capabilityId}` },
        { key: 'At', value: nameOf(host) },
        {
          key: 'When',
          value: (
            <>
              {span(from, to)}{' '}
              <span className="mu-quiet">
                ends <Countdown to={to} />
              </span>
            </>
          ),
        },
        controlFact(deployment),
        recallFact(deployment),
        extensionFact(deployment),
        told(
          'Ended early',
          earlyEnd &&
            `${tokenWords(earlyEnd.kind)} by ${nameOf(earlyEnd.by)}: ${tokenWords(earlyEnd.reasonCode)}`,
        ),
        told(
          'Status asked for',
          statusAsked && `by ${nameOf(statusAsked.by)}, ${dayAndTime(statusAsked.at)}`,
        ),
        welfareFact(deployment),
        secondmentFact(deployment),
        told('Rules of rest broken', deployment.dutyBreaches?.map(tokenWords).join(', ')),
        told('Desks', desks && `${desks.host} at the host, ${desks.donor} at the donor`),
        told('Debriefed', deployment.debriefed?.map((side) => SIDE_WORDS[side]).join(', ')),
      ].filter((row) => row !== undefined)}
    />
  );
};
