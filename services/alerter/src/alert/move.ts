import type { Alert, BoardAction } from '@muster/contracts';
import { isWithin, type Local } from '../desks/hours.ts';
import type { DeskList } from '../desks/schema.ts';

/** What is to be done about one thing that waits, or has waited. */
export type Move =
  | { do: 'nothing' }
  /** Somebody would be called, and is not for now. */
  | { do: 'hold'; because: 'attended' | 'quiet' }
  /** Call the name at this place of the list. */
  | { do: 'call'; step: number }
  /** All have been called in vain. */
  | { do: 'give-up' }
  /** It does not wait any more. */
  | { do: 'end' };

const MINUTE_MS = 60_000;
const NOTHING: Move = { do: 'nothing' };

type Waiting = Pick<BoardAction, 'kind' | 'by' | 'isLate'>;

/** Why nobody is called at this moment; undefined when somebody may be. */
const heldBy = (
  { attended, quiet }: DeskList,
  { by, isLate }: Waiting,
  now: string,
  local: Local,
): 'attended' | 'quiet' | undefined => {
  if (isWithin(attended, local)) return 'attended';
  if (!quiet || !isWithin(quiet.hours, local) || isLate) return undefined;
  const pressesFrom =
    by === undefined ? Number.POSITIVE_INFINITY : Date.parse(by) - quiet.unlessDueWithinMinutes * MINUTE_MS;
  return Date.parse(now) >= pressesFrom ? undefined : 'quiet';
};

/**
 * The next step about something.
 * @param known what has been done about it so far.
 * @param waiting undefined when it does not wait any more.
 * @param list undefined when no list is declared for its desk.
 */
export const moveFor = (
  known: Alert | undefined,
  waiting: Waiting | undefined,
  list: DeskList | undefined,
  now: string,
  local: Local,
): Move => {
  if (known?.endedAt !== undefined) return NOTHING;
  if (!waiting) return known ? { do: 'end' } : NOTHING;
  if (!list?.kinds.includes(waiting.kind)) return NOTHING;
  if (known?.acknowledged || known?.unansweredAt !== undefined) return NOTHING;
  const last = known?.called.at(-1);
  const step = known?.called.length ?? 0;
  if (last && Date.parse(now) < Date.parse(last.at) + list.escalateAfterMinutes * MINUTE_MS) return NOTHING;
  if (step >= list.names.length) return { do: 'give-up' };
  const because = heldBy(list, waiting, now, local);
  return because === undefined ? { do: 'call', step } : { do: 'hold', because };
};
