import { describe, expect, test } from 'vitest';
import { type ClaimName, claimOf, home, type Over, sent } from '../testing/claimed.ts';
import { comeHome, debrief, deployed, release } from '../testing/deployed.ts';
import { at } from '../testing/samples.ts';
import type { Scene } from '../testing/scene.ts';
import { waitingOf } from './board.ts';

const told = (scene: Scene, org: string): string[] =>
  waitingOf(org, { ledger: scene.ledger }, scene.now())
    .filter(({ kind }) => kind !== 'debrief')
    .map(({ kind, waitsFor, isMine, isLate }) =>
      [kind, ...waitsFor, ...(isMine ? ['mine'] : []), ...(isLate ? ['late'] : [])].join(' '),
    );

/** Steps of a claim, and what waits for whom after each. */
const STORY: [step: ClaimName, over: Over, waits: string[]][] = [
  ['claim-estimate', {}, ['record-costs sussex']],
  ['claim-record', {}, ['submit-claim sussex']],
  ['claim-submit', {}, ['judge-claim kent mine']],
  ['claim-query', { post: 'finance-6' }, ['answer-claim sussex']],
  ['claim-answer', {}, ['judge-claim kent mine']],
  ['claim-check', { post: 'finance-7' }, ['judge-claim kent mine']],
  ['claim-agree', { post: 'finance-lead' }, ['pay-claim kent mine']],
  ['claim-pay', {}, []],
];

describe('the money side of a deployment', () => {
  test('waits for the side whose step is next, until it is paid', () => {
    const scene = home();
    expect(told(scene, 'sussex')).toEqual(['estimate-costs sussex mine']);
    for (const [step, over, waits] of STORY) {
      scene.run(sent(scene, step, over));
      expect([step, told(scene, 'kent')]).toEqual([step, waits]);
    }
  });

  test('is late once the time of its step has passed, and seen by nobody who has no part in it', () => {
    const scene = home();
    scene.run(sent(scene, 'claim-estimate'));
    scene.setNow(claimOf(scene)?.dueBy ?? '');
    expect(told(scene, 'sussex')).toEqual(['record-costs sussex mine late']);
    expect(told(scene, 'essex')).toEqual([]);
  });

  test('waits for nothing to be claimed until the units are home', () => {
    const scene = deployed();
    scene.run(sent(scene, 'claim-estimate'));
    scene.run(sent(scene, 'claim-record'));
    expect(told(scene, 'sussex').filter((each) => each.startsWith('submit-claim'))).toEqual([]);
    scene.run(release(scene));
    scene.run(comeHome(scene));
    expect(told(scene, 'sussex')).toContain('submit-claim sussex mine');
  });

  test('waits for the other side to waive what one side would do without', () => {
    const scene = home();
    scene.run(sent(scene, 'claim-estimate'));
    scene.run(sent(scene, 'claim-waive'));
    expect(told(scene, 'kent')).toContain('agree-waiver kent mine');
    scene.run(sent(scene, 'claim-waive', { org: 'kent' }));
    expect(told(scene, 'kent')).toEqual([]);
  });

  test('asks for nothing where aid is paid back in kind', () => {
    const scene = deployed('NIL_PAYBACK');
    scene.run(release(scene));
    scene.run(comeHome(scene));
    scene.setNow(at(2));
    expect(told(scene, 'sussex')).toEqual([]);
    scene.run(debrief(scene));
    expect(told(scene, 'sussex')).toEqual([]);
  });
});
