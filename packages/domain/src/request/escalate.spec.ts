import type { CommandBody } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { actor, at, line } from '../testing/samples.ts';
import { type Scene, startScene, typesOf } from '../testing/scene.ts';
import { ACCEPT_MINUTES } from './escalate.ts';
import { requestStatus } from './lines.ts';
import { deadlinesOf } from './timers.ts';

// Kent lies in the eastern region with Essex, Norfolk and Suffolk; Sussex and Durham do not.
const common = { classification: 'OFFICIAL' as const };
const chief = { role: 'approver' as const, id: 'duty-acc' };
const national = { role: 'national-centre' as const, id: 'npocc-duty-desk' };
const r1 = { host: 'kent', requestId: 'r1' };
const automatic = { escalation: 'automatic' as const };

const scene = (...forces: string[]): Scene => {
  const started = startScene();
  for (const force of forces) started.advertise({ force });
  return started;
};

const asked = (started: Scene): string[] => started.request().recipients.map(({ force }) => force);

const answerTime = (started: Scene) => started.internal({ name: 'answer-time-due', ...r1 });

const accept = (over: object = {}) =>
  ({
    name: 'escalation-accept',
    org: 'npocc',
    body: { ...common, commandId: 'ea', actor: national, ...r1 },
    ...over,
  }) as const;

const escalateBody = (
  over: Partial<CommandBody<'request-escalate'>> = {},
): CommandBody<'request-escalate'> => ({
  ...common,
  ...{ commandId: 'e1', actor: chief, ...r1, toTier: 2, reasonCode: 'urgency', reason: 'it grows' },
  ...over,
});

describe('a request that goes up by itself', () => {
  const local = (started: Scene, over: Partial<CommandBody<'request-create'>> = {}) =>
    started.ask({
      recipients: { kind: 'forces', forces: ['essex'] },
      tier: 1,
      ...automatic,
      lines: [line({ to: at(16), quantity: 9 })],
      ...over,
    });

  it('asks the region, then the national centre, then the country, and then a person', () => {
    const started = scene('essex', 'norfolk', 'suffolk', 'sussex', 'durham');
    local(started);
    started.setNow(at(2));
    expect(typesOf(answerTime(started)).slice(0, 4)).toEqual([
      'request.answer_time_expired',
      'request.notice',
      'request.escalated',
      'request.issued',
    ]);
    expect(asked(started).sort()).toEqual(['essex', 'norfolk', 'suffolk']);
    expect(started.request()).toMatchObject({ tier: 2, answerBy: at(2.5), answerTimePassed: false });

    started.setNow(at(2.5));
    const [, , , question] = answerTime(started);
    expect(question).toMatchObject({
      type: 'muster.request.escalation_asked.v1',
      data: { fromTier: 2, toTier: 3, unmet: [{ lineId: 'l1', missing: 9 }] },
    });
    started.setNow(at(2.6));
    expect(typesOf(started.run(accept())).slice(0, 2)).toEqual(['request.escalated', 'request.issued']);
    expect(asked(started)).toHaveLength(5);

    started.setNow(started.request().answerBy);
    const [last] = answerTime(started).filter(({ type }) => type === 'muster.request.unfilled.v1');
    expect(last?.data).toMatchObject({
      tier: 3,
      missing: 9,
      asked: ['essex', 'norfolk', 'suffolk', 'durham', 'sussex'],
      silent: ['essex', 'norfolk', 'suffolk', 'durham', 'sussex'],
    });
    expect(requestStatus(started.request())).toBe('unfilled');
  });

  it('does not go up while what is on offer covers it', () => {
    const started = scene('essex', 'norfolk');
    local(started, { lines: [line({ quantity: 1 })] });
    started.offer('o1', { quantity: 1 }, 'essex');
    started.setNow(at(2));
    expect(typesOf(answerTime(started))).toEqual(['request.answer_time_expired']);
  });

  it('sends nothing home for want of a minimum while it may still go further', () => {
    const started = scene('essex', 'norfolk');
    local(started, { lines: [line({ quantity: 9, minimumQuantity: 5 })] });
    started.offer('o1', { quantity: 3 }, 'essex');
    started.accept(['o1', 3]);
    started.settle('essex', 'psu-1');
    started.setNow(at(2));
    answerTime(started);
    expect(started.bookingStatus('essex', 'psu-1', 'o1')).toBe('confirmed');
  });

  it('passes over a tier with nobody to ask', () => {
    const started = scene('essex', 'durham');
    local(started);
    started.setNow(at(2));
    expect(typesOf(answerTime(started))).toEqual([
      'request.answer_time_expired',
      'request.notice',
      'request.escalated',
      'request.escalation_asked',
    ]);
  });

  it('asks again when units are lost after the answer time', () => {
    const started = scene('essex', 'durham');
    started.ask({
      recipients: { kind: 'forces', forces: ['essex'] },
      tier: 3,
      ...automatic,
      lines: [line({ quantity: 1 })],
    });
    started.offer('o1', { quantity: 1 }, 'essex');
    started.setNow(at(2));
    answerTime(started);
    started.accept(['o1', 1]);
    started.settle('essex', 'psu-1', { policy: 'person' });
    started.tellHub(
      started.atHome('essex', 'psu-1', { kind: 'refuse', bookingId: 'o1', reasonCode: 'own-demand' }),
    );
    const events = started.internal({ name: 'settle-request', ...r1 });
    expect(typesOf(events)).toEqual(['request.issued', 'request.notice']);
    expect(asked(started)).toContain('durham');
  });

  it('tells both centres, once, when nobody agrees in time', () => {
    const started = scene('essex');
    local(started);
    started.setNow(at(2));
    const events = answerTime(started);
    const due = { name: 'accept-due', ...r1 } as const;
    expect(events.flatMap((event) => deadlinesOf(event)).map(({ timer }) => timer.name)).toContain(
      'accept-by',
    );
    expect(started.internal(due)).toEqual([]);
    started.setNow(at(2 + ACCEPT_MINUTES / 60));
    expect(typesOf(started.internal(due))).toEqual(['request.escalation_overdue']);
    expect(started.internal(due)).toEqual([]);
  });

  it('gives a centre no longer than until the first line that is short begins', () => {
    const started = scene('essex');
    local(started, { lines: [line({ from: at(2.25), to: at(16), quantity: 9 })] });
    started.setNow(at(2));
    answerTime(started);
    expect(started.request().reach.asked?.acceptBy).toBe(at(2.25));
  });

  it('says that it is unfilled, and goes no further, where people take it up by hand', () => {
    const started = scene('essex', 'norfolk');
    local(started, { escalation: 'by-hand' });
    started.setNow(at(2));
    expect(typesOf(answerTime(started))).toEqual([
      'request.answer_time_expired',
      'request.notice',
      'request.unfilled',
    ]);
    expect(asked(started)).toEqual(['essex']);
  });
});

describe('a request that is taken up by hand', () => {
  const open = (): Scene => {
    const started = scene('essex', 'norfolk', 'durham');
    started.ask({
      recipients: { kind: 'forces', forces: ['essex'] },
      tier: 1,
      lines: [line({ quantity: 9 })],
    });
    return started;
  };
  const up = (org: string, over: Partial<CommandBody<'request-escalate'>> = {}) =>
    ({ name: 'request-escalate', org, body: escalateBody(over) }) as const;

  it('goes to the region at its host’s word, and to the country when a centre agrees', () => {
    const started = open();
    expect(typesOf(started.run(up('kent')))).toContain('request.issued');
    expect(asked(started).sort()).toEqual(['essex', 'norfolk']);
    expect(typesOf(started.run(up('kent', { commandId: 'e2', toTier: 3 })))).toEqual([
      'request.escalation_asked',
    ]);
    started.run(accept({ org: 'ricc-eastern' }));
    expect(asked(started)).toContain('durham');
  });

  it('goes up at once at the word of a centre', () => {
    const started = open();
    expect(typesOf(started.run(up('npocc', { toTier: 3, actor: national })))).toContain('request.issued');
    expect(started.request().tier).toBe(3);
  });

  it.each([
    ['another force', 'essex', {}, 'not-found'],
    ['another region', 'ricc-north-east', {}, 'not-found'],
    ['a requester', 'kent', { actor }, 'wrong-role'],
    ['its host, downwards', 'kent', { toTier: 1 }, 'wrong-status'],
    ['its host, for a request that is not there', 'kent', { requestId: 'r9' }, 'not-found'],
  ])('is not taken up by %s', (_, org, over, code) => {
    expect(open().refusalOf(up(org, over))).toBe(code);
  });

  it.each([
    ['its host', { org: 'kent' }, 'not-permitted'],
    ['another region', { org: 'ricc-north-east' }, 'not-permitted'],
    ['a centre that was not asked', {}, 'wrong-status'],
  ])('is not agreed to by %s', (_, over, code) => {
    expect(open().refusalOf(accept(over))).toBe(code);
  });
});

describe('waves', () => {
  const waves = { recipients: { kind: 'waves' as const, size: 1, everyMinutes: 10 } };
  const due = { name: 'wave-due', ...r1 } as const;

  it('ask the nearest first, and the next while a line is short', () => {
    const started = scene('essex', 'norfolk', 'sussex');
    started.ask({ ...waves, lines: [line({ quantity: 6 })] });
    expect(asked(started)).toEqual(['essex']);
    expect(started.internal(due)).toEqual([]);
    started.setNow(at(10 / 60));
    expect(typesOf(started.internal(due))).toEqual(['request.issued', 'request.notice']);
    expect(asked(started)).toEqual(['essex', 'norfolk']);
    // Sussex lies in another region: beyond the reach of tier 2.
    started.setNow(at(20 / 60));
    expect(started.internal(due)).toEqual([]);
  });

  it('stop when the lines are covered', () => {
    const started = scene('essex', 'norfolk');
    started.ask({ ...waves, lines: [line({ quantity: 1 })] });
    started.offer('o1', { quantity: 1 }, 'essex');
    started.setNow(at(10 / 60));
    expect(started.internal(due)).toEqual([]);
  });

  it('go on to the next tier without waiting once everyone was asked', () => {
    const started = scene('essex', 'sussex');
    started.ask({ ...waves, ...automatic, lines: [line({ quantity: 6 })] });
    started.setNow(at(10 / 60));
    expect(typesOf(started.internal(due))).toEqual(['request.escalation_asked']);
    started.run(accept());
    expect(asked(started)).toEqual(['essex', 'sussex']);
    expect(started.request().reach.nextWaveAt).toBe(at(20 / 60));
  });
});

describe('who is asked, and what became of it', () => {
  const open = (): Scene => {
    const started = scene('essex', 'norfolk', 'sussex');
    started.ask({
      recipients: { kind: 'forces', forces: ['essex', 'norfolk'] },
      lines: [line({ quantity: 9 })],
    });
    return started;
  };
  const withdraw = (force: string, over: object = {}) =>
    ({
      name: 'ask-withdraw',
      org: 'kent',
      body: { ...common, commandId: 'w1', actor, requestId: 'r1', force, reason: 'meant Sussex', ...over },
    }) as const;
  const more = (forces: string[], answerBy: string, over: object = {}) =>
    ({
      name: 'request-ask',
      org: 'kent',
      body: {
        ...common,
        ...{
          commandId: 'm1',
          actor,
          requestId: 'r1',
          recipients: { kind: 'forces' as const, forces },
          answerBy,
        },
        ...over,
      },
    }) as const;
  const acknowledge = (org: string) =>
    ({
      name: 'request-acknowledge',
      org,
      body: { ...common, commandId: `k-${org}`, actor, ...r1, receivedAt: at(0) },
    }) as const;

  it('is told by every asked force, once', () => {
    const started = open();
    expect(typesOf(started.run(acknowledge('essex')))).toEqual(['request.acknowledged']);
    expect(started.refusalOf(acknowledge('essex'))).toBe('already-answered');
    expect(started.refusalOf(acknowledge('sussex'))).toBe('not-found');
  });

  it('grows by hand, also after the answer time', () => {
    const started = open();
    started.setNow(at(2));
    answerTime(started);
    expect(typesOf(started.run(more(['sussex'], at(3))))).toEqual(['request.issued', 'request.notice']);
    expect(started.request()).toMatchObject({ answerBy: at(3), answerTimePassed: false });
    expect(typesOf(started.offer('o9', {}, 'sussex'))).toEqual(['offer.made']);
  });

  it('may ask those again who stayed silent, not those who have answered', () => {
    const started = open();
    started.offer('o1', {}, 'essex');
    started.setNow(at(2));
    answerTime(started);
    expect(started.refusalOf(more(['essex'], at(3)))).toBe('already-answered');
    expect(started.refusalOf(more(['norfolk'], at(3)))).toBeUndefined();
  });

  it.each([
    ['until a time that has passed', more(['sussex'], at(-1)), 'bad-time'],
    ['until after the end', more(['sussex'], at(99)), 'bad-time'],
    ['of itself', more(['kent'], at(1)), 'invalid'],
    ['for a line that is not there', more(['sussex'], at(1), { lineIds: ['l9'] }), 'not-found'],
    ['for a request that is not there', more(['sussex'], at(1), { requestId: 'r9' }), 'not-found'],
  ])('does not grow %s', (_, command, code) => {
    expect(open().refusalOf(command)).toBe(code);
  });

  it('is corrected when the wrong force was asked', () => {
    const started = open();
    started.offer('o1', {}, 'essex');
    expect(typesOf(started.run(withdraw('essex')))).toEqual([
      'offer.not_selected',
      'request.ask_withdrawn',
      'request.notice',
    ]);
    expect(started.request().answers.get('essex/l1')).toEqual({ answer: 'withdrawn' });
    expect(() => started.offer('o2', {}, 'essex')).toThrow('not-asked');
    expect(started.refusalOf(withdraw('essex', { commandId: 'w2' }))).toBe('wrong-status');
  });

  it('is not corrected once units are taken, or for a force that was not asked', () => {
    const started = open();
    started.offer('o1', {}, 'essex');
    started.accept(['o1', 1]);
    expect(started.refusalOf(withdraw('essex'))).toBe('wrong-status');
    expect(started.refusalOf(withdraw('sussex'))).toBe('not-asked');
  });

  it('leaves a line that nobody fills to a person, once', () => {
    const started = scene('essex');
    started.ask({
      recipients: { kind: 'forces', forces: ['essex'] },
      escalation: 'by-hand',
      lines: [line({ quantity: 9 })],
    });
    const body = { ...common, commandId: 'u1', actor, ...r1, lineId: 'l1', note: 'own people stay on' };
    const seen = { name: 'unfilled-acknowledge', org: 'kent', body } as const;
    expect(started.refusalOf(seen)).toBe('wrong-status');
    started.setNow(at(2));
    answerTime(started);
    expect(started.refusalOf({ ...seen, org: 'essex' })).toBe('not-found');
    expect(typesOf(started.run(seen))).toEqual(['request.unfilled_acknowledged']);
    expect(started.refusalOf(seen)).toBe('wrong-status');
  });
});
