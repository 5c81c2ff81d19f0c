import type { RequestView } from '@muster/contracts';
import { Countdown } from '../../parts/countdown.tsx';
import { SummaryList } from '../../parts/summary-list.tsx';
import { tokenWords } from '../../words/requests.ts';
import { costWords, legalWords, threatWords } from '../../words/terms.ts';
import { dayAndTime } from '../../words/time.ts';

export const Terms = ({ request }: { request: RequestView }) => {
  const { terms, oral, escalationAsked } = request;
  return (
    <section aria-labelledby="terms">
      <h2 id="terms" className="govuk-heading-m">
        On what terms
      </h2>
      <SummaryList
        rows={[
          { key: 'Answers by', value: <Countdown to={request.answerBy} /> },
          { key: 'Next wave', value: request.nextWaveAt && <Countdown to={request.nextWaveAt} /> },
          {
            key: 'Next tier',
            value: escalationAsked && (
              <>
                tier {escalationAsked.toTier} waits for consent until{' '}
                <Countdown to={escalationAsked.acceptBy} />
              </>
            ),
          },
          { key: 'If short', value: request.escalation && tokenWords(request.escalation) },
          { key: 'Threat', value: threatWords(terms.threatCategory) },
          { key: 'Legal basis', value: legalWords(terms.legalBasis) },
          { key: 'Cost basis', value: costWords(terms.costCategory) },
          { key: 'Incident', value: terms.incident && `${terms.incident.ref}, ${terms.incident.category}` },
          { key: 'Desk', value: request.desk ?? terms.contactDesk },
          { key: 'Asked by', value: request.requestedBy },
          {
            key: 'By word of mouth',
            value: oral && (
              <>
                {oral.post}; {oral.isOpen ? 'in writing by ' : 'was due in writing by '}
                <Countdown to={oral.retrospectiveBy} />
              </>
            ),
          },
          { key: 'Submitted', value: dayAndTime(request.submittedAt) },
        ]}
      />
    </section>
  );
};
