import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './cache.mjs';
import { installDependencies } from './deps.mjs';
import { handOver } from './handover.mjs';
import { findServer, serverAtHand } from './nats/find.mjs';
import { findNode } from './node.mjs';
import { findPnpm, PNPM_ENV } from './pnpm.mjs';
import { onPath } from './proc.mjs';
import { refusalText, sayTo } from './say.mjs';
import { TASKS } from './tasks.mjs';

/** The exit code for a command line that is not understood. */
const CODE_USAGE = 2;

/**
 * Prepares the machine for a task and runs it; sets the exit code of this process.
 * @param {readonly string[]} argv task and its arguments
 */
export async function main(argv) {
  const [name, ...args] = argv;
  const task = TASKS.get(name ?? '');
  if (task === undefined || (task.command === 'any' && args.length === 0)) {
    const names = [...TASKS.keys()].join('|');
    console.error(`muster: usage: node infra/bootstrap/run.mjs ${names} [arguments]\n  exec takes a command`);
    process.exitCode = CODE_USAGE;
    return;
  }
  const setting = settingOf(process);
  const tools = await prepare(setting, task);
  if (tools === undefined) {
    process.exitCode = 1;
    return;
  }
  const [command, ...first] = commandOf(task, args, setting.root, tools);
  process.exitCode = await handOver(command ?? '', first, {
    // A command of the user's own, and the paths that a CLI is given, are meant from where the user is.
    cwd: task.command === 'pnpm' ? setting.root : process.cwd(),
    env: tools.env,
  });
}

/**
 * @param {import('./tasks.mjs').Task} task
 * @param {readonly string[]} args
 * @param {string} root
 * @param {{ node: string, pnpm: string }} tools
 */
function commandOf(task, args, root, tools) {
  switch (task.command) {
    case 'node':
      return [tools.node, ...(task.flags ?? []), path.join(root, task.target), ...args];
    case 'pnpm':
      return [tools.pnpm, 'run', task.target, ...args];
    case 'any':
      return args;
  }
}

/**
 * @param {NodeJS.Process} from
 * @returns {import('./outcome.mjs').Setting}
 */
function settingOf(from) {
  const root = path.resolve(fileURLToPath(import.meta.url), '../../..');
  return {
    root,
    cache: cacheFolder(root, from.env),
    env: from.env,
    platform: from.platform,
    arch: from.arch,
    say: sayTo((text) => process.stderr.write(text)),
  };
}

/**
 * Brings everything that the task needs, or says all that is in the way.
 * @param {import('./outcome.mjs').Setting} setting
 * @param {import('./tasks.mjs').Task} task
 */
async function prepare(setting, task) {
  if (!existsSync(setting.cache)) {
    setting.say.note(
      `what is missing is fetched into ${setting.cache}, once: about a minute, needs a network`,
    );
  }
  const [toolchain, server] = await Promise.all([prepareToolchain(setting), prepareServer(setting, task)]);
  const refusals = [toolchain, server].filter((outcome) => outcome.kind === 'refused');
  if (refusals.length > 0) {
    console.error(['muster: not ready to run.', ...new Set(refusals.map(refusalText))].join('\n'));
  }
  if (toolchain.kind === 'refused' || server.kind === 'refused') return undefined;
  const bin = server.kind === 'found' ? { NATS_SERVER_BIN: server.bin } : {};
  return { node: toolchain.node, pnpm: toolchain.pnpm, env: { ...toolchain.env, ...bin } };
}

/** @param {import('./outcome.mjs').Setting} setting */
async function prepareToolchain(setting) {
  const running = { version: process.versions.node, bin: process.execPath };
  const [node, pnpm] = await Promise.all([findNode(setting, running), findPnpm(setting)]);
  if (node.kind === 'refused') return node;
  if (pnpm.kind === 'refused') return pnpm;
  const env = {
    // Sources are read as they are, which costs each process a second and 20 MiB unless Node keeps what it made of them.
    NODE_COMPILE_CACHE: path.join(setting.cache, 'compiled'),
    ...setting.env,
    ...PNPM_ENV,
    PATH: pathFor(node.bin, pnpm.bin, setting.env),
  };
  const dependencies = await installDependencies(setting, pnpm, env);
  if (dependencies.kind === 'refused') return dependencies;
  return { kind: /** @type {const} */ ('found'), node: node.bin, pnpm: pnpm.bin, env };
}

/**
 * A PATH on which our pnpm and Node come first. The folder of a Node may hold much else, so it is put there
 * only where another Node would be found before it.
 * @param {string} node
 * @param {string} pnpm
 * @param {Record<string, string | undefined>} env
 */
function pathFor(node, pnpm, env) {
  const first = onPath('node', env)[0];
  const isFirst = first !== undefined && realpathSync(first) === realpathSync(node);
  const folders = [path.dirname(pnpm), ...(isFirst ? [] : [path.dirname(node)]), env.PATH];
  return folders.join(path.delimiter);
}

/**
 * @param {import('./outcome.mjs').Setting} setting
 * @param {import('./tasks.mjs').Task} task
 */
async function prepareServer(setting, task) {
  if (task.server === 'unused') return { kind: /** @type {const} */ ('none') };
  if (task.server === 'if-at-hand' || setting.env.NATS_URL) {
    const { found } = await serverAtHand(setting);
    return found ?? { kind: /** @type {const} */ ('none') };
  }
  return findServer(setting);
}
