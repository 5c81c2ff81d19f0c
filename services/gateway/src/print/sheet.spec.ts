import type { Board } from '@muster/contracts';
import { expect, test } from 'vitest';
import { htmlOf, withAge } from './html.ts';
import { pdfOf } from './pdf.ts';
import type { Picture } from './picture.ts';
import { sheetOf } from './sheet.ts';
import { ageOf } from './times.ts';

const AS_OF = '2026-07-01T10:00:00.000Z';

const board: Board = {
  asOf: AS_OF,
  org: 'npocc',
  lastSeq: 7,
  totals: {
    ...{ requests: 1, lines: 1, linesShort: 1, unitsMissing: 2, linesLate: 0 },
    ...{ deployments: 0, deploymentsLate: 0, mine: 0, mineLate: 0, others: 1 },
  },
  actions: [
    {
      kind: 'choose-offers',
      waitsFor: ['dyfed-powys'],
      isMine: false,
      item: { kind: 'request', owner: 'dyfed-powys', id: 'request-of-the-day' },
      host: 'dyfed-powys',
      requestId: 'request-of-the-day',
      lineIds: ['a'],
      about: 'a: 1 CY.FCCU on offer for 2',
      by: '2026-07-01T09:00:00.000Z',
      isLate: true,
    },
  ],
  requests: [
    {
      host: 'dyfed-powys',
      requestId: 'request-of-the-day',
      status: 'open',
      isWhole: true,
      urgency: 'IMMEDIATE',
      threatCategory: 'CYBER',
      reason: 'llifogydd yn y dŵr <b>&"heddiw"</b>',
      desk: 'duty desk',
      tier: 3,
      submittedAt: AS_OF,
      answerBy: '2026-07-01T11:00:00.000Z',
      deadlines: [],
      lines: [
        {
          ...{ lineId: 'a', code: 'CY.FCCU', from: AS_OF, to: '2026-07-01T18:00:00.000Z' },
          ...{ wanted: 4, minimum: 1, committed: 1, reserved: 0, offered: 1, unfilled: 3, missing: 2 },
          ...{ asked: 5, waiting: 2, offering: 1, declined: 2, silent: 0, isLate: false },
        },
      ],
    },
  ],
  late: [],
  leftOut: { actions: 0, requests: 3, late: 0 },
};

const row = { code: 'CY.FCCU', kind: 'pool' as const, forces: 1, capabilities: 1 };
const picture: Picture = {
  mode: 'exercise',
  org: 'npocc',
  board,
  deployments: [],
  cover: {
    ...{ from: AS_OF, to: AS_OF },
    rows: [
      { ...row, region: 'wales', advertised: 4, taken: 1, free: 3 },
      { ...row, region: 'wales', kind: 'queue' as const, advertised: 2, taken: 0, free: 2 },
      { ...row, region: 'eastern', advertised: 1, taken: 1, free: 0 },
    ],
  },
  nextBy: '2026-07-01T10:06:00.000Z',
};

test('a sheet says when it was made, that it is an exercise, and what it leaves out', () => {
  const { title, mark, made, lead } = sheetOf(picture);
  expect([title, mark]).toEqual([
    'The national picture (EXERCISE)',
    'EXERCISE EXERCISE EXERCISE · OFFICIAL-SENSITIVE · Muster',
  ]);
  expect(made).toBe(
    'Made Wed 01 Jul, 11:00 BST. A newer one is due by Wed 01 Jul, 11:06 BST; after that, this one is out of date.',
  );
  expect(lead.at(-1)).toContain('3 requests are left out');
});

test('a sheet has a row for each line of a request, for what waits, and free units by region', () => {
  const [waiting, requests, units, cover] = sheetOf(picture).tables;
  expect(waiting?.rows[0]).toContain('LATE Wed 01 Jul, 10:00 BST');
  expect(requests?.rows[0]?.slice(3, 9)).toEqual([
    'a: CY.FCCU',
    'Wed 01 Jul, 11:00 BST, Wed 01 Jul, 19:00 BST',
    ...['4', '1', '1', '2'],
  ]);
  expect(units?.rows).toEqual([]);
  expect([cover?.columns, cover?.rows]).toEqual([['Code', 'eastern', 'wales'], [['CY.FCCU', '0/1', '5/6']]]);
  expect(sheetOf({ ...picture, cover: undefined }).tables[3]?.empty).toContain('did not answer');
});

test('a page holds its style and nothing that anybody wrote as markup, and takes a word on its age', () => {
  const page = htmlOf(sheetOf(picture));
  expect(page).toContain('dŵr &lt;b&gt;&amp;&quot;heddiw&quot;&lt;/b&gt;');
  expect(page).not.toMatch(/<b>|<script|<link|src=/);
  expect(withAge(page, '$& 12 min <old>')).toContain(
    '<p class="age" role="status">$&amp; 12 min &lt;old&gt;</p>',
  );
  expect([ageOf(0, 59_000), ageOf(0, 61 * 60_000)]).toEqual(['0 min', '1 h 1 min']);
});

test('words stay whole on paper, but for one so long that it would push others off it', () => {
  const long = 'x'.repeat(40);
  const page = htmlOf({
    ...sheetOf(picture),
    tables: [{ title: 't', columns: ['a', 'b'], rows: [['IMMEDIATE', `see ${long}`]], empty: '' }],
  });
  expect(page).toContain(`<td>IMMEDIATE</td><td class="long">see ${long}</td>`);
  expect(page.match(/\n(.*)overflow-wrap: anywhere/)?.[1]).toBe('.long { ');
});

test('a document is a PDF of as many pages as it needs', async () => {
  const many = { ...board, requests: Array.from({ length: 60 }, () => board.requests[0] as never) };
  const pagesOf = (file: Buffer): number => file.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  const one = await pdfOf(sheetOf({ ...picture, board: { ...board, requests: [] } }));
  expect([one.subarray(0, 5).toString(), pagesOf(one)]).toEqual(['%PDF-', 1]);
  expect(pagesOf(await pdfOf(sheetOf({ ...picture, board: many })))).toBeGreaterThan(1);
});
