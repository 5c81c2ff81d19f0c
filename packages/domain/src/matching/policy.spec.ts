import type { Actor, CommandBody } from '@muster/contracts';
import { describe, expect, it } from 'vitest';
import { at, line } from '../testing/samples.ts';
import { type Scene, startScene, typesOf } from '../testing/scene.ts';
import { rankCandidates } from './candidates.ts';
import { WEIGHTS, weightsInForce } from './weights.ts';

const desk: Actor = { role: 'national-centre', id: 'npocc-duty' };
const common = { classification: 'OFFICIAL' as const };
const { version: _version, ...DEFAULT } = WEIGHTS;

const delegated = (codes = ['*']): Scene => {
  const scene = startScene();
  scene.advertise();
  scene.run({
    ...{ name: 'delegation-grant', org: 'npocc' },
    body: {
      ...common,
      ...{ commandId: 'del-1', actor: { role: 'force-ict', id: 'register' }, post: desk.id },
      ...{ role: 'national-centre', scope: { codes, maxQuantity: 1, emergencies: false } },
      ...{ validFrom: at(-1), validTo: at(48), reason: 'scheme of delegation' },
    },
  });
  return scene;
};

const set = (over: Partial<CommandBody<'matching-policy-set'>> = {}, org = 'npocc') => ({
  ...{ name: 'matching-policy-set' as const, org },
  body: {
    ...{ ...common, commandId: 'set-1', actor: desk, weights: { ...DEFAULT, lateness: 2 } },
    ...{ replaces: WEIGHTS.version, reason: 'minutes count for more', ...over },
  },
});

const ranking = (scene: Scene) => rankCandidates(line(), 'kent', scene.ledger.view, scene.now());

describe('the weights of matching', () => {
  it('are the committed default until the centre sets others', () => {
    const scene = delegated();
    expect(weightsInForce(scene.ledger.view)).toEqual(WEIGHTS);
    expect(ranking(scene).policyVersion).toBe(WEIGHTS.version);
  });

  it('are set by a post of the centre with a delegation, and rank from then on', () => {
    const scene = delegated();
    const events = scene.run(set());
    expect(typesOf(events)).toEqual(['policy.matching_set']);
    expect(events[0]?.data).toMatchObject({ version: '2.1', revision: 1, delegationId: 'del-1' });
    const { candidates, policyVersion } = ranking(scene);
    expect(policyVersion).toBe('2.1');
    const [first] = candidates;
    if (!first?.eligible) throw new Error('nobody is eligible');
    expect(first.terms.find(({ term }) => term === 'lateness')).toMatchObject({ weight: 2 });
  });

  it('have a new version each time, even where the numbers are the same again', () => {
    const scene = delegated();
    scene.run(set());
    scene.run(set({ commandId: 'set-2', replaces: '2.1', weights: DEFAULT }));
    expect(weightsInForce(scene.ledger.view)).toEqual({ ...DEFAULT, version: '2.2' });
  });

  it('are not set on top of a version that is no longer in force', () => {
    const scene = delegated();
    scene.run(set());
    expect(scene.refusalOf(set({ commandId: 'set-2' }))).toBe('wrong-status');
  });

  it.each([
    ['a force', 'not-permitted', set({}, 'kent')],
    ['a region', 'not-permitted', set({}, 'ricc-eastern')],
    ['another role of the centre', 'wrong-role', set({ actor: { role: 'force-ict', id: desk.id } })],
    ['a post without a delegation', 'no-delegation', set({ actor: { ...desk, id: 'other' } })],
  ])('are not set by %s', (_who, code, command) => {
    expect(delegated().refusalOf(command)).toBe(code);
  });

  it('are not set by a post whose delegation does not reach to every code', () => {
    expect(delegated(['PO', 'CY']).refusalOf(set())).toBe('over-scope');
  });

  it('are not set after the delegation has ended', () => {
    const scene = delegated();
    scene.setNow(at(48));
    expect(scene.refusalOf(set())).toBe('no-delegation');
  });
});

describe('what was decided by the weights names their version', () => {
  const chosen = (scene: Scene) => {
    scene.ask();
    scene.offer('o1');
    return scene.accept(['o1', 1]).map(({ data }) => data);
  };

  it('in the acceptance and in the reservation', () => {
    const scene = delegated();
    scene.run(set());
    expect(chosen(scene)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ offerId: 'o1', policyVersion: '2.1' }),
        expect.objectContaining({ changes: [expect.objectContaining({ policyVersion: '2.1' })] }),
      ]),
    );
  });

  it('and keeps it when the weights change', () => {
    const scene = delegated();
    const before = chosen(scene);
    scene.run(set());
    expect(JSON.stringify(before)).toContain(`"policyVersion":"${WEIGHTS.version}"`);
    const stored = scene.stored.map(({ event }) => event.data);
    expect(stored).toEqual(expect.arrayContaining(before));
  });
});
