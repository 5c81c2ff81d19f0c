import { isCommandId } from '@muster/contracts';
import { usage } from '../errors.ts';
import { readPoint } from '../input/places.ts';
import { readTime } from '../input/times.ts';
import type { Io } from '../io.ts';

/**
 * The instant that an option means.
 * @throws CliError that names the option.
 */
export const timeOption = (io: Io, option: string, written: string): string => {
  const read = readTime(written, io.now());
  if (read.ok) return read.instant;
  throw usage(`${option}: ${read.because}`, [{ path: option, because: read.because }]);
};

/** As {@link timeOption}, for an option that may be left out. */
export const timeIfGiven = (io: Io, option: string, written: string | undefined): string | undefined =>
  written === undefined ? undefined : timeOption(io, option, written);

export const pointOption = (option: string, written: string): { lat: number; lon: number } => {
  const read = readPoint(written);
  if (read.ok) return { lat: read.place.lat, lon: read.place.lon };
  throw usage(`${option}: ${read.because}`, [{ path: option, because: read.because }]);
};

/** The id under which a command is stored: the one given, or a new one. */
export const commandIdOf = (io: Io, written: string | undefined): string => {
  if (written === undefined) return io.newId();
  if (isCommandId(written)) return written;
  throw usage(`--command-id: "${written}" may hold letters, digits, "_" and "-" only, at most 64 of them`);
};
