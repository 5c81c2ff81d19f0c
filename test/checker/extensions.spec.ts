import { expect, it } from 'vitest';
import { check } from './check.ts';
import { cleanStory, command, NOW, recordsOf, type Story } from './testing/history.ts';
import { dropCommand } from './testing/plant.ts';

const TIME = '2026-11-22T12:41:00.000Z';
const NAME = { donor: 'essex', deploymentId: 'o1', host: 'kent', extensionId: 'e1' };
const END = '2026-12-03T08:00:00.000Z';
const NEW_END = '2026-12-05T08:00:00.000Z';
const EXTENSION = { bookingId: 'o1', token: 1, extensionId: 'e1', extensionToken: 3 };

const told = (word: string, data: object) => ({
  type: `extension.${word}`,
  subject: `deployment.essex.o1.extension-${word}.kent`,
  data: { ...NAME, ...data },
});
const of = (kind: 'booking' | 'home', data: object) => ({
  type: kind === 'booking' ? 'booking.changed' : 'home.recorded',
  subject: `${kind}.essex.fccu`,
  data: { donor: 'essex', capabilityId: 'fccu', ...data },
});

/** Essex leaves its units for two days more: asked, accepted, confirmed at home against so many, and moved. */
const extended = (gross: number, quantity = 2): Story => {
  const story = cleanStory();
  for (const id of ['kent.x1', 'essex.b1']) dropCommand(story.ledger, id);
  const confirmBy = '2026-11-22T13:10:00.000Z';
  const reliedOn = { revision: 1, quantity: 3 };
  const extending = { kind: 'extending', ...EXTENSION, to: NEW_END, confirmBy, reliedOn };
  const confirmed = { kind: 'extension-confirmed', ...EXTENSION, quantity, from: END, to: NEW_END, gross };
  const moved = { kind: 'extended', ...EXTENSION, to: NEW_END, homeVersion: 5 };
  story.ledger.push(
    ...command('kent', 'e1', TIME, [
      told('requested', { end: END, newEnd: NEW_END, answerBy: '2026-11-22T16:00:00.000Z' }),
    ]),
    ...command('essex', 'y1', TIME, [
      told('answered', { answer: 'accept', newEnd: NEW_END, token: 3, confirmBy }),
      of('booking', { bookingVersion: 3, changes: [extending] }),
    ]),
    ...command('essex', 'h-5-1-fccu', TIME, [
      told('confirmed', { from: END, to: NEW_END, token: 3, homeVersion: 5 }),
      of('booking', { bookingVersion: 4, changes: [moved] }),
    ]),
  );
  const seen = { kind: 'seen', bookingVersion: 3, changes: [extending] };
  story.home.push(
    ...command('essex', 'c6', TIME, [of('home', { homeVersion: 5, entries: [seen, confirmed] })]),
  );
  return story;
};

const found = (story: Story): string[] => [
  ...new Set(check(recordsOf(story), { now: NOW, settleMs: 0 }).findings.map(({ kind }) => kind)),
];

it('accepts an extension that the host asked for, the donor accepted and its ledger confirmed', () => {
  expect(found(extended(3))).toEqual([]);
});

it('finds further time that home does not have', () => {
  expect(found(extended(1))).toEqual(['over-committed-home']);
});

it('finds an end that moved without the home ledger', () => {
  const story = extended(3);
  dropCommand(story.home, 'essex.c6');
  expect(found(story)).toEqual(['commitment-without-home']);
});

it('finds further time that is never confirmed and never given up', () => {
  const story = extended(3);
  dropCommand(story.ledger, 'essex.h-5-1-fccu');
  expect(found(story)).toEqual(['extension-unsettled']);
});
