import type { StoredEventView } from '@muster/contracts';
import { actorWords, eventDetails, eventWords } from '../words/events.ts';
import { useOrgName } from '../words/orgs.ts';
import { clockTimeWithSeconds, dayOf } from '../words/time.ts';

type ItemProps = { event: StoredEventView; about: string | undefined; nameOf(org: string): string };

const Item = ({ event, about, nameOf }: ItemProps) => {
  const { type, time, actor } = event.envelope;
  const details = eventDetails(event.data, actor, nameOf, about);
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

/** Events under each other, in the order given; the force that all of them are `about` is not named each time. */
export const EventTimeline = ({ events, about }: { events: readonly StoredEventView[]; about?: string }) => {
  const nameOf = useOrgName();
  return (
    <div className="moj-timeline">
      {events.map((event) => (
        <Item key={event.seq} event={event} about={about} nameOf={nameOf} />
      ))}
    </div>
  );
};
