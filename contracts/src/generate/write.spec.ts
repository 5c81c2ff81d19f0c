import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn, writeOutputs } from './write.ts';

const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'muster-generate-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
};

const derived = (text: string) => [{ path: 'generated/a.json', text }];
const lasting = (text: string) => [{ path: 'baseline/a.v1.json', text }];

describe('writing', () => {
  it('writes what derives anew, and what lasts only once', () => {
    using root = folder();
    writeOutputs(root.path, derived('1'), lasting('1'));
    const again = writeOutputs(root.path, derived('2'), lasting('2'));
    expect(again).toEqual({ written: ['generated/a.json'], kept: ['baseline/a.v1.json'], removed: [] });
    expect(readFileSync(join(root.path, 'generated/a.json'), 'utf8')).toBe('2');
    expect(readFileSync(join(root.path, 'baseline/a.v1.json'), 'utf8')).toBe('1');
  });

  it('writes the baseline of a new version beside the old one', () => {
    using root = folder();
    writeOutputs(root.path, [], lasting('1'));
    writeOutputs(root.path, [], [...lasting('2'), { path: 'baseline/a.v2.json', text: '2' }]);
    expect(filesIn(root.path, 'baseline')).toEqual(['baseline/a.v1.json', 'baseline/a.v2.json']);
    expect(readFileSync(join(root.path, 'baseline/a.v1.json'), 'utf8')).toBe('1');
  });

  it('removes what no longer derives, and no file that lasts', () => {
    using root = folder();
    writeOutputs(root.path, derived('1'), lasting('1'));
    expect(writeOutputs(root.path, [], []).removed).toEqual(['generated/a.json']);
    expect([...filesIn(root.path, 'generated'), ...filesIn(root.path, 'baseline')]).toEqual([
      'baseline/a.v1.json',
    ]);
  });
});
