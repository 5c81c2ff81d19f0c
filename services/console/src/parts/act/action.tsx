import type { CommandName } from '@muster/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type CommandInput, useCommand } from '../../api/commands.ts';
import type { ActionRow } from '../../api/reads.ts';
import { type BodySchema, bodySchemaOf, descriptionQuery } from '../../api/schemas.ts';
import { nowMs } from '../../clock.ts';
import { useIsReadOnly } from '../../live/live.tsx';
import { commandWords } from '../../words/commands.ts';
import { ErrorSummary, Faults } from '../form/faults.tsx';
import { Notice } from '../notice.tsx';
import { bodyOf } from './body.ts';
import { Fields } from './fields.tsx';
import { isAskable } from './kinds.ts';
import { startOf } from './start.ts';
import type { Written } from './written.ts';

export type Allowed = Extract<ActionRow, { allowed: true }>;

type ActionFormProps = { action: Allowed; onDone(): void };

const FormOf = ({ action, schema, onDone }: ActionFormProps & { schema: BodySchema }) => {
  const { command, target, role, needs = [] } = action;
  const isReadOnly = useIsReadOnly();
  const { sending, faults, send } = useCommand(command);
  const [written, setWritten] = useState<Written>(() => startOf(schema, target, nowMs()));
  // Who sends units that should rest says why.
  const asksOverride = sending.state === 'refused' && sending.problem.code === 'duty-breach';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body = bodyOf(schema, target, written) as CommandInput<CommandName>;
    if ((await send(body, role)) !== undefined) onDone();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="mu-act">
      {sending.state === 'refused' && <ErrorSummary problem={sending.problem} />}
      {sending.state === 'unknown' && (
        <Notice>It is not known whether this was stored. Send it again: it will not be done twice.</Notice>
      )}
      <Faults faults={faults}>
        <Fields
          schema={schema}
          path=""
          target={target}
          needs={asksOverride ? [...needs, 'override'] : needs}
          written={written}
          rewrite={setWritten}
        />
      </Faults>
      <div className="govuk-button-group">
        <button type="submit" className="govuk-button" disabled={sending.state === 'sending' || isReadOnly}>
          {sending.state === 'sending' ? 'Sending…' : commandWords(command, target)}
        </button>
        <button type="button" className="govuk-button govuk-button--secondary" onClick={onDone}>
          Not now
        </button>
      </div>
    </form>
  );
};

/** The form of an action that is allowed, made of what the API says that the command takes. */
export const ActionForm = ({ action, onDone }: ActionFormProps) => {
  const { data: description } = useSuspenseQuery(descriptionQuery);
  const schema = bodySchemaOf(description, action.command);
  return schema && isAskable(schema, action.target) ? (
    <FormOf action={action} schema={schema} onDone={onDone} />
  ) : (
    <Notice>This takes more than a form can ask; the command line has it: muster --help.</Notice>
  );
};
