import { basename, resolve } from 'node:path';
import { watch } from 'chokidar';
import { CONFIRMATION_FILE } from '../diff/confirmation.ts';
import { isRosterFile } from './folder.ts';

/** Looks at a growing file per settling time. */
const POLLS_PER_SETTLING = 4;

export type RosterWatch = { ready: Promise<void>; close(): Promise<void> };

/**
 * Watches a roster folder and calls `onChange` once for changes that come together, when the files have stood
 * still for `settleMs` milliseconds. A file replaced by renaming counts as one change; hidden and temporary
 * files, and folders inside, are left alone.
 */
export const watchRoster = (
  folder: string,
  settleMs: number,
  onChange: () => void,
  onError: (error: unknown) => void,
): RosterWatch => {
  const root = resolve(folder);
  const watcher = watch(root, {
    depth: 0,
    ignoreInitial: true,
    atomic: true,
    ignored: (path) => resolve(path) !== root && !isRosterFile(path) && basename(path) !== CONFIRMATION_FILE,
    awaitWriteFinish: {
      stabilityThreshold: settleMs,
      pollInterval: Math.max(10, Math.ceil(settleMs / POLLS_PER_SETTLING)),
    },
  });
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, settleMs);
  });
  watcher.on('error', onError);
  return {
    ready: new Promise((done) => {
      watcher.once('ready', () => done());
    }),
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
};
