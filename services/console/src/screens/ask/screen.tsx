import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { type Sending, useCommand } from '../../api/commands.ts';
import { generalActionsQuery } from '../../api/reads.ts';
import { nowMs } from '../../clock.ts';
import { useIsReadOnly } from '../../live/live.tsx';
import { ErrorSummary, Faults, wordsOfPath } from '../../parts/form/faults.tsx';
import { Notice } from '../../parts/notice.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { useReference } from '../../words/orgs.ts';
import { ApprovalFields } from './approval-fields.tsx';
import { createBody, draftBody, newLine } from './form.ts';
import { useKeptForm } from './kept.ts';
import { LineFields } from './line-fields.tsx';
import { ReachFields } from './reach-fields.tsx';
import { TermsFields } from './terms-fields.tsx';

/** Why the person may not ask for help here, as the API says it. */
const useWhyNot = (): string | undefined => {
  const { data } = useQuery(generalActionsQuery(usePlace()));
  const row = data?.actions.find(({ command }) => command === 'request-create');
  return row && !row.allowed ? row.because.map(({ because }) => because).join('; ') : undefined;
};

/** The labels of fields that are not called as the API calls them. */
const LABELS: Readonly<Record<string, string>> = {
  'terms.specialDemandReason': 'The special demand on your force',
  'terms.threatCategory': 'Threat',
  'terms.costCategory': 'Cost basis',
  'terms.contactDesk': 'Desk that answers for the request',
  answerBy: 'Answers by',
};

export const Component = () => {
  useDocumentTitle('Ask for help');
  const place = usePlace();
  const navigate = useNavigate();
  const reference = useReference();
  const isReadOnly = useIsReadOnly();
  const whyNot = useWhyNot();
  const { form, set, drop } = useKeptForm(place);
  const create = useCommand('request-create');
  const draft = useCommand('request-draft');
  const refused = [create, draft].flatMap(({ sending }) =>
    sending.state === 'refused' ? [sending.problem] : [],
  )[0];
  const isNow = (state: Sending['state']): boolean =>
    [create, draft].some(({ sending }) => sending.state === state);

  const goTo = async (requestId: string | undefined): Promise<void> => {
    if (requestId === undefined) return;
    drop();
    await navigate(pathTo(place, 'request', place.org, requestId));
  };
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    draft.clear();
    await goTo(await create.send(createBody(form)));
  };
  const keep = async (): Promise<void> => {
    create.clear();
    await goTo(await draft.send(draftBody(form)));
  };

  return (
    <form onSubmit={(event) => void send(event)} noValidate>
      <h1 className="govuk-heading-l">Ask for help</h1>
      {whyNot && <Notice>You cannot ask for help here: {whyNot}.</Notice>}
      {refused && <ErrorSummary problem={refused} wordsOf={(path) => LABELS[path] ?? wordsOfPath(path)} />}
      {isNow('unknown') && (
        <Notice>
          It is not known whether this was stored. Send it again: it will not be asked for twice.
        </Notice>
      )}
      <Faults faults={refused?.fields ?? []}>
        {form.lines.map((line, index) => (
          <LineFields
            key={index}
            line={line}
            index={index}
            isOnly={form.lines.length === 1}
            onChange={(changed) =>
              set({ lines: form.lines.map((each, at) => (at === index ? changed : each)) })
            }
            onRemove={() => set({ lines: form.lines.filter((_, at) => at !== index) })}
          />
        ))}
        <button
          type="button"
          className="govuk-button govuk-button--secondary"
          onClick={() =>
            set({ lines: [...form.lines, form.lines.at(-1) ?? newLine(place.org, reference, nowMs())] })
          }
        >
          Add another line
        </button>
        <TermsFields form={form} set={set} />
        <ReachFields form={form} set={set} />
        <ApprovalFields form={form} set={set} />
      </Faults>
      <div className="govuk-button-group">
        <button
          type="submit"
          className="govuk-button"
          disabled={isNow('sending') || isReadOnly || whyNot !== undefined}
        >
          {isNow('sending') ? 'Sending…' : 'Ask for help'}
        </button>
        <button
          type="button"
          className="govuk-button govuk-button--secondary"
          disabled={isNow('sending') || isReadOnly || whyNot !== undefined}
          onClick={() => void keep()}
        >
          Save as a draft
        </button>
      </div>
    </form>
  );
};
