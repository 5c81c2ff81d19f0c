import {
  type ApprovalRoute,
  type CommandBody,
  NATIONAL_CENTRE,
  type RecipientChoice,
  type RequestLine,
} from '@muster/contracts';
import type { RequestState } from '@muster/domain';
import { CODES, DONORS, HOSTS, POSTS, place, rationale, terms } from '../cast.ts';
import type { Generators, Stage } from './stage.ts';

const isLive = ({ phase }: RequestState): boolean => phase.kind === 'live';

const lineOf = ({ dice, after }: Stage, lineId: string): RequestLine => {
  const quantity = 1 + dice.below(4);
  const start = dice.below(600) - 30;
  const isQueue = dice.once(6);
  return {
    ...{ lineId, quantity, minimumQuantity: 1 + dice.below(quantity) },
    capabilityCode: CODES[isQueue ? 1 : 0],
    from: after(start),
    to: after(start + (isQueue ? 10_080 : 240 + dice.below(1_200))),
    reportTo: place,
    accreditations: isQueue ? [] : ['PO-L2'],
  };
};

const recipientsOf = ({ dice }: Stage): RecipientChoice => {
  if (dice.once(4)) return { kind: 'nearest', count: 2 + dice.below(4) };
  if (dice.once(4)) return { kind: 'waves', size: 1 + dice.below(3), everyMinutes: 5 + dice.below(20) };
  const first = dice.below(DONORS.length - 6);
  return { kind: 'forces', forces: DONORS.slice(first, first + 2 + dice.below(5)) };
};

const contentOf = (stage: Stage) => {
  const { dice, after } = stage;
  return {
    lines: Array.from({ length: 1 + dice.below(2) }, (_, n) => lineOf(stage, `l${n}`)),
    terms,
    recipients: recipientsOf(stage),
    answerBy: after(dice.once(30) ? -5 : 20 + dice.below(90)),
    confirmWithinMinutes: 5 + dice.below(90),
    ...(dice.once(2) && { escalation: dice.of(['automatic', 'by-hand'] as const) }),
    ...(dice.once(2) && { tier: 1 + dice.below(2) }),
    ...(dice.once(3) && { costLimitPence: dice.of([1_000, 2_500] as const) }),
  };
};

const routeOf = ({ dice, after }: Stage): ApprovalRoute | undefined => {
  if (dice.once(4)) return { kind: 'person' };
  if (dice.once(5)) return { kind: 'oral', post: POSTS.approver.id, at: after(-5), reason: 'By radio' };
  return dice.once(4) ? { kind: 'policy' } : undefined;
};

const waits = ({ phase, oral }: RequestState): boolean => phase.kind === 'awaiting' || oral?.isOpen === true;

const decider = ({ dice }: Stage) => (dice.once(8) ? POSTS.requester : POSTS.approver);

type Amend = Partial<CommandBody<'request-amend'>>;

const changeOf = (stage: Stage, request: RequestState): Amend => {
  const { dice, after } = stage;
  const line = dice.pick(request.lines);
  if (!line || dice.once(4)) return { answerBy: after(10 + dice.below(60)) };
  if (dice.once(4)) return { lines: [lineOf(stage, `l${request.lines.length}`)] };
  if (dice.once(3)) return { terms: { ...terms, urgency: 'EXPECTED' } };
  return { lines: [{ ...line, quantity: line.quantity + 1 + dice.below(2) }] };
};

/** How requests are written, sent, decided, changed and taken back. */
export const REQUEST_GENERATORS = {
  'request-create': (stage) => {
    const approvalRoute = routeOf(stage);
    return {
      ...{ org: stage.dice.of(HOSTS), actor: POSTS.requester },
      body: { ...contentOf(stage), ...(approvalRoute && { approvalRoute }) },
    };
  },
  'request-draft': (stage) => {
    const { dice, requests } = stage;
    const again = dice.once(3) ? dice.prefer(requests, ({ phase }) => phase.kind === 'draft') : undefined;
    return {
      ...{ org: again?.host ?? dice.of(HOSTS), actor: POSTS.requester },
      body: { ...contentOf(stage), ...(again && { requestId: again.requestId }) },
    };
  },
  'request-submit': (stage) => {
    const { dice, requests, after } = stage;
    const request = dice.prefer(requests, ({ phase }) => phase.kind === 'draft');
    if (!request) return undefined;
    const { host: org, requestId } = request;
    const approvalRoute = routeOf(stage);
    const answerBy = request.answerBy < stage.now ? { answerBy: after(20) } : {};
    return {
      org,
      actor: POSTS.requester,
      body: { requestId, ...(approvalRoute && { approvalRoute }), ...answerBy },
    };
  },
  'request-approve': (stage) => {
    const request = stage.dice.prefer(stage.requests, waits);
    if (!request) return undefined;
    const { host: org, requestId } = request;
    return { org, actor: decider(stage), body: { requestId, rationale } };
  },
  'request-refuse': (stage) => {
    const request = stage.dice.prefer(stage.requests, waits);
    if (!request) return undefined;
    const { host: org, requestId } = request;
    return { org, actor: decider(stage), body: { requestId, rationale, reason: 'Not proportionate' } };
  },
  'request-amend': (stage) => {
    const request = stage.dice.prefer(stage.requests, isLive);
    if (!request) return undefined;
    const { host: org, requestId } = request;
    return {
      ...{ org, actor: decider(stage) },
      body: { requestId, ...changeOf(stage, request), reason: 'Needs have changed', rationale },
    };
  },
  'request-cancel': ({ dice, requests }) => {
    const request = dice.prefer(requests, isLive);
    if (!request) return undefined;
    const { host, requestId } = request;
    const isNational = dice.once(4);
    return {
      ...{ org: isNational ? NATIONAL_CENTRE : host },
      actor: isNational ? POSTS.national : POSTS.requester,
      body: { requestId, ...(isNational && { host }), reasonCode: 'resolved', reason: 'It is over' },
    };
  },
} satisfies Generators<
  | 'request-create'
  | 'request-draft'
  | 'request-submit'
  | 'request-approve'
  | 'request-refuse'
  | 'request-amend'
  | 'request-cancel'
>;
