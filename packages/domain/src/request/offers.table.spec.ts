import type { Command, RefusalCode } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import {
  accept,
  cancel,
  meet,
  notSelect,
  OFFER_STATUSES,
  offered,
  runOut,
  statusOf,
  takeBack,
  withdraw,
} from '../testing/offered.ts';
import { at } from '../testing/samples.ts';
import type { Scene } from '../testing/scene.ts';
import type { Offer } from './state.ts';

type Status = Offer['status'];
type Row = {
  /** Where each status from which it is taken leads; it is refused from all others. */
  leads: Partial<Record<Status, Status>>;
  /** Refusals that say more than that the offer is not open. */
  refusals?: Partial<Record<Status, RefusalCode>>;
  /** What it is refused with where nothing else is said; none: the offer is not open. */
  otherwise?: RefusalCode;
  command: (scene: Scene) => Command;
};

/** The rows of the offer machine that a command causes, between being made and its end. */
const TABLE: Record<string, Row> = {
  'the host accepts': { leads: { made: 'accepted' }, command: (scene) => accept(scene) },
  'the condition comes true': {
    leads: { provisional: 'made' },
    refusals: { made: 'wrong-status' },
    command: (scene) => meet(scene),
  },
  'the donor withdraws': {
    leads: { made: 'withdrawn', provisional: 'withdrawn' },
    command: (scene) => withdraw(scene),
  },
  'the host takes its acceptance back': {
    leads: { accepted: 'lapsed' },
    otherwise: 'wrong-status',
    command: (scene) => takeBack(scene),
  },
  'the host turns it down': {
    leads: { made: 'not-selected', provisional: 'not-selected' },
    command: (scene) => notSelect(scene),
  },
};

describe.each(Object.entries(TABLE))('%s', (_, { leads, refusals, otherwise, command }) => {
  test.each(OFFER_STATUSES.map((status) => [status, leads[status] ?? 'refused']))(
    'when the offer is %s: %s',
    (status) => {
      const scene = offered(status);
      expect(statusOf(scene)).toBe(status);
      const sent = command(scene);
      const to = leads[status];
      if (!to) {
        const ended = status === 'closed' ? 'request-ended' : (otherwise ?? 'offer-not-open');
        expect(scene.refusalOf(sent)).toBe(refusals?.[status] ?? ended);
        return;
      }
      scene.run(sent);
      expect(statusOf(scene)).toBe(to);
    },
  );
});

test.each(OFFER_STATUSES)('its time comes when it is %s', (status) => {
  const scene = offered(status);
  const events = runOut(scene);
  const isOpen = status === 'made' || status === 'provisional';
  expect(events.map(({ type }) => type)).toEqual(isOpen ? ['muster.offer.lapsed.v1'] : []);
  expect(statusOf(scene)).toBe(isOpen ? 'run-out' : status);
});

describe('the host names it with another, lets the minimum suffice, and no unit of it is free', () => {
  const named = (status: Status) => {
    const scene = offered(status);
    scene.offer('o2', {}, 'surrey');
    scene.atHome('sussex', 'psu-1', { kind: 'open', donor: 'sussex', capabilityId: 'psu-1' });
    const whole = { quantity: 3, from: at(4), to: at(16) };
    if (status === 'made') scene.atHome('sussex', 'psu-1', { kind: 'use', useId: 'u1', ...whole });
    const offers = ['o1', 'o2'].map((offerId) => ({ offerId, quantity: 1 }));
    const body = { commandId: 'a9', requestId: 'r1', accept: offers, orMinimum: true as const };
    return { scene, command: scene.commandOf('offer-accept', 'kent', body) };
  };

  test.each(['provisional', 'accepted', 'committed'] as const)('when it is %s: refused', (status) => {
    const { scene, command } = named(status);
    expect(scene.refusalOf(command)).toBe('offer-not-open');
  });

  test.each([
    ['made', 'not-selected'],
    ['refused', 'refused'],
    ['lapsed', 'lapsed'],
    ['stood-down', 'stood-down'],
    ['not-selected', 'not-selected'],
    ['withdrawn', 'withdrawn'],
    ['run-out', 'run-out'],
  ] as const)('when it is %s: %s', (status, to) => {
    const { scene, command } = named(status);
    scene.run(command);
    expect(statusOf(scene)).toBe(to);
    expect(statusOf(scene, 'o2')).toBe('accepted');
    expect(scene.request().offers.get('o1')?.leftOut).toMatchObject({ named: 1, reserved: 0 });
  });
});

test.each([
  ['made', 'closed'],
  ['provisional', 'closed'],
  ['accepted', 'lapsed'],
  ['withdrawn', 'withdrawn'],
  ['run-out', 'run-out'],
  ['not-selected', 'not-selected'],
] as const)('the host cancels its request when the offer is %s: %s', (status, to) => {
  const scene = offered(status);
  scene.run(cancel(scene));
  expect(statusOf(scene)).toBe(to);
});
