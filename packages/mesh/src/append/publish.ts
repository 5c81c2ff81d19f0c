import { nuid } from '@nats-io/nats-core';
import { headersOf } from '../wire/headers.ts';
import { isConnectionOver, type Link } from '../wire/link.ts';
import { muxOf } from '../wire/mux.ts';
import { createGate } from './gate.ts';
import type { Draft } from './messages.ts';
import { type Verdict, verdictOf } from './outcome.ts';

/** Sends the messages of one append once: one as a plain publish, several as an atomic batch in one round trip. */
export type Publish = (drafts: readonly Draft[], stream: string) => Promise<Verdict>;

const inBatch = ({ headers }: Draft, id: string, n: number): [string, string][] => [
  ...headers,
  ['Nats-Batch-Id', id],
  ['Nats-Batch-Sequence', String(n)],
];

/**
 * The client's own batch drops the options of all messages but the first and hides why one was refused, so
 * the headers are set by hand: all but the last are published, the last is a request.
 */
export const createPublisher = (
  mesh: Pick<Link, 'nc'>,
  deadlineMs: number,
  openBatchesMax: number,
): Publish => {
  const mux = muxOf(mesh.nc);
  const gate = createGate(openBatchesMax);

  const publishBatch = async (first: readonly Draft[], last: Draft, stream: string): Promise<Verdict> => {
    const id = nuid.next();
    const count = first.length + 1;
    for (const [index, draft] of first.entries()) {
      mesh.nc.publish(draft.subject, draft.body, { headers: headersOf(inBatch(draft, id, index + 1)) });
    }
    const headers = headersOf([...inBatch(last, id, count), ['Nats-Batch-Commit', '1']]);
    const reply = await mux.request(last.subject, last.body, headers, deadlineMs);
    const ids = [...first, last].map((draft) => draft.id);
    return verdictOf(reply, { ids, stream, batch: { id, count } });
  };

  return async (drafts, stream) => {
    const last = drafts.at(-1);
    if (!last) throw new Error('nothing to publish');
    if (drafts.length === 1) {
      const reply = await mux.request(last.subject, last.body, headersOf(last.headers), deadlineMs);
      return verdictOf(reply, { ids: [last.id], stream });
    }
    const wait = gate.enter();
    if (wait) await wait;
    try {
      return await publishBatch(drafts.slice(0, -1), last, stream);
    } catch (error) {
      if (!isConnectionOver(error)) throw error;
      return { done: { kind: 'unknown', because: 'the connection was closed' } };
    } finally {
      gate.leave();
    }
  };
};
