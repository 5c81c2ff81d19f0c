import { readdirSync, readFileSync } from 'node:fs';
import { forceOf, isAdvertisable, isForce, isToken, ORGS, REGIONS } from '@muster/contracts';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { COLUMNS, type Row, toCsv } from './csv.ts';
import { BASE_DATE, generateRosters, ROSTERS, SEED } from './generate.ts';
import { LEFT_OUT } from './profiles.ts';
import { referenceCodes, referenceForces } from './reference.ts';

const forces = referenceForces();
const codes = referenceCodes();
const generated = generateRosters({ seed: SEED, baseDate: BASE_DATE, forces, codes });

type Parsed = { force: string } & Record<(typeof COLUMNS)[number], string>;

const committed: ReadonlyMap<string, string> = new Map(
  readdirSync(ROSTERS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [name, readFileSync(new URL(`${name}/capabilities.csv`, ROSTERS), 'utf8')]),
);

const parseRoster = (force: string, text: string): readonly Parsed[] =>
  parse<Omit<Parsed, 'force'>>(text, { columns: true }).map((row): Parsed => ({ force, ...row }));

const all = [...committed].flatMap(([force, text]) => parseRoster(force, text));
const of = (code: string): readonly Parsed[] => all.filter((row) => row.code === code);
const total = (rows: readonly Parsed[]): number => rows.reduce((sum, row) => sum + Number(row.quantity), 0);
const holders = (code: string): number => new Set(of(code).map((row) => row.force)).size;
const isDate = (text: string): boolean => new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) === text;

/** Ranks from 1; equal values share the mean of their ranks. */
const ranks = (values: readonly number[]): readonly number[] =>
  values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });

/** Spearman's rank correlation, ties allowed: -1 to 1. */
const rankCorrelation = (left: readonly number[], right: readonly number[]): number => {
  const [a, b] = [ranks(left), ranks(right)];
  const mean = (left.length + 1) / 2;
  const covariance = (x: readonly number[], y: readonly number[]): number =>
    x.reduce((sum, value, index) => sum + (value - mean) * ((y[index] ?? mean) - mean), 0);
  return covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
};

describe('the committed rosters', () => {
  it('are what the committed seed and base date give, byte for byte', () => {
    expect([...committed.keys()].sort()).toEqual(ORGS.filter(isForce).sort());
    const differing = [...generated].filter(([force, text]) => committed.get(force) !== text);
    expect(differing.map(([force]) => force)).toEqual([]);
  });

  it('hold 2,074 capabilities', () => {
    expect(all.length).toBe(2_074);
  });

  it('name every capability once in its force, by a token made of its code', () => {
    expect(new Set(all.map((row) => `${row.force}/${row.capability_id}`)).size).toBe(all.length);
    const odd = all.filter(
      ({ capability_id: id, code }) =>
        !isToken(id) || id.replace(/-\d+$/, '') !== code.toLowerCase().replaceAll('.', '-'),
    );
    expect(odd).toEqual([]);
  });

  it.each(ORGS.filter(isForce))('of %s have the agreed columns and only plausible cells', (force) => {
    const [header, ...lines] = (committed.get(force) ?? '').split('\n');
    expect(header).toBe(COLUMNS.join(','));
    expect(lines.at(-1)).toBe('');
    const rows = all.filter((row) => row.force === force);
    expect(rows.length).toBe(lines.length - 1);
    for (const row of rows) {
      expect(row.quantity).toMatch(/^[1-9]\d{0,3}$/);
      expect(row.kind).toMatch(/^(unit|pool|queue)$/);
      if (row.kind === 'unit') expect(row.quantity).toBe('1');
      expect(Number(row.reserve_floor)).toBeLessThanOrEqual(Number(row.quantity));
      for (const column of ['reserve_floor', 'notice_minutes', 'min_rest_minutes'] as const) {
        expect(row[column]).toMatch(/^\d+$/);
      }
      for (const time of [row.available_from, row.available_to]) {
        expect(time).toMatch(/^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d$/);
        expect(isDate(time.slice(0, 10))).toBe(true);
      }
      expect(row.available_from < row.available_to).toBe(true);
      if (row.accreditation_expires !== '') {
        expect(row.accreditation).not.toBe('');
        expect(isDate(row.accreditation_expires)).toBe(true);
      }
      expect(row.accreditation).toMatch(/^([A-Z0-9][A-Z0-9-]*(;[A-Z0-9][A-Z0-9-]*)*)?$/);
      expect(row.status).toMatch(/^(available|unavailable)$/);
      expect(row.remarks).toMatch(/^[A-Za-z]|^$/);
    }
  });

  it('are releasable to the nation, a region that has other forces, or known other forces', () => {
    const odd = all.filter(({ force, releasable_to: to }) => {
      const region = forceOf(force).region;
      if (to === 'national') return false;
      if (to === 'region') {
        return region === 'national' || forces.filter((other) => other.region === region).length < 2;
      }
      return !to.split(';').every((id) => isForce(id) && id !== force);
    });
    expect(odd).toEqual([]);
  });

  it('lie within 9 km of the headquarters', () => {
    const far = all.filter(({ force, base_lat, base_lon }) => {
      const { hqLat, hqLon } = forceOf(force);
      const north = (Number(base_lat) - hqLat) * 111;
      const east = (Number(base_lon) - hqLon) * 111 * Math.cos((hqLat * Math.PI) / 180);
      return Math.hypot(north, east) > 9;
    });
    expect(far).toEqual([]);
  });
});

describe('who holds what', () => {
  it('bigger territorial forces hold more', () => {
    const territorial = forces.filter((force) => forceOf(force.id).type === 'territorial');
    const officers = territorial.map((force) => force.officers);
    const rows = territorial.map((force) => all.filter((row) => row.force === force.id));
    expect(
      rankCorrelation(
        officers,
        rows.map((held) => held.length),
      ),
    ).toBeGreaterThan(0.9);
    expect(rankCorrelation(officers, rows.map(total))).toBeGreaterThan(0.9);
  });

  it('rare specialists are fewer, and in fewer forces, than common ones', () => {
    const fromRareToCommon = ['SE.DIVE', 'CY.CRYPTO', 'CY.FCCU', 'DF.DMI', 'FA.ARV', 'IN.CSI'];
    const held = fromRareToCommon.map((code) => total(of(code)));
    expect(held).toEqual([...held].sort((a, b) => a - b));
    expect(new Set(held).size).toBe(held.length);
    expect(holders('SE.DIVE')).toBeLessThan(holders('CY.CRYPTO'));
    expect(holders('CY.CRYPTO')).toBeLessThan(holders('CY.FCCU'));
  });

  it('restricted and covert codes and the national air service are absent, all others present', () => {
    expect(all.filter((row) => !isAdvertisable(row.code) || LEFT_OUT.includes(row.code))).toEqual([]);
    const expected = codes.map(({ code }) => code).filter((code) => !LEFT_OUT.includes(code));
    expect([...new Set(all.map((row) => row.code))].sort()).toEqual([...expected].sort());
  });

  it('bodies without a territory hold nothing that only a territorial force has', () => {
    const bodies = all.filter((row) => forceOf(row.force).type !== 'territorial');
    expect(new Set(bodies.map((row) => row.force)).size).toBe(4);
    expect(bodies.filter((row) => /^(LO\.CUST|MO\.SEC|CY\.RCCU|CY\.COORD)$/.test(row.code))).toEqual([]);
  });

  it('the regulator of England and Wales accredits no one in Scotland or Northern Ireland', () => {
    const outside = all.filter((row) => ['police-scotland', 'northern-ireland'].includes(row.force));
    expect(outside.some((row) => row.code === 'DF.LAB')).toBe(true);
    expect(outside.filter((row) => row.accreditation.includes('FSR-CODE'))).toEqual([]);
  });
});

describe('the cyber surge', () => {
  it('finds one cyber pool of 1 to 12 in each force that has one', () => {
    const pools = of('CY.FCCU');
    expect(holders('CY.FCCU')).toBe(pools.length);
    expect(pools.filter((row) => Number(row.quantity) > 12)).toEqual([]);
    expect(pools.length).toBe(46);
  });

  it('finds one or two incident teams and one coordinator in one force of each region', () => {
    for (const region of REGIONS) {
      const inRegion = (code: string): readonly Parsed[] =>
        of(code).filter((row) => forceOf(row.force).region === region);
      expect([1, 2]).toContain(inRegion('CY.RCCU').length);
      expect(new Set([...inRegion('CY.RCCU'), ...inRegion('CY.COORD')].map((row) => row.force)).size).toBe(1);
    }
  });

  it('finds 30 to 45 cryptocurrency advisers in the country, and media investigators in pools of 1 to 12', () => {
    expect(total(of('CY.CRYPTO'))).toBeGreaterThanOrEqual(30);
    expect(total(of('CY.CRYPTO'))).toBeLessThanOrEqual(45);
    expect(of('DF.DMI').filter((row) => Number(row.quantity) > 12)).toEqual([]);
  });

  it('finds laboratories as queues of items a week, with their backlog in the remarks', () => {
    const labs = of('DF.LAB');
    expect(labs.every((row) => row.kind === 'queue' && row.quantity_unit === 'devices/week')).toBe(true);
    expect(labs.every((row) => /^Backlog \d+ devices/.test(row.remarks))).toBe(true);
    expect(all.filter((row) => row.kind === 'queue').length).toBe(labs.length);
  });

  it('finds most capabilities open and in date on any day of the year after the base date', () => {
    for (const day of ['2026-11-01', '2027-02-01', '2027-05-01', '2027-08-01', '2027-11-01']) {
      const open = all.filter(
        (row) =>
          row.status === 'available' &&
          row.available_from.slice(0, 10) <= day &&
          row.available_to.slice(0, 10) > day &&
          (row.accreditation_expires === '' || row.accreditation_expires >= day),
      );
      expect(open.length, day).toBeGreaterThan(all.length * 0.55);
    }
  });

  it('finds some accreditations lapsed, and some that lapse within the year', () => {
    const expiries = all.map((row) => row.accreditation_expires).filter((date) => date !== '');
    const lapsed = expiries.filter((date) => date < BASE_DATE).length;
    const lapsing = expiries.filter((date) => date >= BASE_DATE && date < '2027-11-01').length;
    expect(lapsed).toBeGreaterThan(0);
    expect(lapsed).toBeLessThan(all.length * 0.05);
    expect(lapsing).toBeGreaterThan(lapsed);
  });
});

describe('the generator', () => {
  it('gives the same text twice and another for another seed or base date', () => {
    expect(generateRosters({ seed: SEED, baseDate: BASE_DATE, forces, codes })).toEqual(generated);
    const reseeded = generateRosters({ seed: SEED + 1, baseDate: BASE_DATE, forces, codes });
    expect(reseeded.get('kent')).not.toBe(generated.get('kent'));
    const later = generateRosters({ seed: SEED, baseDate: '2027-11-01', forces, codes });
    expect(later.get('kent')).not.toBe(generated.get('kent'));
  });

  it('stops at a code without a profile and at a profile without a code', () => {
    const unknown = { code: 'ZZ.NEW', noticeMin: 0, noticeMax: 60 };
    const options = { seed: SEED, baseDate: BASE_DATE, forces };
    expect(() => generateRosters({ ...options, codes: [...codes, unknown] })).toThrow(/differ in ZZ\.NEW$/);
    const fewer = codes.filter(({ code }) => code !== 'CY.DARK');
    expect(() => generateRosters({ ...options, codes: fewer })).toThrow(/differ in CY\.DARK$/);
  });

  it('quotes what RFC 4180 wants quoted', () => {
    const blank = Object.fromEntries(COLUMNS.map((column) => [column, ''])) as Row;
    const row: Row = { ...blank, base_town: 'say "Dover", then\nwait', remarks: ' plain ' };
    expect(parse(toCsv([row]), { columns: true })).toEqual([row]);
  });
});
