import type { CommandBody } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { given } from '../testing/lending.ts';
import { actor, at, line, terms } from '../testing/samples.ts';
import { type Scene, typesOf } from '../testing/scene.ts';

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
