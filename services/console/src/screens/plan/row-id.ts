const PREFIX = 'plan-row-';

/** Id of the checkbox of a row of the plan, to which a fault leads. */
export const rowId = (row: number): string => `${PREFIX}${row}`;
export const rowOf = (id: string): number => Number(id.slice(PREFIX.length));
