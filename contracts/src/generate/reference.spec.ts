import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referenceSource } from './reference.ts';

const csv = (name: string): string =>
  readFileSync(new URL(`../reference/data/${name}.csv`, import.meta.url), 'utf8');
const [forces, capabilities] = [csv('forces'), csv('capabilities')];

const tiers = readFileSync(new URL('../reference/data/tiers.csv', import.meta.url), 'utf8');

describe('the reference table', () => {
  it('is what the CSV files make', () => {
    const committed = readFileSync(new URL('../reference/table.gen.ts', import.meta.url), 'utf8');
    expect(referenceSource(forces, capabilities, tiers)).toBe(committed);
  });

  it('is the same from a file with a byte-order mark', () => {
    expect(referenceSource(`\u{feff}${forces}`, capabilities, tiers)).toBe(
      referenceSource(forces, capabilities, tiers),
    );
  });

  it('refuses a row that does not fit, and says which column', () => {
    const broken = forces.replace(/,territorial,/, ',county,');
    expect(broken).not.toBe(forces);
    expect(() => referenceSource(broken, capabilities, tiers)).toThrow('type');
    expect(() => referenceSource(forces, `${capabilities}\nnot a code,a,b,c,,,,yes`, tiers)).toThrow('code');
  });
});
