import { VALUE_SHOWN_CHARS } from './limits.ts';

/** What is wrong at one place of a roster, and what the person who keeps it can do. */
export type RosterProblem = {
  file: string;
  /** From 1; the header is line 1. Absent when the whole file or folder is meant. */
  line?: number | undefined;
  column?: string | undefined;
  /** What stands there, shortened. */
  value?: string | undefined;
  because: string;
  remedy: string;
};

/** What is wrong with one value, before its place is known. */
export type Fault = { because: string; remedy: string };

export type Parsed<T> = { ok: true; value: T } | ({ ok: false } & Fault);

export const parsed = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const faulty = (because: string, remedy: string): { ok: false } & Fault => ({
  ok: false,
  because,
  remedy,
});

const UNPRINTABLE = /[\p{Cc}\p{Cf}]/gu;

/** The value as it may be printed: shortened, control characters made visible. */
export const shortened = (value: string): string => {
  const printable = value.replace(
    UNPRINTABLE,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return printable.length <= VALUE_SHOWN_CHARS ? printable : `${printable.slice(0, VALUE_SHOWN_CHARS - 1)}…`;
};

/** One line for a person: place, value, reason, remedy. */
export const describeProblem = (problem: RosterProblem): string => {
  const place = problem.line === undefined ? problem.file : `${problem.file}:${problem.line}`;
  const column = problem.column === undefined ? '' : ` ${problem.column}`;
  const value = problem.value === undefined ? '' : ` "${problem.value}"`;
  return `${place}${column}${value}: ${problem.because}; ${problem.remedy}`;
};
