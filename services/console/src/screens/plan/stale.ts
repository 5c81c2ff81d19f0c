import type { FieldFault } from '@muster/contracts';

const PLACE = /^assignments\[(\d+)\]/;

/** What no longer holds, by the row of the plan; the API names places in what was sent, which held only some rows. */
export const goneRows = (
  faults: readonly FieldFault[],
  sent: readonly number[],
): ReadonlyMap<number, string> =>
  new Map(
    faults.flatMap(({ path, because }): [number, string][] => {
      const row = sent[Number(PLACE.exec(path)?.[1])];
      return row === undefined ? [] : [[row, because]];
    }),
  );
