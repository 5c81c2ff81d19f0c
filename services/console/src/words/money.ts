const PENCE_PER_POUND = 100;

const sterling = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

/** Pence as people read them: `£1,234.56`. */
export const money = (pence: number): string => sterling.format(pence / PENCE_PER_POUND);

/** Pence as a field for pounds has them: `400.01`. */
export const poundsOf = (pence: number): string => (pence / PENCE_PER_POUND).toFixed(2);

/** Whole pence of what was written as pounds, such as `1,200` or `£400.01`; undefined when it is no amount. */
export const penceOf = (text: string): number | undefined => {
  const [, pounds, pence = ''] = /^£?(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text.replaceAll(/[\s,]/g, '')) ?? [];
  return pounds === undefined ? undefined : Number(pounds) * PENCE_PER_POUND + Number(pence.padEnd(2, '0'));
};
