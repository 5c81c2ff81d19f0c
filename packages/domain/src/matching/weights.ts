/** What one unit of each term costs a candidate; the lower the sum, the better it ranks. */
export type Weights = {
  version: string;
  /** For each minute after the start of the line at which the units arrive. */
  lateness: number;
  /** For each minute on the road. */
  travel: number;
  /** For a donor outside the host's region. */
  tier: number;
  /** For the donor's whole gross quantity of the code being lent; a share counts in proportion. */
  strain: number;
  /** For all units asked for being such as the donor keeps back for itself; a share counts in proportion. */
  reserve: number;
  /** For each scheme held that the line does not ask for, so that rare skills are kept for those who need them. */
  skillFit: number;
  /** No tariff is known to the mesh, so cost is shown as not known and weighs nothing. */
  cost: number;
};

/** The weights in use. A change is a new version, so that a rank can be explained later. */
export const WEIGHTS: Weights = {
  version: '2',
  lateness: 1,
  travel: 0.25,
  tier: 30,
  strain: 60,
  reserve: 240,
  skillFit: 1,
  cost: 0,
};
