import { stringify } from 'csv-stringify/sync';
import { pounds } from './money.ts';
import type { ClaimPack } from './pack.ts';
import { basisOf, penceOf, stepOf, wordsOf } from './words.ts';

type Row = Readonly<Record<string, string | number | undefined>>;

/** Rows as CSV (RFC 4180). A cell that a spreadsheet would take for a formula is not one. */
export const csvOf = (columns: readonly string[], rows: readonly Row[]): string =>
  stringify([...rows], {
    ...{ header: true, columns: [...columns], escape_formulas: true, record_delimiter: 'windows' },
  });

const LINE_COLUMNS = [
  'claim_id',
  'donor',
  'host',
  'request_id',
  'cost_category',
  'status',
  'round',
  'line_id',
  'category',
  'hours',
  'rate',
  'amount_gbp',
  'evidence',
] as const;

/** What is claimed, one line a row; the amounts add up to the total. */
export const linesCsv = ({ claim }: ClaimPack): string =>
  csvOf(
    LINE_COLUMNS,
    claim.lines.map(({ lineId, category, hours, rateRef, amountPence, evidenceRef }) => ({
      claim_id: claim.claimId,
      donor: claim.donor,
      host: claim.host,
      request_id: claim.requestId,
      cost_category: claim.costCategory,
      status: claim.status,
      round: claim.round,
      line_id: lineId,
      category,
      hours,
      rate: rateRef,
      amount_gbp: pounds(amountPence),
      evidence: evidenceRef,
    })),
  );

const STEP_COLUMNS = [
  'sequence',
  'time',
  'step',
  'actor',
  'amount_gbp',
  'words',
  'rests_on',
  'event_id',
] as const;

/** Who did what when, one stored event a row. */
export const stepsCsv = ({ steps }: ClaimPack): string =>
  csvOf(
    STEP_COLUMNS,
    steps.map(({ seq, time, actor, id, event }) => {
      const pence = penceOf(event);
      return {
        sequence: seq,
        time,
        step: stepOf(event),
        actor,
        amount_gbp: pence === undefined ? undefined : pounds(pence),
        words: wordsOf(event),
        rests_on: basisOf(event),
        event_id: id,
      };
    }),
  );
