import type { PlanView } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useCommand } from '../../api/commands.ts';
import { generalActionsQuery } from '../../api/reads.ts';
import { useIsReadOnly } from '../../live/live.tsx';
import { ErrorSummary } from '../../parts/form/faults.tsx';
import { TextArea } from '../../parts/form/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { usePlace } from '../../shell/place.ts';
import { Assignments } from './assignments.tsx';
import { rowId, rowOf } from './row-id.ts';
import { goneRows } from './stale.ts';

type Assignment = PlanView['assignments'][number];

/** As much of a row as an approval says. */
const approvedOf = ({ host, requestId, lineId, donor, capabilityId, quantity, offerId }: Assignment) => ({
  ...{ host, requestId, lineId, donor, capabilityId, quantity },
  ...(offerId !== undefined && { offerId }),
});

const rowsWords = (count: number): string => (count === 1 ? '1 row' : `${count} rows`);

const NONE: ReadonlyMap<number, string> = new Map();

/** The rows of a plan, to be approved in whole or in part; those that no longer hold are named. */
export const Approval = ({ plan }: { plan: PlanView }) => {
  const [chosen, setChosen] = useState<readonly number[]>(() => plan.assignments.map((_, row) => row));
  const [reserved, setReserved] = useState<readonly number[]>([]);
  const [sent, setSent] = useState<readonly number[]>([]);
  const [goneBefore, setGoneBefore] = useState(NONE);
  const [rationale, setRationale] = useState('');
  const isReadOnly = useIsReadOnly();
  const { data } = useQuery(generalActionsQuery(usePlace()));
  const { sending, faults, send } = useCommand('plan-approve');
  const refused = sending.state === 'refused' ? sending.problem : undefined;
  const goneNow = refused?.code === 'plan-stale' ? goneRows(faults, sent) : NONE;
  const gone = new Map([...goneBefore, ...goneNow]);
  const left = chosen.filter((row) => !gone.has(row) && !reserved.includes(row));
  const approval = data?.actions.find(({ command }) => command === 'plan-approve');

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setGoneBefore(gone);
    setSent(left);
    const body = {
      planId: plan.planId,
      basedOnSeq: plan.basedOnSeq,
      policyVersion: plan.policyVersion ?? 'not told',
      ...(rationale.trim() !== '' && { rationale: rationale.trim() }),
      assignments: left.flatMap((row) => {
        const assignment = plan.assignments[row];
        return assignment ? [approvedOf(assignment)] : [];
      }),
    };
    const role = approval?.allowed ? approval.role : undefined;
    if ((await send(body, role)) !== undefined) setReserved([...reserved, ...left]);
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {refused && (
        <ErrorSummary
          problem={{
            ...refused,
            ...(goneNow.size > 0 && {
              fields: [...goneNow].map(([row, because]) => ({ path: rowId(row), because })),
            }),
          }}
          {...(goneNow.size > 0 && { wordsOf: (path: string) => `Row ${rowOf(path) + 1}:` })}
        />
      )}
      {sending.state === 'unknown' && (
        <Notice>It is not known whether this was stored. Send it again: it will not be done twice.</Notice>
      )}
      {reserved.length > 0 && (
        <Notice>
          {rowsWords(reserved.length)} reserved; the home forces now confirm. A new plan is for what is short
          after that.
        </Notice>
      )}
      <Assignments
        plan={plan}
        chosen={chosen}
        reserved={reserved}
        gone={gone}
        canChoose={approval?.allowed === true}
        choose={setChosen}
      />
      {approval?.allowed === false && plan.assignments.length > 0 && (
        <p className="govuk-body mu-quiet">
          You cannot approve it: {approval.because.map(({ because }) => because).join('; ')}.
        </p>
      )}
      {approval?.allowed && plan.assignments.length > 0 && (
        <>
          <TextArea
            id="rationale"
            label="Why, if it helps"
            rows={2}
            value={rationale}
            onChange={setRationale}
          />
          <button
            type="submit"
            className="govuk-button"
            disabled={left.length === 0 || sending.state === 'sending' || isReadOnly}
          >
            {sending.state === 'sending' ? 'Sending…' : `Approve ${rowsWords(left.length)}`}
          </button>
        </>
      )}
    </form>
  );
};
