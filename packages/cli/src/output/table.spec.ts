import { describe, expect, it } from 'vitest';
import { details, table } from './table.ts';

const plain = { empty: 'Nothing.', color: false };

describe('a table', () => {
  it('lines up its columns without colour codes', () => {
    expect(
      table(
        ['force', 'free'],
        [
          ['kent', 4],
          ['essex', 12],
        ],
        plain,
      ),
    ).toBe('force  free\nkent      4\nessex    12');
  });

  it('says so when it has no rows', () => {
    expect(table(['force'], [], plain)).toBe('Nothing.');
  });

  it('has a bold head for a person at a terminal', () => {
    expect(table(['force'], [['kent']], { ...plain, color: true })).toContain('\u001b[1m');
  });

  it('shows control characters of others as a mark, so that they cannot move the cursor', () => {
    expect(table(['remarks'], [['a\u001b[2Jb\r\nc']], plain)).toBe('remarks\na�[2Jb��c');
  });
});

describe('details', () => {
  it('leave out what there is not', () => {
    expect(
      details([
        ['force', 'kent'],
        ['remarks', undefined],
        ['free', 0],
      ]),
    ).toBe('force  kent\nfree   0');
  });
});
