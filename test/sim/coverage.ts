/** How often something was tried, by what came of it. */
export type Tally = { accepted: number; refused: number; nothing: number; codes: Map<string, number> };

/** Counts what came of every command, so that a run can show what it has really tried. */
export const createCoverage = () => {
  const tallies = new Map<string, Tally>();
  return {
    tallies: tallies as ReadonlyMap<string, Tally>,
    count(name: string, what: 'accepted' | 'nothing' | { refused: string }): void {
      const tally = tallies.get(name) ?? { accepted: 0, refused: 0, nothing: 0, codes: new Map() };
      tallies.set(name, tally);
      if (typeof what === 'string') tally[what] += 1;
      else {
        tally.refused += 1;
        tally.codes.set(what.refused, (tally.codes.get(what.refused) ?? 0) + 1);
      }
    },
    /** One line for each name: accepted, refused with each code, nothing to do. */
    report(): string {
      return [...tallies]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { accepted, refused, nothing, codes }]) => {
          const why = [...codes].map(([code, count]) => `${code} ${count}`).join(', ');
          return `${name.padEnd(24)} ${accepted} done, ${nothing} nothing to do, ${refused} refused (${why})`;
        })
        .join('\n');
    },
  };
};
export type Coverage = ReturnType<typeof createCoverage>;
