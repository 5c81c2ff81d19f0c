import { resolve } from 'node:path';
import { StartError } from '../errors.ts';

/** A broker that runs already, and the folder of the keys that it knows. */
export type GivenBroker = { url: string; keysDir: string };

/**
 * The broker that the environment names; undefined when the start brings its own.
 * @throws StartError when what is named is not enough, or does not go with the options.
 */
export const givenBroker = (
  env: Readonly<Record<string, string | undefined>>,
  fresh: boolean,
): GivenBroker | undefined => {
  const { NATS_URL: url, MUSTER_KEYS_DIR: keysDir } = env;
  if (!url) return undefined;
  if (!keysDir) {
    throw new StartError(
      `NATS_URL names a broker that runs already (${url}). Name the folder of its keys in MUSTER_KEYS_DIR, or unset NATS_URL and a broker is started.`,
    );
  }
  if (fresh) {
    throw new StartError(
      `--fresh forgets the store of a broker that a start has made, not that of ${url}. Leave it out, or unset NATS_URL.`,
    );
  }
  return { url, keysDir: resolve(keysDir) };
};
