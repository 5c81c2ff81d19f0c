import { parseSubject, type StoredEventView } from '@muster/contracts';
import { showTime } from '../input/times.ts';
import { typeName } from './stored.ts';
import { shown } from './table.ts';

/** Fields of an event's body that say most about it, in the order in which they are shown. */
const TELLING = [
  'force',
  'donor',
  'lineId',
  'capabilityId',
  'quantity',
  'status',
  'outcome',
  'reasonCode',
  'answerBy',
  'confirmBy',
] as const;

/** Characters of an id shown on a line; `--json` has all of it. */
const ID_SHOWN = 8;

/** What an event puts right: an offer, an event, or an act that was in error. */
const correctionIn = ({ corrects, recall, reasonCode }: Readonly<Record<string, unknown>>): string[] => {
  if (typeof corrects === 'string') return [`corrects=${corrects}`];
  const inner = isRecord(recall) && isRecord(recall.corrects) ? recall.corrects.eventId : undefined;
  if (typeof inner === 'string') return [`corrects=${inner}`];
  return /-in-error$/.test(String(reasonCode)) ? ['(correction)'] : [];
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const tellingOf = (data: unknown): string => {
  if (typeof data !== 'object' || data === null) return '';
  const fields: Readonly<Record<string, unknown>> = { ...data };
  const told = TELLING.flatMap((name) => {
    const value = fields[name];
    if (typeof value !== 'string' && typeof value !== 'number') return [];
    return [`${name}=${name.endsWith('By') ? showTime(String(value)).replace(' ', 'T') : value}`];
  });
  const { changes, notice } = fields;
  const kinds = Array.isArray(changes)
    ? changes.flatMap((change: unknown) =>
        typeof change === 'object' && change !== null && 'kind' in change ? [String(change.kind)] : [],
      )
    : [];
  const noticed =
    typeof notice === 'object' && notice !== null && 'kind' in notice
      ? [`notice=${String(notice.kind)}`]
      : [];
  return [
    ...noticed,
    ...told,
    ...correctionIn(fields),
    ...(kinds.length > 0 ? [`changes=${kinds.join('+')}`] : []),
  ].join(' ');
};

const aboutOf = (subject: string): string => {
  const parsed = parseSubject(subject);
  if (parsed === undefined || !('aggregate' in parsed)) return subject;
  const { owner, id } = parsed.aggregate;
  const whole = parsed.kind === 'capability' || parsed.kind === 'booking' || parsed.kind === 'home';
  return `${owner}/${whole ? id : id.slice(0, ID_SHOWN)}`;
};

/** One event on one line: sequence, local time, what, whose, and what is most telling about it. */
export const eventLine = ({ seq, subject, envelope, data }: StoredEventView): string =>
  shown(
    [
      String(seq).padStart(6),
      showTime(envelope.time).slice(5),
      typeName(envelope.type).padEnd(22),
      aboutOf(subject),
      tellingOf(data),
    ]
      .join('  ')
      .trimEnd(),
  );
