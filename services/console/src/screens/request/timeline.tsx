import type { StoredEventView } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { problemOf } from '../../api/problem.ts';
import { requestEventsQuery } from '../../api/reads.ts';
import { ProblemNotice } from '../../parts/problem.tsx';
import { usePlace } from '../../shell/place.ts';
import { actorWords, eventDetails, eventWords } from '../../words/events.ts';
import { useOrgName } from '../../words/orgs.ts';
import { clockTimeWithSeconds, dayOf } from '../../words/time.ts';

/** Copies for those concerned, and the books that are kept beside. */
const NOT_TOLD = /\.notice\.v1$|^muster\.booking\./;

const Item = ({ event, nameOf }: { event: StoredEventView; nameOf(org: string): string }) => {
  const { type, time, actor } = event.envelope;
  const details = eventDetails(event.data, actor, nameOf);
  return (
    <div className="moj-timeline__item">
      <div className="moj-timeline__header">
        <h3 className="moj-timeline__title">{eventWords(type)}</h3>{' '}
        <p className="moj-timeline__byline">by {actorWords(actor, nameOf)}</p>
      </div>
      <p className="moj-timeline__date">
        <time dateTime={time}>
          {dayOf(time)}, {clockTimeWithSeconds(time)}
        </time>
      </p>
      {details !== '' && <div className="moj-timeline__description">{details}</div>}
    </div>
  );
};

/** All that has happened, the newest first. */
export const Timeline = ({ requestId }: { requestId: string }) => {
  const nameOf = useOrgName();
  const { data, error } = useQuery(requestEventsQuery(usePlace(), requestId));
  const events = data?.filter(({ envelope }) => !NOT_TOLD.test(envelope.type)).reverse() ?? [];
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline" className="govuk-heading-m">
        What has happened
      </h2>
      {error && <ProblemNotice problem={problemOf(error)} />}
      <div className="moj-timeline">
        {events.map((event) => (
          <Item key={event.seq} event={event} nameOf={nameOf} />
        ))}
      </div>
    </section>
  );
};
