import type { Mode, RequestView } from '@muster/contracts';
import type { Played, PlayedScenario, Unasked } from './scenario/play.ts';
import type { Scenario } from './scenario/schema.ts';
import type { Expectation } from './scenario/script.ts';
import type { TierReached, Timers } from './scenario/told.ts';

export type LineSummary = {
  host: string;
  request: string;
  line: string;
  code: string;
  wanted: number;
  minimum: number;
  /** Forces asked. */
  asked: number;
  /** Forces that offered, and how many they offered in all. */
  offeredBy: number;
  offered: number;
  /** Forces that declined, by reason. */
  declined: Record<string, number>;
  /** Forces that stayed silent until the answer time. */
  silent: number;
  committed: number;
  unfilled: number;
  /** Why nobody was asked; absent when somebody was. */
  notAsked?: string;
};

export type CheckerReport = { findings: { kind: string; where: string; detail: string }[] };

export type RequestSummary = {
  host: string;
  request: string;
  status: string;
  /** Tiers reached, with when. */
  tiers: readonly TierReached[];
  /** What the broker decided because a time had come. */
  timers: Timers;
};

/** What one play came to. */
export type PlaySummary = {
  scenario: string;
  /** Forces that took part, where some were missing for which the scenario is written: nothing is judged then. */
  castOf?: number;
  lines: LineSummary[];
  requests: RequestSummary[];
  expectations: Expectation[];
  /** What of it does not hold. */
  faults: string[];
};

/** What a start came to. With one play, its parts stand beside the rest. */
export type Summary = {
  mode: Mode;
  plays: PlaySummary[];
  eventsWritten: number;
  doubleBookings: number;
  findings: CheckerReport['findings'];
  /** What does not hold, of every play and by the checker; empty when all does. */
  faults: string[];
};

const countBy = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

const summariseLine = (key: string, view: RequestView, of: RequestView['lines'][number]): LineSummary => {
  const answers = view.answers.filter(({ lineId, unsolicited }) => lineId === of.line.lineId && !unsolicited);
  const offers = view.offers.filter((offer) => offer.lineId === of.line.lineId);
  const committed = offers
    .filter((offer) => offer.status === 'committed')
    .reduce((sum, offer) => sum + (offer.acceptedQuantity ?? 0), 0);
  return {
    host: view.host,
    request: key,
    line: of.line.lineId,
    code: of.line.capabilityCode,
    wanted: of.line.quantity,
    minimum: of.line.minimumQuantity,
    asked: answers.length,
    offeredBy: answers.filter((answer) => answer.answer === 'offered').length,
    offered: offers.reduce((sum, offer) => sum + offer.quantity, 0),
    declined: countBy(
      answers.filter((answer) => answer.answer === 'declined').map((answer) => answer.reasonCode ?? 'other'),
    ),
    silent: answers.filter((answer) => answer.answer === 'expired').length,
    committed,
    unfilled: Math.max(0, of.line.quantity - committed),
  };
};

const summariseUnasked = (key: string, host: string, { line, because }: Unasked): LineSummary => ({
  host,
  request: key,
  line: line.id,
  code: line.code,
  wanted: line.quantity,
  minimum: line.minimum,
  asked: 0,
  offeredBy: 0,
  offered: 0,
  declined: {},
  silent: 0,
  committed: 0,
  unfilled: line.quantity,
  notAsked: because,
});

export const isFilled = (line: LineSummary): boolean => line.unfilled === 0;

const faultsOfLine = (line: LineSummary): string[] => {
  const where = `${line.host} ${line.request}/${line.line}`;
  const declined = Object.values(line.declined).reduce((sum, count) => sum + count, 0);
  const open = line.asked - line.offeredBy - declined - line.silent;
  const faults: string[] = [];
  if (open !== 0)
    faults.push(`${where}: ${open} of the forces asked neither answered nor are named as silent`);
  if (line.committed > line.wanted)
    faults.push(`${where}: committed ${line.committed}, but only ${line.wanted} were wanted`);
  return faults;
};

/** What the scenario expects of the whole country; nothing where fewer forces take part. */
const faultsOfCast = (expected: Scenario['expect'], lines: readonly LineSummary[]): string[] => {
  if (!expected) return [];
  const filled = lines.filter(isFilled).length;
  const short = lines.length - filled;
  const { linesFilledAtLeast, linesShortAtLeast } = expected;
  const faults = lines
    .filter((line) => line.asked === 0)
    .map((line) => `${line.host} ${line.request}/${line.line}: nobody was asked`);
  if (filled < linesFilledAtLeast)
    faults.push(`${filled} lines filled, expected at least ${linesFilledAtLeast}`);
  if (short < linesShortAtLeast) faults.push(`${short} lines short, expected at least ${linesShortAtLeast}`);
  return faults;
};

const isOver = (status: string | undefined): boolean => status === 'closed';

/** Everybody comes home in a play that has no script; a script says itself how its requests end. */
const faultsOfEnds = (lines: readonly LineSummary[], played: readonly Played[]): string[] =>
  played.flatMap(({ key, host, end }) => {
    const any = lines.some((line) => line.host === host && line.request === key && line.committed > 0);
    return any && !isOver(end?.status) ? [`${host} ${key}: is ${end?.status}, not closed`] : [];
  });

const faultsOfExpectations = (met: readonly Expectation[]): string[] =>
  met.filter((each) => !each.met).map(({ what, instead }) => `expected ${what}: ${instead.join('; ')}`);

/**
 * What one play came to, and what of it does not hold.
 * @param cast forces that took part, or undefined where they were those that the scenario is written for.
 */
export const summarisePlay = (
  scenario: Scenario,
  cast: number | undefined,
  { played, met, stopped }: PlayedScenario,
): PlaySummary => {
  const lines = played.flatMap(({ key, host, end, unasked }) => [
    ...(end?.lines.map((of) => summariseLine(key, end, of)) ?? []),
    ...unasked.map((each) => summariseUnasked(key, host, each)),
  ]);
  const faults = [
    ...lines.flatMap(faultsOfLine),
    ...(scenario.steps ? [] : faultsOfEnds(lines, played)),
    ...faultsOfCast(scenario.expect, lines),
    ...faultsOfExpectations(met),
    ...(stopped === undefined || met.some((each) => !each.met) ? [] : [stopped]),
  ];
  return {
    scenario: scenario.name,
    ...(scenario.expect ? {} : { castOf: cast }),
    lines,
    requests: played.map(({ key, host, end, tiers, timers }) => ({
      host,
      request: key,
      status: end?.status ?? 'not-asked',
      tiers,
      timers,
    })),
    expectations: met,
    faults,
  };
};

/** What a start came to: its plays, the checker's word, and what else was found at fault. */
export const summarise = (of: {
  mode: Mode;
  plays: PlaySummary[];
  eventsWritten: number;
  checker: CheckerReport;
  touched: readonly string[];
}): Summary => {
  const { mode, plays, eventsWritten, checker, touched } = of;
  const named = (play: PlaySummary): string[] =>
    play.faults.map((fault) => (plays.length > 1 ? `${play.scenario}: ${fault}` : fault));
  return {
    mode,
    plays,
    eventsWritten,
    doubleBookings: checker.findings.filter((finding) => finding.kind.startsWith('over-committed')).length,
    findings: checker.findings,
    faults: [
      ...plays.flatMap(named),
      ...touched,
      ...checker.findings.map((finding) => `checker: ${finding.kind} at ${finding.where}: ${finding.detail}`),
    ],
  };
};

/** What `--once` ends with: 0, or 1 if anything does not hold or the play came to nothing. */
export const codeOf = (summary: Summary | undefined): number => (summary?.faults.length === 0 ? 0 : 1);

/** The summary for machines: one object, in which the parts of a single play stand beside the rest. */
export const summaryJson = ({ plays, ...rest }: Summary): object => {
  const [only] = plays;
  const marked = { ...(rest.mode === 'exercise' && { exercise: true }), ...rest };
  return plays.length === 1 && only ? { ...only, ...marked } : { plays, ...marked };
};
