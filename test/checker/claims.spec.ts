import { expect, it } from 'vitest';
import { check } from './check.ts';
import { agreed, DUE, estimated, paid, proposed, told, upToCheck, waived } from './testing/claim-plants.ts';
import { cleanStory, type Draft, NOW, recordsOf } from './testing/history.ts';

const found = (...acts: Draft[][]): string[] => {
  const story = cleanStory();
  story.ledger.push(...acts.flat());
  const { findings } = check(recordsOf(story), { now: NOW, settleMs: 0 });
  return findings.map(({ kind }) => kind);
};

it('accepts a claim that was queried, answered, checked, agreed and paid', () => {
  expect(found(...upToCheck, agreed(), paid())).toEqual([]);
});

it('accepts a claim that both sides waived, and one that is told to be late', () => {
  expect(found(estimated, proposed, waived('kent'))).toEqual([]);
  const late = told('hub', 't-9', 'claim.overdue', { status: 'ESTIMATED', dueBy: DUE });
  expect(found(estimated, late)).toEqual([]);
});
