import { CLOUDEVENTS_SPEC_VERSION } from '@muster/contracts';
import type { StoredEvent } from '@muster/mesh';

/** An event in the JSON format of CloudEvents 1.0, with our extension attributes. */
export type CloudEvent = {
  specversion: string;
  id: string;
  source: string;
  type: string;
  time: string;
  /** Subject on the mesh; it names the aggregate. */
  subject: string;
  datacontenttype: 'application/json';
  /** Place in the ledger, as text: CloudEvents' sequence extension. */
  sequence: string;
  commandid: string;
  actor: string;
  classification: string;
  correlationid?: string;
  causationid?: string;
  traceparent?: string;
  data: unknown;
};

export const cloudEventOf = ({ seq, subject, envelope, event }: StoredEvent): CloudEvent => ({
  specversion: CLOUDEVENTS_SPEC_VERSION,
  id: envelope.id,
  source: envelope.source,
  type: envelope.type,
  time: envelope.time,
  subject,
  datacontenttype: 'application/json',
  sequence: String(seq),
  commandid: envelope.commandId,
  actor: envelope.actor,
  classification: envelope.classification,
  ...(envelope.correlationId === undefined ? {} : { correlationid: envelope.correlationId }),
  ...(envelope.causationId === undefined ? {} : { causationid: envelope.causationId }),
  ...(envelope.traceparent === undefined ? {} : { traceparent: envelope.traceparent }),
  data: event.data,
});
