import type { AnswerView, RequestView } from '@muster/contracts';
import { useState } from 'react';
import { FillBar } from '../../parts/fill-bar.tsx';
import { Tag, type TagColour } from '../../parts/tag.tsx';
import { useCapabilityName, useOrgName } from '../../words/orgs.ts';
import { tokenWords } from '../../words/requests.ts';
import { span } from '../../words/time.ts';
import { Candidates } from './candidates.tsx';

const ANSWERS: Readonly<Record<AnswerView['answer'], { words: string; colour: TagColour }>> = {
  waiting: { words: 'to answer', colour: 'grey' },
  offered: { words: 'offered', colour: 'green' },
  declined: { words: 'declined', colour: 'orange' },
  expired: { words: 'silent', colour: 'red' },
  withdrawn: { words: 'no longer asked', colour: 'grey' },
};

const Answers = ({ answers }: { answers: readonly AnswerView[] }) => {
  const nameOf = useOrgName();
  if (answers.length === 0) return <p className="govuk-body mu-quiet">Nobody has been asked yet.</p>;
  return (
    <ul className="govuk-list mu-answers">
      {answers.map(({ force, answer, reasonCode, acknowledgedAt, unsolicited }) => (
        <li key={force}>
          {nameOf(force)} <Tag colour={ANSWERS[answer].colour}>{ANSWERS[answer].words}</Tag>{' '}
          <span className="mu-quiet">
            {unsolicited
              ? 'unsolicited'
              : reasonCode
                ? tokenWords(reasonCode)
                : answer === 'waiting' && acknowledgedAt
                  ? 'on their desk'
                  : ''}
          </span>
        </li>
      ))}
    </ul>
  );
};

type LineProps = {
  view: RequestView['lines'][number];
  request: RequestView;
  /** Whether the reader may see who could be asked. */
  showsCandidates: boolean;
};

/** What is asked, how much of it there is, who was asked, and who could be. */
export const Line = ({ view, request, showsCandidates }: LineProps) => {
  const nameOf = useCapabilityName();
  const [isOpen, setIsOpen] = useState(false);
  const { line, committed, reserved, offered } = view;
  return (
    <section className="mu-card" aria-labelledby={`line-${line.lineId}`}>
      <h2 id={`line-${line.lineId}`} className="govuk-heading-m mu-tight">
        {line.quantity} × {nameOf(line.capabilityCode)}
      </h2>
      <p className="govuk-body mu-quiet">
        {span(line.from, line.to)} at {line.reportTo.name}; {line.minimumQuantity} at least
        {line.accreditations.length > 0 && `; ${line.accreditations.join(', ')} in date`}
      </p>
      <FillBar wanted={line.quantity} committed={committed} reserved={reserved} offered={offered} />
      <Answers answers={request.answers.filter(({ lineId }) => lineId === line.lineId)} />
      {showsCandidates && (
        <details className="govuk-details" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
          <summary className="govuk-details__summary">
            <span className="govuk-details__summary-text">Who could help, and how they rank</span>
          </summary>
          <div className="govuk-details__text">
            {isOpen && <Candidates host={request.host} requestId={request.requestId} lineId={line.lineId} />}
          </div>
        </details>
      )}
    </section>
  );
};
