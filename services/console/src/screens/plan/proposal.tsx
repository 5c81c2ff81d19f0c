import type { PlanView } from '@muster/contracts';
import { SummaryList } from '../../parts/summary-list.tsx';
import { Tag } from '../../parts/tag.tsx';
import { money } from '../../words/money.ts';
import { useCapabilityName, useOrgName } from '../../words/orgs.ts';
import { tokenWords } from '../../words/requests.ts';
import { clockTimeWithSeconds, dayAndTime } from '../../words/time.ts';
import { Approval } from './approval.tsx';
import { ShortLines } from './short-lines.tsx';

type Objective = PlanView['objectives'][number];

const useValueWords = (): ((objective: Objective) => string) => {
  const nameOf = useOrgName();
  const capabilityOf = useCapabilityName();
  return ({ term, value, outOf, at }) => {
    switch (term) {
      case 'fill':
        return `${value} of ${outOf ?? value} units`;
      case 'lateness':
        return `${value} unit minutes late`;
      case 'strain':
        return `${Math.round(value * 100)} % of what one donor has${at ? `: ${nameOf(at.donor)}, ${capabilityOf(at.capabilityCode)}` : ''}`;
      case 'cost':
        return money(value);
    }
  };
};

/** What the plan reaches by each objective, in their order, and how sure it is that none is better. */
const Objectives = ({ plan: { objectives, isOptimal, inWords } }: { plan: PlanView }) => {
  const wordsOf = useValueWords();
  return (
    <section aria-labelledby="plan-objectives">
      <h2 id="plan-objectives" className="govuk-heading-s">
        How good it is
      </h2>
      <p className="govuk-body">
        <Tag colour={isOptimal ? 'green' : 'yellow'}>{isOptimal ? 'Best possible' : 'Not proven best'}</Tag>{' '}
        {inWords}
      </p>
      <SummaryList
        rows={objectives.map((each) => ({
          key: tokenWords(each.urgency === undefined ? each.term : `${each.term}, ${each.urgency}`),
          value: (
            <>
              {wordsOf(each)} <span className="mu-quiet">({each.inWords})</span>
            </>
          ),
        }))}
      />
    </section>
  );
};

const unitsOf = (rows: readonly { needed: number; assigned: number }[]): string => {
  const sum = (read: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((all, row) => all + read(row), 0);
  return `${sum(({ assigned }) => assigned)} of ${sum(({ needed }) => needed)} units`;
};

/** A plan as it was made. */
export const Proposal = ({ plan }: { plan: PlanView }) => {
  const nameOf = useOrgName();
  const { asOf, basedOnSeq, lines, without, by } = plan;
  const limits = [
    ...(by === undefined ? [] : [`there by ${dayAndTime(by)}`]),
    ...(without.length === 0 ? [] : [`without ${without.map(nameOf).join(', ')}`]),
  ];
  return (
    <>
      <p className="govuk-body">
        <strong>{lines.length === 0 ? 'No line is short.' : `It fills ${unitsOf(lines)}.`}</strong> Made at{' '}
        {clockTimeWithSeconds(asOf)} from the ledger at {basedOnSeq}
        {limits.length > 0 && `, ${limits.join(', ')}`}.
      </p>
      {lines.length > 0 && (
        <>
          <Approval plan={plan} />
          <ShortLines lines={lines} />
          <Objectives plan={plan} />
        </>
      )}
    </>
  );
};
