import { command, type Story } from './history.ts';
import { after, draft, type Plant } from './plant.ts';

const madeWith = ({ ledger }: Story, data: object): void => {
  Object.assign(draft(ledger, 'essex.o1.1').data, data);
};

/** Who ends an open offer in these ways. */
const ENDS = { withdrawn: 'essex', 'not-selected': 'kent', lapsed: 'hub' } as const;

/** Essex's offer comes to an end before kent accepts it all the same. */
const endFirst = ({ ledger }: Story, how: keyof typeof ENDS): void => {
  const ended = {
    type: `offer.${how.replace('-', '_')}`,
    subject: `request.kent.r1.offer-${how}.essex`,
    data: {
      host: 'kent',
      requestId: 'r1',
      offerId: 'o1',
      lineId: 'l1',
      donor: 'essex',
      reasonCode: 'validity-passed',
    },
  };
  after(ledger, 'dorset.d1.1', command(ENDS[how], 'end', '2026-11-22T12:04:00.000Z', [ended]));
};

/** Dorset's offer is left out of what kent takes, by whatever its line needs at least. */
const leaveOut = ({ ledger }: Story, reserved: number, minimumQuantity: number): void => {
  const submitted = draft(ledger, 'kent.r1.1').data as { lines: object[] };
  submitted.lines = submitted.lines.map((each) => ({ ...each, minimumQuantity }));
  const left = {
    type: 'offer.left_out',
    subject: 'request.kent.r1.offer-left-out.essex',
    data: { host: 'kent', requestId: 'r1', offerId: 'o1', lineId: 'l1', donor: 'essex', named: 2, reserved },
  };
  after(ledger, 'dorset.d1.1', command('kent', 'left', '2026-11-22T12:04:00.000Z', [left]));
};

/** Faults in what becomes of offers before they are accepted. */
export const offerPlants: readonly Plant[] = [
  {
    name: 'an offer is accepted whose condition has not come true',
    kinds: ['accepted-not-open'],
    story: (story) => madeWith(story, { condition: 'the match ends quietly' }),
  },
  {
    name: 'an offer is accepted after its time',
    kinds: ['accepted-not-open'],
    story: (story) => madeWith(story, { validUntil: '2026-11-22T12:05:00.000Z' }),
  },
  {
    name: 'a force offers that was not asked, as if it had been',
    kinds: ['offer-unasked'],
    story: ({ ledger }) => {
      const issued = draft(ledger, 'kent.r1.2').data as { recipients: { force: string }[] };
      issued.recipients = issued.recipients.filter(({ force }) => force !== 'essex');
    },
  },
  {
    name: 'a force that was asked offers as if it had not been',
    kinds: ['offer-unasked'],
    story: (story) => madeWith(story, { unsolicited: true }),
  },
  {
    name: 'an offer is accepted that its donor has taken back',
    kinds: ['accepted-not-open'],
    story: (story) => endFirst(story, 'withdrawn'),
  },
  {
    name: 'an offer is accepted that the host has turned down',
    kinds: ['accepted-not-open'],
    story: (story) => endFirst(story, 'not-selected'),
  },
  {
    name: 'an offer is accepted that was left out before',
    kinds: ['accepted-not-open'],
    story: (story) => leaveOut(story, 0, 0),
  },
  {
    name: 'an offer is left out of a line that has less than its minimum',
    kinds: ['left-out-below-minimum'],
    story: (story) => leaveOut(story, 1, 1),
  },
  {
    name: 'an offer is accepted that has run out',
    kinds: ['accepted-not-open'],
    story: (story) => endFirst(story, 'lapsed'),
  },
];
