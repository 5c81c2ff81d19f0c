import path from 'node:path';
import { passed } from '../outcome.mjs';
import { NATS_PIN } from '../pins.mjs';
import { onPath, run, whatWentWrong } from '../proc.mjs';

const WHERE = 'container image';

/** The official image; its server is one static file at its root. */
const IMAGE = `nats:${NATS_PIN}`;

/** Longest that fetching the image may take, in milliseconds. */
const PULL_MS_MAX = 5 * 60_000;

/**
 * Copies the server out of the official image.
 * @param {import('../outcome.mjs').Setting} setting
 * @param {string} folder for the result
 * @returns {Promise<import('./fetch.mjs').Fetched>}
 */
export async function fromContainer(setting, folder) {
  if (setting.platform !== 'linux')
    return passed(WHERE, `its server runs on Linux, not on ${setting.platform}`);
  const docker = onPath('docker', setting.env)[0];
  if (docker === undefined) return passed(WHERE, 'there is no docker on PATH');
  const { env } = setting;
  const engine = await run(docker, ['info'], { env });
  if (engine.trouble !== undefined)
    return passed(WHERE, `no engine answers: docker info ${whatWentWrong(engine)}`);

  const made = await run(docker, ['create', IMAGE], { env, timeoutMs: PULL_MS_MAX });
  if (made.trouble !== undefined) return passed(WHERE, `docker create ${IMAGE} ${whatWentWrong(made)}`);
  const id = made.stdout.trim().split('\n').at(-1) ?? '';
  const file = path.join(folder, 'nats-server');
  const copied = await run(docker, ['cp', `${id}:/nats-server`, file], { env });
  const removed = await run(docker, ['rm', id], { env });
  if (removed.trouble !== undefined)
    setting.say.note(`container ${id} could not be removed: ${removed.trouble}`);
  if (copied.trouble !== undefined) return passed(WHERE, `docker cp ${whatWentWrong(copied)}`);
  return { kind: 'fetched', file, via: `${WHERE} ${IMAGE}` };
}
