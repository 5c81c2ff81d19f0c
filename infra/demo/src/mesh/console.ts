import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { because } from '../errors.ts';
import { telling } from './progress.ts';
import type { UpOptions } from './up.ts';

/** Longest that the console may take to build, in milliseconds: seconds, on a machine that has nothing else to do. */
const BUILD_MS_MAX = 5 * 60_000;

/**
 * Builds the console where its sources have changed since it was built. Without it the gateway serves the API alone,
 * so that is said and left.
 */
export const buildConsole = async ({
  repository,
  stopped,
  say,
}: Pick<UpOptions, 'repository' | 'stopped' | 'say'>): Promise<void> => {
  const build = promisify(execFile)(process.execPath, [join(repository, 'services/console/build/main.ts')], {
    timeout: BUILD_MS_MAX,
    signal: stopped,
  });
  await telling(say, () => 'building the console', build).catch((error: unknown) => {
    if (!stopped.aborted) say(`the console cannot be built, so there is the API alone: ${because(error)}`);
  });
};
