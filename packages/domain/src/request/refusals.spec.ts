import { DEPLOYMENT_STATUSES, isRefusal, type Refusal } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import type { LedgerCommand } from '../ledger/view.ts';
import { abort, comeHome, debrief, reach, recall, release, report } from '../testing/deployed.ts';
import { accept, cancel, meet, notSelect, OFFER_STATUSES, offered, withdraw } from '../testing/offered.ts';
import { at } from '../testing/samples.ts';
import { offerBody, type Scene, startScene } from '../testing/scene.ts';

/** Words of the records that no person says: statuses and kinds as they are stored. */
const TOKENS = /\b(?:[A-Z]{5,}(?:_[A-Z]+)*|EN_ROUTE|not-selected|run-out|stood-down|awaiting)\b/;

const refusalsOf = (scene: Scene, commands: readonly LedgerCommand[]): Refusal[] =>
  commands.map((command) => scene.attempt(command)).filter(isRefusal);

describe('a refusal says in the words of people how things stand, and what may be done', () => {
  test.each(OFFER_STATUSES)('when an offer is %s', (status) => {
    const scene = offered(status);
    const refused = refusalsOf(scene, [accept(scene), meet(scene), withdraw(scene), notSelect(scene)]);
    expect(refused.length).toBeGreaterThan(0);
    for (const { because } of refused) {
      expect(because).not.toMatch(TOKENS);
      expect(because).toMatch(/[;:,]/);
    }
  });

  test.each(DEPLOYMENT_STATUSES)('when units are %s', (status) => {
    const scene = reach(status);
    const steps = (['MOBILISING', 'EN_ROUTE', 'STAGED', 'ON_TASK', 'RETURNING'] as const).map((to) =>
      report(scene, to),
    );
    const others = [release(scene), comeHome(scene), recall(scene), abort(scene), debrief(scene)];
    const refused = refusalsOf(scene, [...steps, ...others]);
    expect(refused.length).toBeGreaterThan(0);
    for (const { because } of refused) {
      expect(because).not.toMatch(TOKENS);
      expect(because).toMatch(/[;:]|once/);
    }
  });
});

test('a force that offers late is told whom to tell', () => {
  const scene = startScene();
  scene.advertise();
  scene.ask();
  scene.setNow(at(2));
  const late = scene.attempt({ name: 'offer-make', org: 'sussex', body: offerBody('o1') });
  expect(late).toMatchObject({ refused: 'answer-time-passed' });
  expect(isRefusal(late) && late.because).toContain('tell the desk of kent (Force control room)');
});

test('a host whose request has ended is told that it asks anew', () => {
  const scene = offered('made');
  scene.run(cancel(scene));
  const decision = scene.attempt(accept(scene));
  expect(isRefusal(decision) && decision.because).toBe(
    'the request was cancelled by its host or a centre; if the need goes on, its host asks anew',
  );
});
