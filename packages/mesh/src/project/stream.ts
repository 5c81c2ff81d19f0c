import type { NextMsgRequest } from '@nats-io/jetstream';
import type { Link } from '../wire/link.ts';

/** Metadata key under which a stream carries the name of its epoch. */
export const EPOCH_KEY = 'muster-epoch';

/** What a projection needs to know of a stream. `identity` changes whenever the stream is made anew. */
export type StreamFacts = { identity: string; epoch: string; lastSeq: number };

/** Asks the stream's leader. @throws what the client throws when it cannot be reached. */
export const readStreamFacts = async (mesh: Pick<Link, 'jsm'>, stream: string): Promise<StreamFacts> => {
  const { created, config, state } = await mesh.jsm.streams.info(stream);
  const named = config.metadata?.[EPOCH_KEY];
  return { identity: `${created} ${named ?? ''}`, epoch: named ?? created, lastSeq: state.last_seq };
};

/**
 * Sequence of the first message at or after `fromSeq` that passes the filter, or undefined when there is
 * none. The stream's leader answers: a follower might not have it yet.
 */
export const nextSeq = async (
  mesh: Pick<Link, 'jsm'>,
  stream: string,
  filter: string,
  fromSeq: number,
): Promise<number | undefined> => {
  const query: NextMsgRequest & { seq: number } = { seq: fromSeq, next_by_subj: filter };
  return (await mesh.jsm.streams.getMessage(stream, query))?.seq;
};
