import { clockTime } from '../words/time.ts';
import { useLive } from './live.tsx';

/** Says when what is shown may be old, and that nothing can be changed meanwhile. */
export const LiveBanner = () => {
  const live = useLive();
  return (
    <div role="status" className="mu-live">
      {live.kind === 'lost' && (
        <p className="mu-live__lost">
          <strong>Read-only.</strong> The stream has been lost since {clockTime(live.since)}. What you see may
          be old; this page takes up again by itself.
        </p>
      )}
      {live.kind === 'catching-up' && <p className="mu-live__catching-up">Connected again: catching up…</p>}
    </div>
  );
};
