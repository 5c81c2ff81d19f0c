import type { AskAnswer, HandoverItem } from '@muster/contracts';
import { showTime } from '../input/times.ts';
import { shortener } from './ids.ts';
import type { Output } from './print.ts';
import { typeName } from './stored.ts';
import { type Cell, table } from './table.ts';

const dueOf = ({ deadlines }: HandoverItem): string =>
  deadlines.map(({ name, at }) => `${name} ${showTime(at)}`).join(', ');

const changesTable = (
  items: readonly HandoverItem[],
  short: (id: string) => string,
  color: boolean,
): string => {
  const rows = items
    .flatMap((item) => item.changes.map((change) => ({ item, change })))
    .sort((a, b) => a.change.seq - b.change.seq);
  return table(
    ['seq', 'when', 'what', 'of', 'by'],
    rows.map(({ item, change }): Cell[] => [
      change.seq,
      showTime(change.time),
      typeName(change.type),
      `${item.kind} ${short(item.id)}`,
      change.actor,
    ]),
    { empty: '', color },
  );
};

/** What a desk that takes over has to know: what is open, what is due, and what has changed. */
export const handoverOutput = (answer: AskAnswer<'handover'>, org: string, color: boolean): Output => {
  const { items, changesLeftOut, lastSeq } = answer;
  const short = shortener(items.map(({ id }) => id));
  const open = table(
    ['desk', 'open', 'side', 'status', 'about', 'due'],
    [...items]
      .sort((a, b) => a.desk.localeCompare(b.desk))
      .map((item): Cell[] => [
        item.desk,
        `${item.kind} ${short(item.id)}`,
        item.side,
        item.status,
        item.about,
        dueOf(item),
      ]),
    { empty: 'Nothing is open.', color },
  );
  const more = changesLeftOut > 0 ? `${changesLeftOut} older changes are left out; --limit shows more.` : '';
  const parts = [
    open,
    changesTable(items, short, color),
    more,
    `Next:\n  muster handover --as ${org} --since-seq ${lastSeq}`,
  ];
  return { json: answer, text: parts.filter((part) => part !== '').join('\n\n') };
};
