import type { AnswerView, Board, StoredEventView } from '@muster/contracts';
import type {
  Amount,
  BoardCheck,
  Check,
  DeploymentCheck,
  EventCheck,
  FreeCheck,
  LineCheck,
  RequestCheck,
} from './checks.ts';
import { type Evidence, secondsAfter, shortType } from './evidence.ts';

/** What holds instead of what was expected; none when all of it holds. */
export type Faults = string[];

/** What a check is judged by. */
export type Sources = {
  evidence(request: string): Promise<Evidence>;
  board(org: string): Promise<Board>;
  free(of: FreeCheck): Promise<number>;
  /** The id under which a request of the scenario runs. */
  requestId(request: string): string;
};

const fits = (value: number, amount: Amount): boolean =>
  typeof amount === 'number'
    ? value === amount
    : value >= (amount.atLeast ?? Number.NEGATIVE_INFINITY) &&
      value <= (amount.atMost ?? Number.POSITIVE_INFINITY);

export const amountText = (amount: Amount): string => {
  if (typeof amount === 'number') return String(amount);
  const { atLeast, atMost } = amount;
  const parts = [
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
  ];
  return parts.join(' and ');
};

const judge = (what: string, value: number, amount: Amount | undefined): Faults =>
  amount === undefined || fits(value, amount) ? [] : [`${what} is ${value}, expected ${amountText(amount)}`];

/** Whether the fields of a body are as they are wanted; only what is named is looked at. */
const includes = (data: unknown, wanted: unknown): boolean => {
  if (typeof wanted !== 'object' || wanted === null) return data === wanted;
  if (typeof data !== 'object' || data === null) return false;
  return Object.entries(wanted).every(([name, value]) => includes(Reflect.get(data, name), value));
};

const ofEvent = ({ event, where, count, afterSeconds }: EventCheck, { view, events }: Evidence): Faults => {
  const found: StoredEventView[] = events.filter(
    ({ envelope, data }) => shortType(envelope.type) === event && includes(data, where),
  );
  const [first] = found;
  return [
    ...judge(`the number of ${event}`, found.length, count),
    ...(first && afterSeconds !== undefined
      ? judge(`the first ${event}, in seconds,`, secondsAfter(view, first), afterSeconds)
      : []),
  ];
};

/** Whether the force was asked, and did not offer unsolicited. */
const wasAsked = ({ unsolicited }: AnswerView): boolean => unsolicited === undefined;

const ofLine = (check: LineCheck, { view }: Evidence): Faults => {
  const state = view.lines.find(({ line }) => line.lineId === check.line);
  if (!state) return [`there is no line ${check.line}`];
  const answers = view.answers.filter(({ lineId }) => lineId === check.line);
  const count = (answer: string): number => answers.filter((each) => each.answer === answer).length;
  const taken = view.offers
    .filter(({ lineId, status }) => lineId === check.line && status === 'committed')
    .reduce((sum, { acceptedQuantity = 0 }) => sum + acceptedQuantity, 0);
  const others = Object.entries(check.declinedBy ?? {}).flatMap(([force, reason]) => {
    const said = answers.find((each) => each.force === force);
    return said?.answer === 'declined' && said.reasonCode === reason
      ? []
      : [`${force} said ${said?.answer ?? 'nothing'} ${said?.reasonCode ?? ''}, expected ${reason}`];
  });
  return [
    ...judge('committed', taken, check.committed),
    ...judge('unfilled', state.line.quantity - taken, check.unfilled),
    ...judge('the number of forces asked', answers.filter(wasAsked).length, check.asked),
    ...judge('the number of forces that declined', count('declined'), check.declined),
    ...judge('the number of silent forces', count('expired'), check.silent),
    ...others,
  ];
};

const ofRequest = ({ status, tier }: RequestCheck, { view }: Evidence): Faults => [
  ...(status === undefined || status.includes(view.status)
    ? []
    : [`it is ${view.status}, expected ${status.join(' or ')}`]),
  ...judge('the tier', view.tier, tier),
];

const ofDeployments = (check: DeploymentCheck, { deployments }: Evidence): Faults => {
  const found = deployments.filter(
    ({ donor, lineId, status }) =>
      (check.donor === undefined || donor === check.donor) &&
      (check.line === undefined || lineId === check.line) &&
      (check.status === undefined || check.status.includes(status)),
  );
  return judge('the number of such deployments', found.length, check.deployments);
};

const ofBoard = (check: BoardCheck, { actions }: Board, requestId: string | undefined): Faults => {
  const found = actions.filter(
    (action) =>
      action.kind === check.waits &&
      (requestId === undefined || action.requestId === requestId) &&
      (check.isMine === undefined || action.isMine === check.isMine) &&
      (check.isLate === undefined || action.isLate === check.isLate),
  );
  return judge(`what waits on the board of ${check.board}`, found.length, check.count);
};

/** What of a check does not hold at this moment. */
export const evaluate = async (check: Check, sources: Sources): Promise<Faults> => {
  if ('board' in check) {
    const requestId = check.request === undefined ? undefined : sources.requestId(check.request);
    return ofBoard(check, await sources.board(check.board), requestId);
  }
  if ('free' in check) {
    return judge(`what ${check.force} ${check.capability} has free`, await sources.free(check), check.free);
  }
  const evidence = await sources.evidence(check.request);
  if ('event' in check) return ofEvent(check, evidence);
  if ('deployments' in check) return ofDeployments(check, evidence);
  return 'line' in check ? ofLine(check, evidence) : ofRequest(check, evidence);
};
