import { NATIONAL_CENTRE, type PlanAssignment } from '@muster/contracts';
import type { RequestState } from '@muster/domain';
import { CAPABILITIES, type Capability, DONORS, HOSTS, POSTS } from '../cast.ts';
import type { Generators, Stage } from './stage.ts';
import { offerTerms } from './unaccepted.ts';

const isLive = ({ phase }: RequestState): boolean => phase.kind === 'live';

const made = (request: RequestState) =>
  [...request.offers.values()].filter(({ status }) => status === 'made');

const ENDED: readonly string[] = ['withdrawn', 'run-out', 'not-selected', 'lapsed', 'refused'];

/** A capability of one of these forces, mostly of the code that is asked for. */
const capabilityOf = ({ dice }: Stage, forces: readonly string[], code: string): Capability | undefined =>
  dice.prefer(CAPABILITIES, (each) => forces.includes(each.force) && each.code === code);

/** Units of some capability for a line of some request. */
const unitsFor = (stage: Stage, forces?: readonly string[]) => {
  const { dice, requests } = stage;
  const request = dice.prefer(requests, isLive);
  const line = dice.pick(request?.lines ?? []);
  if (!request || !line) return undefined;
  const asked = request.recipients.filter(({ lineIds }) => lineIds.includes(line.lineId));
  const capability = capabilityOf(stage, forces ?? asked.map(({ force }) => force), line.capabilityCode);
  if (!capability) return undefined;
  const { force: donor, capabilityId } = capability;
  const quantity = 1 + dice.below(Math.min(line.quantity, capability.quantity));
  return { request, lineId: line.lineId, donor, capabilityId, quantity };
};

/** Units that a host has released, for a line of their code that their force was asked for. */
const onwardFor = (stage: Stage): (ReturnType<typeof unitsFor> & { continues?: string }) | undefined => {
  const { dice, requests, deployments } = stage;
  const of = dice.prefer(deployments, ({ status }) => status === 'RELEASED');
  const code = CAPABILITIES.find(
    ({ force, capabilityId }) => force === of?.donor && capabilityId === of.capabilityId,
  )?.code;
  if (!of) return undefined;
  const { donor, capabilityId, quantity, deploymentId: continues } = of;
  const fit = requests.filter(isLive).flatMap((request) =>
    request.recipients
      .filter(({ force }) => force === donor)
      .flatMap(({ lineIds }) => request.lines.filter((line) => lineIds.includes(line.lineId)))
      .filter(({ capabilityCode }) => capabilityCode === code)
      .map(({ lineId }) => ({ request, lineId, donor, capabilityId, quantity, continues })),
  );
  return dice.pick(fit);
};

const assignment = (stage: Stage): PlanAssignment | undefined => {
  const { dice, requests } = stage;
  const request = dice.prefer(requests, (each) => isLive(each) && made(each).length > 0);
  const offer = dice.once(2) && request ? dice.pick(made(request)) : undefined;
  if (request && offer) {
    const { offerId, lineId, donor, capabilityId } = offer;
    return {
      ...{ host: request.host, requestId: request.requestId },
      ...{ lineId, donor, capabilityId, quantity: 1, offerId },
    };
  }
  const units = unitsFor(stage, DONORS);
  if (!units) return undefined;
  const { lineId, donor, capabilityId } = units;
  const { host, requestId } = units.request;
  return { host, requestId, lineId, donor, capabilityId, quantity: 1 };
};

/** Pence that a unit is estimated at. */
const UNIT_PENCE = 1_000;

/** What a donor says of the cost, where it says anything: mostly under the regime that the host asks under. */
const estimateOf = ({ dice }: Stage, quantity: number) => {
  if (dice.once(2)) return {};
  const costCategory = dice.once(4) ? { costCategory: 'SPECIALIST_STAFF' as const } : {};
  return { costEstimate: { amountPence: quantity * UNIT_PENCE, basis: 'Rates', ...costCategory } };
};

/** How units are offered, taken and called. */
export const OFFER_GENERATORS = {
  'offer-make': (stage) => {
    const onward = stage.dice.once(3) ? onwardFor(stage) : undefined;
    const isUnsolicited = !onward && stage.dice.once(6);
    const units = onward ?? unitsFor(stage, isUnsolicited ? DONORS : undefined);
    if (!units) return undefined;
    const { request, donor, lineId, capabilityId, quantity } = units;
    const { host, requestId } = request;
    const goesOn = onward && { continues: onward.continues };
    return {
      ...{ org: donor, actor: POSTS.donor },
      body: {
        ...{ host, requestId, lineId, capabilityId, quantity, estimatedArrival: stage.after(90), ...goesOn },
        ...(isUnsolicited && { unsolicited: true as const }),
        ...offerTerms(stage, request, donor, lineId),
        ...estimateOf(stage, quantity),
      },
    };
  },
  'offer-decline': ({ dice, requests }) => {
    const request = dice.prefer(requests, isLive);
    if (!request) return undefined;
    const { host, requestId, recipients } = request;
    const asked = dice.pick(recipients);
    return {
      ...{ org: asked?.force ?? dice.of(DONORS), actor: POSTS.donor },
      body: { host, requestId, lineIds: asked?.lineIds ?? ['l0'], reasonCode: 'own-demand' },
    };
  },
  'offer-accept': ({ dice, requests }) => {
    const request = dice.prefer(requests, (each) => isLive(each) && made(each).length > 0);
    if (!request) return undefined;
    const { host, requestId } = request;
    const offers = made(request).filter(() => dice.once(2));
    const orMinimum = dice.once(2);
    const gone = [...request.offers.values()].filter(({ status }) => ENDED.includes(status)).slice(-1);
    const some = offers.length > 0 ? offers : [...request.offers.values()].slice(0, 1);
    // Offers that have ended since the host looked may be left out.
    const chosen = orMinimum && offers.length > 0 ? [...offers, ...gone] : some;
    if (chosen.length === 0) return undefined;
    return {
      ...{ org: host, actor: POSTS.requester },
      body: {
        requestId,
        accept: chosen.map(({ offerId, quantity, continues, costEstimate }) => ({
          offerId,
          ...(costEstimate?.costCategory && !dice.once(4) && { costCategory: costEstimate.costCategory }),
          quantity: continues && !dice.once(8) ? quantity : 1 + dice.below(quantity),
        })),
        ...(orMinimum && { orMinimum }),
        ...(dice.once(4) && { override: { reason: 'Lives are at risk' } }),
      },
    };
  },
  'plan-approve': (stage) => {
    const { dice } = stage;
    const first = assignment(stage);
    if (!first) return undefined;
    const isNational = dice.once(2);
    return {
      ...(isNational
        ? { org: NATIONAL_CENTRE, actor: POSTS.national }
        : { org: dice.once(6) ? dice.of(HOSTS) : first.host, actor: POSTS.requester }),
      body: {
        ...{ planId: 'plan', basedOnSeq: stage.ledger.lastSeq({ kind: 'request', owner: 'x', id: 'x' }) },
        ...{ policyVersion: '1', assignments: [first] },
      },
    };
  },
  'direction-record': (stage) => {
    const units = unitsFor(stage, DONORS);
    if (!units) return undefined;
    const { request, ...of } = units;
    const { host, requestId } = request;
    const isForeign = stage.dice.once(8);
    return {
      ...{ org: isForeign ? host : NATIONAL_CENTRE, actor: POSTS.national },
      body: {
        ...{ host, requestId, ...of, quantity: 1 },
        ...{ instrument: 'PA96-S24-2', signedBy: 'national-gold', scope: 'One night', reason: 'Needed' },
      },
    };
  },
  'agreement-record': (stage) => {
    const { dice, after } = stage;
    const units = unitsFor(stage, DONORS);
    if (!units) return undefined;
    const { request, donor, capabilityId, lineId } = units;
    const { host, requestId } = request;
    const line = request.lines.find((each) => each.lineId === lineId);
    const what = { line: { ...line, lineId: 'l0', from: after(-10), to: after(300) }, terms: request.terms };
    return {
      ...{ org: host, actor: POSTS.requester },
      body: {
        for:
          line && dice.once(2)
            ? { kind: 'new', terms: what.terms, line: { ...line, ...what.line } }
            : { kind: 'request', requestId, lineId },
        ...{ donor, capabilityId, quantity: 1, agreedAt: after(-15), agreedWith: 'resource-desk' },
        ...{ means: 'phone', reason: 'Agreed before it was written down' },
      },
    };
  },
} satisfies Generators<
  'offer-make' | 'offer-decline' | 'offer-accept' | 'plan-approve' | 'direction-record' | 'agreement-record'
>;
