import { join } from 'node:path';
import { MODES, ORGS } from '@muster/contracts';
import { KeyError, type KeyReport, makeKeys, readerUser, usersOf } from '@muster/mesh';
import type { Command } from 'commander';
import { usage } from '../errors.ts';
import type { Io } from '../io.ts';
import { printOutput } from '../output/print.ts';
import { connectWhenKnown } from '../session/rekeyed.ts';
import { dataDirOf, type Globals, meshOn } from '../session/settings.ts';
import { globalsOf, withExamples } from './run.ts';

/** The keys folder that the flags or a running mesh name, else the one that `npm start` would use. */
const keysDirOf = (globals: Globals, env: Io['env']): string => {
  const named = globals.keys ?? env.MUSTER_KEYS_DIR;
  if (named !== undefined) return named;
  return join(dataDirOf(globals, env), 'keys');
};

/** Keys named one by one; more are only counted. */
const NAMED_MAX = 10;

const RECONNECTING = 'Services that used an old one are back within seconds.';

/** What is left to do where no broker has taken the new keys by itself. */
const NEXT = [
  'npm start takes them when it is started.',
  'For a broker of your own: make its configuration anew from this folder and reload it;',
  'until then it knows the old keys only.',
];

const report = async (io: Io, globals: Globals, made: KeyReport): Promise<void> => {
  const named = [...made.made, ...made.rotated];
  const mesh = meshOn(globals, io.env, made.dir);
  const inUse = named.length > 0 && mesh !== undefined && (await connectWhenKnown(io, mesh, named));
  const then = inUse
    ? [`The broker on ${mesh?.url} knows the new keys; the old ones are refused.`, RECONNECTING]
    : ['Next:', ...NEXT.map((line) => `  ${line}`)];
  const text = [
    `${made.made.length} made, ${made.rotated.length} replaced, ${made.kept.length} kept in ${made.dir}`,
    ...(named.length > 0 && named.length <= NAMED_MAX ? [`  ${named.join('\n  ')}`] : []),
    ...(named.length === 0 ? [] : ['', ...then]),
  ].join('\n');
  printOutput(io, { json: { ...made, inUse }, text }, globals.json === true);
};

/** Users that a mesh can have: those of every mesh, and those that only ask, which are made by name. */
const known = (): string[] => [
  ...usersOf(),
  ...ORGS.flatMap((org) => MODES.map((mode) => readerUser(org, mode))),
];

/** @throws CliError that names those whom no mesh has, since a key of theirs would open nothing. */
const checkUsers = (users: readonly string[]): void => {
  const all = new Set(known());
  const unknown = users.filter((user) => !all.has(user));
  if (unknown.length === 0) return;
  throw usage(
    'No mesh has such a user',
    unknown.map((user) => {
      const near = usersOf().filter((each) => each.split('.')[0] === user.split('.')[0]);
      const meant =
        near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'write <org>.actual or <org>.exercise';
      return { path: user, because: meant };
    }),
  );
};

const make = (dir: string, options: Parameters<typeof makeKeys>[1]): KeyReport => {
  try {
    return makeKeys(dir, options);
  } catch (error) {
    if (error instanceof KeyError) throw usage(error.message);
    throw error;
  }
};

/** `muster keys` and what is below it. */
export const addKeys = (program: Command, io: Io): void => {
  const keys = program
    .command('keys')
    .description('keys with which organisations and services prove who they are');
  withExamples(
    keys
      .command('generate')
      .description('make the keys that are missing; those that exist are kept')
      .argument('[users...]', 'such as kent.actual (default: all)')
      .action((users: string[], _flags: object, command: Command) => {
        checkUsers(users);
        const globals = globalsOf(command);
        const made = make(keysDirOf(globals, io.env), users.length > 0 ? { users } : {});
        return report(io, globals, made);
      }),
    'muster keys generate --keys ./keys',
    'muster keys generate kent.actual kent.exercise --keys ./keys',
  );
  withExamples(
    keys
      .command('rotate')
      .description('replace keys, for instance one that was seen by others')
      .argument('[users...]', 'such as kent.actual')
      .option('--all', 'every key')
      .action((users: string[], flags: { all?: boolean }, command: Command) => {
        if (users.length === 0 && flags.all !== true) {
          throw usage('Name the users whose keys are replaced, such as kent.actual, or say --all');
        }
        if (users.length > 0 && flags.all === true) throw usage('Name users or say --all, not both');
        checkUsers(users);
        const globals = globalsOf(command);
        const made = make(keysDirOf(globals, io.env), {
          rotate: true,
          ...(users.length > 0 ? { users } : {}),
        });
        return report(io, globals, made);
      }),
    'muster keys rotate kent.actual',
    'muster keys rotate --all --keys ./keys',
  );
};
