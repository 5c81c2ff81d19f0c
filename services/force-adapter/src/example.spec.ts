import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('the example configuration is good', () => {
  const config = readConfig(fileURLToPath(new URL('../example.yaml', import.meta.url)));
  expect(config.forces.map(({ force, answer, confirm }) => [force, answer.policy, confirm.policy])).toEqual([
    ['kent', 'automatic', 'automatic'],
    ['surrey', 'person', 'person'],
  ]);
});
