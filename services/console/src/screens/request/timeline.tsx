import { useQuery } from '@tanstack/react-query';
import { problemOf } from '../../api/problem.ts';
import { requestEventsQuery } from '../../api/reads.ts';
import { EventTimeline } from '../../parts/event-timeline.tsx';
import { ProblemNotice } from '../../parts/problem.tsx';
import { usePlace } from '../../shell/place.ts';

/** Copies for those concerned, and the books that are kept beside. */
const NOT_TOLD = /\.notice\.v1$|^muster\.booking\./;

/** All that has happened, the newest first. */
export const Timeline = ({ requestId }: { requestId: string }) => {
  const { data, error } = useQuery(requestEventsQuery(usePlace(), requestId));
  const events = data?.filter(({ envelope }) => !NOT_TOLD.test(envelope.type)).reverse() ?? [];
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline" className="govuk-heading-m">
        What has happened
      </h2>
      {error && <ProblemNotice problem={problemOf(error)} />}
      <EventTimeline events={events} />
    </section>
  );
};
