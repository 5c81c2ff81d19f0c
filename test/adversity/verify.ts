import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandStored } from '@muster/contracts';
import { type Finding, runChecker } from '../world/checker.ts';
import type { World } from '../world/world.ts';

/** Commands that were acknowledged: whatever happens later, their events must be in the streams. */
export type Acks = {
  add(org: string, reply: CommandStored): void;
  lines(): string;
  /** After an exercise reset nothing that was acknowledged before counts. */
  forget(): void;
};

export const createAcks = (): Acks => {
  let acks: { org: string; commandId: string; eventIds: string[] }[] = [];
  return {
    add: (org, { commandId, events }) =>
      void acks.push({ org, commandId, eventIds: events.map(({ id }) => id) }),
    lines: () => acks.map((ack) => `${JSON.stringify(ack)}\n`).join(''),
    forget: () => {
      acks = [];
    },
  };
};

/** What the independent checker finds in a world that has come to rest: nobody is given any more time. */
export const findings = async (world: World, acks: Acks): Promise<Finding[]> => {
  const file = join(world.dir, 'acks.ndjson');
  writeFileSync(file, acks.lines());
  const { findings: found } = await runChecker(world, file, 0);
  return found;
};
