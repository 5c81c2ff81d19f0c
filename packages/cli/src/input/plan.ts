import { writeFileSync } from 'node:fs';
import { faultsOf, MODES, type Mode, orgId, type PlanView, planView } from '@muster/contracts';
import { z } from 'zod';
import { usage } from '../errors.ts';
import { readDocument } from './file.ts';

/** Only whoever asked for a plan may read it: it says who lends what. */
const FILE_MODE = 0o600;

/** A plan as it was shown, kept until it is approved. */
const savedPlan = z.object({ mode: z.enum(MODES), org: orgId, plan: planView });

export const savePlan = (path: string, saved: z.infer<typeof savedPlan>): void => {
  try {
    writeFileSync(path, `${JSON.stringify(saved)}\n`, { mode: FILE_MODE });
  } catch (error) {
    throw usage(`The plan cannot be saved: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/**
 * Reads a plan that was saved.
 * @throws CliError when it is none, or one of the other mode.
 */
export const readPlan = (path: string, mode: Mode): PlanView => {
  const read = savedPlan.safeParse(readDocument(path));
  if (!read.success) throw usage(`${path} is not a plan that muster saved`, faultsOf(read.error));
  if (read.data.mode !== mode) {
    throw usage(`${path} is a plan of mode ${read.data.mode}, and this is ${mode}`);
  }
  return read.data.plan;
};
