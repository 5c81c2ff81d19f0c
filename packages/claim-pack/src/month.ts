import type { ClaimStatus } from '@muster/contracts';
import { isClaimEvent } from '@muster/domain';
import { csvOf } from './csv.ts';
import { factOf, type PackEvent } from './facts.ts';
import { pounds } from './money.ts';
import { type ClaimName, type ClaimPack, packOf } from './pack.ts';

const HOUR_MS = 3_600_000;
const londonHour = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  hour: 'numeric',
  hourCycle: 'h23',
});

/** When a month begins in London, whose clock is that of UTC or an hour ahead, and never changes on a first. */
const startOf = (year: number, month: number): string => {
  const utc = Date.UTC(year, month);
  return new Date(utc - Number(londonHour.format(utc)) * HOUR_MS).toISOString();
};

/** A month of the calendar in London: from its first instant up to, and not with, that of the next. */
export type Month = { name: string; from: string; to: string };

/** Reads `2026-11`; undefined when it is no month. */
export const readMonth = (text: string): Month | undefined => {
  const [, year = '', month = ''] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (year === '') return undefined;
  const [first, next] = [Number(month) - 1, Number(month)];
  return { name: text, from: startOf(Number(year), first), to: startOf(Number(year), next) };
};

const SETTLED: readonly ClaimStatus[] = ['PAID', 'WAIVED'];

/** Whether a claim, as it stood at the end of the month, was open in it or was settled in it. */
const isOfMonth = ({ claim }: ClaimPack, { from }: Month): boolean =>
  !SETTLED.includes(claim.status) || claim.since >= from;

const namesIn = (stored: readonly PackEvent[]): ClaimName[] => {
  const names = new Map<string, ClaimName>();
  for (const view of stored) {
    const { event } = factOf(view);
    if (!isClaimEvent(event)) continue;
    const { donor, claimId } = event.data;
    names.set(`${donor}/${claimId}`, { donor, claimId });
  }
  return [...names.values()];
};

/** The claims of a month in which an organisation takes part, each as it stood when the month ended. */
export const claimsOfMonth = (stored: readonly PackEvent[], org: string, month: Month): ClaimPack[] => {
  const before = stored.filter(({ envelope }) => envelope.time < month.to);
  return namesIn(before)
    .flatMap((name) => packOf(before, name) ?? [])
    .filter(({ claim }) => claim.donor === org || claim.host === org)
    .filter((pack) => isOfMonth(pack, month));
};

const COLUMNS = [
  'month',
  'claim_id',
  'request_id',
  'donor',
  'host',
  'side',
  'cost_category',
  'status',
  'since',
  'round',
  'estimate_gbp',
  'total_gbp',
  'paid_gbp',
  'paid_at',
  'payment_ref',
  'due_by',
  'overdue',
] as const;

/** One claim a row. */
export const monthCsv = (packs: readonly ClaimPack[], org: string, month: Month): string =>
  csvOf(
    COLUMNS,
    packs.map(({ claim, paid }) => ({
      month: month.name,
      claim_id: claim.claimId,
      request_id: claim.requestId,
      donor: claim.donor,
      host: claim.host,
      side: claim.donor === org ? 'donor' : 'host',
      cost_category: claim.costCategory,
      status: claim.status,
      since: claim.since,
      round: claim.round,
      estimate_gbp: pounds(claim.estimatePence),
      total_gbp: pounds(claim.totalPence),
      paid_gbp: paid && pounds(paid.amountPence),
      paid_at: paid?.paidAt,
      payment_ref: paid?.paymentRef,
      due_by: claim.dueBy,
      overdue: claim.isOverdue ? 'yes' : 'no',
    })),
  );
