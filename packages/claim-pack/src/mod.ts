// What is taken away of claims, made from stored events alone: the pack of one, and the claims of a month.

export { csvOf, linesCsv, stepsCsv } from './csv.ts';
export type { PackEvent } from './facts.ts';
export { htmlOf } from './html.ts';
export { pounds, showMoney } from './money.ts';
export { claimsOfMonth, type Month, monthCsv, readMonth } from './month.ts';
export { monthFileName, packName } from './names.ts';
export { type ClaimName, type ClaimPack, packOf } from './pack.ts';
