import { command, type Draft } from './history.ts';
import type { Plant } from './plant.ts';

const TIME = '2026-11-22T12:41:00.000Z';
export const DUE = '2026-12-20T12:00:00.000Z';
const NAME = { donor: 'essex', claimId: 'o1', host: 'kent' };
const PAY = { lineId: 'pay', amountPence: 120_000 };
const TRAVEL = { lineId: 'travel', amountPence: 4_500 };

/** One event of the claim for the deployment of the story, as the act of an organisation. */
export const told = (org: string, id: string, type: string, data: object): Draft[] => {
  const word = type.replace('claim.', '').replace('.', '-').replaceAll('_', '-');
  const subject = `claim.essex.o1.${word}.kent`;
  return command(org, id, TIME, [{ type, subject, data: { ...NAME, ...data } }]);
};

const round = (n: number, totalPence: number) => ({ round: n, totalPence });
export const estimated = told('essex', 'c1', 'cost.estimated', {
  ...{ requestId: 'r1', lines: [{ lineId: 'all', amountPence: 100_000 }], totalPence: 100_000, dueBy: DUE },
});
const recorded = told('essex', 'c2', 'cost.recorded', { lines: [PAY], totalPence: 120_000, dueBy: DUE });
const further = told('essex', 'c3', 'cost.recorded', { lines: [TRAVEL], totalPence: 124_500, dueBy: DUE });
const submitted = told('essex', 'c4', 'claim.submitted', {
  ...{ ...round(1, 124_500), lines: [PAY, TRAVEL], dueBy: DUE },
});
const queried = told('kent', 'c5', 'claim.queried', { round: 1, queriedBy: 'finance-2', dueBy: DUE });
const answered = told('essex', 'c6', 'claim.submitted', {
  ...{ ...round(2, 123_000), lines: [PAY, { ...TRAVEL, amountPence: 3_000 }], dueBy: DUE },
});
const checked = told('kent', 'c7', 'claim.checked', { ...round(2, 123_000), checkedBy: 'finance-1' });
export const agreed = (data: object = {}) =>
  told('kent', 'c8', 'claim.agreed', {
    ...{ ...round(2, 123_000), checkedBy: 'finance-1', agreedBy: 'finance-head', dueBy: DUE, ...data },
  });
export const paid = (amountPence = 123_000) =>
  told('kent', 'c9', 'claim.paid', { amountPence, paidAt: TIME });
const waiver = { basis: 'payback', totalPence: 100_000, proposedBy: 'essex' };
export const proposed = told('essex', 'w1', 'claim.waiver_proposed', waiver);
export const waived = (org: string, data: object = {}) =>
  told(org, 'w2', 'claim.waived', { ...waiver, agreedBy: org, ...data });

export const upToCheck = [estimated, recorded, further, submitted, queried, answered, checked];

const faults: { fault: string; acts: Draft[][]; kinds: Plant['kinds'] }[] = [
  {
    fault: 'an estimate that its lines do not add up to',
    acts: [told('essex', 'c1', 'cost.estimated', { ...estimated[0]?.data, totalPence: 1 })],
    kinds: ['claim-total-wrong'],
  },
  {
    fault: 'a total of the latest costs only',
    acts: [
      estimated,
      recorded,
      told('essex', 'c3', 'cost.recorded', { ...further[0]?.data, totalPence: 4_500 }),
    ],
    kinds: ['claim-total-wrong'],
  },
  {
    fault: 'an agreement to more than is claimed',
    acts: [...upToCheck, agreed({ totalPence: 200_000 })],
    kinds: ['claim-total-wrong'],
  },
  {
    fault: 'a check by the post that agrees',
    acts: [...upToCheck, agreed({ agreedBy: 'finance-1' })],
    kinds: ['claim-agreed-alone'],
  },
  {
    fault: 'an agreement by the post that queried',
    acts: [...upToCheck, agreed({ agreedBy: 'finance-2' })],
    kinds: ['claim-agreed-alone'],
  },
  {
    fault: 'an agreement that nobody checked',
    acts: [...upToCheck.filter((act) => act !== checked), agreed()],
    kinds: ['claim-agreed-alone'],
  },
  {
    fault: 'a check of the round before',
    acts: [
      ...[estimated, recorded, further, submitted],
      told('kent', 'c7', 'claim.checked', { ...round(1, 124_500), checkedBy: 'finance-1' }),
      ...[queried, answered, agreed()],
    ],
    kinds: ['claim-agreed-alone'],
  },
  {
    fault: 'a payment without an agreement',
    acts: [...upToCheck, paid()],
    kinds: ['claim-step-illegal', 'claim-paid-unagreed'],
  },
  {
    fault: 'a payment of less than was agreed',
    acts: [...upToCheck, agreed(), paid(122_999)],
    kinds: ['claim-paid-unagreed'],
  },
  { fault: 'costs without an estimate', acts: [recorded], kinds: ['claim-step-illegal'] },
  { fault: 'a claim of nothing that came up', acts: [estimated, submitted], kinds: ['claim-step-illegal'] },
  {
    fault: 'a second estimate',
    acts: [estimated, told('essex', 'c0', 'cost.estimated', estimated[0]?.data ?? {})],
    kinds: ['claim-step-illegal'],
  },
  {
    fault: 'a round that is left out',
    acts: [
      ...[estimated, recorded, further],
      told('essex', 'c4', 'claim.submitted', { ...submitted[0]?.data, round: 2 }),
    ],
    kinds: ['claim-step-illegal'],
  },
  {
    fault: 'a waiver by one side alone',
    acts: [estimated, proposed, waived('essex')],
    kinds: ['claim-step-illegal'],
  },
  {
    fault: 'a waiver on another basis than was proposed',
    acts: [estimated, proposed, waived('kent', { basis: 'nil-charge' })],
    kinds: ['claim-step-illegal'],
  },
  {
    fault: 'a claim for another force',
    acts: [told('surrey', 'c1', 'cost.estimated', estimated[0]?.data ?? {})],
    kinds: ['not-entitled'],
  },
  {
    fault: 'a donor that checks its own claim',
    acts: [
      ...upToCheck.filter((act) => act !== checked),
      told('essex', 'c7', 'claim.checked', checked[0]?.data ?? {}),
    ],
    kinds: ['not-entitled'],
  },
];

/** Faults in what is claimed for units that were lent. */
export const claimPlants: readonly Plant[] = faults.map(({ fault, acts, kinds }) => ({
  name: `there is ${fault}`,
  kinds,
  story: ({ ledger }) => {
    ledger.push(...acts.flat());
  },
}));
