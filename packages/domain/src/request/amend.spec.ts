import type { CommandBody } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { askBody, reachStage, stageOf } from '../testing/asked.ts';
import { given } from '../testing/lending.ts';
import { actor, at, line, terms } from '../testing/samples.ts';
import { type Scene, typesOf } from '../testing/scene.ts';
import { settledAfter } from './timers.ts';

const amend = (over: Partial<CommandBody<'request-amend'>>) =>
  ({
    name: 'request-amend',
    org: 'kent',
    body: {
      ...{
        commandId: 'am-1',
        actor,
        classification: 'OFFICIAL' as const,
        requestId: 'r1',
        reason: 'mistyped',
      },
      ...over,
    },
  }) as const;

const noticesIn = (scene: Scene, over: Partial<CommandBody<'request-amend'>>) =>
  scene
    .run(amend(over))
    .flatMap(({ data }) => ('notice' in data ? [`${data.force} ${data.notice.kind}`] : []));

describe('an amendment', () => {
  it('shows what was changed and what it corrects, and tells everyone who was asked', () => {
    const scene = given();
    const corrects = { eventId: 'kent.r1.1', kind: 'mistyped-quantity' as const };
    const [event] = scene.run(amend({ lines: [line({ quantity: 20 })], corrects }));
    expect(event?.data).toMatchObject({
      changes: [{ path: 'lines[l1].quantity', from: '2', to: '20' }],
      recall: { kind: 'update', corrects },
    });
    expect(scene.request().lines[0]?.quantity).toBe(20);
  });

  it('tells each asked force, and asks it for the lines that are new', () => {
    expect(noticesIn(given(), { lines: [line({ lineId: 'l2' })] })).toEqual([
      'sussex amended',
      'sussex issued',
      'surrey amended',
      'surrey issued',
      'essex amended',
      'essex issued',
    ]);
  });

  it('lets a force that was asked offer for a new line', () => {
    const scene = given();
    scene.run(amend({ lines: [line({ lineId: 'l2' })] }));
    expect(typesOf(scene.offer('o9', { lineId: 'l2' }))).toEqual(['offer.made']);
  });

  it('does not take offers any more that no longer fit', () => {
    const scene = given();
    expect(typesOf(scene.run(amend({ lines: [line({ to: at(18) })] })))).toContain('offer.not_selected');
  });

  it('never goes below what is reserved or committed', () => {
    const scene = given();
    scene.accept(['o1', 1]);
    expect(scene.refusalOf(amend({ lines: [line({ quantity: 3, to: at(18) })] }))).toBe('wrong-status');
    expect(scene.refusalOf(amend({ lines: [line({ quantity: 1, minimumQuantity: 1 })] }))).toBeUndefined();
    scene.send('offer-make', 'surrey', {
      ...{ commandId: 'o2', host: 'kent', requestId: 'r1', lineId: 'l1', capabilityId: 'psu-1' },
      ...{ quantity: 1, estimatedArrival: at(3) },
    });
    scene.accept(['o2', 1]);
    expect(scene.refusalOf(amend({ lines: [line({ quantity: 1, minimumQuantity: 1 })] }))).toBe(
      'wrong-status',
    );
  });

  it.each([
    ['nothing', { lines: [line()] }, 'invalid'],
    ['a request that is not there', { requestId: 'r9', answerBy: at(1) }, 'not-found'],
    ['the answer time to the past', { answerBy: at(-1) }, 'bad-time'],
    ['a line to the past', { lines: [line({ from: at(-3), to: at(-1) })] }, 'bad-time'],
  ])('of %s is refused', (_, over, code) => {
    expect(given().refusalOf(amend(over))).toBe(code);
  });

  it('cannot add a line once the answer time has passed', () => {
    const scene = given();
    scene.setNow(at(2));
    expect(scene.refusalOf(amend({ lines: [line({ lineId: 'l2' })] }))).toBe('answer-time-passed');
    expect(scene.refusalOf(amend({ terms: { ...terms, contactDesk: 'gold' } }))).toBeUndefined();
  });

  it('asks a person where the rules of the host do', () => {
    const scene = given();
    scene.run({
      name: 'approval-rules-set',
      org: 'kent',
      body: {
        ...{ commandId: 'rules', classification: 'OFFICIAL' as const, reason: 'r' },
        actor: { role: 'force-ict' as const, id: 'keeper' },
        rules: { requests: { personAbove: 2 }, offers: { personAbove: null } },
      },
    });
    expect(scene.refusalOf(amend({ lines: [line({ quantity: 3 })] }))).toBe('approval-needed');
    expect(scene.refusalOf(amend({ lines: [line({ quantity: 1 })] }))).toBeUndefined();
  });
});

describe('a line that an amendment makes short again after the answer time', () => {
  /** What the broker does of itself after the events of a command. */
  const goesOn = (scene: Scene, over: Partial<CommandBody<'request-amend'>>): string[] =>
    typesOf(
      scene
        .run(amend(over))
        .flatMap((event) => settledAfter(event, scene.ledger.view))
        .flatMap((name) => scene.internal({ name: 'settle-request', ...name })),
    );
  const more = { lines: [line({ quantity: 5 })] };

  it('takes an automatic request up to further forces', () => {
    const scene = reachStage('filled', { escalation: 'automatic' });
    scene.setNow(at(2));
    scene.internal({ name: 'answer-time-due', host: 'kent', requestId: 'r1' });
    expect(goesOn(scene, more)).toEqual(['request.escalation_asked']);
  });

  it('is on record as unfilled anew where nobody is left to ask', () => {
    const scene = reachStage('unfilled', askBody());
    expect(goesOn(scene, more)).toEqual(['request.unfilled']);
    expect(stageOf(scene)).toBe('unfilled');
    expect([...scene.request().unfilled.values()]).toMatchObject([{ missing: 4, isAcknowledged: false }]);
  });

  it('closes a request whose units are home when it asks for no more than it had', () => {
    const scene = reachStage('open');
    scene.offer('o1', { quantity: 2 }, 'essex');
    scene.accept(['o1', 2], ['o2', 1]);
    const donors = [
      ['essex', 'o1'],
      ['norfolk', 'o2'],
    ] as const;
    for (const [donor] of donors) scene.settle(donor, 'psu-1');
    scene.setNow(at(2));
    scene.internal({ name: 'answer-time-due', host: 'kent', requestId: 'r1' });
    scene.send('return-request', 'norfolk', {
      ...{ commandId: 'recall', donor: 'norfolk', deploymentId: 'o2', by: at(3) },
      ...{ reasonCode: 'emergency-at-home', reason: 'Floods' },
    });
    scene.send('return-answer', 'kent', {
      ...{ commandId: 'let-go', donor: 'norfolk', deploymentId: 'o2', answer: 'release', reason: 'Go' },
    });
    scene.send('deployment-release', 'kent', {
      ...{ commandId: 'done', donor: 'essex', deploymentId: 'o1', reasonCode: 'task-complete' },
    });
    for (const [donor, deploymentId] of donors) {
      scene.send('deployment-return', donor, {
        ...{
          commandId: `home-${donor}`,
          donor,
          deploymentId,
          at: at(2),
          injuries: 0,
          welfareReferral: false,
        },
      });
    }
    expect(stageOf(scene)).not.toBe('closed');
    expect(goesOn(scene, { lines: [line({ quantity: 2 })] })[0]).toBe('request.closed');
  });

  it('changes nothing while answers may still come', () => {
    expect(goesOn(reachStage('filled', { escalation: 'automatic' }), more)).toEqual([]);
  });
});
