import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '../world/children.ts';
import type { Stack } from './stack.ts';

/** Time between two looks, in milliseconds. */
const LOOK_EVERY_MS = '200';

/** An alerter for essex, which tells its log alone and calls nobody further within a test. */
export const startAlerter = ({ world, base }: Stack): Promise<Service> => {
  const file = join(world.dir, 'desks.yaml');
  const names = [{ post: 'duty-chief', email: 'duty-chief@essex.example' }];
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ carry: 'log', desks: { essex: { '*': { names } } } }));
  return world.service({
    name: 'alerter',
    label: 'alerter',
    env: { MUSTER_DESKS_FILE: file, MUSTER_PUBLIC_URL: base, MUSTER_LOOK_EVERY_MS: LOOK_EVERY_MS },
  });
};
