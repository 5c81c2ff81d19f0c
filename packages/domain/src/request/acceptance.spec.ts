import { type CommandBody, isRefusal } from '@muster/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestViewFor } from '../access/requestView.ts';
import { withdraw } from '../testing/offered.ts';
import { actor, at, line } from '../testing/samples.ts';
import { type Scene, startScene, typesOf } from '../testing/scene.ts';
import { lineCounts } from './lines.ts';

const SEED = 20261226;
const RUNS = 300;

const DONORS = ['sussex', 'surrey', 'essex'] as const;

/** Kent asks for three, at least two of them; sussex offers o1, surrey o2 and essex o3, one each. */
const scene = (over: Parameters<typeof line>[0] = {}, quantity = 1): Scene => {
  const made = startScene();
  for (const force of DONORS) made.advertise({ force });
  const recipients = { kind: 'forces' as const, forces: [...DONORS] };
  made.ask({ lines: [line({ quantity: 3, minimumQuantity: 2, ...over })], recipients });
  for (const [index, donor] of DONORS.entries()) made.offer(`o${index + 1}`, { quantity }, donor);
  return made;
};

const taking = (orMinimum: boolean, ...offers: [string, number][]): CommandBody<'offer-accept'> => ({
  ...{ commandId: 'a1', actor, classification: 'OFFICIAL', requestId: 'r1' },
  accept: offers.map(([offerId, quantity]) => ({ offerId, quantity })),
  ...(orMinimum && { orMinimum: true as const }),
});
const command = (orMinimum: boolean, ...offers: [string, number][]) => ({
  ...{ name: 'offer-accept' as const, org: 'kent' },
  body: taking(orMinimum, ...offers),
});
const ALL: [string, number][] = [
  ['o1', 1],
  ['o2', 1],
  ['o3', 1],
];
const refusalOf = (made: Scene, orMinimum: boolean, ...offers: [string, number][]) => {
  const decision = made.attempt(command(orMinimum, ...offers));
  if (!isRefusal(decision)) throw new Error('it was not refused');
  return decision;
};

/** The force uses so many of its three units itself over the window of the line. */
const use = (made: Scene, force: string, quantity: number): void => {
  made.atHome(force, 'psu-1', { kind: 'open', donor: force, capabilityId: 'psu-1' });
  made.atHome(force, 'psu-1', { kind: 'use', useId: `use-${quantity}`, quantity, from: at(4), to: at(16) });
};

describe('the host lets the minimum of its line suffice', () => {
  test('and nothing stands in the way: all is reserved, and nothing left out', () => {
    const made = scene();
    expect(typesOf(made.run(command(true, ...ALL)))).toEqual(typesOf(scene().run(command(false, ...ALL))));
    expect(lineCounts(made.request(), made.request().lines[0] ?? line())).toMatchObject({ reserved: 3 });
  });

  test('one donor has nothing left: the others are reserved in one append, and the line stays short', () => {
    const made = scene();
    use(made, 'surrey', 3);
    expect(refusalOf(made, false, ...ALL).refused).toBe('no-capacity');
    expect(typesOf(made.run(command(true, ...ALL)))).toEqual([
      ...['offer.accepted', 'booking.changed', 'offer.accepted', 'booking.changed', 'offer.left_out'],
    ]);
    const left = made.request().offers.get('o2');
    expect(left).toMatchObject({
      status: 'not-selected',
      leftOut: { named: 1, reserved: 0, reasonCode: 'no-capacity' },
    });
    expect(left?.leftOut?.because).toContain('surrey/psu-1');
    const [of = line()] = made.request().lines;
    expect(lineCounts(made.request(), of)).toEqual({ offered: 0, reserved: 2, committed: 0, unfilled: 1 });
  });

  test('a donor took its offer back meanwhile: it stays withdrawn, and is told what became of it', () => {
    const made = scene();
    made.run(withdraw(made));
    const events = made.run(command(true, ...ALL));
    expect(events.at(-1)).toMatchObject({
      type: 'muster.offer.left_out.v1',
      data: { donor: 'sussex', offerId: 'o1', by: 'duty-desk', reserved: 0, reasonCode: 'offer-not-open' },
    });
    expect(made.request().offers.get('o1')).toMatchObject({ status: 'withdrawn', leftOut: { named: 1 } });
  });

  test('a donor has a part of its units left: that part is reserved', () => {
    const made = scene({ quantity: 6, minimumQuantity: 4 }, 3);
    use(made, 'sussex', 2);
    made.run(command(true, ['o1', 3], ['o2', 3]));
    expect(made.request().offers.get('o1')).toMatchObject({
      status: 'accepted',
      accepted: { quantity: 1 },
      leftOut: { named: 3, reserved: 1, reasonCode: 'no-capacity' },
    });
    expect(made.bookingStatus('sussex', 'psu-1', 'o1')).toBe('reserved');
  });

  test('what was reserved before counts for the minimum', () => {
    const made = scene();
    made.accept(['o1', 1]);
    use(made, 'surrey', 3);
    made.run(command(true, ['o2', 1], ['o3', 1]));
    expect(made.request().offers.get('o3')?.status).toBe('accepted');
  });

  test('a force that was left out may offer again', () => {
    const made = scene();
    use(made, 'surrey', 3);
    made.run(command(true, ...ALL));
    made.advertise({ force: 'surrey', capabilityId: 'psu-2', revision: 1 });
    made.offer('o4', { capabilityId: 'psu-2' }, 'surrey');
    made.accept(['o4', 1]);
    expect(made.request().offers.get('o4')?.status).toBe('accepted');
  });

  test('host and donor see what was left out and why, another donor does not', () => {
    const made = scene();
    use(made, 'surrey', 3);
    made.run(command(true, ...ALL));
    const seenBy = (org: string) =>
      requestViewFor(made.ledger, made.request(), org).offers.find(({ offerId }) => offerId === 'o2')
        ?.leftOut;
    expect(seenBy('kent')).toMatchObject({ named: 1, reserved: 0, reasonCode: 'no-capacity' });
    expect(seenBy('surrey')).toEqual(seenBy('kent'));
    expect(seenBy('essex')).toBeUndefined();
  });
});

describe('nothing is reserved', () => {
  test('when a line would stay below its minimum: it says how many there would be, and who blocks', () => {
    const made = scene();
    use(made, 'sussex', 3);
    use(made, 'surrey', 3);
    const { refused, because, fields } = refusalOf(made, true, ...ALL);
    expect(refused).toBe('below-minimum');
    expect(because).toContain('1 of the at least 2');
    expect(fields?.map(({ path }) => path)).toEqual(['accept[0]', 'accept[1]']);
    expect(fields?.[0]?.because).toMatch(/^0 of 1 from sussex \(no-capacity\)/);
    expect(made.bookingStatus('essex', 'psu-1', 'o3')).toBeUndefined();
  });

  test('when none can be had although the line has its minimum', () => {
    const made = scene();
    made.accept(['o1', 1], ['o2', 1]);
    use(made, 'essex', 3);
    expect(refusalOf(made, true, ['o3', 1]).refused).toBe('no-capacity');
  });

  test.each([
    ['more is named than is offered', 'invalid', [['o1', 2]]],
    ['there is no such offer', 'not-found', [['o9', 1]]],
  ] as const)('when %s: that is the host’s own to put right', (_, code, extra) => {
    const named = extra.map(([offerId, quantity]): [string, number] => [offerId, quantity]);
    expect(refusalOf(scene(), true, ['o3', 1], ...named).refused).toBe(code);
  });

  test('when the charging regime of an offer was not agreed', () => {
    const made = scene();
    const costCategory = 'SPECIALIST_STAFF' as const;
    made.advertise({ force: 'sussex', capabilityId: 'psu-3' });
    made.offer('o5', {
      capabilityId: 'psu-3',
      costEstimate: { amountPence: 1, basis: 'Rates', costCategory },
    });
    expect(refusalOf(made, true, ['o2', 1], ['o5', 1]).refused).toBe('cost-not-agreed');
  });
});

test('whatever the donors still have, exactly what can be had is reserved, or nothing when that is too little', () => {
  const used = fc.integer({ min: 0, max: 3 });
  const named = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(
      fc.tuple(used, used, used),
      fc.tuple(named, named, named),
      fc.integer({ min: 1, max: 9 }),
      (use3, named3, minimumQuantity) => {
        const made = scene({ quantity: 9, minimumQuantity }, 3);
        for (const [index, donor] of DONORS.entries()) if (use3[index]) use(made, donor, use3[index] ?? 0);
        const can = named3.map((want, index) => Math.min(want, 3 - (use3[index] ?? 0)));
        const had = can.reduce((sum, each) => sum + each, 0);
        const wanted = named3.reduce((sum: number, each) => sum + each, 0);
        const sent = command(true, ...named3.map((want, index): [string, number] => [`o${index + 1}`, want]));
        const decision = made.attempt(sent);
        if (had === 0 || (had < wanted && had < minimumQuantity)) {
          expect(decision).toMatchObject({ refused: 'below-minimum' });
          return;
        }
        const events = made.run(sent);
        const [of = line()] = made.request().lines;
        expect(lineCounts(made.request(), of).reserved).toBe(had);
        const missed = events.flatMap(({ type, data }) =>
          type === 'muster.offer.left_out.v1' ? [data.named - data.reserved] : [],
        );
        expect(missed.reduce((sum, each) => sum + each, 0)).toBe(wanted - had);
      },
    ),
    { seed: SEED, numRuns: RUNS },
  );
});
