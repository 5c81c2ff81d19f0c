import type { Interval } from '@muster/contracts';
import type { Advert, LedgerView } from '../../ledger/view.ts';
import type { Taken } from '../../time/intervals.ts';
import { notCurrent } from '../eligibility.ts';
import { type Known, remembered } from './known.ts';
import type { Limit, Strain } from './model.ts';
import type { Source } from './sources.ts';

/** A source with its place among the columns. */
export type Placed = { column: number; source: Source };

const covers = ({ from, to }: Interval, instant: string): boolean => from <= instant && instant < to;

const takenAt = (taken: readonly Taken[], instant: string): number =>
  taken.reduce((sum, each) => (covers(each, instant) ? sum + each.quantity : sum), 0);

type Use = { column: number; isCall: boolean; most: number; span: Interval };

const offeredBy = (uses: readonly Use[]): number =>
  uses.reduce((sum, { isCall, most }) => (isCall ? sum : sum + most), 0);

/** The instants in order of time at which more goes out than just before; what is out is most at one of them. */
const startsOf = (spans: readonly Interval[], taken: readonly Interval[]): string[] =>
  [...new Set([...spans, ...taken].map(({ from }) => from))].sort();

/**
 * No unit twice: at each instant no more than is free goes out, and on calls no more than the force does not keep
 * back. Every span counts with the rest that follows it, as in the decision to reserve.
 */
const limitsOf = (known: Known, advert: Advert, placed: readonly Placed[]): Limit[] => {
  const { quantity, reserveFloor } = advert.data;
  const taken = known.takenWithRest(advert);
  const uses = placed.map(
    ({ column, source: { span, offerId, most } }): Use => ({
      column,
      most,
      isCall: offerId === undefined,
      span: known.withRest(span, advert),
    }),
  );
  const all: Limit[] = [];
  const calls: Limit[] = [];
  for (const instant of startsOf(
    uses.map(({ span }) => span),
    taken,
  )) {
    const active = uses.filter(({ span }) => covers(span, instant));
    if (active.length === 0) continue;
    const free = Math.max(0, quantity - takenAt(taken, instant));
    const called = active.filter(({ isCall }) => isCall);
    const beyondFloor = Math.max(0, free - reserveFloor);
    // Where the offers alone leave the floor, calls come out of what they leave of the rest.
    const isShared = called.length > 0 && offeredBy(active) <= beyondFloor;
    all.push({ columns: active.map(({ column }) => column), most: isShared ? beyondFloor : free });
    if (isShared || called.length === 0) continue;
    calls.push({ columns: called.map(({ column }) => column), most: beyondFloor });
  }
  return [...all, ...calls];
};

/** What one donor lends of one code, at each instant at which that may be most. */
const strainsOf = (known: Known, adverts: readonly Advert[], placed: readonly Placed[]): Strain[] => {
  const gross = adverts.reduce((sum, { data }) => sum + data.quantity, 0);
  const taken = adverts.flatMap((advert) => known.taken(advert));
  const strains: Strain[] = [];
  for (const instant of startsOf(
    placed.map(({ source }) => source.span),
    taken,
  )) {
    const active = placed.filter(({ source }) => covers(source.span, instant));
    if (active.length === 0) continue;
    const columns = active.map(({ column }) => column);
    strains.push({ columns, lent: takenAt(taken, instant), gross });
  }
  return strains;
};

/** The rows of a problem, those of one capability or donor together and in order of time. */
export const rowsOf = (
  view: LedgerView,
  known: Known,
  placed: readonly Placed[],
): { limits: Limit[]; strains: Strain[] } => {
  const limits: Limit[] = [];
  const strains: Strain[] = [];
  for (const [advert, same] of Map.groupBy(placed, ({ source }) => source.advert)) {
    limits.push(...limitsOf(known, advert, same));
  }
  const donorOf = remembered(({ data }: Advert) => `${data.force}/${data.code}`);
  for (const same of Map.groupBy(placed, ({ source }) => donorOf(source.advert)).values()) {
    const [first] = same;
    if (!first) continue;
    const { force, code } = first.source.advert.data;
    const adverts = [...view.adverts(code)].filter(
      (advert) => advert.data.force === force && notCurrent(advert, known.now).length === 0,
    );
    strains.push(...strainsOf(known, adverts, same));
  }
  return { limits, strains };
};
