import type { BookingChange, RefusalCode } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import type { HomeDecisionEntry, LedgerCommand } from '../ledger/view.ts';
import { at, createBody, line } from '../testing/samples.ts';
import { offerBody, type Scene, startScene } from '../testing/scene.ts';
import { mayChange } from './evolve.ts';
import type { Booking, BookingStatus } from './state.ts';

/** Where a booking stands: `none` before it, `extending` while lent and further time is reserved for it. */
type Stage = BookingStatus | 'extending' | 'none';
/** The stage that is reached, a refusal's code after `!`, or `=`: nothing happens. */
type Cell = Stage | `!${RefusalCode}` | '=';

const psu = { donor: 'sussex', capabilityId: 'psu-1' };
const r1 = { host: 'kent', requestId: 'r1' };
const lent = { donor: 'sussex', deploymentId: 'o1' };
const why = { reason: 'Because' };
const CONFIRM_BY = at(1);

const bookingOf = (scene: Scene): Booking | undefined =>
  scene.ledger.view.bookings('sussex', 'psu-1')?.bookings.get('o1');
const stageOf = (scene: Scene): Stage => {
  const booking = bookingOf(scene);
  if (!booking) return 'none';
  return booking.status === 'confirmed' && booking.extension ? 'extending' : booking.status;
};

const fromHome =
  (kind: HomeDecisionEntry['kind']) =>
  (scene: Scene): LedgerCommand => {
    const booking = bookingOf(scene);
    const { extensionToken = 0, to = at(20) } =
      (booking?.status === 'confirmed' ? booking.extension : undefined) ?? {};
    const entry = {
      ...{ kind, bookingId: 'o1', token: booking?.token ?? 1, ...r1, quantity: 2, from: at(4), to },
      ...{ gross: 3, reasonCode: 'own-demand', extensionId: 'ask', extensionToken },
      approval: { basis: 'policy', policy: 'ours' },
    } as unknown as HomeDecisionEntry;
    return { name: 'home-decided', ...psu, homeVersion: 1, entry, homeEventId: 'e' };
  };
const onward = (): LedgerCommand => {
  const lines = [line({ from: at(20), to: at(30) })];
  const recipients = { kind: 'forces' as const, forces: ['sussex'] };
  return { name: 'request-create', org: 'essex', body: createBody({ commandId: 'r2', lines, recipients }) };
};
const offerOnward = (): LedgerCommand => {
  const to = { host: 'essex', requestId: 'r2', quantity: 2, estimatedArrival: at(6), continues: 'o1' };
  return { name: 'offer-make', org: 'sussex', body: offerBody('o2', to) };
};
const takeOnward = (scene: Scene) =>
  scene.commandOf('offer-accept', 'essex', {
    ...{ commandId: 'take', requestId: 'r2', accept: [{ offerId: 'o2', quantity: 2 }] },
  });
const confirmOnward = (scene: Scene): LedgerCommand => {
  const next = scene.ledger.view.bookings('sussex', 'psu-1')?.bookings.get('o2');
  const confirmed = fromHome('confirmed')(scene);
  if (!next || confirmed.name !== 'home-decided') throw new Error('nothing is reserved for essex');
  const { token, host, requestId, from, to } = next;
  const entry = { ...confirmed.entry, bookingId: 'o2', token, host, requestId, from, to };
  return { ...confirmed, entry } as LedgerCommand;
};
const accept = (scene: Scene) =>
  scene.commandOf('offer-accept', 'kent', {
    ...{ commandId: 'accept', requestId: 'r1', accept: [{ offerId: 'o1', quantity: 2 }] },
  });
const confirmDue = (): LedgerCommand => ({ name: 'confirm-due', ...r1, offerId: 'o1' });
const release = (scene: Scene) =>
  scene.commandOf('deployment-release', 'kent', {
    ...{ commandId: 'release', ...lent, reasonCode: 'task-complete' },
  });
const comeHome = (scene: Scene) =>
  scene.commandOf('deployment-return', 'sussex', {
    ...{ commandId: 'home', ...lent, at: scene.now(), injuries: 0, welfareReferral: false },
  });
const ask = (scene: Scene) =>
  scene.commandOf('extension-ask', 'kent', { commandId: 'ask', ...lent, newEnd: at(20), ...why });
const answer = (scene: Scene) =>
  scene.commandOf('extension-answer', 'sussex', {
    ...{ commandId: 'answer', ...lent, extensionId: 'ask', answer: 'accept' },
  });

type Step = (scene: Scene) => LedgerCommand;
const PATHS = {
  none: [],
  reserved: [accept],
  confirmed: [accept, fromHome('confirmed')],
  extending: [accept, fromHome('confirmed'), ask, answer],
  refused: [accept, fromHome('refused')],
  lapsing: [accept, confirmDue],
  void: [accept, confirmDue, fromHome('void')],
  released: [accept, fromHome('confirmed'), release],
  returned: [accept, fromHome('confirmed'), release, comeHome],
  'handed-on': [accept, fromHome('confirmed'), release, onward, offerOnward, takeOnward, confirmOnward],
} as const satisfies Record<Stage, readonly Step[]>;
const STAGES = Object.keys(PATHS) as Stage[];

/** A scene in which the booking has come to that stage by the usual way. */
const reach = (stage: Stage): Scene => {
  const scene = startScene();
  for (const force of ['sussex', 'surrey']) scene.advertise({ force });
  scene.ask();
  scene.offer('o1', { quantity: 2 });
  for (const step of PATHS[stage]) {
    if (step === confirmDue) scene.setNow(CONFIRM_BY);
    scene.run(step(scene));
  }
  if (stageOf(scene) !== stage) throw new Error(`${stage} was not reached, but ${stageOf(scene)}`);
  return scene;
};

const all = <S extends Stage>(stages: readonly S[], cell: Cell): Record<S, Cell> =>
  Object.fromEntries(stages.map((stage) => [stage, cell])) as Record<S, Cell>;
const nothing = all(STAGES, '=');
const NEVER_LENT = ['none', 'reserved', 'refused', 'lapsing', 'void'] as const;
const LENT = ['confirmed', 'extending'] as const;
const LET_GO = ['released', 'returned', 'handed-on'] as const;
const ofLent = { ...all(NEVER_LENT, '!not-found'), ...all(LET_GO, '!wrong-status') };

type Row = { cells: Record<Stage, Cell>; command: Step; before?: Step; time?: string };

/** Every answer that a home ledger gives. */
const FROM_HOME = {
  confirmed: { ...nothing, none: '!not-found', reserved: 'confirmed', lapsing: 'confirmed' },
  refused: { ...nothing, none: '!not-found', reserved: 'refused', lapsing: 'void' },
  void: { ...nothing, none: '!not-found', reserved: '!wrong-status', lapsing: 'void' },
  'extension-confirmed': { ...nothing, extending: 'confirmed' },
  'extension-refused': { ...nothing, extending: 'confirmed' },
} satisfies Record<HomeDecisionEntry['kind'], Record<Stage, Cell>>;

const TABLE: Record<string, Row> = {
  ...Object.fromEntries(
    Object.entries(FROM_HOME).map(([kind, cells]) => [
      `home says ${kind}`,
      { cells, command: fromHome(kind as HomeDecisionEntry['kind']) },
    ]),
  ),
  'the host accepts': {
    cells: {
      ...all(STAGES, '!offer-not-open'),
      none: 'reserved',
      returned: '!request-ended',
      'handed-on': '!request-ended',
    },
    command: accept,
  },
  'the time to confirm ends': {
    cells: { ...nothing, reserved: 'lapsing' },
    time: CONFIRM_BY,
    command: confirmDue,
  },
  'the host cancels': {
    cells: {
      ...{ none: 'none', reserved: 'lapsing', ...all(LENT, 'released'), refused: 'refused' },
      ...{
        lapsing: 'lapsing',
        void: 'void',
        released: 'released',
        returned: '!request-ended',
        'handed-on': '!request-ended',
      },
    },
    command: (scene) =>
      scene.commandOf('request-cancel', 'kent', {
        ...{ commandId: 'cancel', requestId: 'r1', reasonCode: 'other', ...why },
      }),
  },
  'the host releases': { cells: { ...ofLent, ...all(LENT, 'released') }, command: release },
  'the donor forfeits units that never left': {
    cells: { ...ofLent, ...all(LENT, 'returned') },
    command: (scene) =>
      scene.commandOf('deployment-forfeit', 'sussex', {
        ...{ commandId: 'forfeit', ...lent, reasonCode: 'own-demand', ...why, replacementOffered: false },
      }),
  },
  'the donor reports the return': {
    cells: { ...ofLent, ...all(LENT, '!wrong-status'), released: 'returned' },
    command: comeHome,
  },
  'the host asks for longer': {
    cells: { ...ofLent, confirmed: 'confirmed', extending: '!wrong-status' },
    command: (scene) =>
      scene.commandOf('extension-ask', 'kent', { commandId: 'ask-2', ...lent, newEnd: at(24), ...why }),
  },
  'the donor grants it': {
    cells: { ...ofLent, confirmed: 'extending', extending: '!wrong-status' },
    before: ask,
    command: answer,
  },
  'the time to grant or confirm it ends': {
    cells: { ...nothing, extending: 'confirmed' },
    time: at(20),
    command: () => ({ name: 'extension-due', ...lent }),
  },
};

describe.each(Object.entries(TABLE))('%s', (_, { cells, command, before, time }) => {
  test.each(STAGES.map((stage) => [stage, cells[stage]] as const))('when it is %s: %s', (stage, cell) => {
    const scene = reach(stage);
    const earlier = before?.(scene);
    if (earlier && scene.refusalOf(earlier) === undefined) scene.run(earlier);
    if (time !== undefined) scene.setNow(time);
    const sent = command(scene);
    if (cell.startsWith('!')) {
      expect(`!${scene.refusalOf(sent)}`).toBe(cell);
      return;
    }
    expect(scene.run(sent).length > 0).toBe(cell !== '=');
    expect(stageOf(scene)).toBe(cell === '=' ? stage : cell);
  });
});

const extension = { extensionId: 'ask', to: at(20) };
const reliedOn = { revision: 1, quantity: 3, windowFrom: at(-24), windowTo: at(99), expiresAt: at(99) };
const ofUnits = { lineId: 'l1', quantity: 2, from: at(4), to: at(16), confirmBy: CONFIRM_BY, reliedOn };

/** Each change of the hub's ledger, and the stages from which it is taken; from all others it is left out. */
const CHANGES = {
  reserved: { from: ['none'], fields: { ...r1, ...ofUnits } },
  confirmed: { from: ['reserved', 'lapsing'], fields: { homeVersion: 1 } },
  refused: { from: ['reserved'], fields: { homeVersion: 1, reasonCode: 'own-demand' } },
  lapsing: { from: ['reserved'], fields: { reasonCode: 'confirm-time-passed' } },
  void: { from: ['lapsing'], fields: { homeVersion: 1 } },
  released: { from: LENT, fields: { reasonCode: 'task-complete' } },
  returned: { from: ['released'], fields: { at: at(10) } },
  'handed-on': { from: ['released'], fields: { next: 'o2', at: at(10) } },
  extending: { from: ['confirmed'], fields: { ...extension, confirmBy: at(6), reliedOn } },
  extended: { from: ['extending'], fields: { ...extension, homeVersion: 1 } },
  'extension-ended': { from: ['extending'], fields: { ...extension, because: 'confirm-time-passed' } },
} satisfies Record<BookingChange['kind'], { from: readonly Stage[]; fields: object }>;

describe.each(Object.entries<{ from: readonly Stage[]; fields: object }>(CHANGES))(
  'the change %s',
  (kind, { from, fields }) => {
    test.each(STAGES.map((stage) => [stage, from.includes(stage) ? 'is taken' : 'is left out'] as const))(
      'when it is %s: %s',
      (stage) => {
        const booking = bookingOf(reach(stage));
        const pending = booking?.status === 'confirmed' ? booking.extension : undefined;
        const extensionToken = pending?.extensionToken ?? 2;
        const change = {
          kind,
          bookingId: 'o1',
          token: booking?.token ?? 1,
          ...fields,
          ...('extensionId' in fields && { extensionToken }),
        } as unknown as BookingChange;
        expect(mayChange(booking, change)).toBe(from.includes(stage));
      },
    );
  },
);
