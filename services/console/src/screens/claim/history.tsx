import type { ClaimView, StoredEventView } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { requestEventsQuery } from '../../api/reads.ts';
import { EventTimeline } from '../../parts/event-timeline.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { usePlace } from '../../shell/place.ts';

const isOf =
  ({ donor, claimId }: ClaimView) =>
  ({ data }: StoredEventView): boolean => {
    const about = data as { donor?: unknown; claimId?: unknown };
    return about.donor === donor && about.claimId === claimId;
  };

/** Everything that has happened to a claim, queries and answers too, the newest first. */
export const History = ({ claim }: { claim: ClaimView }) => {
  const events = useQuery(requestEventsQuery(usePlace(), claim.requestId));
  return (
    <section aria-labelledby="history">
      <h2 id="history" className="govuk-heading-m">
        What has happened
      </h2>
      <Loaded query={events}>
        {(read) => <EventTimeline events={read.filter(isOf(claim)).reverse()} about={claim.donor} />}
      </Loaded>
    </section>
  );
};
