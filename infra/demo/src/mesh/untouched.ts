import { createCaller, type Mesh } from '@muster/mesh';
import { StartError } from '../errors.ts';
import { connectAs } from './store.ts';

/** What of the actual mode an exercise must leave as it is. */
export type ActualState = { records: Record<string, number>; taken: string[] };

/** Records of the actual mode that only people's dealings write. */
const DEALINGS = ['request', 'deployment', 'claim'] as const;
/** Longest wait for the registry of the actual mode, in milliseconds. */
const ASK_MS = 30_000;

const countOf = async (admin: Mesh, kind: string): Promise<number> => {
  const { state } = await admin.jsm.streams.info('ASSISTANCE_ACTUAL', {
    subjects_filter: `actual.${kind}.>`,
  });
  return Object.values(state.subjects ?? {}).reduce((sum, count) => sum + count, 0);
};

/** Looks at the actual mode: what was dealt in it, and what of its capacity is taken. */
export const readActual = async (of: { admin: Mesh; keysDir: string; url: string }): Promise<ActualState> => {
  const records: Record<string, number> = {};
  for (const kind of DEALINGS) records[kind] = await countOf(of.admin, kind);
  const mesh = await connectAs(of.keysDir, 'npocc.actual', of.url);
  try {
    const outcome = await createCaller(mesh).ask('actual', 'npocc', 'cover', {}, { deadlineMs: ASK_MS });
    if (outcome.kind !== 'answer')
      throw new StartError(`the registry of the actual mode does not say what is taken: ${outcome.kind}`);
    const rows = outcome.answer.rows.filter(({ taken }) => taken > 0);
    return { records, taken: rows.map(({ code, region, taken }) => `${code} ${region}: ${taken}`).sort() };
  } finally {
    await mesh.close();
  }
};

/** How the actual mode differs from before; empty when an exercise has left it alone. */
export const touchedBy = (before: ActualState, after: ActualState): string[] => [
  ...DEALINGS.filter((kind) => before.records[kind] !== after.records[kind]).map(
    (kind) => `actual mode: ${kind} records went from ${before.records[kind]} to ${after.records[kind]}`,
  ),
  ...(before.taken.join() === after.taken.join()
    ? []
    : [`actual mode: taken capacity went from [${before.taken.join('; ')}] to [${after.taken.join('; ')}]`]),
];
