import { describe, expect, test } from 'vitest';
import { deployed, ofDeployment, reach, release } from '../testing/deployed.ts';
import { given } from '../testing/lending.ts';
import { at } from '../testing/samples.ts';
import type { Scene } from '../testing/scene.ts';
import { waitingOf } from './board.ts';

const mine = (scene: Scene, org: string) =>
  waitingOf(org, { ledger: scene.ledger }, scene.now()).filter(({ isMine }) => isMine);

const idOf = (scene: Scene, org: string, kind: string): string | undefined =>
  mine(scene, org).find((each) => each.kind === kind)?.id;

describe('what waits for an organisation', () => {
  test('is nothing that the units have passed by: control is not confirmed any more once it cannot pass', () => {
    const scene = reach('ON_TASK');
    scene.send('control-propose', 'sussex', {
      ...{ commandId: 'p1', ...ofDeployment, to: 'host', at: scene.now() },
    });
    expect(idOf(scene, 'kent', 'confirm-control')).toBeDefined();
    scene.run(release(scene));
    expect(idOf(scene, 'kent', 'confirm-control')).toBeUndefined();
  });

  test('is nothing that can be done no more: answers past their time, and offers past theirs', () => {
    const scene = given();
    scene.offer('o2', { condition: 'the match ends', validUntil: at(0.5) }, 'surrey');
    expect(idOf(scene, 'essex', 'answer')).toBeDefined();
    expect(idOf(scene, 'surrey', 'meet-condition')).toBeDefined();
    scene.setNow(at(0.5));
    expect(idOf(scene, 'surrey', 'meet-condition')).toBeUndefined();
    scene.setNow(scene.request().answerBy);
    expect(idOf(scene, 'essex', 'answer')).toBeUndefined();
  });

  test('is to ask others, once the units on offer are lent elsewhere', () => {
    const scene = given();
    expect(idOf(scene, 'kent', 'choose-offers')).toBeDefined();
    scene.advertise({ revision: 2, status: 'unavailable' });
    expect(mine(scene, 'kent')).toMatchObject([
      { kind: 'ask-further', about: '2 PO.PSU.L2 are short, and what is on offer cannot be had any more' },
    ]);
    scene.advertise({ revision: 3 });
    expect(idOf(scene, 'kent', 'choose-offers')).toBeDefined();
  });

  test('says of a longer stay whether it is to be answered, or accepted and to be confirmed at home', () => {
    const scene = deployed();
    const about = (): string[] =>
      mine(scene, 'sussex')
        .filter(({ kind }) => kind === 'answer-extension')
        .map((each) => each.about);
    scene.send('extension-ask', 'kent', {
      ...{ commandId: 'ext', ...ofDeployment, newEnd: at(40), reason: 'Not done' },
    });
    expect(about()).toEqual([`kent asks to keep 2 of sussex psu-1 until ${at(40)}`]);
    scene.send('extension-answer', 'sussex', {
      ...{ commandId: 'yes', ...ofDeployment, extensionId: 'ext', answer: 'accept' },
    });
    expect(about()).toEqual([
      `2 of sussex psu-1 are to stay until ${at(40)}; its home ledger has yet to confirm`,
    ]);
    scene.settle('sussex', 'psu-1');
    expect(about()).toEqual([]);
  });

  test('keeps its name while it waits, whatever else happens to the item', () => {
    const scene = given();
    const choose = idOf(scene, 'kent', 'choose-offers');
    const answer = idOf(scene, 'surrey', 'answer');
    expect([choose, answer]).toEqual([
      'choose-offers/request/kent/r1/-/o1',
      `answer/request/kent/r1/-/${scene.request().answerBy}`,
    ]);
    scene.send('request-desk-take', 'kent', {
      commandId: 'desk',
      requestId: 'r1',
      desk: 'night-desk',
      note: 'over',
    });
    scene.offer('o2', {}, 'surrey');
    expect(idOf(scene, 'kent', 'choose-offers')).toBe(choose);
    expect(idOf(scene, 'surrey', 'answer')).toBeUndefined();
  });

  test('has another name when the same is to be done again', () => {
    const scene = given();
    const first = idOf(scene, 'kent', 'choose-offers');
    scene.offer('o2', {}, 'surrey');
    scene.send('offer-withdraw', 'sussex', {
      commandId: 'back',
      ...{ host: 'kent', requestId: 'r1', offerId: 'o1' },
      reasonCode: 'own-demand',
      reason: 'a fire at home',
    });
    expect(idOf(scene, 'kent', 'choose-offers')).not.toBe(first);

    const units = reach('ON_TASK');
    const propose = (commandId: string): void =>
      void units.send('control-propose', 'sussex', {
        commandId,
        ...ofDeployment,
        to: 'host',
        at: units.now(),
      });
    propose('p1');
    const proposed = idOf(units, 'kent', 'confirm-control');
    units.send('control-confirm', 'kent', { commandId: 'c1', ...ofDeployment, proposalId: 'p1' });
    units.send('control-propose', 'kent', {
      commandId: 'p2',
      ...ofDeployment,
      to: 'donor',
      at: units.now(),
    });
    units.send('control-confirm', 'sussex', { commandId: 'c2', ...ofDeployment, proposalId: 'p2' });
    propose('p3');
    expect([proposed, idOf(units, 'kent', 'confirm-control')]).toEqual([
      'confirm-control/deployment/sussex/o1/-/p1',
      'confirm-control/deployment/sussex/o1/-/p3',
    ]);
  });

  test('names nothing twice, and nothing that waits for others', () => {
    const scene = given();
    scene.offer('o2', {}, 'surrey');
    scene.accept(['o1', 1], ['o2', 1]);
    for (const org of ['kent', 'sussex', 'surrey', 'essex', 'npocc']) {
      const rows = waitingOf(org, { ledger: scene.ledger }, scene.now());
      const ids = rows.flatMap(({ id }) => id ?? []);
      expect([org, new Set(ids).size]).toEqual([org, rows.filter(({ isMine }) => isMine).length]);
    }
    expect(mine(scene, 'sussex').map(({ kind }) => kind)).toEqual(['confirm']);
  });

  test('says which desk of its own looks after it', () => {
    const scene = given();
    expect(mine(scene, 'kent')[0]?.desk).toBe(scene.request().terms.contactDesk);
    expect(mine(scene, 'surrey')[0]?.desk).toBeUndefined();
    const units = deployed();
    units.setNow(at(5));
    expect(mine(units, 'sussex')).toMatchObject([{ kind: 'report-status', desk: 'resource-desk' }]);
  });
});
