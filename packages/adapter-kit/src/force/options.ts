/** Who decides: the declared policy of the force, or a person at its desk. */
export type Decider = 'automatic' | 'person';

/** How one force wants its adapter to behave. */
export type ForceOptions = {
  /** Folder of the force's roster files. */
  rosterFolder: string;
  /** How long a roster file must stand still before it is read, in milliseconds. */
  settleMs: number;
  /** Life of an advert in seconds, up to 31 days; renewed at about half of it. */
  ttlSeconds: number;
  /** From 0 to 1: share of its adverts that may be withdrawn at once without being confirmed. */
  withdrawShareMax: number;
  answer: Decider;
  confirm: Decider;
  /** By what way people decide: with the force's own credentials alone, or by the hub's gateway too. */
  decisions: 'own' | 'gateway';
  /** Whether units that were released before they set out are reported home by policy. */
  returnUndeparted: Decider;
};

/** An event that could not be handled yet. */
export type Blocked = { seq: number; since: string; because: string };

/** How a force stands, for its health page. */
export type ForceHealth = {
  force: string;
  state: 'resuming' | 'ready' | 'stopped';
  /** Why it is not ready, or what is amiss though it is. */
  because?: string | undefined;
  remedy?: string | undefined;
  /** Adverts that stand. */
  adverts: number;
  /** Capabilities in the home ledger. */
  homeRecords: number;
  /** Problems in the roster as last read. */
  rosterProblems: number;
  /** What a person has to confirm, in words. */
  held?: string | undefined;
  /** Adverts that the broker has not acknowledged yet. */
  unsent: number;
  /** What the force's durable waits for since when: nothing after it is handled before it is. */
  blocked?: Blocked | undefined;
  /** Capabilities whose bookings wait for an event that is not to be had; the force's other work goes on. */
  parked: { capabilityId: string; since: string; because: string }[];
  /** Events of the force's durable settled since the start. */
  handled: number;
};
