import type { Actor, CommandBody, DelegationScope, Rationale } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { actor, at, createBody, line } from '../testing/samples.ts';
import { type Scene, startScene, typesOf } from '../testing/scene.ts';
import { RETROSPECTIVE_MINUTES } from './create.ts';
import { requestStatus } from './lines.ts';
import { deadlinesOf } from './timers.ts';

const chief: Actor = { role: 'approver', id: 'duty-acc' };
const keeper: Actor = { role: 'force-ict', id: 'register-keeper' };
const rationale: Rationale = {
  information: 'i',
  threatAndRisk: 't',
  powersAndPolicy: 'p',
  options: 'o',
  actionAndReview: 'a',
};
const scope: DelegationScope = { codes: ['PO'], maxQuantity: 5, emergencies: true };
const common = { classification: 'OFFICIAL' as const };

const grant = (over: Partial<CommandBody<'delegation-grant'>> = {}): CommandBody<'delegation-grant'> => ({
  ...common,
  ...{ commandId: 'del-1', actor: keeper, post: chief.id, role: 'approver', scope },
  ...{ validFrom: at(-1), validTo: at(48), reason: 'scheme of delegation' },
  ...over,
});

const delegated = (over: Partial<CommandBody<'delegation-grant'>> = {}): Scene => {
  const scene = startScene();
  for (const force of ['sussex', 'surrey']) scene.advertise({ force });
  scene.run({ name: 'delegation-grant', org: 'kent', body: grant(over) });
  return scene;
};

const create = (over: Partial<CommandBody<'request-create'>> = {}) =>
  ({ name: 'request-create', org: 'kent', body: createBody(over) }) as const;
const person = { approvalRoute: { kind: 'person' as const } };
const oral = {
  approvalRoute: { kind: 'oral' as const, post: chief.id, at: at(0), reason: 'it burns' },
};

const approveBody = (over: Partial<CommandBody<'request-approve'>> = {}): CommandBody<'request-approve'> => ({
  ...common,
  ...{ commandId: 'ok-1', actor: chief, requestId: 'r1', rationale },
  ...over,
});
const approve = (over: Partial<CommandBody<'request-approve'>> = {}) =>
  ({ name: 'request-approve', org: 'kent', body: approveBody(over) }) as const;
const refuseIt = (over: Partial<CommandBody<'request-refuse'>> = {}) =>
  ({
    name: 'request-refuse',
    org: 'kent',
    body: { ...common, commandId: 'no-1', actor: chief, requestId: 'r1', reason: 'no', rationale, ...over },
  }) as const;

describe('a request that a person has to approve', () => {
  it('goes out to nobody before, and to everybody after', () => {
    const scene = delegated();
    expect(typesOf(scene.run(create(person)))).toEqual(['request.submitted']);
    expect(requestStatus(scene.request())).toBe('awaiting-approval');
    expect(scene.request().recipients).toEqual([]);
    const events = scene.run(approve());
    expect(typesOf(events)).toEqual([
      'request.approved',
      'request.issued',
      'request.notice',
      'request.notice',
    ]);
    expect(events[0]?.data).toMatchObject({
      retrospective: false,
      approval: { basis: 'person', post: chief.id, delegationId: 'del-1', rationale },
    });
    expect(requestStatus(scene.request())).toBe('open');
  });

  it('ends when it is refused', () => {
    const scene = delegated();
    scene.run(create(person));
    expect(typesOf(scene.run(refuseIt()))).toEqual(['request.refused']);
    expect(requestStatus(scene.request())).toBe('refused');
    expect(scene.refusalOf(approve({ commandId: 'ok-2' }))).toBe('wrong-status');
  });

  it.each([
    ['approved', approve()],
    ['refused', refuseIt()],
  ] as const)('tells who comes second that it was %s, by whom and when', (kind, first) => {
    const scene = delegated();
    scene.run(create(person));
    scene.run(first);
    expect(scene.attempt(approve({ commandId: 'ok-2' }))).toMatchObject({
      refused: 'wrong-status',
      because: expect.stringContaining(`: ${chief.id} ${kind} it at ${scene.now()}`),
    });
  });

  it('expires when its last window ends while it waits', () => {
    const scene = delegated();
    scene.run(create(person));
    scene.setNow(at(16));
    const due = { name: 'request-end-due', host: 'kent', requestId: 'r1' } as const;
    expect(typesOf(scene.internal(due))).toEqual(['request.expired']);
  });

  it('can be neither offered for nor accepted while it waits', () => {
    const scene = delegated();
    scene.run(create(person));
    const offer = () => scene.offer('o1');
    expect(offer).toThrow('not-found');
  });

  it.each([
    ['the requester', { actor: { role: 'approver' as const, id: actor.id } }, 'same-person'],
    ['another role', { actor: { role: 'requester' as const, id: chief.id } }, 'wrong-role'],
    ['a post without a delegation', { actor: { role: 'approver' as const, id: 'nobody' } }, 'no-delegation'],
    ['nobody, for a request that is not there', { requestId: 'r9' }, 'not-found'],
  ])('is not approved by %s', (_, over, code) => {
    const scene = delegated();
    scene.run(create(person));
    expect(scene.refusalOf(approve(over))).toBe(code);
  });

  it('is approved in time only', () => {
    const scene = delegated();
    scene.run(create(person));
    scene.setNow(at(3));
    expect(scene.refusalOf(approve())).toBe('bad-time');
  });
});

describe('a delegation', () => {
  it.each([
    ['another code', { scope: { ...scope, codes: ['CY'] } }, 'over-scope'],
    ['a code that merely begins alike', { scope: { ...scope, codes: ['PO.PSU.L'] } }, 'over-scope'],
    ['fewer units', { scope: { ...scope, maxQuantity: 1 } }, 'over-scope'],
    ['another legal basis', { scope: { ...scope, legalBases: ['PA96-S98' as const] } }, 'over-scope'],
    ['a later time', { validFrom: at(1) }, 'no-delegation'],
    ['another role', { role: 'finance' as const }, 'no-delegation'],
    ['everything', { scope: { ...scope, codes: ['*'] } }, undefined],
  ])('for %s is checked as the request is approved', (_, over, code) => {
    const scene = delegated(over);
    scene.run(create(person));
    expect(scene.refusalOf(approve())).toBe(code);
  });

  it('holds until it is taken back, and what it decided stands', () => {
    const scene = delegated();
    scene.run(create(person));
    scene.run({
      name: 'delegation-revoke',
      org: 'kent',
      body: { ...common, commandId: 'rev-1', actor: keeper, delegationId: 'del-1', reason: 'post closed' },
    });
    expect(scene.refusalOf(approve())).toBe('no-delegation');
  });

  it('ends at its time', () => {
    const scene = delegated({ validTo: at(1) });
    scene.run(create(person));
    scene.setNow(at(1));
    expect(scene.refusalOf(approve())).toBe('no-delegation');
  });

  it.each([
    ['to oneself', { post: keeper.id }, 'same-person'],
    ['by another role', { actor }, 'wrong-role'],
    ['for the past', { validTo: at(-0.5) }, 'bad-time'],
  ])('is not granted %s', (_, over, code) => {
    const body = grant(over);
    expect(startScene().refusalOf({ name: 'delegation-grant', org: 'kent', body })).toBe(code);
  });
});

describe('the rules of a host', () => {
  const above = (scene: Scene, personAbove: number | null) =>
    scene.run({
      name: 'approval-rules-set',
      org: 'kent',
      body: {
        ...common,
        ...{ commandId: `rules-${personAbove}`, actor: keeper, reason: 'r' },
        rules: { requests: { personAbove }, offers: { personAbove: null } },
      },
    });

  it('leave small requests to its policy and the others to a person', () => {
    const scene = delegated();
    above(scene, 2);
    expect(scene.refusalOf(create({ lines: [line({ quantity: 3 })] }))).toBe('approval-needed');
    expect(scene.refusalOf(create({ lines: [line({ quantity: 2 })] }))).toBeUndefined();
    above(scene, 0);
    expect(scene.refusalOf(create({ lines: [line({ quantity: 1 })] }))).toBe('approval-needed');
    expect(scene.refusalOf(create({ ...person }))).toBeUndefined();
  });
});

describe('an approval by word of mouth', () => {
  it('sends the request out at once, and sets a time for the written one', () => {
    const scene = delegated();
    const events = scene.run(create(oral));
    expect(typesOf(events).slice(0, 3)).toEqual(['request.submitted', 'request.approved', 'request.issued']);
    expect(events.flatMap((event) => deadlinesOf(event))).toContainEqual({
      timer: { aggregate: { kind: 'request', owner: 'kent', id: 'r1' }, name: 'approval-by' },
      at: at(RETROSPECTIVE_MINUTES / 60),
    });
  });

  it('is always reported when the written one does not come, once, and may still be put right', () => {
    const scene = delegated();
    scene.run(create(oral));
    const due = { name: 'approval-due', host: 'kent', requestId: 'r1' } as const;
    expect(scene.internal(due)).toEqual([]);
    scene.setNow(at(1));
    expect(typesOf(scene.internal(due))).toEqual(['request.approval_overdue']);
    expect(scene.internal(due)).toEqual([]);
    expect(scene.run(approve())[0]?.data).toMatchObject({ retrospective: true });
    expect(scene.refusalOf(approve({ commandId: 'ok-2' }))).toBe('wrong-status');
  });

  it('takes everything back when it is refused in writing', () => {
    const scene = delegated();
    scene.run(create(oral));
    scene.offer('o1');
    scene.accept(['o1', 1]);
    expect(typesOf(scene.run(refuseIt()))).toEqual(
      expect.arrayContaining(['request.refused', 'request.cancelled', 'offer.lapsed']),
    );
    expect(requestStatus(scene.request())).toBe('cancelled');
  });

  it.each([
    ['the requester', { ...oral.approvalRoute, post: actor.id }, 'same-person'],
    ['a post without a delegation', { ...oral.approvalRoute, post: 'nobody' }, 'no-delegation'],
    ['somebody in the future', { ...oral.approvalRoute, at: at(1) }, 'bad-time'],
  ])('is not given by %s', (_, approvalRoute, code) => {
    expect(delegated().refusalOf(create({ approvalRoute }))).toBe(code);
  });

  it('needs a delegation that holds for emergencies', () => {
    const scene = delegated({ scope: { ...scope, emergencies: false } });
    expect(scene.refusalOf(create(oral))).toBe('over-scope');
  });
});

describe('a draft', () => {
  const { commandId: _, ...content } = createBody();
  const write = (commandId: string, requestId?: string, answerBy = at(2)) =>
    ({
      name: 'request-draft',
      org: 'kent',
      body: { ...content, commandId, answerBy, ...(requestId && { requestId }) },
    }) as const;
  const submit = (over: Partial<CommandBody<'request-submit'>> = {}) =>
    ({
      name: 'request-submit',
      org: 'kent',
      body: { ...common, commandId: 's1', actor, requestId: 'd1', ...over },
    }) as const;

  it('is written, written anew, and sent', () => {
    const scene = delegated();
    expect(typesOf(scene.run(write('d1')))).toEqual(['request.drafted']);
    scene.run(write('d2', 'd1', at(3)));
    expect(scene.request('d1')).toMatchObject({ phase: { kind: 'draft' }, answerBy: at(3) });
    expect(typesOf(scene.run(submit()))).toContain('request.issued');
    expect(requestStatus(scene.request('d1'))).toBe('open');
    expect(scene.refusalOf(submit({ commandId: 's2' }))).toBe('wrong-status');
    expect(scene.refusalOf(write('d3', 'd1'))).toBe('wrong-status');
  });

  it('may have passed its answer time, and gets another as it is sent', () => {
    const scene = delegated();
    scene.run(write('d1'));
    scene.setNow(at(3));
    expect(scene.refusalOf(submit())).toBe('bad-time');
    expect(scene.refusalOf(submit({ answerBy: at(4) }))).toBeUndefined();
  });

  it('can be taken back', () => {
    const scene = delegated();
    scene.run(write('d1'));
    const body = { ...common, commandId: 'c1', actor, requestId: 'd1' };
    const cancel = { ...body, reasonCode: 'other' as const, reason: 'not needed' };
    expect(typesOf(scene.run({ name: 'request-cancel', org: 'kent', body: cancel }))).toEqual([
      'request.cancelled',
    ]);
  });

  it.each([
    ['a draft that is not there', write('d2', 'd9'), 'not-found'],
    ['an id that is taken', write('r1'), 'command-id-reused'],
  ])('is not written to %s', (_, command, code) => {
    const scene = delegated();
    scene.run(create());
    expect(scene.refusalOf(command)).toBe(code);
  });
});
