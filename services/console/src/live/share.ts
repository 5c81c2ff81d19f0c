import type { Parameters } from '../api/http.ts';
import { SILENCE_MS_MAX, type Source } from './follow.ts';

/** What pages hear of a stream, each under the name by which an EventSource tells it. */
export const RELAYED = [
  'open',
  'live',
  'position',
  'message',
  'notices',
  'reset',
  'resume',
  'end',
  'error',
] as const;

/** After one of these a stream is over, for every page that followed it. */
const LAST: readonly string[] = ['reset', 'resume', 'end', 'error'] satisfies readonly Relayed['type'][];

/** What happened on a shared stream. */
export type Relayed = { type: (typeof RELAYED)[number]; lastEventId: string; data: string };

/** Which stream a page wants, and after which sequence if it is opened for it: each is opened once for each person. */
export type Wanted = { path: string; parameters: Parameters; person: string; after: number | undefined };

export type ShareParts = {
  open(path: string, parameters: Parameters): Source;
  /** Calls back after some milliseconds; the way to take that back. */
  later(call: () => void, ms: number): () => void;
};

/** Event streams of which all pages of one browser share each. */
export type Share = {
  /** Follows a stream, which is opened if no other page follows it; the way out of it. */
  join(wanted: Wanted, tell: (relayed: Relayed) => void): () => void;
  /** Streams that are open. */
  size(): number;
};

/** `notices` is the last of its kind, which holds all that waits: whoever comes later is told it too. */
type Shared = {
  isOpen: boolean;
  notices: Relayed | undefined;
  pages: Set<(relayed: Relayed) => void>;
  close(): void;
};

export const createShare = ({ open, later }: ShareParts): Share => {
  const streams = new Map<string, Shared>();

  const begin = (key: string, { path, parameters, after }: Wanted): Shared => {
    const source = open(path, { ...parameters, after });
    let stopWaiting = (): void => undefined;
    const shared: Shared = {
      isOpen: false,
      notices: undefined,
      pages: new Set(),
      close: () => {
        stopWaiting();
        source.close();
        streams.delete(key);
      },
    };
    const tellAll = (relayed: Relayed): void => {
      if (streams.get(key) !== shared) return;
      const isLast = LAST.includes(relayed.type);
      if (isLast) shared.close();
      else listen();
      for (const tell of [...shared.pages]) tell(relayed);
    };
    const listen = (): void => {
      stopWaiting();
      stopWaiting = later(() => tellAll({ type: 'error', lastEventId: '', data: '' }), SILENCE_MS_MAX);
    };
    for (const type of RELAYED) {
      source.addEventListener(type, ({ lastEventId = '', data = '' }) => {
        const relayed: Relayed = { type, lastEventId, data };
        if (type === 'open') shared.isOpen = true;
        if (type === 'notices') shared.notices = relayed;
        tellAll(relayed);
      });
    }
    streams.set(key, shared);
    listen();
    return shared;
  };

  return {
    join: (wanted, tell) => {
      const key = JSON.stringify([wanted.person, wanted.path, wanted.parameters]);
      const shared = streams.get(key) ?? begin(key, wanted);
      shared.pages.add(tell);
      if (shared.isOpen) tell({ type: 'open', lastEventId: '', data: '' });
      if (shared.notices) tell(shared.notices);
      return () => {
        shared.pages.delete(tell);
        if (shared.pages.size === 0 && streams.get(key) === shared) shared.close();
      };
    },
    size: () => streams.size,
  };
};
