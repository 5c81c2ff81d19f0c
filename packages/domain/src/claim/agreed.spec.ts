import type { CommandBody, CostCategory } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { estimateWaits } from '../board/money.ts';
import { claimOf, sent } from '../testing/claimed.ts';
import { comeHome, debrief, release, stateOf } from '../testing/deployed.ts';
import { at, terms } from '../testing/samples.ts';
import { type Scene, startScene } from '../testing/scene.ts';

type Estimate = CommandBody<'offer-make'>['costEstimate'];

/** Kent asks under one regime, takes two of the three units that sussex offers, and sends them home. */
const home = (asked: CostCategory, costEstimate: Estimate): Scene => {
  const scene = startScene();
  scene.advertise();
  scene.ask({ terms: { ...terms, costCategory: asked } });
  scene.offer('o1', { quantity: 3, ...(costEstimate && { costEstimate }) });
  const category = costEstimate?.costCategory;
  scene.send('offer-accept', 'kent', {
    ...{ commandId: 'take', requestId: 'r1' },
    accept: [{ offerId: 'o1', quantity: 2, ...(category && { costCategory: category }) }],
  });
  scene.settle('sussex', 'psu-1');
  scene.run(release(scene));
  scene.setNow(at(1));
  scene.run(comeHome(scene));
  return scene;
};

const rates = { amountPence: 3_001, basis: 'NPCC rates 2026' };

describe('a claim without lines of its own', () => {
  test('begins with what was agreed for the units taken, not with what was offered for all', () => {
    const scene = home('EMERGENCY_SPONTANEOUS', rates);
    scene.run(sent(scene, 'claim-estimate', { lines: undefined }));
    expect(claimOf(scene)).toMatchObject({
      totalPence: 2_001,
      lines: [{ lineId: 'agreed', category: 'other', rateRef: rates.basis, amountPence: 2_001 }],
    });
  });

  test('needs some where no cost was agreed', () => {
    const scene = home('EMERGENCY_SPONTANEOUS', undefined);
    expect(scene.refusalOf(sent(scene, 'claim-estimate', { lines: undefined }))).toBe('invalid');
  });
});

describe('units taken under another charging regime than was asked under', () => {
  test('are claimed for under the one that was agreed', () => {
    const scene = home('EMERGENCY_SPONTANEOUS', { ...rates, costCategory: 'SPECIALIST_STAFF' });
    scene.run(sent(scene, 'claim-estimate', { lines: undefined }));
    expect(claimOf(scene)?.costCategory).toBe('SPECIALIST_STAFF');
  });

  test('are owed for, although the request asked for aid in kind', () => {
    const scene = home('NIL_PAYBACK', { ...rates, costCategory: 'SPECIALIST_STAFF' });
    expect(estimateWaits(stateOf(scene), scene.ledger.view)).toHaveLength(1);
    scene.run(debrief(scene));
    expect(stateOf(scene).status).toBe('RETURNED');
  });

  test('are not owed for where they were given in kind, although the request would have paid', () => {
    const scene = home('EMERGENCY_SPONTANEOUS', { ...rates, costCategory: 'NIL_PAYBACK' });
    expect(estimateWaits(stateOf(scene), scene.ledger.view)).toEqual([]);
    scene.run(debrief(scene));
    expect(stateOf(scene).status).toBe('CLOSED');
  });
});
