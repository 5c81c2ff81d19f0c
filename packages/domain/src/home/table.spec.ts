import type { BookingChange, RefusalCode } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { advert, at } from '../testing/samples.ts';
import { decideHome, type HomeFacts, type HomeInput } from './decide.ts';
import { evolveHome } from './evolve.ts';
import type { HomeState, HomeVerdict } from './state.ts';

/** What the home ledger knows of a booking: `none` nothing, `seen` that it is reserved and waits for a person. */
type Stage = 'unopened' | 'none' | 'seen' | HomeVerdict['verdict'];
/** The verdict that stands afterwards, a refusal's code after `!`, or `=`: nothing is recorded. */
type Cell = Stage | `!${RefusalCode}` | '=';

const facts = (policy: HomeFacts['policy']['policy']): HomeFacts => ({
  ...{ advert: advert(), now: at(0), policy: { policy } },
});
const psu = { donor: 'sussex', capabilityId: 'psu-1' };
const reliedOn = { revision: 1, quantity: 3, windowFrom: at(-24), windowTo: at(99), expiresAt: at(99) };
const ofBooking = { bookingId: 'b1', token: 1 };

const CHANGES = {
  reserved: {
    ...{ kind: 'reserved', ...ofBooking, host: 'kent', requestId: 'r1', lineId: 'l1', quantity: 2 },
    ...{ from: at(4), to: at(16), confirmBy: at(1), reliedOn },
  },
  confirmed: { kind: 'confirmed', ...ofBooking, homeVersion: 1 },
  refused: { kind: 'refused', ...ofBooking, homeVersion: 1, reasonCode: 'own-demand' },
  lapsing: { kind: 'lapsing', ...ofBooking, reasonCode: 'confirm-time-passed' },
  void: { kind: 'void', ...ofBooking, homeVersion: 1 },
  released: { kind: 'released', ...ofBooking, reasonCode: 'task-complete' },
  returned: { kind: 'returned', ...ofBooking, at: at(10) },
  'handed-on': { kind: 'handed-on', ...ofBooking, next: 'b2', at: at(10) },
  extending: {
    ...{ kind: 'extending', ...ofBooking, extensionId: 'x', extensionToken: 2, to: at(20) },
    ...{ confirmBy: at(6), reliedOn },
  },
  extended: {
    ...{ kind: 'extended', ...ofBooking, extensionId: 'x', extensionToken: 2, to: at(20), homeVersion: 1 },
  },
  'extension-ended': {
    ...{ kind: 'extension-ended', ...ofBooking, extensionId: 'x', extensionToken: 2 },
    because: 'confirm-time-passed',
  },
} satisfies { [K in BookingChange['kind']]: Extract<BookingChange, { kind: K }> };

type Input = (state: HomeState | undefined) => HomeInput;
const hub =
  (change: BookingChange): Input =>
  (state) => ({
    kind: 'hub',
    event: { ...psu, bookingVersion: (state?.seenVersion ?? 0) + 1, changes: [change] },
  });
const open: Input = () => ({ kind: 'open', ...psu });
const confirm: Input = () => ({ kind: 'confirm', bookingId: 'b1' });
const refuseIt: Input = () => ({ kind: 'refuse', bookingId: 'b1', reasonCode: 'welfare-rest' });

const PATHS: Record<Stage, readonly Input[]> = {
  unopened: [],
  none: [open],
  seen: [open, hub(CHANGES.reserved)],
  confirmed: [open, hub(CHANGES.reserved), confirm],
  refused: [open, hub(CHANGES.reserved), refuseIt],
  void: [open, hub(CHANGES.reserved), hub(CHANGES.lapsing)],
};
const STAGES = Object.keys(PATHS) as Stage[];

const stageOf = (state: HomeState | undefined): Stage => {
  if (!state) return 'unopened';
  return state.verdicts.get('b1')?.verdict ?? (state.bookings.has('b1') ? 'seen' : 'none');
};

/** The state afterwards and whether anything was recorded, or the code of the refusal. */
const give = (state: HomeState | undefined, input: Input, policy: HomeFacts['policy']['policy']) => {
  const decision = decideHome(input(state), state, facts(policy));
  if ('refused' in decision) return decision.refused;
  const after = decision.events.reduce<HomeState | undefined>(evolveHome, state);
  return { after, isRecorded: decision.events.length > 0 };
};

const reach = (stage: Stage): HomeState | undefined => {
  let state: HomeState | undefined;
  for (const input of PATHS[stage]) {
    const given = give(state, input, 'person');
    if (typeof given === 'string') throw new Error(`${stage}: ${given}`);
    state = given.after;
  }
  return state;
};

/** What the hub says is recorded whatever it is, and a verdict that was given stands. */
const recorded = {
  ...{ unopened: 'none', none: 'none', seen: 'seen' },
  ...{ confirmed: 'confirmed', refused: 'refused', void: 'void' },
} as const satisfies Record<Stage, Cell>;
const hubSays: Record<BookingChange['kind'], Record<Stage, Cell>> = {
  reserved: { ...recorded, unopened: 'confirmed', none: 'confirmed', seen: 'confirmed' },
  confirmed: recorded,
  refused: recorded,
  lapsing: { ...recorded, seen: 'void' },
  void: recorded,
  released: recorded,
  returned: recorded,
  'handed-on': recorded,
  extending: recorded,
  extended: recorded,
  'extension-ended': recorded,
};

const TABLE: Record<Exclude<HomeInput['kind'], 'hub'>, { cells: Record<Stage, Cell>; input: Input }> = {
  open: {
    cells: { unopened: 'none', none: '=', seen: '=', confirmed: '=', refused: '=', void: '=' },
    input: open,
  },
  confirm: {
    cells: {
      ...{ unopened: '!not-found', none: '!not-found', seen: 'confirmed', confirmed: '=' },
      ...{ refused: '!wrong-status', void: '!wrong-status' },
    },
    input: confirm,
  },
  refuse: {
    cells: {
      ...{ unopened: '!not-found', none: '!not-found', seen: 'refused', confirmed: '!wrong-status' },
      ...{ refused: '=', void: '!wrong-status' },
    },
    input: refuseIt,
  },
  use: {
    cells: { ...recorded, unopened: '!not-found', confirmed: '!no-capacity' },
    input: () => ({ kind: 'use', useId: 'u1', quantity: 2, from: at(2), to: at(6) }),
  },
  'use-return': {
    cells: {
      ...{ unopened: '!not-found', none: '!not-found', seen: '!not-found' },
      ...{ confirmed: '!not-found', refused: '!not-found', void: '!not-found' },
    },
    input: () => ({ kind: 'use-return', useId: 'u1', at: at(3) }),
  },
};

const rows = [
  ...Object.entries(TABLE).map(([name, { cells, input }]) => ({ name, cells, input })),
  ...Object.entries(hubSays).map(([kind, cells]) => ({
    ...{ name: `the hub says ${kind}`, cells, input: hub(CHANGES[kind as BookingChange['kind']]) },
  })),
];

describe.each(rows)('$name', ({ cells, input }) => {
  test.each(STAGES.map((stage) => [stage, cells[stage]] as const))('when it is %s: %s', (stage, cell) => {
    const given = give(reach(stage), input, 'automatic');
    if (typeof given === 'string') {
      expect(`!${given}`).toBe(cell);
      return;
    }
    expect(given.isRecorded).toBe(cell !== '=');
    expect(stageOf(given.after)).toBe(cell === '=' ? stage : cell);
  });
});
