import {
  type CapabilityAdvertised,
  type CommandBody,
  FORCES,
  type RequestLine,
  urgency,
} from '@muster/contracts';
import { type Random, seeded } from '@muster/testkit';

/** The national surge of the aim: forces, capabilities, and lines for so many units over three tiers. */
export const CAPABILITIES = 2_000;
export const LINES = 150;
export const UNITS = 900;
/** Lines in one request. */
const LINES_PER_REQUEST = 3;

/**
 * What is wanted and what there is of each code, as shares of all lines and of all capabilities. Made up: one code for
 * which most is asked, two that are scarce.
 */
const CODES = [
  { code: 'PO.PSU.L2', lines: 0.4, capabilities: 0.4 },
  { code: 'PO.EGT', lines: 0.12, capabilities: 0.15 },
  { code: 'PO.MED', lines: 0.12, capabilities: 0.15 },
  { code: 'DG.GP', lines: 0.12, capabilities: 0.2 },
  { code: 'DV.TEAM', lines: 0.12, capabilities: 0.04 },
  { code: 'SE.POLSA', lines: 0.12, capabilities: 0.06 },
] as const;
const SCHEME = 'IN-DATE';
const HOUR_MS = 3_600_000;
/** Lines begin over so many hours, in shifts. */
const BEGIN_HOURS_MAX = 72;
const SHIFT_HOURS = 12;

export type Surge = {
  adverts: CapabilityAdvertised[];
  requests: { host: string; body: CommandBody<'request-create'> }[];
};

type At = (hours: number) => string;

/** As many of each as its share says; what rounding leaves goes to the first. */
const codesFor = (count: number, of: 'lines' | 'capabilities'): string[] => {
  const [first, ...others] = CODES.map(({ code, [of]: share }) => ({ code, n: Math.floor(share * count) }));
  const rest = others.reduce((sum, { n }) => sum + n, 0);
  return [{ code: first?.code ?? '', n: count - rest }, ...others].flatMap(({ code, n }) =>
    Array.from({ length: n }, () => code),
  );
};

const releasableTo = (random: Random): CapabilityAdvertised['releasableTo'] =>
  random.chance(0.15) ? { kind: 'region' } : { kind: 'national' };

const adverts = (random: Random, at: At): CapabilityAdvertised[] =>
  codesFor(CAPABILITIES, 'capabilities').map((code, n) => {
    const force = FORCES[n % FORCES.length];
    if (!force) throw new Error('the reference data is empty');
    const quantity = random.int(1, 4);
    return {
      force: force.id,
      capabilityId: `c-${n}`,
      revision: 1,
      code,
      kind: 'pool',
      quantity,
      quantityUnit: 'unit',
      base: {
        name: force.hqTown,
        lat: force.hqLat + random.next() / 4,
        lon: force.hqLon + random.next() / 4,
      },
      noticeMinutes: random.pick([30, 60, 120, 240]),
      windows: [{ from: at(-24), to: random.chance(0.1) ? at(60) : at(24 * 14) }],
      releasableTo: releasableTo(random),
      accreditations: random.chance(0.9) ? [{ scheme: SCHEME }] : [],
      reserveFloor: random.int(0, Math.min(2, quantity)),
      minRestMinutes: 660,
      status: random.chance(0.05) ? 'unavailable' : 'available',
      expiresAt: at(48),
    };
  });

/** Quantities that add up to {@link UNITS}. */
const quantities = (random: Random): number[] => {
  const each = Array.from({ length: LINES }, () => random.int(2, 9));
  for (let sum = each.reduce((a, b) => a + b, 0); sum !== UNITS; sum += sum < UNITS ? 1 : -1) {
    const at = random.int(0, LINES - 1);
    const step = sum < UNITS ? 1 : -1;
    const next = (each[at] ?? 0) + step;
    if (next >= 1) each[at] = next;
    else sum -= step;
  }
  return each;
};

const lines = (random: Random, at: At): Omit<RequestLine, 'lineId' | 'reportTo'>[] => {
  const codes = random.shuffle(codesFor(LINES, 'lines'));
  return quantities(random).map((quantity, n) => {
    const from = 4 + random.int(0, BEGIN_HOURS_MAX / 4) * 4;
    return {
      capabilityCode: codes[n] ?? '',
      quantity,
      minimumQuantity: random.chance(0.3) ? Math.ceil(quantity / 2) : 1,
      from: at(from),
      to: at(from + SHIFT_HOURS * random.int(1, 3)),
      accreditations: [SCHEME],
    };
  });
};

/** Whom a request asks at each tier: named forces, the region, or the whole country. */
const reachOf = (tier: number, random: Random, host: string) =>
  tier === 1
    ? {
        recipients: {
          kind: 'forces' as const,
          forces: random.shuffle(FORCES.map(({ id }) => id).filter((id) => id !== host)).slice(0, 4),
        },
      }
    : { recipients: { kind: 'waves' as const, size: 10, everyMinutes: 60 }, tier };

/** One instance; the same seed and moment give the same. */
export const surgeOf = (seed: number, startMs: number): Surge => {
  const random = seeded(seed);
  const at: At = (hours) => new Date(startMs + hours * HOUR_MS).toISOString();
  const all = lines(random, at);
  const hosts = random.shuffle(FORCES.filter(({ region }) => region !== 'national'));
  const requests = Array.from({ length: LINES / LINES_PER_REQUEST }, (_, n) => {
    const host = hosts[n % hosts.length];
    if (!host) throw new Error('the reference data is empty');
    const own = all.slice(n * LINES_PER_REQUEST, (n + 1) * LINES_PER_REQUEST);
    const reportTo = { name: host.hqTown, lat: host.hqLat, lon: host.hqLon };
    const tier = 1 + (n % 3);
    return {
      host: host.id,
      body: {
        commandId: `surge-${n}`,
        actor: { role: 'requester', id: 'duty-desk' },
        classification: 'OFFICIAL',
        lines: own.map((line, index) => ({ ...line, lineId: `l${index + 1}`, reportTo })),
        terms: {
          urgency: urgency.options[n % 3] ?? 'EXPECTED',
          threatCategory: 'PUBLIC_DISORDER',
          legalBasis: 'PA96-S24',
          costCategory: 'EMERGENCY_SPONTANEOUS',
          specialDemandReason: 'disorder in many places',
          contactDesk: 'control room',
        },
        answerBy: at(2),
        ...reachOf(tier, random, host.id),
      } satisfies CommandBody<'request-create'>,
    };
  });
  return { adverts: adverts(random, at), requests };
};
