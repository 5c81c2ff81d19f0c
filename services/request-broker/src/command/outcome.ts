import type { CommandStored, Refusal } from '@muster/contracts';
import type { LedgerCommand } from '@muster/domain';
import type { Writer } from '@muster/mesh';

/** Events as an answer names them. */
export type EventRefs = CommandStored['events'];

/** How a command ended. `unknown` is never dressed up as one of the others. */
export type Outcome =
  | { kind: 'stored'; seq: number; repeated: boolean; events: EventRefs }
  /** There was nothing to decide, or it has been decided already. */
  | { kind: 'nothing' }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'unknown'; because: string };

/** A command on its way: what to decide, and in whose name. */
export type Task = {
  command: LedgerCommand;
  /** The writer of the events; asked again for every try, since it may depend on the state. */
  writer: (now: string) => Writer;
  /** The result of an earlier try of the same command, or why its id cannot be used. */
  earlier?: () => Outcome | undefined;
};
