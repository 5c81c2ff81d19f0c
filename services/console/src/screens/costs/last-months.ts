const name = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

/** The month of an instant and those before it (UTC), the latest first: `2026-11` and `November 2026`. */
export const lastMonths = (now: number, count: number): { value: string; label: string }[] => {
  const at = new Date(now);
  return Array.from({ length: count }, (_, back) => {
    const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - back));
    return { value: first.toISOString().slice(0, 7), label: name.format(first) };
  });
};
