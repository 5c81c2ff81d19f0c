import type { CapabilityAdvertised } from '@muster/contracts';
import { instantOf, msOf } from '../time/instants.ts';
import { peakOver, type Taken } from '../time/intervals.ts';
import { spanFor } from '../time/weeks.ts';

export const HOUR_MS = 3_600_000;

/** One advert, and what is taken of it as its kind counts it, with rest. */
export type Supply = {
  advert: Pick<CapabilityAdvertised, 'kind' | 'quantity' | 'status' | 'windows'>;
  taken: readonly Taken[];
};

/** Hours of the forecast, from the first (0) to the one after the last. */
type Hours = { first: number; end: number };

/** Whole hours, counted from `startMs`. */
const within = (fromMs: number, toMs: number, hours: number): Hours => ({
  first: Math.max(0, Math.ceil(fromMs / HOUR_MS)),
  end: Math.min(hours, Math.floor(toMs / HOUR_MS)),
});

/** Every hour that the span touches. */
const touched = (fromMs: number, toMs: number, hours: number): Hours => ({
  first: Math.max(0, Math.floor(fromMs / HOUR_MS)),
  end: Math.min(hours, Math.ceil(toMs / HOUR_MS)),
});

/** The hours that one of the windows covers as a whole, none of them twice; those of a queue count in ISO weeks. */
const openHours = ({ kind, windows }: Supply['advert'], startMs: number, hours: number): Hours[] => {
  const open: Hours[] = [];
  for (const window of windows) {
    const { from, to } = spanFor(kind, window);
    const each = within(msOf(from) - startMs, msOf(to) - startMs, hours);
    if (each.first < each.end) open.push(each);
  }
  if (open.length < 2) return open;
  open.sort((a, b) => a.first - b.first);
  const apart: Hours[] = [];
  let known = 0;
  for (const { first, end } of open) {
    if (end > known) apart.push({ first: Math.max(first, known), end });
    known = Math.max(known, end);
  }
  return apart;
};

/** The most that is taken in each hour. */
const takenByHour = (taken: readonly Taken[], startMs: number, hours: number): Uint32Array => {
  const most = new Uint32Array(hours);
  for (const span of taken) {
    const { first, end } = touched(msOf(span.from) - startMs, msOf(span.to) - startMs, hours);
    for (let hour = first; hour < end; hour += 1) {
      if (most[hour] !== 0) continue;
      const from = instantOf(startMs + hour * HOUR_MS);
      const to = instantOf(startMs + (hour + 1) * HOUR_MS);
      most[hour] = peakOver(taken, { from, to });
    }
  }
  return most;
};

/**
 * What is free of all adverts together in each whole hour from an instant on: of each, what a window covers less
 * the most that is taken at any moment of the hour. Adverts are taken to be renewed for as long as their windows last.
 */
export const freeByHour = (supplies: Iterable<Supply>, from: string, hours: number): number[] => {
  const startMs = msOf(from);
  // How much more is free in each hour than in the one before, so that an advert costs the same however far we look.
  const steps = new Array<number>(hours + 1).fill(0);
  const add = ({ first, end }: Hours, units: number): void => {
    steps[first] = (steps[first] ?? 0) + units;
    steps[end] = (steps[end] ?? 0) - units;
  };
  for (const { advert, taken } of supplies) {
    if (advert.status !== 'available') continue;
    const most = taken.length === 0 ? undefined : takenByHour(taken, startMs, hours);
    for (const open of openHours(advert, startMs, hours)) {
      add(open, advert.quantity);
      if (!most) continue;
      for (let hour = open.first; hour < open.end; hour += 1) {
        add({ first: hour, end: hour + 1 }, -Math.min(advert.quantity, most[hour] ?? 0));
      }
    }
  }
  let free = 0;
  return steps.slice(0, hours).map((step) => {
    free += step;
    return free;
  });
};

/** Whole hours one after the other in which less is free than the floor, and the least of it. */
export type Shortage = { first: number; end: number; freeLeast: number };

export const shortages = (free: readonly number[], floor: number): Shortage[] => {
  const found: Shortage[] = [];
  for (const [hour, units] of free.entries()) {
    if (units >= floor) continue;
    const last = found.at(-1);
    if (last?.end === hour) {
      last.end = hour + 1;
      last.freeLeast = Math.min(last.freeLeast, units);
    } else {
      found.push({ first: hour, end: hour + 1, freeLeast: units });
    }
  }
  return found;
};
