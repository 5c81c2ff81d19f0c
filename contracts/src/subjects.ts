import { MODES, type Mode } from './codes.ts';
import { isOrg } from './reference/organisations.ts';
import { assertCommandId, assertToken, COMMAND_ID_LENGTH_MAX, isCommandId, isToken } from './tokens.ts';

/** Stands where an event has no single addressee. */
export const FOR_MANY = '_';

/** The organisation name under which the hub's own services act. */
export const HUB = 'hub';

/** The kinds of stream, one of each for every mode: those that hold facts, and what the hub's services remember. */
export const STREAM_KINDS = ['CAPABILITY', 'ASSISTANCE', 'HOME', 'TIMERS', 'ALERTS'] as const;
export type StreamKind = (typeof STREAM_KINDS)[number];

/** Name of the stream of that kind, such as `ASSISTANCE_ACTUAL`. */
export const streamName = (kind: StreamKind, mode: Mode): string => `${kind}_${mode.toUpperCase()}`;

/** Stream of dead letters, shared by both modes. */
export const DEAD_LETTER_STREAM = 'DEADLETTER';

export type AggregateKind =
  | 'capability'
  | 'request'
  | 'offer'
  | 'booking'
  | 'deployment'
  | 'claim'
  | 'home'
  | 'policy';

/**
 * Names one aggregate: `owner` is the host of a request, else the donor force.
 * The one thing from which a guard may be made.
 */
export type Aggregate = { kind: AggregateKind; owner: string; id: string };

/** A key that is unique to the aggregate within one mode. */
export const aggregateKey = (aggregate: Aggregate): string =>
  `${aggregate.kind}.${aggregate.owner}.${aggregate.id}`;

const WIDE: readonly AggregateKind[] = ['request', 'offer', 'deployment', 'claim', 'policy'];
const isWide = (kind: AggregateKind): boolean => WIDE.includes(kind);

/**
 * The filter under which every write to this aggregate is compared and set. All writers must use this
 * function: on a cluster, writers with overlapping but different filters can both win.
 */
export const guardSubject = (mode: Mode, aggregate: Aggregate): string => {
  const base = `${mode}.${aggregate.kind}.${assertToken(aggregate.owner)}.${assertCommandId(aggregate.id)}`;
  return isWide(aggregate.kind) ? `${base}.>` : base;
};

/** Subject of an event of an aggregate that has several kinds of event (request, offer, deployment, claim). */
export const eventSubject = (mode: Mode, aggregate: Aggregate, event: string, addressee?: string): string =>
  `${mode}.${aggregate.kind}.${assertToken(aggregate.owner)}.${assertCommandId(aggregate.id)}.${assertToken(event)}.${
    addressee === undefined ? FOR_MANY : assertToken(addressee)
  }`;

export const capabilitySubject = (mode: Mode, force: string, capabilityId: string): string =>
  `${mode}.capability.${assertToken(force)}.${assertToken(capabilityId)}`;

export const bookingSubject = (mode: Mode, donor: string, capabilityId: string): string =>
  `${mode}.booking.${assertToken(donor)}.${assertToken(capabilityId)}`;

export const homeSubject = (mode: Mode, donor: string, capabilityId: string): string =>
  `${mode}.home.${assertToken(donor)}.${assertToken(capabilityId)}`;

/** Names one deadline of an aggregate; a name may be `confirm-` and an id of full length. */
export type TimerName = { aggregate: Aggregate; name: string };

/** Longest name of a timer, in characters: a word, a hyphen and an id. */
const TIMER_NAME_LENGTH_MAX = COMMAND_ID_LENGTH_MAX + 16;

const isTimerName = (name: string): boolean =>
  name.length <= TIMER_NAME_LENGTH_MAX && /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name);

const assertTimerName = (name: string): string => {
  if (!isTimerName(name)) throw new RangeError(`"${name}" is not the name of a timer`);
  return name;
};

export const timerSubject = (mode: Mode, timer: TimerName): string =>
  `${mode}.timer.${timer.aggregate.kind}.${assertToken(timer.aggregate.owner)}.${assertCommandId(timer.aggregate.id)}.${assertTimerName(timer.name)}`;

export const dueSubject = (mode: Mode, timer: TimerName): string =>
  `${mode}.due.${timer.aggregate.kind}.${assertToken(timer.aggregate.owner)}.${assertCommandId(timer.aggregate.id)}.${assertTimerName(timer.name)}`;

/** `org` is who sends; the server lets an account publish only under its own organisation. */
export const commandSubject = (mode: Mode, org: string, command: string): string =>
  `cmd.${mode}.${assertToken(org)}.${assertToken(command)}`;

export const askSubject = (mode: Mode, org: string, query: string): string =>
  `ask.${mode}.${assertToken(org)}.${assertToken(query)}`;

/** The state of an alert of an organisation. */
export const alertSubject = (mode: Mode, org: string, alertId: string): string =>
  `${mode}.alert.${assertToken(org)}.${assertCommandId(alertId)}`;

/** One order to tell a post of an alert; there is never a second one on its subject. */
export const alertOrderSubject = (
  mode: Mode,
  { org, alertId, step, channel }: { org: string; alertId: string; step: number; channel: string },
): string =>
  `${mode}.page.${assertToken(org)}.${assertCommandId(alertId)}.${assertToken(`${step}-${channel}`)}`;

/** How far a person had read when their duty ended, under a key that says nothing of them. */
export const markSubject = (mode: Mode, org: string, key: string): string =>
  `${mode}.mark.${assertToken(org)}.${assertCommandId(key)}`;

export const deadSubject = (mode: Mode, owner: string, service: string, reason: string): string =>
  `dead.${mode}.${assertToken(owner)}.${assertToken(service)}.${assertToken(reason)}`;

/** What a subject says, taken apart. */
export type ParsedSubject =
  | { kind: 'capability' | 'booking' | 'home'; mode: Mode; aggregate: Aggregate }
  | {
      kind: 'request' | 'offer' | 'deployment' | 'claim' | 'policy';
      mode: Mode;
      aggregate: Aggregate;
      event: string;
      addressee: string | undefined;
    }
  | { kind: 'timer' | 'due'; mode: Mode; timer: TimerName }
  | { kind: 'command' | 'ask'; mode: Mode; org: string; name: string }
  | { kind: 'dead'; mode: Mode; owner: string; service: string; reason: string };

const isMode = (text: string | undefined): text is Mode => MODES.some((mode) => mode === text);

const parseFact = (mode: Mode, tokens: readonly string[]): ParsedSubject | undefined => {
  const [kind, owner, id, event, addressee] = tokens;
  if (owner === undefined || id === undefined || !isOrg(owner) || !isCommandId(id)) return undefined;
  switch (kind) {
    case 'capability':
    case 'booking':
    case 'home':
      return tokens.length === 3 && isToken(id) ? { kind, mode, aggregate: { kind, owner, id } } : undefined;
    case 'request':
    case 'offer':
    case 'deployment':
    case 'claim':
    case 'policy': {
      if (tokens.length !== 5 || event === undefined || addressee === undefined) return undefined;
      if (!isToken(event) || (addressee !== FOR_MANY && !isOrg(addressee))) return undefined;
      const to = addressee === FOR_MANY ? undefined : addressee;
      return { kind, mode, aggregate: { kind, owner, id }, event, addressee: to };
    }
    default:
      return undefined;
  }
};

/** The kinds of aggregate that deadlines belong to. */
const TIMED = ['request', 'deployment', 'claim', 'booking'] as const;
const isTimed = (kind: string | undefined): kind is (typeof TIMED)[number] =>
  TIMED.some((timed) => timed === kind);

const parseTimer = (mode: Mode, tokens: readonly string[]): ParsedSubject | undefined => {
  const [kind, aggregateKind, owner, id, name] = tokens;
  if ((kind !== 'timer' && kind !== 'due') || tokens.length !== 5) return undefined;
  if (!isTimed(aggregateKind)) return undefined;
  if (owner === undefined || id === undefined || name === undefined) return undefined;
  if (!isOrg(owner) || !isCommandId(id) || !isTimerName(name)) return undefined;
  return { kind, mode, timer: { aggregate: { kind: aggregateKind, owner, id }, name } };
};

const parseCall = (tokens: readonly string[]): ParsedSubject | undefined => {
  const [verb, mode, org, name] = tokens;
  if (!isMode(mode) || org === undefined || name === undefined || tokens.length !== 4) return undefined;
  if ((!isOrg(org) && org !== HUB) || !isToken(name)) return undefined;
  return { kind: verb === 'cmd' ? 'command' : 'ask', mode, org, name };
};

const parseDead = (tokens: readonly string[]): ParsedSubject | undefined => {
  const [, mode, owner, service, reason] = tokens;
  if (!isMode(mode) || tokens.length !== 5 || !owner || !service || !reason) return undefined;
  if (!isToken(owner) || !isToken(service) || !isToken(reason)) return undefined;
  return { kind: 'dead', mode, owner, service, reason };
};

/** Takes a subject of the mesh apart, or returns undefined for one that the mesh does not have. */
export const parseSubject = (subject: string): ParsedSubject | undefined => {
  const tokens = subject.split('.');
  const [first, second] = tokens;
  if (first === 'cmd' || first === 'ask') return parseCall(tokens);
  if (first === 'dead') return parseDead(tokens);
  if (!isMode(first)) return undefined;
  const rest = tokens.slice(1);
  return second === 'timer' || second === 'due' ? parseTimer(first, rest) : parseFact(first, rest);
};
