/** The late ones before the others, each in the order in which they came. */
export const lateFirst = <Row extends { isLate: boolean }>(rows: readonly Row[]): Row[] => [
  ...rows.filter(({ isLate }) => isLate),
  ...rows.filter(({ isLate }) => !isLate),
];
