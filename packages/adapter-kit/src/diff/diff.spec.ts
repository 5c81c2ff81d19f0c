import { describe, expect, it } from 'vitest';
import type { AdvertDraft } from '../roster/draft.ts';
import { describeHeld } from './confirmation.ts';
import { type DiffInput, diffRoster, type Published } from './diff.ts';

const NOW = '2026-11-22T21:00:00.000Z';
const LATER = '2026-11-22T21:15:00.000Z';

const draft = (capabilityId: string, quantity = 4): AdvertDraft => ({
  force: 'kent',
  capabilityId,
  code: 'CY.FCCU',
  kind: 'pool',
  quantity,
  quantityUnit: 'officers',
  base: { name: 'Maidstone', lat: 51.27, lon: 0.52 },
  noticeMinutes: 60,
  windows: [{ from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' }],
  releasableTo: { kind: 'national' },
  accreditations: [],
  reserveFloor: 1,
  minRestMinutes: 660,
  status: 'available',
});

const published = (revision: number, ids: readonly string[], expiresAt = LATER): Map<string, Published> =>
  new Map(
    ids.map((id) => [id, { advert: { ...draft(id), revision, expiresAt }, withdrawn: false }] as const),
  );

const diff = (input: Partial<DiffInput>) =>
  diffRoster({
    published: new Map(),
    drafts: [],
    kept: new Set(),
    complete: true,
    withdrawShareMax: 0.3,
    confirmed: new Set(),
    now: NOW,
    expiresAt: LATER,
    ...input,
  });

const TEN = Array.from({ length: 10 }, (_, index) => `cy-${index}`);
const some = (count: number): AdvertDraft[] => TEN.slice(0, count).map((id) => draft(id));

describe('what has to be published so that the mesh says what the roster says', () => {
  it('advertises a new capability at revision 1', () => {
    expect(diff({ drafts: [draft('cy-0')] }).advertise).toEqual([
      { ...draft('cy-0'), revision: 1, expiresAt: LATER },
    ]);
  });

  it('publishes nothing for a roster that the mesh already says', () => {
    const same = diff({ published: published(3, TEN), drafts: some(10) });
    expect(same).toEqual({ advertise: [], withdraw: [], held: undefined, unchanged: 10 });
  });

  it('says again, under its revision, what has run out and still stands in the roster', () => {
    const over = published(3, ['cy-0', 'cy-1'], NOW);
    const again = diff({ published: over, drafts: [draft('cy-0')], kept: new Set(['cy-1']) });
    expect(again.advertise).toEqual([
      { ...draft('cy-0'), revision: 3, expiresAt: LATER },
      { ...draft('cy-1'), revision: 3, expiresAt: LATER },
    ]);
    expect(again.unchanged).toBe(0);
  });

  it('gives a changed capability the next revision', () => {
    const changed = diff({ published: published(3, ['cy-0']), drafts: [draft('cy-0', 2)] });
    expect(changed.advertise.map(({ revision, quantity }) => [revision, quantity])).toEqual([[4, 2]]);
  });

  it('withdraws the one that is gone, and goes on from its revision when it comes back', () => {
    const gone = diff({ published: published(3, TEN), drafts: some(9) });
    expect(gone.withdraw).toEqual([
      { force: 'kent', capabilityId: 'cy-9', revision: 4, reasonCode: 'gone-from-roster' },
    ]);
    const withdrawn = new Map([
      ['cy-9', { advert: { ...draft('cy-9'), revision: 4, expiresAt: LATER }, withdrawn: true }],
    ]);
    expect(diff({ published: withdrawn, drafts: [draft('cy-9')] }).advertise[0]?.revision).toBe(5);
  });

  it('leaves alone what has run out by itself and is not in the roster', () => {
    const over = diff({ published: published(3, TEN, '2026-11-22T20:59:59.999Z') });
    expect(over.withdraw).toEqual([]);
    expect(over.held).toBeUndefined();
  });

  it('lets the advert of a bad row stand', () => {
    expect(diff({ published: published(3, ['cy-0']), kept: new Set(['cy-0']) }).withdraw).toEqual([]);
  });
});

describe('a roster that would withdraw too much at once', () => {
  it('is held, and the other changes go out', () => {
    const result = diff({ published: published(1, TEN), drafts: [...some(6), draft('new')] });
    expect(result.withdraw).toEqual([]);
    expect(result.held?.capabilityIds).toEqual(['cy-6', 'cy-7', 'cy-8', 'cy-9']);
    expect(result.advertise.map((advert) => advert.capabilityId)).toEqual(['new']);
  });

  it('is not held at exactly the share', () => {
    expect(diff({ published: published(1, TEN), drafts: some(7) }).withdraw).toHaveLength(3);
  });

  it('is not held for one or two of a small force', () => {
    expect(diff({ published: published(1, TEN.slice(0, 2)) }).withdraw).toHaveLength(2);
  });

  it('goes out once its digest is confirmed, and only for that set', () => {
    const held = diff({ published: published(1, TEN) }).held;
    const confirmed = new Set([held?.digest ?? '']);
    expect(diff({ published: published(1, TEN), confirmed }).withdraw).toHaveLength(10);
    expect(diff({ published: published(2, TEN), confirmed }).withdraw).toEqual([]);
  });

  it('is held whatever its size when part of the roster could not be read', () => {
    const result = diff({ published: published(1, TEN), drafts: some(9), complete: false });
    expect(result.withdraw).toEqual([]);
    expect(result.held).toMatchObject({ why: 'incomplete', capabilityIds: ['cy-9'] });
  });

  it('tells the person what to write where', () => {
    const { held } = diff({ published: published(1, TEN), drafts: some(2) });
    if (!held) throw new Error('nothing is held');
    const message = describeHeld(held);
    for (const part of [
      '8 of 10',
      'cy-2',
      'and 3 more',
      held.digest,
      'CONFIRM-WITHDRAWAL',
      'NOT withdrawn',
    ]) {
      expect(message).toContain(part);
    }
  });
});
