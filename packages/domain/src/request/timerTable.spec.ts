import { describe, test } from 'vitest';
import type { InternalCommand } from '../ledger/view.ts';
import { chief, commandBy, type RequestStage, r1, rationale } from '../testing/asked.ts';
import {
  all,
  type Cell,
  check,
  EVERY,
  goUp,
  LIVE,
  type Live,
  type Over,
  type Row,
  stays,
} from '../testing/cells.ts';
import { at } from '../testing/samples.ts';

/** What the broker decides about other machines. */
type Elsewhere =
  | 'check-shortfall'
  | 'claim-due'
  | 'confirm-due'
  | 'extension-due'
  | 'home-decided'
  | 'offer-due'
  | 'open-bookings'
  | 'recall-due'
  | 'secondment-due'
  | 'settle-deployment';

type Timer = Exclude<InternalCommand['name'], Elsewhere>;

const nothing = all(EVERY, '=');

const timer = (name: Timer) => () => ({ name, ...r1 });
const TABLE = {
  'answer-time-due': {
    cells: { ...nothing, open: 'unfilled', 'part-filled': 'unfilled', filled: 'filled' },
    time: at(2),
    command: timer('answer-time-due'),
  },
  'request-end-due': {
    cells: {
      ...{ ...nothing, 'awaiting-approval': 'expired', open: 'expired', unfilled: 'expired' },
      ...{ 'part-filled': 'part-filled', filled: 'filled' },
    },
    time: at(16),
    command: timer('request-end-due'),
  },
  'approval-due': { cells: nothing, time: at(2), command: timer('approval-due') },
  'wave-due': {
    cells: { ...nothing, open: 'open', 'part-filled': 'part-filled' },
    asked: { recipients: { kind: 'waves', size: 3, everyMinutes: 30 } },
    time: at(1),
    command: timer('wave-due'),
  },
  'accept-due': {
    cells: { ...nothing, ...stays },
    before: goUp,
    time: at(3),
    command: timer('accept-due'),
  },
  'settle-request': { cells: nothing, command: timer('settle-request') },
} satisfies Record<Timer, Row>;

describe.each(Object.entries<Row>(TABLE))('%s', (_, { cells, ...row }) => {
  test.each(EVERY.map((stage) => [stage, cells[stage]] as const))('when it is %s: %s', (stage, cell) =>
    check(stage, cell, row),
  );
});

const oral = {
  approvalRoute: { kind: 'oral' as const, post: chief.id, at: at(0), reason: 'It burns' },
};
type Cells = Record<Live | Exclude<Over, 'refused'>, Cell>;

/** What is done about an approval by word of mouth that is not in writing yet, also when all is over. */
const ORAL: Record<string, Omit<Row, 'cells'> & { cells: Cells }> = {
  'the written approval': {
    cells: { ...stays, cancelled: 'cancelled', expired: 'expired', closed: 'closed' },
    command: (scene) =>
      commandBy(scene, 'kent', 'request-approve', { requestId: 'r1', actor: chief, rationale }),
  },
  'a refusal in writing': {
    cells: { ...all(LIVE, 'cancelled'), cancelled: 'cancelled', expired: 'expired', closed: 'closed' },
    command: (scene) =>
      commandBy(scene, 'kent', 'request-refuse', {
        ...{ requestId: 'r1', actor: chief, reason: 'No', rationale },
      }),
  },
  'the time for it': {
    cells: { ...stays, cancelled: 'cancelled', expired: 'expired', closed: 'closed' },
    time: at(2),
    command: timer('approval-due'),
  },
};

describe.each(Object.entries(ORAL))('%s after an approval by word of mouth', (_, { cells, ...row }) => {
  test.each(Object.entries(cells))('when it is %s: %s', (stage, cell) =>
    check(stage as RequestStage, cell, { ...row, asked: oral }),
  );
});
