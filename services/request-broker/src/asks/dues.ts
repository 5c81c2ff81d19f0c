import { aggregateKey } from '@muster/contracts';
import { type Deadline, SECONDMENT } from '../timers/deadlines.ts';

/** A time at which the broker decides something, by the name of its timer and of what is decided. */
export type Due = { name: string; at: string };

export const byTime = (a: Due, b: Due): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

/** Open deadlines by the aggregate that they belong to, earliest first. */
export const duesByAggregate = (
  deadlines: Iterable<Deadline>,
  nameOf: (deadline: Deadline) => string = ({ timer }) => timer.name,
): ReadonlyMap<string, Due[]> => {
  const dues = new Map<string, Due[]>();
  for (const deadline of deadlines) {
    // Weeks ahead for all units that are out: what it raises is shown once it is raised.
    if (deadline.timer.name === SECONDMENT) continue;
    const key = aggregateKey(deadline.timer.aggregate);
    const due = { name: nameOf(deadline), at: deadline.at };
    const known = dues.get(key);
    if (known) known.push(due);
    else dues.set(key, [due]);
  }
  for (const each of dues.values()) each.sort(byTime);
  return dues;
};
