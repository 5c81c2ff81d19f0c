import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { derived, lasting } from './outputs.ts';
import { filesIn } from './write.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const onDisk = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

describe('what is generated', () => {
  it('stands in the repository exactly as the tables make it (else run pnpm generate)', () => {
    for (const { path, text } of derived()) expect(onDisk(path), path).toBe(text);
  });

  it('comes out the same twice', () => {
    expect(derived()).toEqual(derived());
    expect(lasting()).toEqual(lasting());
  });

  it('leaves nothing behind that no longer derives', () => {
    const paths = derived().map((output) => output.path);
    expect(filesIn(ROOT, 'generated').filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('has a fixture and a baseline for every type and version', () => {
    const there = [...filesIn(ROOT, 'fixtures'), ...filesIn(ROOT, 'baseline')];
    expect(lasting().filter((output) => !there.includes(output.path))).toEqual([]);
  });
});
