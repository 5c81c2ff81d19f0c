import { Suspense, useId, useState } from 'react';
import type { ActionRow } from '../../api/reads.ts';
import { useIsReadOnly } from '../../live/live.tsx';
import { actionWords } from '../../words/commands.ts';
import { inPlainTime } from '../../words/time.ts';
import { ActionForm, type Allowed } from './action.tsx';

const keyOf = ({ command, target }: ActionRow): string => `${command} ${JSON.stringify(target)}`;

const isAllowed = (row: ActionRow): row is Allowed => row.allowed;

type ActionsProps = {
  actions: readonly ActionRow[];
  /** Tells apart several of one command: `Stop asking Essex Police`. */
  wordsOf?(row: ActionRow): string;
  title?: string;
  heading?: 'h2' | 'h3' | 'h4';
};

const defaultWords = ({ command, target }: ActionRow): string => actionWords(command, target);

const WhyNot = ({ rows, wordsOf }: { rows: readonly ActionRow[]; wordsOf(row: ActionRow): string }) => (
  <details className="govuk-details">
    <summary className="govuk-details__summary">
      <span className="govuk-details__summary-text">What you cannot do now, and why</span>
    </summary>
    <dl className="govuk-details__text mu-why-not">
      {rows.map((row) => (
        <div key={keyOf(row)}>
          <dt>{wordsOf(row)}</dt>
          <dd>{row.allowed ? '' : inPlainTime(row.because.map(({ because }) => because).join('; '))}</dd>
        </div>
      ))}
    </dl>
  </details>
);

/** What the API says that a person may do about a thing, each with its form, and why not the rest. */
export const Actions = ({
  actions,
  wordsOf = defaultWords,
  title = 'What you can do',
  heading: Heading = 'h2',
}: ActionsProps) => {
  const id = useId();
  const [open, setOpen] = useState<Allowed>();
  const isReadOnly = useIsReadOnly();
  const allowed = actions.filter(isAllowed);
  const refused = actions.filter((row) => !row.allowed);
  // Of those inside cards there may be several, so that they are no landmarks.
  const box = Heading === 'h2' ? {} : { role: 'group' };
  return (
    <section aria-labelledby={id} {...box}>
      <Heading id={id} className="govuk-heading-s">
        {title}
      </Heading>
      {allowed.length === 0 && <p className="govuk-body mu-quiet">Nothing, in your role, as things stand.</p>}
      {open ? (
        <>
          <p className="govuk-body">
            <strong>{wordsOf(open)}</strong>
          </p>
          <Suspense fallback={<p className="govuk-body">Loading…</p>}>
            <ActionForm key={keyOf(open)} action={open} onDone={() => setOpen(undefined)} />
          </Suspense>
        </>
      ) : (
        <div className="govuk-button-group">
          {allowed.map((row) => (
            <button
              key={keyOf(row)}
              type="button"
              className="govuk-button govuk-button--secondary"
              disabled={isReadOnly}
              onClick={() => setOpen(row)}
            >
              {wordsOf(row)}
            </button>
          ))}
        </div>
      )}
      {refused.length > 0 && <WhyNot rows={refused} wordsOf={wordsOf} />}
    </section>
  );
};
