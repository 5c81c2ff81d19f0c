import type { CapacityKind, Interval } from '@muster/contracts';
import { withRest } from '../../booking/held.ts';
import type { Advert, LedgerView } from '../../ledger/view.ts';
import { addMinutes, minutesBetween } from '../../time/instants.ts';
import type { Taken } from '../../time/intervals.ts';
import { takenOf } from '../eligibility.ts';

/** Works something out once for each argument. */
export const remembered = <K, V>(work: (key: K) => V): ((key: K) => V) => {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const fresh = work(key);
    known.set(key, fresh);
    return fresh;
  };
};

/** What is the same for many pairs of a line and a capability at one moment, worked out once. */
export type Known = {
  now: string;
  /** The instant so many whole minutes from now. */
  inMinutes(minutes: number): string;
  minutesOf(span: Interval): number;
  /** What is taken of a capability. */
  taken(advert: Advert): readonly Taken[];
  /** The same, each with the rest that follows it. */
  takenWithRest(advert: Advert): readonly Taken[];
  /** A span with the rest that units of the capability need after it. */
  withRest(span: Interval, advert: Advert): Interval;
};

export const knownAt = (view: LedgerView, now: string): Known => {
  const rests = remembered((kind: CapacityKind) =>
    remembered((minutes: number) => remembered((span: Interval) => withRest(span, kind, minutes))),
  );
  return {
    now,
    inMinutes: remembered((minutes) => addMinutes(now, minutes)),
    minutesOf: remembered(({ from, to }) => minutesBetween(from, to)),
    taken: remembered((advert) => takenOf(view, advert, now)),
    takenWithRest: remembered((advert) => takenOf(view, advert, now, advert.data.minRestMinutes)),
    withRest: (span, { data }) => rests(data.kind)(data.minRestMinutes)(span),
  };
};
