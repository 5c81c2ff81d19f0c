import type { Interval } from '@muster/contracts';
import { listOf } from './cells.ts';
import type { ColumnName } from './columns.ts';
import { type Fault, type Parsed, parsed } from './problems.ts';
import { readTime } from './times.ts';

export type WindowFault = Fault & { column: ColumnName; value: string };

const fault = (column: ColumnName, value: string, because: string, remedy: string): WindowFault => ({
  column,
  value,
  because,
  remedy,
});

const readTimes = (
  column: ColumnName,
  parts: readonly string[],
): { times: string[]; faults: WindowFault[] } => {
  const times: string[] = [];
  const faults: WindowFault[] = [];
  for (const part of parts) {
    const time: Parsed<string> =
      part === '' ? { ok: false, because: 'is empty', remedy: 'write a time' } : readTime(part);
    if (time.ok) times.push(time.value);
    else faults.push(fault(column, part, time.because, time.remedy));
  }
  return { times, faults };
};

const overlapOf = (windows: readonly Interval[]): [Interval, Interval] | undefined => {
  const sorted = windows.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  for (const [index, window] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next && next.from < window.to) return [window, next];
  }
  return undefined;
};

/** The availability windows of a row: two `;` lists of the same length, no window inside another. */
export const readWindows = (
  from: string,
  to: string,
): Parsed<Interval[]> | { ok: false; faults: WindowFault[] } => {
  const starts = readTimes('available_from', listOf(from));
  const ends = readTimes('available_to', listOf(to));
  const faults = [...starts.faults, ...ends.faults];
  if (listOf(from).length !== listOf(to).length) {
    const remedy = 'write as many ends as starts, separated by ";"';
    faults.push(
      fault('available_to', to, `has ${listOf(to).length} times for ${listOf(from).length} starts`, remedy),
    );
  }
  if (listOf(from).length === 0)
    faults.push(fault('available_from', from, 'is empty', 'write at least one window'));
  if (faults.length > 0) return { ok: false, faults };
  const windows = starts.times.map((start, index) => ({ from: start, to: ends.times[index] ?? start }));
  const backwards = windows.findIndex((window) => window.to <= window.from);
  if (backwards !== -1) {
    const value = listOf(to)[backwards] ?? to;
    return {
      ok: false,
      faults: [fault('available_to', value, 'does not lie after its available_from', 'write a later time')],
    };
  }
  const overlap = overlapOf(windows);
  if (overlap) {
    const because = `has windows that overlap: the one from ${overlap[1].from} starts before ${overlap[0].to}`;
    return { ok: false, faults: [fault('available_from', from, because, 'join them into one window')] };
  }
  return parsed(windows.toSorted((a, b) => (a.from < b.from ? -1 : 1)));
};
