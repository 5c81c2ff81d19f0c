import { withParameters } from '../api/http.ts';
import { newName } from '../clock.ts';
import type { Source } from './follow.ts';
import type { Relayed, Wanted } from './share.ts';
import type { Asked } from './worker.ts';

type Listen = (event: MessageEvent<string>) => void;

let isShareable = 'SharedWorker' in globalThis && 'locks' in navigator;

const openOwn = ({ path, parameters, after }: Wanted): Source =>
  new EventSource(withParameters(path, { ...parameters, after }));

const openShared = (wanted: Wanted): Source => {
  const listeners: [string, Listen][] = [];
  const tell = (type: string, event: Pick<MessageEvent<string>, 'lastEventId' | 'data'>): void => {
    for (const [of, listen] of listeners) if (of === type) listen(event as MessageEvent<string>);
  };
  const worker = new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'live' });
  worker.addEventListener('error', () => {
    isShareable = false;
    tell('error', { lastEventId: '', data: '' });
  });
  worker.port.onmessage = ({ data }: MessageEvent<Relayed>) => tell(data.type, data);
  const lock = newName();
  const left = Promise.withResolvers<void>();
  // Held while this page follows: the worker waits for it to know when the page has gone.
  void navigator.locks.request(lock, () => {
    worker.port.postMessage({ ...wanted, lock } satisfies Asked);
    return left.promise;
  });
  return {
    addEventListener: (type, listen) => void listeners.push([type, listen]),
    close: () => {
      left.resolve();
      worker.port.onmessage = null;
    },
  };
};

/**
 * The event stream of an address, which all pages of this browser share: over HTTP/1.1 a browser has six connections to
 * a host, and a page with a stream of its own keeps one. A browser that cannot share opens one for each page.
 */
export const openSource = (wanted: Wanted): Source => (isShareable ? openShared(wanted) : openOwn(wanted));
