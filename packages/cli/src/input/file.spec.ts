import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CliError } from '../errors.ts';
import { readDocument } from './file.ts';

const path = join(mkdtempSync(join(tmpdir(), 'muster-cli-')), 'request.yaml');

const faultOf = (content: string | Uint8Array): string => {
  writeFileSync(path, content);
  try {
    readDocument(path);
  } catch (error) {
    if (error instanceof CliError) return error.fault.because.replace(path, 'FILE');
    throw error;
  }
  return '';
};

describe('a file that holds no document', () => {
  it.each([
    ['broken JSON', '{"lines": [', /^FILE is neither YAML nor JSON: .+ at line 1, column \d+$/],
    ['a tab for indentation', 'lines:\n\t- lineId: l1', /^FILE is neither YAML nor JSON: .+ at line 2, /],
    ['a list that is not closed', 'lines: [\n  - x', /^FILE is neither YAML nor JSON: .+ at line 2, /],
    [
      'the same key twice',
      'answerBy: a\nanswerBy: b',
      /^FILE is neither YAML nor JSON: .+unique at line 2, /,
    ],
    ['an alias that stands for much', 'a: &a [1]\nb: *a', /^FILE uses an alias \(\*name\): write out/],
    ['an alias of nothing', 'lines: *none', /^FILE uses an alias \(\*name\): write out/],
    ['a byte of Windows-1252', Uint8Array.from([0x61, 0x3a, 0xe9]), /^FILE is not UTF-8 text; save it as/],
    ['more than a mebibyte', 'x'.repeat(1_048_577), /^FILE has 1048577 bytes; a request may have 1048576\.$/],
  ])('is told in one line where: %s', (_, content, told) => {
    const fault = faultOf(content);
    expect(fault).toMatch(told);
    expect(fault).not.toContain('\n');
  });

  it('is read when it holds one, with a byte-order mark too', () => {
    writeFileSync(path, '\ufefflines: []');
    expect(readDocument(path)).toEqual({ lines: [] });
  });
});
