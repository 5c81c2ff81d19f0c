/** A sign of life comes every 15 seconds; after this time without one the stream counts as lost, in milliseconds. */
export const SILENCE_MS_MAX = 40_000;
/** Time before a lost stream is taken up again, in milliseconds. */
export const RETRY_MS = 1_500;

/** How the stream of a mode is: being opened, followed, or lost since an instant (in milliseconds). */
export type StreamState = { kind: 'opening' } | { kind: 'live' } | { kind: 'lost'; since: number };

/** As much of an EventSource as is used. */
export type Source = {
  addEventListener(type: string, listen: (event: MessageEvent<string>) => void): void;
  close(): void;
};

export type FollowParts = {
  /** Opens the stream after a sequence of the ledger; none: from now on. */
  open(after: number | undefined): Source;
  now(): number;
  /** Calls back after some milliseconds; the way to take that back. */
  later(call: () => void, ms: number): () => void;
  onState(state: StreamState): void;
  /** Something has happened, or may have happened while the stream was not open. */
  onChange(): void;
  /** What waits for the person has changed; all of it, as JSON. */
  onNotices(json: string): void;
  /** The session may be over: the gateway ended the stream, or would not open it. */
  onDoubt(): void;
};

/**
 * Follows the event stream of one mode for as long as the page is shown, and takes it up again where it was lost.
 * The way to stop.
 */
export const follow = (parts: FollowParts): (() => void) => {
  let after: number | undefined;
  let source: Source | undefined;
  let lostSince: number | undefined;
  let stopWaiting = (): void => undefined;

  const wait = (call: () => void, ms: number): void => {
    stopWaiting();
    stopWaiting = parts.later(call, ms);
  };
  const lose = (): void => {
    source?.close();
    source = undefined;
    lostSince ??= parts.now();
    parts.onState({ kind: 'lost', since: lostSince });
    parts.onDoubt();
    wait(connect, RETRY_MS);
  };
  const hear = (lastEventId: string): void => {
    if (lastEventId !== '') after = Number(lastEventId);
    wait(lose, SILENCE_MS_MAX);
  };
  const connect = (): void => {
    const opened = parts.open(after);
    source = opened;
    const on = (type: string, act: (event: MessageEvent<string>) => void): void =>
      opened.addEventListener(type, (event) => {
        if (source === opened) act(event);
      });
    wait(lose, SILENCE_MS_MAX);
    on('open', () => {
      lostSince = undefined;
      parts.onState({ kind: 'live' });
      hear('');
      // What was read before may be older than what the stream begins with.
      parts.onChange();
    });
    on('live', ({ lastEventId }) => hear(lastEventId));
    on('position', ({ lastEventId }) => hear(lastEventId));
    on('message', ({ lastEventId }) => {
      hear(lastEventId);
      parts.onChange();
    });
    on('notices', ({ data }) => {
      hear('');
      parts.onNotices(data);
    });
    // The exercise began anew: what was read before says nothing any more.
    on('reset', () => {
      after = undefined;
      parts.onChange();
      lose();
    });
    on('resume', lose);
    on('end', lose);
    on('error', lose);
  };

  parts.onState({ kind: 'opening' });
  connect();
  return () => {
    stopWaiting();
    source?.close();
    source = undefined;
  };
};
