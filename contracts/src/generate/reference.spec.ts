import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { referenceSource } from './reference.ts';

const csv = (name: string): string =>
  readFileSync(new URL(`../reference/data/${name}.csv`, import.meta.url), 'utf8');
const tables = {
  ...{ forces: csv('forces'), capabilities: csv('capabilities') },
  ...{ tiers: csv('tiers'), weights: csv('weights'), floors: csv('floors') },
};
const { forces, capabilities, weights, floors } = tables;

describe('the reference table', () => {
  it('is what the CSV files make', () => {
    const committed = readFileSync(new URL('../reference/table.gen.ts', import.meta.url), 'utf8');
    expect(referenceSource(tables)).toBe(committed);
  });

  it('is the same from a file with a byte-order mark', () => {
    expect(referenceSource({ ...tables, forces: `\u{feff}${forces}` })).toBe(referenceSource(tables));
  });

  it('refuses a row that does not fit, and says which column', () => {
    const broken = forces.replace(/,territorial,/, ',county,');
    expect(broken).not.toBe(forces);
    const refused = (over: Partial<typeof tables>) => expect(() => referenceSource({ ...tables, ...over }));
    refused({ forces: broken }).toThrow('type');
    refused({ capabilities: `${capabilities}\nnot a code,a,b,c,,,,yes` }).toThrow('code');
    refused({ weights: `${weights}3,1,-1,30,60,240,1,0\n` }).toThrow('travel');
    refused({ floors: `${floors}SU.UC,1\n` }).toThrow('is not advertised');
    refused({ floors: `${floors}CY.FCCU,0\n` }).toThrow('units');
  });
});
