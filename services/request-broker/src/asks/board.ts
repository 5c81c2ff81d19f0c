import { type AskAnswer, aggregateKey, type ParsedQuery } from '@muster/contracts';
import { boardOf } from '@muster/domain';
import type { Deadline } from '../timers/deadlines.ts';
import type { Views } from '../views/views.ts';
import { duesByAggregate } from './dues.ts';

/** What a deadline decides, as people say it: `answer-time-due` is `answer-time`. */
const nameOf = ({ command }: Deadline): string => command.name.replace(/-due$/, '');

/** What an organisation's coordinator sees at a glance. */
export const askBoard = (
  { ledger, assistance }: Views,
  deadlines: Iterable<Deadline>,
  part: ParsedQuery<'board'>,
  org: string,
  now: string,
): AskAnswer<'board'> => {
  const byAggregate = duesByAggregate(deadlines, nameOf);
  const dues = (aggregate: Parameters<typeof aggregateKey>[0]) =>
    byAggregate.get(aggregateKey(aggregate)) ?? [];
  return boardOf(org, { ledger, dues, lastSeq: assistance.history.lastSeq() }, part, now);
};
