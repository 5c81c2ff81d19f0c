import { watch } from 'node:fs';
import { publicKeys } from '@muster/mesh';

/** Keys are written one by one; this long after the last one they are taken together, in milliseconds. */
const SETTLE_MS = 200;

export type KeysWatch = {
  /** Ends the watch; resolves when a change that is being taken up has been. */
  stop(): Promise<void>;
};

/** The users whose key differs. */
const changedUsers = (before: Record<string, string>, after: Record<string, string>): string[] =>
  Object.keys(after).filter((user) => after[user] !== before[user]);

/**
 * Watches the keys folder and hands over the users whose keys were replaced, one change after the other.
 * @param failed gets why a change could not be taken up; it is handed over again with the next one.
 */
export const watchKeys = (
  dir: string,
  changed: (users: string[]) => Promise<void>,
  failed: (error: unknown) => void,
): KeysWatch => {
  let known = publicKeys(dir);
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  const look = async (): Promise<void> => {
    const now = publicKeys(dir);
    const users = changedUsers(known, now);
    if (users.length === 0) return;
    await changed(users);
    known = now;
  };
  const watcher = watch(dir, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      work = work.then(look).catch(failed);
    }, SETTLE_MS);
  });
  watcher.on('error', failed);
  return {
    stop: async () => {
      clearTimeout(timer);
      watcher.close();
      await work;
    },
  };
};
