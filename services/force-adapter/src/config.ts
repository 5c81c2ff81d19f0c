import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ADVERT_TTL_SECONDS_MAX, faultsOf, forceId, isForce } from '@muster/contracts';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';

/** Life of an advert when the configuration does not say, in seconds (15 minutes). */
export const ADVERT_TTL_SECONDS_DEFAULT = 900;
/** Share of its adverts that a force may withdraw at once when the configuration does not say. */
export const WITHDRAW_SHARE_MAX_DEFAULT = 0.3;
/** How long a roster file must stand still before it is read, in milliseconds. */
export const SETTLE_MS_DEFAULT = 250;

const policy = z.strictObject({ policy: z.enum(['automatic', 'person']) });

/** By what way people of the force decide what it lends: with its own credentials alone, or by the hub's gateway too. */
const decisions = z.strictObject({ through: z.enum(['own', 'gateway']) });

const behaviour = z.strictObject({
  /** Who answers a request that asks this force. */
  answer: policy.default({ policy: 'automatic' }),
  /** Who confirms what the hub reserved. */
  confirm: policy.default({ policy: 'automatic' }),
  decisions: decisions.default({ through: 'own' }),
  /** Who reports the return of units that were released before they had set out. */
  returnUndeparted: policy.default({ policy: 'automatic' }),
});

const forceEntry = z.strictObject({
  force: forceId,
  /** Folder of the force's roster files; relative to the configuration file. */
  roster: z.string().min(1),
  answer: policy.optional(),
  confirm: policy.optional(),
  decisions: decisions.optional(),
  returnUndeparted: policy.optional(),
});

const configuration = z
  .strictObject({
    forces: z.array(forceEntry).default([]),
    /** A folder of rosters, one sub-folder a force; forces named above are left out. */
    rosters: z.string().min(1).optional(),
    defaults: behaviour.prefault({}),
    advertTtlSeconds: z.int().min(5).max(ADVERT_TTL_SECONDS_MAX).default(ADVERT_TTL_SECONDS_DEFAULT),
    withdrawShareMax: z.number().min(0).max(1).default(WITHDRAW_SHARE_MAX_DEFAULT),
    settleMs: z.int().min(0).max(60_000).default(SETTLE_MS_DEFAULT),
  })
  .superRefine((config, context) => {
    const seen = new Set<string>();
    for (const [index, { force }] of config.forces.entries()) {
      if (seen.has(force)) {
        context.addIssue({
          code: 'custom',
          path: ['forces', index, 'force'],
          message: `${force} stands here twice`,
        });
      }
      seen.add(force);
    }
  });

export type ForceSettings = z.infer<typeof behaviour> & { force: string; roster: string };

export type AdapterConfig = {
  forces: readonly ForceSettings[];
  advertTtlSeconds: number;
  withdrawShareMax: number;
  settleMs: number;
};

/** A configuration that cannot be used; the message names the file, every field at fault and the remedy. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const foldersOf = (rosters: string): string[] => {
  if (!existsSync(rosters)) throw new ConfigError(`rosters: the folder ${rosters} does not exist; make it`);
  return readdirSync(rosters, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isForce(entry.name))
    .map((entry) => entry.name)
    .sort();
};

const readYaml = (file: string, text: string): unknown => {
  try {
    return parse(text) ?? {};
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new ConfigError(`${file} is not YAML: ${error.message}`);
  }
};

/**
 * Reads the text of a configuration file.
 * @throws ConfigError naming every field at fault.
 */
export const parseConfig = (file: string, text: string): AdapterConfig => {
  const result = configuration.safeParse(readYaml(file, text));
  if (!result.success) {
    const faults = faultsOf(result.error).map(({ path, because }) => `  ${path || 'the file'}: ${because}`);
    throw new ConfigError(`${file} cannot be used; correct these fields:\n${faults.join('\n')}`);
  }
  const { forces, rosters, defaults, ...rest } = result.data;
  const base = dirname(resolve(file));
  const named = forces.map((entry) => ({ ...defaults, ...entry, roster: resolve(base, entry.roster) }));
  const names = new Set(named.map((entry) => entry.force));
  const folder = rosters === undefined ? undefined : resolve(base, rosters);
  const found = folder === undefined ? [] : foldersOf(folder).filter((force) => !names.has(force));
  const all = [
    ...named,
    ...found.map((force) => ({ ...defaults, force, roster: join(folder ?? base, force) })),
  ];
  if (all.length === 0) {
    throw new ConfigError(`${file} names no force; add one under "forces", or a folder under "rosters"`);
  }
  return { ...rest, forces: all };
};

/** @throws ConfigError when the file is not there or cannot be used. */
export const readConfig = (file: string): AdapterConfig => {
  if (!existsSync(file)) {
    throw new ConfigError(
      `there is no configuration file ${file}; give its path as the first argument or in MUSTER_ADAPTER_CONFIG`,
    );
  }
  return parseConfig(file, readFileSync(file, 'utf8'));
};
