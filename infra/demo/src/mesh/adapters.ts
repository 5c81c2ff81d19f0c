import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { DataDir } from './data-dir.ts';

/** Copies a force's demo roster into the data folder once; from then on a person may edit it there. */
const rosterOf = (dir: DataDir, repository: string, force: string): string => {
  const roster = join(dir.rosters, force);
  if (!existsSync(roster)) {
    cpSync(join(repository, 'infra', 'demo', 'rosters', force), roster, { recursive: true });
  }
  return roster;
};

/** Writes the configuration of a force adapter under that name and returns its path. */
export const writeAdapterConfig = (
  dir: DataDir,
  repository: string,
  name: string,
  forces: readonly string[],
  desks: readonly string[],
): string => {
  const path = dir.file(name);
  const config = {
    forces: forces.map((force) => ({
      force,
      roster: rosterOf(dir, repository, force),
      answer: { policy: desks.includes(force) ? 'person' : 'automatic' },
      confirm: { policy: 'automatic' },
      decisions: { through: 'gateway' },
    })),
  };
  writeFileSync(path, stringify(config));
  return path;
};
