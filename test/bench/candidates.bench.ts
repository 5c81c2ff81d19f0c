import { ADVERTISABLE_CODES, FORCES, type MusterEvent, type RequestLine } from '@muster/contracts';
import { createLedger, type Ledger, rankCandidates } from '@muster/domain';
import { seeded } from '@muster/testkit';
import { quantile } from './measure.ts';

/** Adverts in the projection; the size for which design section 1 asks. */
export const ADVERTS = 100_000;
/** Lines for which candidates are ranked, one after the other. */
const QUESTIONS = 2_000;
/** Candidates that are written out, as one page of a coordinator's screen. */
const SHOWN = 50;
const SEED = 20_261_207;
const NOW = '2026-12-07T08:00:00.000Z';
const WINDOW = { from: '2026-12-01T00:00:00.000Z', to: '2027-01-31T00:00:00.000Z' };

export type CandidatesResult = { p50: number; p99: number };

const advertised = (n: number): MusterEvent<'muster.capability.advertised.v1'> => {
  const force = FORCES[n % FORCES.length];
  const code = ADVERTISABLE_CODES[Math.floor(n / FORCES.length) % ADVERTISABLE_CODES.length];
  if (!force || !code) throw new Error('the reference data is empty');
  return {
    type: 'muster.capability.advertised.v1',
    data: {
      force: force.id,
      capabilityId: `c-${n}`,
      revision: 1,
      code,
      kind: 'pool',
      quantity: 1 + (n % 4),
      quantityUnit: 'unit',
      base: { name: force.hqTown, lat: force.hqLat, lon: force.hqLon },
      noticeMinutes: 60,
      windows: [WINDOW],
      releasableTo: { kind: 'national' },
      accreditations: [{ scheme: 'IN-DATE' }],
      reserveFloor: 0,
      minRestMinutes: 660,
      status: 'available',
      expiresAt: WINDOW.to,
    },
  };
};

const fill = (ledger: Ledger): void => {
  for (let n = 0; n < ADVERTS; n += 1) {
    const event = advertised(n);
    const { force, capabilityId } = event.data;
    const envelope = {
      id: `${force}.${capabilityId}.1`,
      source: `/muster/${force}`,
      type: event.type,
      time: NOW,
      commandId: capabilityId,
      actor: `${force}/adapter/roster`,
      classification: 'OFFICIAL' as const,
    };
    ledger.apply({ seq: n + 1, subject: `exercise.capability.${force}.${capabilityId}`, envelope, event });
  }
};

/**
 * Time to rank every candidate of one line, and to write out the first, with {@link ADVERTS} adverts in the projection, spread evenly over
 * forces and codes; in milliseconds.
 */
export const benchCandidates = (): CandidatesResult => {
  const ledger = createLedger();
  fill(ledger);
  const random = seeded(SEED);
  const times: number[] = [];
  for (let n = 0; n < QUESTIONS; n += 1) {
    const host = random.pick(FORCES);
    const line: RequestLine = {
      lineId: 'l1',
      capabilityCode: random.pick(ADVERTISABLE_CODES),
      quantity: 6,
      minimumQuantity: 1,
      from: '2026-12-08T08:00:00.000Z',
      to: '2026-12-09T08:00:00.000Z',
      reportTo: { name: host.hqTown, lat: host.hqLat, lon: host.hqLon },
      accreditations: ['IN-DATE'],
    };
    const started = performance.now();
    const found = rankCandidates(line, host.id, ledger.view, NOW, { first: SHOWN }).candidates;
    times.push(performance.now() - started);
    if (found.length === 0) throw new Error(`nobody advertises ${line.capabilityCode}`);
  }
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
};
