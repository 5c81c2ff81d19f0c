// Runs once for all pages of a browser: holds each event stream that they follow open once.
import { withParameters } from '../api/http.ts';
import { createShare, type Wanted } from './share.ts';

/** What a page asks for: a stream, until it gives up the lock of this name or is gone. */
export type Asked = Wanted & { lock: string };

const share = createShare({
  open: (path, parameters) => new EventSource(withParameters(path, parameters)),
  later: (call, ms) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
});

const serve = (port: MessagePort): void => {
  port.onmessage = ({ data: { lock, ...wanted } }: MessageEvent<Asked>) => {
    const leave = share.join(wanted, (relayed) => port.postMessage(relayed));
    // A page that crashes or is closed says nothing, but its locks are free then.
    void navigator.locks.request(lock, () => {
      leave();
      port.close();
    });
  };
};

addEventListener('connect', (event) => {
  for (const port of (event as MessageEvent).ports) serve(port);
});
