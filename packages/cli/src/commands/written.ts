import { faultsOf, isCommandId, type Point } from '@muster/contracts';
import type { z } from 'zod';
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

export const pointOption = (option: string, written: string): Point => {
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

/** Hundredths of a degree are about a kilometre: nearer than that, where units are is not sent. */
const COARSE = 100;

export const coarse = ({ lat, lon }: Point): Point => ({
  lat: Math.round(lat * COARSE) / COARSE,
  lon: Math.round(lon * COARSE) / COARSE,
});

/**
 * The body as the contract has it.
 * @throws CliError that names every field at fault.
 */
export const checked = <S extends z.ZodType>(schema: S, body: z.input<S>, what: string): z.infer<S> => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw usage(`${what} cannot be sent`, faultsOf(parsed.error));
};
