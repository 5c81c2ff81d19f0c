import { type Actor, NATIONAL_CENTRE } from '@muster/contracts';
import { type RequestState, regionOf } from '@muster/domain';
import { DONORS, HOSTS, POSTS } from '../cast.ts';
import type { Generators, Stage } from './stage.ts';

const isLive = ({ phase }: RequestState): boolean => phase.kind === 'live';

type Who = { org: string; actor: Actor };

/** The host, its regional centre, or the national centre; now and then one that has no say. */
const coordinator = ({ dice }: Stage, host: string): Who => {
  const all: [Who, ...Who[]] = [
    { org: host, actor: POSTS.approver },
    { org: `ricc-${regionOf(host)}`, actor: POSTS.region },
    { org: NATIONAL_CENTRE, actor: POSTS.national },
  ];
  return dice.once(8) ? { org: dice.of(DONORS), actor: POSTS.donor } : dice.of(all);
};

/** How far a request goes, and who has seen it. */
export const REACH_GENERATORS = {
  'request-escalate': (stage) => {
    const request = stage.dice.prefer(stage.requests, (each) => isLive(each) && each.tier < 3);
    if (!request) return undefined;
    const { host, requestId, tier } = request;
    const toTier = Math.min(3, tier + 1);
    return {
      ...coordinator(stage, host),
      body: { host, requestId, toTier, reasonCode: 'urgency', reason: 'It spreads' },
    };
  },
  'escalation-accept': (stage) => {
    const request = stage.dice.prefer(
      stage.requests,
      (each) => isLive(each) && each.reach.asked !== undefined,
    );
    if (!request) return undefined;
    const { host, requestId } = request;
    return { ...coordinator(stage, host), body: { host, requestId } };
  },
  'unfilled-acknowledge': (stage) => {
    const { dice, requests } = stage;
    const request = dice.prefer(requests, (each) => isLive(each) && each.unfilled.size > 0);
    if (!request) return undefined;
    const { host, requestId } = request;
    const lineId = dice.pick([...request.unfilled.keys()]) ?? 'l0';
    return { ...coordinator(stage, host), body: { host, requestId, lineId, note: 'Seen' } };
  },
  'request-acknowledge': ({ dice, requests, now }) => {
    const request = dice.prefer(requests, isLive);
    if (!request) return undefined;
    const { host, requestId, recipients } = request;
    const org = dice.pick(recipients)?.force ?? dice.of(DONORS);
    return { org, actor: POSTS.donor, body: { host, requestId, receivedAt: now } };
  },
  'request-ask': ({ dice, requests, after }) => {
    const request = dice.prefer(requests, isLive);
    if (!request) return undefined;
    const { host, requestId } = request;
    return {
      ...{ org: dice.once(10) ? dice.of(HOSTS) : host, actor: POSTS.requester },
      body: {
        requestId,
        recipients: { kind: 'forces', forces: [dice.of(DONORS)] },
        answerBy: after(15 + dice.below(60)),
      },
    };
  },
  'ask-withdraw': ({ dice, requests }) => {
    const request = dice.prefer(requests, isLive);
    if (!request) return undefined;
    const { host, requestId, recipients } = request;
    const force = dice.pick(recipients)?.force ?? dice.of(DONORS);
    return { org: host, actor: POSTS.requester, body: { requestId, force, reason: 'Asked in error' } };
  },
} satisfies Generators<
  | 'request-escalate'
  | 'escalation-accept'
  | 'unfilled-acknowledge'
  | 'request-acknowledge'
  | 'request-ask'
  | 'ask-withdraw'
>;
