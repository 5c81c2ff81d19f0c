const name = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });
const inLondon = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  month: 'numeric',
  year: 'numeric',
});

/** The month of an instant in London and those before it, the latest first: `2026-11` and `November 2026`. */
export const lastMonths = (now: number, count: number): { value: string; label: string }[] => {
  const parts = new Map(inLondon.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  const [year = 0, month = 1] = [parts.get('year'), parts.get('month')];
  return Array.from({ length: count }, (_, back) => {
    const first = new Date(Date.UTC(year, month - 1 - back));
    return { value: first.toISOString().slice(0, 7), label: name.format(first) };
  });
};
