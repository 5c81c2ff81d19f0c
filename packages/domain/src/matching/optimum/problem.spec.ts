import type { CapabilityAdvertised, CommandBody } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { actor, at, line, terms } from '../../testing/samples.ts';
import { type Scene, startScene, typesOf } from '../../testing/scene.ts';
import { addMinutes } from '../../time/instants.ts';
import { byRoads } from '../travel.ts';
import { ASSUMED_PENCE_PER_UNIT_HOUR, ASSUMED_PENCE_PER_UNIT_KM } from './cost.ts';
import { assignmentsOf, type Problem, problemOf } from './problem.ts';
import type { SourceOptions } from './sources.ts';

/** Sussex has three; nothing is asked for yet. */
const given = (over: Partial<CapabilityAdvertised> = {}): Scene => {
  const scene = startScene();
  scene.advertise(over);
  return scene;
};

const problem = (scene: Scene, over: Partial<SourceOptions> = {}): Problem =>
  problemOf(scene.ledger.view, scene.ledger.requests(), { now: scene.now(), ...over });

/** The codes for which sussex is left out of the only line. */
const codes = (found: Problem): string[] =>
  found.lines.flatMap(({ leftOut }) => leftOut.flatMap(({ reasons }) => reasons.map(({ code }) => code)));

const approve = (scene: Scene, found: Problem, values: readonly number[]): string[] => {
  const body: CommandBody<'plan-approve'> = {
    commandId: 'plan',
    actor,
    classification: 'OFFICIAL',
    planId: 'p-1',
    basedOnSeq: 1,
    policyVersion: '2',
    assignments: assignmentsOf(found, values),
  };
  return typesOf(scene.run({ name: 'plan-approve', org: 'npocc', body }));
};

describe('the lines of a problem', () => {
  it('are those that lack units, with what they lack and the least that helps', () => {
    const scene = given();
    scene.ask({ lines: [line({ quantity: 3, minimumQuantity: 2 })] });
    expect(problem(scene).model.lines).toEqual([{ rank: 0, need: 3, minimum: 2 }]);
    scene.offer('o1');
    scene.accept(['o1', 1]);
    expect(problem(scene).model.lines).toEqual([{ rank: 0, need: 2, minimum: 1 }]);
  });

  it('rank by urgency', () => {
    const scene = given();
    scene.ask({ commandId: 'r1', terms: { ...terms, urgency: 'FUTURE' } });
    scene.ask({ commandId: 'r2', terms: { ...terms, urgency: 'EXPECTED' } });
    expect(problem(scene).model.lines.map(({ rank }) => rank)).toEqual([2, 1]);
  });

  it('are none that is full, has ended or was cancelled', () => {
    const scene = given();
    scene.ask({ lines: [line({ quantity: 1 })] });
    scene.ask({ commandId: 'r2', lines: [line({ lineId: 'over', to: at(5) }), line({ to: at(40) })] });
    scene.ask({ commandId: 'r3' });
    scene.offer('o1');
    scene.accept(['o1', 1]);
    scene.send('request-cancel', 'kent', {
      commandId: 'c',
      requestId: 'r3',
      reasonCode: 'other',
      reason: 'Over',
    });
    scene.setNow(at(6));
    expect(problem(scene).lines.map(({ requestId, line: { lineId } }) => `${requestId}/${lineId}`)).toEqual([
      'r2/l1',
    ]);
  });
});

describe('the columns of a problem', () => {
  it('call what is free beyond the reserve floor, at an assumed cost', () => {
    const scene = given({ reserveFloor: 2 });
    scene.ask();
    const { model, columns } = problem(scene);
    expect(model.columns).toMatchObject([{ line: 0, most: 1, lateMinutes: 0 }]);
    expect(columns[0]?.source).toMatchObject({ cost: { isAssumed: true } });
    expect(columns[0]?.source.offerId).toBeUndefined();
    expect(model.columns[0]?.costPence).toBeGreaterThan(12 * ASSUMED_PENCE_PER_UNIT_HOUR);
  });

  it('arrive by the roads that were looked up, and by the straight line on others', () => {
    const scene = given({ noticeMinutes: 60 });
    scene.ask();
    const [direct] = problem(scene).columns;
    if (!direct) throw new Error('sussex could come');
    const { advert, arrival } = direct.source;
    const from = advert.data.base;
    const to = direct.line.line.reportTo;
    const estimate = { minutes: 600, source: 'osrm-table' as const };
    const byTable = problem(scene, { travel: byRoads([{ from, to, estimate }]) }).columns[0]?.source;
    expect(byTable).toMatchObject({ arrival: addMinutes(scene.now(), 660), travel: estimate });
    const elsewhere = problem(scene, { travel: byRoads([{ from: to, to, estimate }]) }).columns[0]?.source;
    expect(elsewhere).toMatchObject({ arrival, travel: { source: 'great-circle' } });
  });

  it('cost by the length of the road that was looked up, for a call and for an offer without an estimate', () => {
    const scene = given();
    scene.ask();
    const pence = (km?: number): number | undefined => {
      const estimate = { minutes: 60, source: 'osrm-table' as const, ...(km !== undefined && { km }) };
      return problem(scene, { travel: () => estimate }).columns[0]?.source.cost.pence;
    };
    const direct = problem(scene).columns[0]?.source.cost.pence;
    const there = 2 * 100 * ASSUMED_PENCE_PER_UNIT_KM;
    expect(pence(200)).toBe((pence(100) ?? 0) + there);
    expect(pence()).toBe(direct);
    scene.offer('o1', { quantity: 2 });
    expect(pence(200)).toBe((pence(100) ?? 0) + there);
    expect(problem(scene).columns[0]?.source).toMatchObject({ offerId: 'o1', cost: { isAssumed: true } });
  });

  it('take up an open offer below the reserve floor, at its own estimate and arrival', () => {
    const scene = given({ reserveFloor: 3 });
    scene.ask();
    const costEstimate = { amountPence: 301, basis: 'rates' };
    scene.offer('o1', { quantity: 2, estimatedArrival: at(4.5), costEstimate });
    const { model, columns } = problem(scene);
    expect(model.columns).toEqual([{ line: 0, most: 2, lateMinutes: 30, costPence: 151 }]);
    expect(columns[0]?.source).toMatchObject({ offerId: 'o1', cost: { isAssumed: false } });
  });

  it('are never for more than the line lacks', () => {
    const scene = given();
    scene.ask({ lines: [line({ quantity: 1 })] });
    expect(problem(scene).model.columns).toMatchObject([{ most: 1 }]);
  });
});

describe('each reason for leaving a capability out is named', () => {
  it('its force is one to do without', () => {
    const scene = given();
    scene.ask();
    expect(codes(problem(scene, { without: ['sussex'] }))).toEqual(['without']);
    expect(codes(problem(scene, { without: ['surrey'] }))).toEqual([]);
  });

  it('it would arrive after the given instant', () => {
    const scene = given();
    scene.ask();
    expect(codes(problem(scene, { by: at(1) }))).toEqual(['arrives-late']);
    expect(codes(problem(scene, { by: at(6) }))).toEqual([]);
  });

  it('its force declined', () => {
    const scene = given();
    scene.ask();
    const declined = { commandId: 'd', host: 'kent', requestId: 'r1', lineIds: ['l1'] };
    scene.send('offer-decline', 'sussex', { ...declined, reasonCode: 'other' });
    expect(codes(problem(scene))).toEqual(['declined']);
  });

  it('its home force refused units of it, until it is offered again', () => {
    const scene = given();
    scene.ask();
    scene.offer('o1', { quantity: 2 });
    scene.accept(['o1', 2]);
    scene.settle('sussex', 'psu-1', { policy: 'person' });
    const no = { kind: 'refuse' as const, bookingId: 'o1', reasonCode: 'other' as const };
    scene.tellHub(scene.atHome('sussex', 'psu-1', no));
    expect(scene.bookingStatus('sussex', 'psu-1', 'o1')).toBe('refused');
    expect(codes(problem(scene))).toEqual(['home-refused']);
    scene.offer('o2');
    expect(codes(problem(scene))).toEqual([]);
  });

  it('its units would have been on duty for too long', () => {
    const scene = given();
    scene.ask();
    scene.offer('o1', { duty: { workedMinutes: 3_000 } });
    expect(codes(problem(scene))).toEqual(['on-duty']);
  });

  it('its cost is for the host to agree to: none is named where there is a limit, or it is under another regime', () => {
    const limited = given();
    limited.ask({ costLimitPence: 1_000 });
    expect(codes(problem(limited))).toEqual(['cost-not-agreed']);
    limited.offer('o1');
    expect(codes(problem(limited))).toEqual(['cost-not-agreed']);
    const other = given();
    other.ask();
    const costEstimate = { amountPence: 1, basis: 'rates', costCategory: 'PLANNED_EVENT' as const };
    other.offer('o1', { costEstimate });
    expect(codes(problem(other))).toEqual(['cost-not-agreed']);
  });

  it('it goes beyond what may be agreed, with what is agreed and the cheaper offers', () => {
    const scene = given();
    scene.advertise({ force: 'surrey' });
    scene.advertise({ force: 'essex' });
    const recipients = { kind: 'forces' as const, forces: ['sussex', 'surrey', 'essex'] };
    scene.ask({ costLimitPence: 1_000, lines: [line({ quantity: 3 })], recipients });
    const at100 = (units: number) => ({
      quantity: units,
      costEstimate: { amountPence: units * 100, basis: 'r' },
    });
    scene.offer('o1', at100(2), 'surrey');
    scene.accept(['o1', 1]);
    scene.offer('o2', { quantity: 3, costEstimate: { amountPence: 1_500, basis: 'r' } });
    const found = problem(scene);
    const most = new Map(
      found.columns.map(({ source }) => [source.advert.data.force, [source.offerId, source.most]]),
    );
    expect(most.get('sussex')).toEqual(['o2', 1]);
    scene.offer('o3', { quantity: 1, costEstimate: { amountPence: 450, basis: 'r' } }, 'essex');
    expect(codes(problem(scene))).toContain('cost-limit');
  });

  it('its offer has run out, though nobody has recorded that yet: it can be called', () => {
    const scene = given();
    scene.ask();
    scene.offer('o1', { validUntil: at(1) });
    expect(problem(scene).columns[0]?.source.offerId).toBe('o1');
    scene.setNow(at(1));
    expect(problem(scene).columns[0]?.source.offerId).toBeUndefined();
  });

  it('its force keeps all that is free, or nothing is free, or it does not fit at all', () => {
    const kept = given({ reserveFloor: 3 });
    kept.ask();
    expect(codes(problem(kept))).toEqual(['reserve-floor']);
    const taken = given({ quantity: 1 });
    taken.ask();
    taken.offer('o1');
    taken.accept(['o1', 1]);
    expect(codes(problem(taken))).toEqual(['no-capacity']);
    const unfit = given({ accreditations: [] });
    unfit.ask();
    expect(codes(problem(unfit))).toEqual(['not-accredited']);
  });
});

describe('the rows of a problem', () => {
  const twoLines = (gapHours: number, over: Partial<CapabilityAdvertised> = {}): Scene => {
    const scene = given(over);
    const second = line({ lineId: 'l2', from: at(16 + gapHours), to: at(30) });
    scene.ask({ lines: [line(), second] });
    return scene;
  };

  it('let units go to one line after another when they need no rest', () => {
    expect(problem(twoLines(0)).model.limits.map(({ columns }) => columns)).toEqual([[0], [1]]);
  });

  it('hold two lines together when one begins within the rest after the other', () => {
    const rest = { minRestMinutes: 8 * 60 };
    expect(problem(twoLines(7, rest)).model.limits).toContainEqual({ columns: [0, 1], most: 3 });
    expect(problem(twoLines(8, rest)).model.limits).not.toContainEqual({ columns: [0, 1], most: 3 });
  });

  it('hold two lines of a queue together when they touch one week', () => {
    const queue = twoLines(2, { kind: 'queue', minRestMinutes: 8 * 60 });
    expect(problem(queue).model.limits).toEqual([{ columns: [0, 1], most: 3 }]);
  });

  it('keep the reserve floor out of the calls and not out of the offers', () => {
    const scene = given({ reserveFloor: 2 });
    scene.ask({ lines: [line(), line({ lineId: 'l2' })] });
    scene.offer('o1', { lineId: 'l2', quantity: 2 });
    expect(problem(scene).model.limits).toEqual([
      { columns: [0, 1], most: 3 },
      { columns: [0], most: 1 },
    ]);
  });

  it('keep the reserve floor out of calls and offers together where the offers alone leave it', () => {
    const scene = given({ reserveFloor: 1 });
    scene.ask({ lines: [line(), line({ lineId: 'l2' })] });
    scene.offer('o1', { lineId: 'l2', quantity: 2 });
    expect(problem(scene).model.limits).toEqual([{ columns: [0, 1], most: 2 }]);
  });

  it('count what is taken for a part of the span only while it is', () => {
    const scene = given();
    scene.ask({ lines: [line({ to: at(8) }), line({ lineId: 'l2', to: at(12) })] });
    scene.offer('o1');
    scene.accept(['o1', 1]);
    scene.ask({ commandId: 'r2', lines: [line({ from: at(9), to: at(20) })] });
    expect(problem(scene).model.limits).toEqual([
      { columns: [0, 1], most: 2 },
      { columns: [1, 2], most: 3 },
    ]);
  });

  it('strain a donor by all that it has and lends of one code, over its capabilities', () => {
    const scene = given();
    scene.advertise({ capabilityId: 'psu-2', quantity: 2 });
    scene.ask();
    scene.offer('o1');
    scene.accept(['o1', 1]);
    expect(problem(scene).model.strains).toEqual([{ columns: [0, 1], lent: 1, gross: 5 }]);
  });
});

describe('what a solution assigns', () => {
  it('can be approved as it stands, offers taken up and the rest called', () => {
    const scene = given();
    scene.advertise({ force: 'surrey' });
    scene.ask();
    scene.offer('o1');
    const found = problem(scene);
    const types = approve(scene, found, [1, 1]);
    expect(types.filter((type) => type.startsWith('offer.'))).toEqual(['offer.accepted', 'offer.called']);
    expect(problem(scene).lines).toEqual([]);
  });

  it('names nothing for a column that is not used', () => {
    const scene = given();
    scene.ask();
    expect(assignmentsOf(problem(scene), [0])).toEqual([]);
  });
});
