import { useTicking } from '../live/ticks.ts';
import { dayAndTime, distance } from '../words/time.ts';

/** How far an instant is, as time goes by; the instant itself on hovering, and to a screen reader. */
export const Countdown = ({ to }: { to: string }) => {
  const words = useTicking((now) => distance(to, now));
  const isPast = words.endsWith('ago');
  return (
    <time
      dateTime={to}
      title={dayAndTime(to)}
      className={isPast ? 'mu-countdown mu-countdown--past' : 'mu-countdown'}
    >
      {words}
    </time>
  );
};
