import type { RawRecord } from '../facts.ts';
import type { Ack, FindingKind } from '../report.ts';
import type { Draft, Story } from './history.ts';

/** A fault to plant into the clean story, and what it must be found as. */
export type Plant = {
  name: string;
  /** The kinds that this fault must be found as, and no other. */
  kinds: FindingKind[];
  story?: (story: Story) => void;
  records?: (records: RawRecord[][]) => void;
  acks?: Ack[];
};

export const draft = (drafts: Draft[], id: string): Draft => {
  const found = drafts.find((each) => each.id === id);
  if (!found) throw new Error(`the story has no ${id}`);
  return found;
};

/** Where faults are planted; only the fields that some plant touches. */
type Step = {
  kind: string;
  bookingId: string;
  token: number;
  homeVersion?: number;
  at?: string;
  reliedOn?: { quantity: number };
};
export type Item = Step & {
  bookingVersion?: number;
  quantity?: number;
  gross?: number;
  to?: string;
  changes?: Step[];
};
type Body = {
  kind: string;
  token: number;
  quantity: number;
  bookingVersion: number;
  homeVersion: number;
  silent: unknown[];
  notice: { kind: string };
  changes: Step[];
  entries: Item[];
};

export const nth = <T>(all: readonly T[] | undefined, index: number): T => {
  const found = all?.[index];
  if (found === undefined) throw new Error(`the story has no item ${index} there`);
  return found;
};

export const edit = (drafts: Draft[], id: string, change: (data: Body) => void): void =>
  change(draft(drafts, id).data as unknown as Body);

export const drop = (drafts: Draft[], ...ids: string[]): void => {
  for (const id of ids) drafts.splice(drafts.indexOf(draft(drafts, id)), 1);
};

export const dropCommand = (drafts: Draft[], prefix: string): void =>
  drop(drafts, ...drafts.map((each) => each.id).filter((id) => id.startsWith(`${prefix}.`)));

export const after = (drafts: Draft[], id: string, more: Draft[]): void => {
  drafts.splice(drafts.indexOf(draft(drafts, id)) + 1, 0, ...more);
};

export const before = (drafts: Draft[], id: string, more: Draft[]): void => {
  drafts.splice(drafts.indexOf(draft(drafts, id)), 0, ...more);
};
