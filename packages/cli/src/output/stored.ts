import type { CommandStored } from '@muster/contracts';
import type { Output } from './print.ts';
import { details, table } from './table.ts';

/** `muster.offer.made.v1` as people read it: `offer.made`. */
export const typeName = (type: string): string => type.replace(/^muster\./, '').replace(/\.v\d+$/, '');

export type Told = {
  /** What was done, one sentence. */
  done: string;
  /** Ids that a person or a script goes on with, by name. */
  ids: Readonly<Record<string, string>>;
  /** Commands to go on with. */
  next: readonly string[];
  /** What a machine is told beside what was stored. */
  more?: Readonly<Record<string, unknown>>;
};

/** What a command that changes something prints: what was done, the ids, what was stored, what comes next. */
export const storedOutput = (stored: CommandStored, { done, ids, next, more }: Told): Output => {
  const again = stored.repeated ? ' (stored by an earlier try with this command id)' : '';
  const events = table(
    ['stored', 'event id'],
    stored.events.map((event) => [typeName(event.type), event.id]),
    { empty: '', color: false },
  );
  const text = [
    `${done}${again}`,
    details([...Object.entries(ids), ['command id', stored.commandId], ['sequence', stored.seq]]),
    events,
    ...(next.length === 0 ? [] : [`Next:\n${next.map((line) => `  ${line}`).join('\n')}`]),
  ];
  return { json: { ...stored, ids, ...more }, text: text.filter((part) => part !== '').join('\n\n') };
};
