import type { Command, CommandBody } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { requestViewFor } from '../access/requestView.ts';
import { chief, commandBy, rationale } from '../testing/asked.ts';
import { at, line } from '../testing/samples.ts';
import { type Scene, startScene } from '../testing/scene.ts';
import { agreedPence } from './cost.ts';

const ESTIMATE = { amountPence: 1_001, basis: 'NPCC rates 2026' };
type Estimate = CommandBody<'offer-make'>['costEstimate'];

/** Kent asks for three units and lets so much be agreed; sussex offers two of its three. */
const asked = (costLimitPence?: number, costEstimate: Estimate = ESTIMATE): Scene => {
  const scene = startScene();
  for (const force of ['sussex', 'surrey']) scene.advertise({ force });
  scene.ask({
    lines: [line({ quantity: 3 })],
    ...(costLimitPence !== undefined && { costLimitPence }),
  });
  scene.offer('o1', { quantity: 2, ...(costEstimate && { costEstimate }) });
  return scene;
};

type Take = Partial<CommandBody<'offer-accept'>['accept'][number]>;
const accept = (scene: Scene, over: Take = {}, more: object = {}): Command =>
  scene.commandOf('offer-accept', 'kent', {
    ...{ commandId: `acc-${over.offerId ?? 'o1'}`, requestId: 'r1' },
    accept: [{ offerId: 'o1', quantity: 2, ...over }],
    ...more,
  });

describe('an acceptance records the cost that both go by', () => {
  test('the estimate of the donor, how it was reached, and the reference of the host', () => {
    const scene = asked();
    expect(scene.run(accept(scene, {}, { fundingRef: 'KT-118' }))[0]).toMatchObject({
      type: 'muster.offer.accepted.v1',
      data: { costCategory: 'EMERGENCY_SPONTANEOUS', agreedCost: ESTIMATE, fundingRef: 'KT-118' },
    });
  });

  test('in proportion for part of an offer, rounded up', () => {
    const scene = asked();
    expect(scene.run(accept(scene, { quantity: 1 }))[0]).toMatchObject({
      data: { agreedCost: { amountPence: 501 } },
    });
  });

  test('only the charging regime where the donor gave no estimate', () => {
    const scene = asked(undefined, undefined);
    scene.offer('s1', {}, 'surrey');
    const [accepted] = scene.run(accept(scene, { offerId: 's1', quantity: 1 }));
    expect(accepted?.data).toMatchObject({ costCategory: 'EMERGENCY_SPONTANEOUS' });
    expect(accepted?.data).not.toHaveProperty('agreedCost');
  });

  test('another charging regime only if the host names it', () => {
    const scene = asked(undefined, { ...ESTIMATE, costCategory: 'SPECIALIST_STAFF' });
    expect(scene.refusalOf(accept(scene))).toBe('cost-not-agreed');
    expect(scene.refusalOf(accept(scene, { costCategory: 'NIL_PAYBACK' }))).toBe('cost-not-agreed');
    expect(scene.run(accept(scene, { costCategory: 'SPECIALIST_STAFF' }))[0]).toMatchObject({
      data: { costCategory: 'SPECIALIST_STAFF' },
    });
  });

  test('and not a regime that the donor did not offer under', () => {
    const scene = asked();
    expect(scene.refusalOf(accept(scene, { costCategory: 'NIL_PAYBACK' }))).toBe('cost-not-agreed');
  });
});

describe('a request with a limit', () => {
  test.each([
    [1_001, undefined],
    [1_000, 'over-approval'],
  ])('of %i pence takes an offer of 1,001: %s', (limit, refused) => {
    const scene = asked(limit);
    expect(scene.refusalOf(accept(scene))).toBe(refused);
  });

  test('counts all that is agreed, and no more what was refused at home', () => {
    const scene = asked(1_500);
    scene.run(accept(scene));
    expect(agreedPence(scene.request())).toBe(1_001);
    scene.offer('s1', { costEstimate: { amountPence: 600, basis: 'rates' } }, 'surrey');
    const second = accept(scene, { offerId: 's1', quantity: 1 });
    expect(scene.refusalOf(second)).toBe('over-approval');
    scene.settle('sussex', 'psu-1', { policy: 'person' });
    scene.tellHub(scene.atHome('sussex', 'psu-1', { kind: 'refuse', bookingId: 'o1', reasonCode: 'other' }));
    expect(agreedPence(scene.request())).toBe(0);
    scene.run(second);
  });

  test('takes no offer that names no cost, unless it is to be paid back in kind', () => {
    const scene = asked(5_000);
    scene.offer('s1', {}, 'surrey');
    expect(scene.refusalOf(accept(scene, { offerId: 's1', quantity: 1 }))).toBe('cost-not-agreed');
  });

  test('takes no late confirmation for which the money has gone elsewhere meanwhile', () => {
    const scene = asked(1_200);
    scene.run(accept(scene));
    const confirmed = scene
      .unseen('sussex', 'psu-1')
      .flatMap(({ data: event }) => scene.atHome('sussex', 'psu-1', { kind: 'hub', event }));
    scene.setNow(at(1));
    scene.internal({ name: 'confirm-due', host: 'kent', requestId: 'r1', offerId: 'o1' });
    scene.offer('s1', { costEstimate: { amountPence: 600, basis: 'rates' } }, 'surrey');
    scene.run(accept(scene, { offerId: 's1', quantity: 1 }));
    expect(scene.tellHub(confirmed)[0]).toMatchObject({
      type: 'muster.commitment.made.v1',
      data: { outcome: 'released' },
    });
    expect(agreedPence(scene.request())).toBe(600);
  });

  test('reserves nothing that nobody has priced, but what is directed', () => {
    const scene = asked(5_000);
    const of = { lineId: 'l1', donor: 'surrey', capabilityId: 'psu-1', quantity: 1 };
    const agreement = commandBy(scene, 'kent', 'agreement-record', {
      ...{ donor: of.donor, capabilityId: of.capabilityId, quantity: 1 },
      for: { kind: 'request', requestId: 'r1', lineId: 'l1' },
      ...{ agreedAt: at(0), agreedWith: 'desk', means: 'phone', reason: 'By phone' },
    } as never);
    expect(scene.refusalOf(agreement)).toBe('cost-not-agreed');
    const direction = commandBy(scene, 'npocc', 'direction-record', {
      ...{ host: 'kent', requestId: 'r1', ...of, instrument: 'PA96-S24-2', signedBy: 'gold' },
      ...{ scope: 'One night', reason: 'Needed', actor: { role: 'national-centre', id: 'desk' } },
    } as never);
    expect(scene.refusalOf(direction)).toBeUndefined();
  });

  test('keeps it from the donors that it asks', () => {
    const scene = asked(77_777);
    const toDonors = scene.stored.filter(({ subject }) => subject.endsWith('.sussex'));
    expect(toDonors.length).toBeGreaterThan(0);
    expect(JSON.stringify(toDonors)).not.toContain('77777');
    expect(requestViewFor(scene.ledger, scene.request(), 'sussex')).not.toHaveProperty('costLimitPence');
    expect(requestViewFor(scene.ledger, scene.request(), 'kent')).toMatchObject({ costLimitPence: 77_777 });
  });
});

/** Kent's approver may let so much be agreed. */
const delegated = (maxCostPence: number): Scene => {
  const scene = startScene();
  for (const force of ['sussex', 'surrey']) scene.advertise({ force });
  scene.run(
    commandBy(scene, 'kent', 'delegation-grant', {
      ...{ post: chief.id, role: 'approver', validFrom: at(-1), validTo: at(48), reason: 'scheme' },
      scope: { codes: ['PO'], maxQuantity: 9, emergencies: true, maxCostPence },
      actor: { role: 'force-ict', id: 'register-keeper' },
    }),
  );
  return scene;
};

const approve = (scene: Scene) =>
  commandBy(scene, 'kent', 'request-approve', { requestId: 'r1', actor: chief, rationale });

describe('an approval by a person', () => {
  const person = { approvalRoute: { kind: 'person' as const } };

  test('lets no more be agreed than the delegation reaches to, also where the request names no limit', () => {
    const scene = delegated(2_000);
    scene.ask(person);
    expect(scene.run(approve(scene))[0]).toMatchObject({ data: { costLimitPence: 2_000 } });
    expect(scene.request().costLimitPence).toBe(2_000);
  });

  test('keeps the lower limit of the request', () => {
    const scene = delegated(2_000);
    scene.ask({ ...person, costLimitPence: 1_500 });
    scene.run(approve(scene));
    expect(scene.request().costLimitPence).toBe(1_500);
  });

  test('is not given beyond the delegation', () => {
    const scene = delegated(2_000);
    scene.ask({ ...person, costLimitPence: 2_001 });
    expect(scene.refusalOf(approve(scene))).toBe('over-scope');
  });

  test('by word of mouth lets no more be agreed either', () => {
    const scene = delegated(2_000);
    scene.ask({ approvalRoute: { kind: 'oral', post: chief.id, at: at(0), reason: 'It burns' } });
    expect(scene.request().costLimitPence).toBe(2_000);
  });
});

describe('another limit', () => {
  const amend = (scene: Scene, costLimitPence: number, over: object = {}) =>
    commandBy(scene, 'kent', 'request-amend', {
      ...{ requestId: 'r1', reason: 'It grows', costLimitPence, ...over },
    });
  const ruled = (scene: Scene): void => {
    const rules = { requests: { personAbove: 1 }, offers: { personAbove: null } };
    scene.run(
      commandBy(scene, 'kent', 'approval-rules-set', {
        ...{ rules, reason: 'Policy', actor: { role: 'force-ict', id: 'register-keeper' } },
      }),
    );
  };

  test('is told as a change, and holds from then on', () => {
    const scene = asked(1_000);
    expect(scene.run(amend(scene, 2_000))[0]).toMatchObject({
      data: { costLimitPence: 2_000, changes: [{ path: 'costLimitPence', from: '1000', to: '2000' }] },
    });
    expect(scene.refusalOf(accept(scene))).toBeUndefined();
  });

  test('that is higher is a person’s to approve, where the rules leave the request to one', () => {
    const scene = delegated(2_000);
    scene.ask({ costLimitPence: 1_000 });
    ruled(scene);
    expect(scene.refusalOf(amend(scene, 1_500))).toBe('approval-needed');
    expect(scene.refusalOf(amend(scene, 2_500, { actor: chief, rationale }))).toBe('over-scope');
    scene.run(amend(scene, 1_500, { actor: chief, rationale }));
    expect(scene.request().costLimitPence).toBe(1_500);
  });

  test('below what is agreed already is refused', () => {
    const scene = asked(5_000);
    scene.run(accept(scene));
    expect(scene.refusalOf(amend(scene, 1_000))).toBe('wrong-status');
    expect(scene.refusalOf(amend(scene, 1_001))).toBeUndefined();
  });
});
