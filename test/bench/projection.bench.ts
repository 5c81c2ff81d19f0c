import { streamName } from '@muster/contracts';
import { type Mesh, project } from '@muster/mesh';
import { type Comparison, compare, type Sample, timed } from './measure.ts';

const STREAM = streamName('ASSISTANCE', 'exercise');

/** Sums something of body and headers, so that neither side can leave the work out. */
type Digest = { bytes: number; versions: number };

const HEADERS = ['ce-id', 'ce-source', 'ce-type', 'ce-time', 'ce-commandid', 'ce-actor', 'ce-classification'];

const rawRead = async (mesh: Mesh, count: number): Promise<Digest> => {
  const digest: Digest = { bytes: 0, versions: 0 };
  const consumer = await mesh.js.consumers.get(STREAM, { filter_subjects: 'exercise.>' });
  const messages = await consumer.consume({ max_messages: 1_000 });
  let seen = 0;
  for await (const message of messages) {
    const body = message.json<{ bookingVersion: number }>();
    for (const header of HEADERS) digest.bytes += message.headers?.get(header).length ?? 0;
    digest.versions += body.bookingVersion;
    seen += 1;
    if (seen === count) break;
  }
  await messages.close();
  return digest;
};

const ourRead = async (mesh: Mesh): Promise<Digest> => {
  const digest: Digest = { bytes: 0, versions: 0 };
  const projection = project(mesh, {
    stream: STREAM,
    dense: true,
    apply: ({ envelope, event }) => {
      digest.bytes +=
        envelope.id.length +
        envelope.source.length +
        envelope.type.length +
        envelope.time.length +
        envelope.commandId.length +
        envelope.actor.length +
        envelope.classification.length;
      if (event.type === 'muster.booking.changed.v1') digest.versions += event.data.bookingVersion;
    },
    skip: ({ seq, because }) => {
      throw new Error(`message ${seq} did not decode: ${because}`);
    },
    alarm: (alarm) => {
      throw new Error(`integrity: ${JSON.stringify(alarm)}`);
    },
    reset: () => undefined,
  });
  await projection.caughtUp;
  await projection.stop();
  return digest;
};

/** A projection that decodes and validates, against a raw ordered consumer that parses JSON and headers. */
export const benchProjection = async (mesh: Mesh): Promise<Comparison> => {
  const { state } = await mesh.jsm.streams.info(STREAM);
  const expected = JSON.stringify(await rawRead(mesh, state.messages));
  const checked = (read: () => Promise<Digest>) => (): Promise<Sample> =>
    timed(state.messages, async () => {
      const digest = JSON.stringify(await read());
      if (digest !== expected) throw new Error(`read ${digest}, not ${expected}`);
    });
  return compare(
    `projection with decoding, ${state.messages} events`,
    0.7,
    checked(() => rawRead(mesh, state.messages)),
    checked(() => ourRead(mesh)),
  );
};
