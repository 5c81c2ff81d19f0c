import { describe, expect, test } from 'vitest';
import { readAudit } from './report.ts';

const advisory = (severity: string, paths: string[], over: object = {}) => ({
  ...{ id: 1, module_name: 'left-pad', severity, title: 'Pads too much', vulnerable_versions: '<2.0.0' },
  ...{ patched_versions: '>=2.0.0', cwe: 'CWE-1', url: 'https://example.org/GHSA-1' },
  findings: [{ version: '1.0.0', paths, dev: false, optional: false, bundled: false }],
  ...over,
});
const answered = (...advisories: object[]) =>
  readAudit({
    code: advisories.length > 0 ? 1 : 0,
    stdout: JSON.stringify({ advisories: Object.fromEntries(advisories.map((one, n) => [n, one])) }),
    stderr: '',
  });

describe('what the audit of dependencies says', () => {
  test('of nothing amiss is nothing', () => {
    expect(answered()).toEqual({ kind: 'answered', grave: [], lesser: [] });
  });

  test.each(['high', 'critical'])('of a %s advisory in what runs is grave', (severity) => {
    expect(answered(advisory(severity, ['services__gateway>left-pad']))).toEqual({
      kind: 'answered',
      grave: [
        `${severity}: left-pad 1.0.0: Pads too much (https://example.org/GHSA-1), used by services__gateway>left-pad; patched: >=2.0.0`,
      ],
      lesser: [],
    });
  });

  test.each(['info', 'low', 'moderate'])('of a %s advisory is told, and fails nothing', (severity) => {
    const audit = answered(
      advisory(severity, ['services__gateway>left-pad'], { patched_versions: undefined }),
    );
    expect(audit).toMatchObject({ grave: [], lesser: [expect.stringMatching(/left-pad$/)] });
  });

  test('of what only tests use is nothing, and of what they share with a service is grave', () => {
    expect(answered(advisory('critical', ['test>left-pad', 'packages__testkit>a>left-pad']))).toMatchObject({
      ...{ grave: [], lesser: [] },
    });
    const shared = answered(advisory('critical', ['test>left-pad', 'services__alerter>left-pad']));
    expect(shared).toMatchObject({ grave: [expect.stringContaining('used by services__alerter>left-pad')] });
  });

  test.each([
    [
      1,
      '\nError: ERR_PNPM_AUDIT_BAD_RESPONSE\n\n  × The audit endpoint\n  │ responded with 405:\n',
      '',
      '405',
    ],
    [1, '', '{"error":{"code":"ERR_PNPM_META_FETCH_FAIL","message":"ENOTFOUND"}}', 'ENOTFOUND'],
    [undefined, '', '', 'did not answer in time'],
    [0, '', '[]', '[]'],
  ])('is nothing known when the registry cannot be asked: %s %s%s', (code, stderr, stdout, word) => {
    expect(readAudit({ code, stderr, stdout })).toEqual({
      kind: 'unanswered',
      because: expect.stringContaining(word),
    });
  });
});
