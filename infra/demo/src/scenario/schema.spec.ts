import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readScenario } from './schema.ts';

const ours = fileURLToPath(new URL('../../scenarios', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'muster-scenario-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WHOLE = `
name: small
about: A small one
answerWithinSeconds: 5
confirmWithinMinutes: 1
requests:
  - key: r1
    host: kent
    urgency: IMMEDIATE
    threat: CYBER
    legalBasis: PA96-S24
    costCategory: SPECIALIST_STAFF
    demand: Need
    desk: Desk
    ask: { kind: nearest, count: 2 }
    lines: [{ id: a, code: CY.RCCU, quantity: 1, startsInHours: 1, forHours: 2 }]
expect: {}
`;

const readText = (text: string): (() => unknown) => {
  const file = join(folder, 'one.yaml');
  writeFileSync(file, text);
  return () => readScenario(file);
};
const withSteps = (steps: string): (() => unknown) =>
  readText(WHOLE.replace('expect: {}', `${steps}\nexpect: {}`));

describe('a scenario file', () => {
  it.each(readdirSync(ours))('%s can be read', (name) => {
    expect(readScenario(join(ours, name)).name).toBe(name.replace('.yaml', ''));
  });

  it('takes steps of every form', () => {
    const read = withSteps(`steps:
  - { do: ask, request: r1 }
  - { send: request-cancel, by: requester/desk, request: r1, with: { reason: Over } }
  - { until: { request: r1, status: [cancelled] } }
  - { expect: { board: npocc, waits: approve, count: 0 } }
  - together: [[{ say: one }], [{ say: two }]]`)();
    expect(read).toMatchObject({
      steps: [
        { do: 'ask' },
        { send: 'request-cancel', as: 'host', by: { role: 'requester', id: 'desk' } },
        { withinSeconds: 60 },
        { expect: { count: 0 } },
        { together: [[{ say: 'one' }], [{ say: 'two' }]] },
      ],
    });
  });

  it.each([
    ['- { do: dance, request: r1 }', 'steps.0.do'],
    ['- { send: request-invent, by: requester/desk }', 'is no command of the contracts'],
    ['- { send: request-cancel, by: somebody }', 'is not role/post'],
    ['- { send: request-cancel, by: requester/desk, refused: because }', 'steps.0.refused'],
    ['- { until: { request: r1, event: x, cout: 1 } }', 'cout'],
    ['- { expect: { board: npocc, waits: weekend } }', 'steps.0.expect.waits'],
    ['- { hope: true }', 'has none of the keys'],
    ['- { do: ask, request: r2 }', 'there is no request r2'],
  ])('is told what is wrong with %s', (step, told) => {
    expect(withSteps(`steps:\n  ${step}`)).toThrow(told);
  });

  it('wants one beginning of a window', () => {
    expect(readText(WHOLE.replace('startsInHours: 1, ', ''))).toThrow('takes one of startsInHours');
    expect(readText(WHOLE.replace('startsInHours', 'startsInSeconds'))).not.toThrow();
  });
});
