import { NATIONAL_CENTRE } from '@muster/contracts';
import type { Cover, Picture } from './picture.ts';
import { clock } from './times.ts';

/** A table on paper; `empty` is said where there are no rows. */
export type Table = {
  title: string;
  note?: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  empty: string;
};

/** What is printed, in whatever form. */
export type Sheet = {
  title: string;
  /** Stands on every page. */
  mark: string;
  /** When it was made, and from when on it is out of date. */
  made: string;
  lead: readonly string[];
  tables: readonly Table[];
};

type Short = (id: string) => string;

/** Characters of an id that are told at least; people name a request by them on the telephone. */
const ID_SHOWN = 8;

/** Cuts ids to the length at which no two of the picture are the same. */
const shortener = ({ board, deployments }: Picture): Short => {
  const ids = new Set([
    ...board.requests.map(({ requestId }) => requestId),
    ...board.actions.map(({ item }) => item.id),
    ...deployments.flatMap(({ deploymentId, requestId }) => [deploymentId, requestId]),
  ]);
  const longest = Math.max(ID_SHOWN, ...[...ids].map((id) => id.length));
  let length = ID_SHOWN;
  while (length < longest && new Set([...ids].map((id) => id.slice(0, length))).size < ids.size) length += 1;
  return (id) => id.slice(0, length);
};

/** Room to write by hand when nothing else works. */
const BY_HAND = '';

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

const waiting = ({ board }: Picture, short: Short): Table => ({
  title: 'What waits, and for whom',
  columns: ['For', 'What', 'Of', 'About', 'By', 'Done'],
  rows: board.actions.map((row) => [
    row.waitsFor.join(', '),
    row.kind.replaceAll('-', ' '),
    `${row.item.kind} ${short(row.item.id)} of ${row.item.owner}`,
    row.about,
    `${row.isLate ? 'LATE ' : ''}${row.by === undefined ? '' : clock(row.by)}`.trim(),
    BY_HAND,
  ]),
  empty: 'Nothing waits for anybody.',
});

const requests = ({ board }: Picture, short: Short): Table => ({
  title: 'Open requests',
  columns: [
    'Request',
    'Urgency',
    'Desk',
    'Line',
    'From, to',
    'Wanted',
    'Has',
    'On offer',
    'Short',
    'Answers',
    'Notes',
  ],
  rows: board.requests.flatMap((row) =>
    row.lines.map((line, index) => [
      index === 0 ? `${row.host} ${short(row.requestId)}: ${row.reason}` : '',
      index === 0 ? row.urgency : '',
      index === 0 ? (row.desk ?? '') : '',
      `${line.lineId}: ${line.code}`,
      `${clock(line.from)}, ${clock(line.to)}`,
      String(line.wanted),
      String(line.committed + line.reserved),
      String(line.offered),
      `${line.missing}${line.isLate ? ' LATE' : ''}`,
      `${line.offering} of ${line.asked}, ${line.waiting} to answer by ${clock(row.answerBy)}`,
      BY_HAND,
    ]),
  ),
  empty: 'No request is open.',
});

const deployments = ({ deployments }: Picture, short: Short): Table => ({
  title: 'Units away from home',
  columns: ['Deployment', 'Of', 'For', 'Units', 'Status', 'Since', 'Until', 'Desks', 'Notes'],
  rows: deployments.map((row) => [
    short(row.deploymentId),
    `${row.donor} ${row.capabilityId}`,
    `${row.host}, request ${short(row.requestId)}`,
    String(row.quantity),
    row.status.replaceAll('_', ' ').toLowerCase(),
    clock(row.since),
    clock(row.to),
    [row.desks?.donor, row.desks?.host].filter((desk) => desk !== undefined).join(', '),
    BY_HAND,
  ]),
  empty: 'No units are away.',
});

/** Free and advertised units of each code, a column for every region that has any. */
const coverTable = (cover: Cover | undefined): Table => {
  const rows = cover?.rows ?? [];
  const regions = [...new Set(rows.map(({ region }) => region))].sort();
  const codes = [...new Set(rows.map(({ code }) => code))].sort();
  const cell = (code: string, region: string): string => {
    const found = rows.filter((row) => row.code === code && row.region === region);
    if (found.length === 0) return '';
    const sum = (read: (row: (typeof rows)[number]) => number) =>
      found.reduce((all, row) => all + read(row), 0);
    return `${sum(({ free }) => free)}/${sum(({ advertised }) => advertised)}`;
  };
  return {
    title: 'What could be lent',
    note: 'Free now, of what is advertised.',
    columns: ['Code', ...regions],
    rows: codes.map((code) => [code, ...regions.map((region) => cell(code, region))]),
    empty:
      cover === undefined
        ? 'Not known: the register of capabilities did not answer when this was made.'
        : 'Nothing is advertised.',
  };
};

const titleOf = (org: string): string =>
  org === NATIONAL_CENTRE ? 'The national picture' : `The picture of ${org}`;

const leftOut = ({ board }: Picture): string[] => {
  const { actions, requests: beyond } = board.leftOut;
  return actions + beyond === 0
    ? []
    : [
        `There is more than fits: ${actions} that wait and ${count(beyond, 'request')} are left out, the least pressing.`,
      ];
};

/** The picture as it is printed. */
export const sheetOf = (picture: Picture): Sheet => {
  const { mode, org, board, nextBy } = picture;
  const { totals } = board;
  const short = shortener(picture);
  return {
    title: `${titleOf(org)}${mode === 'exercise' ? ' (EXERCISE)' : ''}`,
    mark: `${mode === 'exercise' ? 'EXERCISE EXERCISE EXERCISE · ' : ''}OFFICIAL-SENSITIVE · Muster`,
    made: `Made ${clock(board.asOf)}. A newer one is due by ${clock(nextBy)}; after that, this one is out of date.`,
    lead: [
      `${count(totals.requests, 'request')} open, ${count(totals.linesShort, 'line')} short of ${count(totals.unitsMissing, 'unit')}, ${totals.linesLate} of them late.`,
      `${count(totals.deployments, 'deployment')} under way, ${totals.deploymentsLate} late. ${totals.mine} to do at ${org}, ${totals.others} by others.`,
      `All that ${org} may see at place ${board.lastSeq} of the ledger.`,
      ...leftOut(picture),
    ],
    tables: [
      waiting(picture, short),
      requests(picture, short),
      deployments(picture, short),
      coverTable(picture.cover),
    ],
  };
};
