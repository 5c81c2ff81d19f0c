import { expect, it } from 'vitest';
import { check } from './check.ts';
import { recalled, told } from './testing/deployment-plants.ts';
import { cleanStory, command, type Draft, NOW, recordsOf } from './testing/history.ts';
import { after, dropCommand } from './testing/plant.ts';

const found = (change: (ledger: Draft[]) => void, now = NOW) => {
  const story = cleanStory();
  change(story.ledger);
  return check(recordsOf(story), { now, settleMs: 0 }).findings;
};

it('accepts control that both sides moved, and a recall that was kept, raised and settled', () => {
  const terms = { proposalId: 'p1', to: 'host', proposedBy: 'essex' };
  const acts = [
    told('essex', 'p1', 'deployment.control_proposed', terms),
    told('kent', 'c1', 'deployment.control_transferred', {
      ...{ ...terms, toForce: 'kent', confirmedBy: 'kent' },
    }),
    told('surrey', 'w0', 'deployment.status_requested', { askedBy: 'surrey' }),
    recalled,
    told('kent', 'k1', 'return.answered', { answer: 'keep' }),
    told('essex', 's2', 'deployment.status', { status: 'EN_ROUTE' }),
    told('hub', 't-9', 'return.raised'),
    told('npocc', 'n1', 'return.settled', { decision: 'stay', consentedBy: 'duty-acc' }),
    told('essex', 's3', 'deployment.status', { status: 'ON_TASK' }),
    told('kent', 'd1', 'deployment.desk_taken', { side: 'host' }),
  ];
  expect(found((ledger) => after(ledger, 'essex.s1.1', acts.flat()))).toEqual([]);
});

const booking = (changes: object[]) => ({
  type: 'booking.changed',
  subject: 'booking.essex.fccu',
  data: { donor: 'essex', capabilityId: 'fccu', bookingVersion: 3, changes },
});
const ofBooking = { bookingId: 'o1', token: 1 };

/** The host calls the units off before they set out, and the request stays open for its line. */
const callOff = (ledger: Draft[], org = 'kent'): void => {
  for (const id of ['kent.x1', 'essex.b1']) dropCommand(ledger, id);
  const at = '2026-11-22T12:41:00.000Z';
  const [aborted] = told(org, 'ab1', 'deployment.aborted', { abortedBy: org });
  const [closed] = told(org, 'ab1', 'deployment.closed', { because: 'ended-before-task' });
  if (!aborted || !closed) throw new Error('each act has one event');
  const relative = (subject: string): string => subject.replace('actual.', '');
  const steps = [
    { type: 'deployment.aborted', subject: relative(aborted.subject), data: aborted.data },
    booking([
      { kind: 'released', ...ofBooking, reasonCode: 'aborted' },
      { kind: 'returned', ...ofBooking, at },
    ]),
    { type: 'deployment.closed', subject: relative(closed.subject), data: closed.data },
  ];
  ledger.push(...command(org, 'ab1', at, steps));
};

it('accepts units that are called off and free in one step, and a line that is open again until its window ends', () => {
  expect(found(callOff, '2026-12-01T00:00:00.000Z')).toEqual([]);
  expect(found(callOff).map(({ kind }) => kind)).toEqual(['request-without-end']);
});

it('lets nobody but the two sides call units off', () => {
  const kinds = found((ledger) => callOff(ledger, 'dorset'), '2026-12-01T00:00:00.000Z').map(
    ({ kind }) => kind,
  );
  expect(new Set(kinds)).toEqual(new Set(['not-entitled']));
});
