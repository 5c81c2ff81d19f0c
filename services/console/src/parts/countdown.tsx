import { useTicking } from '../live/ticks.ts';
import { dayAndTime, distance, moment } from '../words/time.ts';

/** How far an instant is, as time goes by, and when it is by the clock; the latter on hovering alone where it is short. */
export const Countdown = ({ to, isShort = false }: { to: string; isShort?: boolean }) => {
  const words = useTicking((now) => distance(to, now));
  const at = useTicking((now) => moment(to, now));
  const isPast = words.endsWith('ago');
  return (
    <time dateTime={to} title={dayAndTime(to)} className="mu-countdown">
      <span className={isPast ? 'mu-countdown__far mu-countdown__far--past' : 'mu-countdown__far'}>
        {words}
      </span>
      {!isShort && (
        <>
          {' '}
          <span className="mu-countdown__at">{at}</span>
        </>
      )}
    </time>
  );
};
