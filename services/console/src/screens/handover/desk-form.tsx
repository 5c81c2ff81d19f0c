import type { HandoverItem } from '@muster/contracts';
import { type FormEvent, useState } from 'react';
import { useCommand } from '../../api/commands.ts';
import { useIsReadOnly } from '../../live/live.tsx';
import { ErrorSummary, Faults } from '../../parts/form/faults.tsx';
import { TextArea, TextField } from '../../parts/form/field.tsx';
import { Notice } from '../../parts/notice.tsx';
import { keyOf } from './key.ts';
import { useDeskTake } from './take.ts';

type DeskFormProps = {
  items: readonly HandoverItem[];
  chosen: ReadonlySet<string>;
  /** The person's own post. */
  post: string;
  /** The one desk whose items are shown, all of which may be given at once; empty when those of several are. */
  whole: string;
  onGiven(key: string): void;
};

/** Gives what was chosen to a desk, one command for each; what is refused stays chosen. */
export const DeskForm = ({ items, chosen, post, whole, onGiven }: DeskFormProps) => {
  const [values, setValues] = useState({ desk: post, note: '' });
  const [done, setDone] = useState('');
  const isReadOnly = useIsReadOnly();
  const all = useDeskTake();
  const request = useCommand('request-desk-take');
  const deployment = useCommand('deployment-desk-take');
  const commands = [request, deployment];
  const isSending = commands.some(({ sending }) => sending.state === 'sending');
  const going = items.filter((item) => chosen.has(keyOf(item)));

  const faults = [...commands.flatMap((command) => command.faults), ...(all.problem?.fields ?? [])];
  const give = ({ kind, owner, id }: HandoverItem): Promise<string | undefined> =>
    kind === 'request'
      ? request.send({ requestId: id, ...values })
      : deployment.send({ donor: owner, deploymentId: id, ...values });
  const giveAll = async (): Promise<void> => {
    for (const { clear } of commands) clear();
    const done = await all.take({ from: whole, ...values });
    if (!done) return;
    const left = done.left === 0 ? '' : ` ${done.left} could not be given; try again.`;
    setDone(`Done: ${values.desk} looks after ${done.taken} more.${left}`);
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    for (const { clear } of [...commands, all]) clear();
    for (const item of going) {
      if ((await give(item)) === undefined) return;
      onGiven(keyOf(item));
    }
    setValues({ desk: post, note: '' });
    setDone(`Done: ${values.desk} looks after ${going.length} more.`);
  };
  return (
    <form
      className="mu-desk"
      noValidate
      aria-label="Take over or hand over"
      onSubmit={(event) => void submit(event)}
    >
      <h2 className="govuk-heading-m">Take over or hand over</h2>
      {done !== '' && <Notice>{done}</Notice>}
      {commands.map(({ sending }, index) =>
        sending.state === 'refused' ? (
          <ErrorSummary key={index === 0 ? 'request' : 'deployment'} problem={sending.problem} />
        ) : null,
      )}
      {all.problem && <ErrorSummary problem={all.problem} />}
      {commands.some(({ sending }) => sending.state === 'unknown') && (
        <Notice>
          It is not known whether all of it was stored. Send it again: nothing will be done twice.
        </Notice>
      )}
      <Faults faults={faults}>
        <TextField
          id="desk"
          label="Desk that looks after it from now on"
          hint="Your own to take over, another to hand over."
          value={values.desk}
          onChange={(desk) => setValues((before) => ({ ...before, desk }))}
        />
        <TextArea
          id="note"
          label="Note"
          hint="What the next desk has to know."
          value={values.note}
          onChange={(note) => setValues((before) => ({ ...before, note }))}
        />
      </Faults>
      <div className="govuk-button-group">
        <button
          type="submit"
          className="govuk-button"
          disabled={isReadOnly || isSending || going.length === 0}
        >
          {going.length === 0 ? 'Choose something above' : `Give ${going.length} to this desk`}
        </button>
        {whole !== '' && (
          <button
            type="button"
            className="govuk-button govuk-button--secondary"
            disabled={isReadOnly || isSending || all.busy || items.length === 0}
            onClick={() => void giveAll()}
          >
            Give all that {whole} has to this desk
          </button>
        )}
      </div>
    </form>
  );
};
