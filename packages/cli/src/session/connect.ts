import { ConnectError, connect, type Mesh, readSeed, systemClock } from '@muster/mesh';
import { pino } from 'pino';
import { CliError, EXIT } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Place } from './settings.ts';

const unreachable = (code: string, error: unknown, remedy?: string): CliError =>
  new CliError(
    {
      exit: EXIT.unreachable,
      code,
      because: error instanceof Error ? error.message : String(error),
      remedy,
    },
    { cause: error },
  );

const seedOf = (place: Place, user: string): string => {
  try {
    return readSeed(place.keysDir, user);
  } catch (error) {
    throw unreachable(
      'no-credentials',
      error,
      `The keys of ${user} are looked for in ${place.keysDir}; name another folder with --keys.`,
    );
  }
};

/** Log lines of the mesh's own code go to the error output, and only when LOG_LEVEL asks for them. */
const logTo = (io: Io) => pino({ level: io.env.LOG_LEVEL ?? 'silent' }, { write: (line) => io.err(line) });

/**
 * Connects as one user of the keys folder, such as `kent.actual` or `hub-admin`.
 * @throws CliError when the seed is missing, the broker is out of reach, or it refuses the key.
 */
export const connectAs = async (io: Io, place: Place, user: string): Promise<Mesh> => {
  const seed = seedOf(place, user);
  try {
    return await connect({
      servers: place.url,
      seed,
      name: `muster ${user}`,
      clock: systemClock,
      log: logTo(io),
    });
  } catch (error) {
    if (error instanceof ConnectError) throw unreachable(error.code, error);
    throw error;
  }
};
