import type { StoredEventView } from '@muster/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { requestEventsQuery, requestQuery } from '../../api/reads.ts';
import { Loaded } from '../../parts/loaded.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { pathTo, usePlace } from '../../shell/place.ts';
import { useDocumentTitle } from '../../shell/title.ts';
import { actorWords, eventDetails, eventWords } from '../../words/events.ts';
import { useOrgName } from '../../words/orgs.ts';
import { clockTimeWithSeconds, dayOf } from '../../words/time.ts';
import { ExportLinks } from './export.tsx';

/** The export leaves out what is of its end or later; writers' clocks differ by no more than this, in milliseconds. */
const AROUND_MS = 300_000;

const around = (events: readonly StoredEventView[]): { from: string; to: string } => {
  const times = events.map(({ envelope }) => Date.parse(envelope.time));
  return {
    from: new Date(Math.min(...times) - AROUND_MS).toISOString(),
    to: new Date(Math.max(...times) + AROUND_MS).toISOString(),
  };
};

const EventsTable = ({ events }: { events: readonly StoredEventView[] }) => {
  const nameOf = useOrgName();
  const columns: Column<StoredEventView>[] = [
    { header: 'Place', cell: ({ seq }) => seq },
    {
      header: 'When',
      cell: ({ envelope: { time } }) => (
        <time dateTime={time}>
          {dayOf(time)}, {clockTimeWithSeconds(time)}
        </time>
      ),
    },
    { header: 'What', cell: ({ envelope }) => eventWords(envelope.type) },
    { header: 'Who', cell: ({ envelope }) => actorWords(envelope.actor, nameOf) },
    { header: 'In short', cell: ({ data, envelope }) => eventDetails(data, envelope.actor, nameOf) },
    {
      header: 'As stored',
      cell: ({ subject, envelope, data, seq }) => (
        <details className="govuk-details mu-stored">
          <summary className="govuk-details__summary">
            <span className="govuk-details__summary-text">Open</span>
            <span className="govuk-visually-hidden"> event {seq}</span>
          </summary>
          <pre className="mu-stored__text">{JSON.stringify({ subject, envelope, data }, undefined, 2)}</pre>
        </details>
      ),
    },
  ];
  return (
    <Table
      caption={`${events.length} events, the oldest first`}
      columns={columns}
      rows={events}
      keyOf={({ seq }) => String(seq)}
      empty="There is no event that you may see."
    />
  );
};

/** Every event of one request that the organisation may see, as it is stored. */
export const Component = () => {
  const place = usePlace();
  const { host = '', requestId = '' } = useParams();
  const reason = useQuery(requestQuery(place, host, requestId)).data?.terms.specialDemandReason;
  useDocumentTitle(`Evidence: ${reason ?? requestId}`);
  const events = useQuery(requestEventsQuery(place, requestId));
  return (
    <>
      <Link className="govuk-back-link" to={pathTo(place, 'evidence')}>
        Evidence
      </Link>
      <span className="govuk-caption-l">Evidence of request {requestId}</span>
      <h1 className="govuk-heading-l">{reason ?? 'Evidence'}</h1>
      <p className="govuk-body">
        <Link className="govuk-link" to={pathTo(place, 'request', host, requestId)}>
          Open the request
        </Link>
      </p>
      <Loaded query={events}>
        {(read) => (
          <>
            {read.length > 0 && <ExportLinks requestId={requestId} {...around(read)} />}
            <EventsTable events={read} />
          </>
        )}
      </Loaded>
    </>
  );
};
