import { once, setMaxListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import { CATCH_UP_PAGE, LET_GO_MS, SCAN_ROWS_MAX, STREAM_RETRY_MS } from '../limits.ts';
import { type Filter, fits } from '../views/filter.ts';
import type { View } from '../views/view.ts';
import type { Hub, Reader } from './hub.ts';
import { snapshotOf } from './snapshot.ts';

export type StreamOptions = {
  view: View;
  hub: Hub;
  org: string;
  filter: Filter;
  /** The events after this sequence; undefined: begin with a snapshot. */
  after: number | undefined;
  /** The life of the streams in which the reader was; undefined: whichever this is. */
  epoch: string | undefined;
  snapshot: boolean;
  now(): string;
  /** Tells the reader what waits for it, from now on; the way out of it. */
  joinFeed(reader: Reader): (() => void) | undefined;
  /** Aborted when the session ends. */
  ended: AbortSignal;
};

const named = (event: string, data: object, id?: number | ''): string =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

export const positionFrame = (seq: number): string => named('position', { seq }, seq);
/** The empty id makes a browser forget where it was, so that it begins with a snapshot. */
export const resetFrame = (epoch: string): string => named('reset', { epoch }, '');
const endFrame = (because: string): string => named('end', { because });

/** A response as a reader; what it is told last still goes out, if it takes it in time. */
const readerOf = (response: ServerResponse): Reader & { finish(frame: string): void } => {
  const finish = (frame: string): void => {
    if (response.writableEnded || response.destroyed) return;
    response.end(frame);
    setTimeout(() => response.destroy(), LET_GO_MS).unref();
  };
  return {
    send: (bytes) => void response.write(bytes),
    waiting: () => response.writableLength,
    letGo: (because) => finish(named('resume', { because })),
    finish,
  };
};

/** Writes and waits while the reader is slower than we; false when it has gone. */
const write = async (response: ServerResponse, text: string, gone: AbortSignal): Promise<boolean> => {
  if (gone.aborted || response.writableEnded) return false;
  if (response.write(text)) return true;
  await once(response, 'drain', { signal: gone }).catch(() => undefined);
  return !gone.aborted && !response.writableEnded;
};

/** Sends what lies behind the reader until nothing does; where it then is, or undefined when it has gone. */
const catchUp = async (
  response: ServerResponse,
  { view, org, filter }: StreamOptions,
  from: number,
  gone: AbortSignal,
): Promise<number | undefined> => {
  let position = from;
  while (position < view.log.lastSeq()) {
    const epoch = view.epoch();
    const { rows, upTo } = view.log.page(position, CATCH_UP_PAGE, SCAN_ROWS_MAX, (row) =>
      fits(org, filter, row),
    );
    const frames = await view.frames(rows.map(({ seq }) => seq));
    if (view.epoch() !== epoch) return undefined;
    if (!(await write(response, frames.join(''), gone))) return undefined;
    position = upTo;
  }
  return position;
};

const startOf = async (
  response: ServerResponse,
  o: StreamOptions,
  gone: AbortSignal,
): Promise<number | undefined> => {
  const { view } = o;
  if (o.after !== undefined) return o.after;
  // Taken in one go: all of it is how things are at this sequence.
  const seq = view.log.lastSeq();
  const pieces = o.snapshot ? snapshotOf(view.ledger, o.org, o.filter, o.now()) : [];
  for (const piece of pieces) if (!(await write(response, piece, gone))) return undefined;
  return (await write(response, named('live', { seq, epoch: view.epoch() }, seq), gone)) ? seq : undefined;
};

/**
 * Sends the events that the organisation may see: a snapshot and what came after it, or what came after a
 * sequence, without a gap and without a repeat. Resolves when the reader has gone or was let go.
 */
export const serveStream = async (response: ServerResponse, o: StreamOptions): Promise<void> => {
  const { view, hub } = o;
  const reader = readerOf(response);
  const going = new AbortController();
  const closed = once(response, 'close').then(() => going.abort());
  const onEnded = (): void => reader.finish(endFrame('the session has ended: sign in again'));
  // A session may have many streams.
  setMaxListeners(0, o.ended);
  o.ended.addEventListener('abort', onEnded, { once: true });
  response.write(`retry: ${STREAM_RETRY_MS}\n\n`);
  let leave = (): void => undefined;
  try {
    const isOfAnother = o.epoch !== undefined && o.epoch !== view.epoch();
    if (isOfAnother || (o.after !== undefined && o.after > view.log.lastSeq())) {
      reader.finish(resetFrame(view.epoch()));
      return;
    }
    const start = await startOf(response, o, going.signal);
    const position = start === undefined ? undefined : await catchUp(response, o, start, going.signal);
    if (position === undefined) {
      reader.finish(resetFrame(view.epoch()));
      return;
    }
    // Between the last look behind and this line nothing else ran, so nothing is missed and nothing comes twice.
    const leaveHub = hub.join(o.org, o.filter, reader);
    const leaveFeed = o.joinFeed(reader);
    leave = () => {
      leaveHub();
      leaveFeed?.();
    };
    await closed;
  } finally {
    leave();
    o.ended.removeEventListener('abort', onEnded);
  }
};

export const endStream =
  (because: string) =>
  (reader: Reader): void => {
    reader.send(endFrame(because));
    reader.letGo(because);
  };
