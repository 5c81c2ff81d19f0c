import { useTicking } from '../live/ticks.ts';
import { dayAndTime, distance } from '../words/time.ts';

/** How long ago something was, as time goes by; the instant itself on hovering, and to a screen reader. */
export const Since = ({ at }: { at: string }) => (
  <time dateTime={at} title={dayAndTime(at)} className="mu-since">
    {useTicking((now) => distance(at, now))}
  </time>
);
