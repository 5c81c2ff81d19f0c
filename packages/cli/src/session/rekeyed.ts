import { setTimeout as pauseFor } from 'node:timers/promises';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import { connectAs } from './connect.ts';
import type { Place } from './settings.ts';

/** How long a running npm start may take to hand new keys to its broker, in milliseconds. */
const KNOWN_MS_MAX = 10_000;
/** Time between two tries, in milliseconds. */
const TRY_EVERY_MS = 200;

/** True as soon as the broker knows the new key of one of the users; false where it is away or does not. */
export const connectWhenKnown = async (io: Io, place: Place, users: readonly string[]): Promise<boolean> => {
  const [user = ''] = users;
  const deadline = io.now() + KNOWN_MS_MAX;
  while (!io.interrupted.aborted) {
    try {
      const mesh = await connectAs(io, place, user);
      await mesh.close();
      return true;
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      if (error.fault.code === 'unreachable' || io.now() > deadline) return false;
      await pauseFor(TRY_EVERY_MS);
    }
  }
  return false;
};
