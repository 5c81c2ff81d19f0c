import {
  CONFIRM_WITHIN_MINUTES_DEFAULT,
  type CommandBody,
  type DeploymentStatus,
  type DutyOverride,
  type Interval,
  isRefusal,
  type Refusal,
  type ReliedOn,
  refuse,
} from '@muster/contracts';
import { type Breach, passOver } from '../duty/check.ts';
import { furtherSpan } from '../home/extend.ts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, HomeDecisionEntry, LedgerView } from '../ledger/view.ts';
import {
  freeOf,
  missingSchemes,
  notCurrent,
  restedFreeOf,
  restRejection,
  windowFor,
} from '../matching/eligibility.ts';
import { lineOf } from '../request/lines.ts';
import { addMinutes, earlier, later } from '../time/instants.ts';
import {
  COMMITTED_TO_ON_TASK,
  type DeploymentName,
  findDeployment,
  namedIn,
  wrongStatus,
} from './parties.ts';
import { raiseSecondment } from './secondment.ts';
import type { DeploymentState, Extension } from './state.ts';

/** Minutes that a donor has to answer an ask for longer. Our assumption. */
export const EXTENSION_ANSWER_MINUTES = 240;
/** Minutes that it has in any case, also when the units should be on their way home already. Our assumption. */
const ANSWER_MINUTES_MIN = 30;

/** Units that are recalled are not kept for longer; to decline is always possible. */
const DECLINABLE: readonly DeploymentStatus[] = [...COMMITTED_TO_ON_TASK, 'RECALL_PENDING'];

const badTime = (path: string, because: string): Refusal =>
  refuse('bad-time', `${path} ${because}`, [{ path, because }]);

const acceptedAlready = ({ donor, deploymentId }: DeploymentState, { newEnd }: Extension): string =>
  `a stay until ${newEnd} (deployment ${deploymentId}) has been accepted already and waits for ${donor} to confirm it`;

/** Says that what the donor answers does not wait for an answer. */
const notAwaiting = (deployment: DeploymentState): Refusal => {
  const { deploymentId, extension } = deployment;
  if (!extension) {
    return refuse(
      'wrong-status',
      `no ask to keep the units of deployment ${deploymentId} waits for an answer: nobody asked, or it was answered or its time passed`,
    );
  }
  return refuse(
    'wrong-status',
    extension.reserved
      ? `${acceptedAlready(deployment, extension)}; nothing is left to answer`
      : `what waits for an answer is another ask of ${deployment.host}, to keep the units until ${extension.newEnd}; answer that`,
  );
};

/** The host asks to keep the units for longer. A later ask takes the place of one that nobody has accepted. */
export const decideExtensionAsk = (
  org: string,
  body: CommandBody<'extension-ask'>,
  view: LedgerView,
  now: string,
): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  const { host, to: end, status, extension } = deployment;
  if (org !== host) return refuse('not-permitted', `only the host ${host} asks to keep the units`);
  if (!COMMITTED_TO_ON_TASK.includes(status)) return wrongStatus(deployment, 'extended');
  if (extension?.reserved) {
    return refuse('wrong-status', `${acceptedAlready(deployment, extension)}; ask for longer after that`);
  }
  const { newEnd, reason, commandId: extensionId } = body;
  if (newEnd <= later(end, now)) return badTime('newEnd', `does not lie after ${later(end, now)}`);
  const inTime = earlier(addMinutes(now, EXTENSION_ANSWER_MINUTES), end);
  const answerBy = body.answerBy ?? earlier(later(inTime, addMinutes(now, ANSWER_MINUTES_MIN)), newEnd);
  if (answerBy <= now || answerBy > newEnd)
    return badTime('answerBy', `must lie between now and the new end`);
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.extension.requested.v1',
    data: { ...namedIn(deployment), extensionId, end, newEnd, reason, answerBy },
  });
  return draft.done();
};

/** What a donor may do whose advert does not carry the further time. */
const OTHERWISE = 'advertise it for that time, or decline';

type Further = { span: Interval; reliedOn: ReliedOn; override?: DutyOverride | undefined };

/** What the further time would rest on, or why the capability does not have it. */
const furtherTime = (
  { view, now }: Draft,
  deployment: DeploymentState,
  newEnd: string,
  override: { reason: string; by: string } | undefined,
): Further | Refusal => {
  const { donor, capabilityId, bookingId, quantity, to, host, requestId, lineId } = deployment;
  const capability = `${donor}/${capabilityId}`;
  const advert = view.advert(donor, capabilityId);
  if (!advert) return refuse('advert-not-current', `${capability} is not advertised any more; ${OTHERWISE}`);
  const [stale] = notCurrent(advert, now);
  if (stale) return refuse('advert-not-current', `${capability}: ${stale.because}; ${OTHERWISE}`);
  const { data } = advert;
  const span = furtherSpan(data.kind, to, newEnd, now);
  const window = windowFor(advert, span);
  if (!window) {
    const because = `no window covers ${span.from} to ${span.to}`;
    return refuse('not-eligible', `${capability}: ${because}; ${OTHERWISE}`);
  }
  const request = view.request(host, requestId);
  const missing = missingSchemes(advert, (request && lineOf(request, lineId)?.accreditations) ?? [], span);
  if (missing.length > 0) {
    return refuse(
      'not-eligible',
      `${capability}: ${missing.join(', ')} not in date to ${span.to}; ${OTHERWISE}`,
    );
  }
  const free = freeOf(view, advert, span, now, bookingId);
  if (free < quantity) {
    const because = `${free} of ${data.quantity} are free from ${span.from} to ${span.to}, not ${quantity}`;
    return refuse('no-capacity', `${capability}: ${because}; decline, or set a condition`);
  }
  const isRested = restedFreeOf(view, advert, span, now, bookingId) >= quantity;
  const breached: Breach[] = isRested ? [] : [{ rule: 'rest', because: restRejection(advert, span).because }];
  const passed = passOver(breached, override, capability);
  if (passed && isRefusal(passed)) return passed;
  const { revision, expiresAt, minRestMinutes } = data;
  const reliedOn = {
    ...{ revision, quantity: data.quantity, windowFrom: window.from, windowTo: window.to, expiresAt },
    ...(minRestMinutes > 0 && { minRestMinutes }),
  };
  return { span, reliedOn, ...(passed && { override: passed }) };
};

type Answer = CommandBody<'extension-answer'>;

/** Reserves the further time, for the home ledger to confirm. */
const accept = (
  draft: Draft,
  deployment: DeploymentState,
  { newEnd, extensionId }: Extension,
  { restPlan, reason, override, actor }: Answer,
): Refusal | undefined => {
  const { donor, capabilityId, bookingId, token, host, requestId } = deployment;
  const by = override && { ...override, by: actor.id };
  const further = furtherTime(draft, deployment, newEnd, by);
  if (isRefusal(further)) return further;
  const request = draft.view.request(host, requestId);
  const minutes = request?.confirmWithinMinutes ?? CONFIRM_WITHIN_MINUTES_DEFAULT;
  const confirmBy = earlier(addMinutes(draft.now, minutes), newEnd);
  const extensionToken = draft.token(donor, capabilityId);
  const passed = further.override && { override: further.override };
  draft.emit({
    type: 'muster.extension.answered.v1',
    data: {
      ...{ ...namedIn(deployment), extensionId, answer: 'accept', newEnd },
      ...{ restPlan, reason, token: extensionToken, confirmBy },
      ...passed,
    },
  });
  draft.change(donor, capabilityId, {
    ...{ kind: 'extending', bookingId, token, extensionId, extensionToken, to: newEnd, confirmBy },
    ...{ reliedOn: further.reliedOn, ...passed },
  });
  return undefined;
};

/** The donor answers. What it accepts is reserved at once and holds when its own ledger has confirmed it. */
export const decideExtensionAnswer = (org: string, body: Answer, view: LedgerView, now: string): Decision => {
  const deployment = findDeployment(org, body, view);
  if (isRefusal(deployment)) return deployment;
  const { donor, status, extension } = deployment;
  if (org !== donor) return refuse('not-permitted', `only ${donor} says how long its units stay`);
  const allowed = body.answer === 'decline' ? DECLINABLE : COMMITTED_TO_ON_TASK;
  if (!allowed.includes(status)) return wrongStatus(deployment, 'extended');
  if (extension?.extensionId !== body.extensionId || extension.reserved) {
    return notAwaiting(deployment);
  }
  if (now >= extension.answerBy) {
    return refuse(
      'answer-time-passed',
      `an answer was due by ${extension.answerBy}; the end stays, and the host may ask anew`,
    );
  }
  const draft = startDraft(view, now);
  if (body.answer === 'accept') {
    const refused = accept(draft, deployment, extension, body);
    return refused ?? draft.done();
  }
  const { answer, condition, restPlan, reasonCode, reason } = body;
  const { extensionId, newEnd } = extension;
  draft.emit({
    type: 'muster.extension.answered.v1',
    data: {
      ...namedIn(deployment),
      ...{ extensionId, answer, newEnd, condition, restPlan, reasonCode, reason },
    },
  });
  return draft.done();
};

/** Frees further time that was reserved; units that were let go meanwhile hold none. */
const freeFurther = (
  draft: Draft,
  deployment: DeploymentState,
  because: 'confirm-time-passed' | 'refused-at-home',
  homeVersion?: number,
): void => {
  const { donor, capabilityId, bookingId, token } = deployment;
  const booking = draft.view.bookings(donor, capabilityId)?.bookings.get(bookingId);
  if (booking?.status !== 'confirmed' || !booking.extension) return;
  const { extensionId, extensionToken } = booking.extension;
  draft.change(donor, capabilityId, {
    ...{ kind: 'extension-ended', bookingId, token, extensionId, extensionToken, because },
    ...(homeVersion !== undefined && { homeVersion }),
  });
};

/** Nobody answered in time, or the home ledger did not confirm in time: the end stays. */
export const decideExtensionDue = (name: DeploymentName, view: LedgerView, now: string): Decision => {
  const deployment = view.deployment(name.donor, name.deploymentId);
  const extension = deployment?.extension;
  if (!deployment || !extension) return { events: [] };
  const because = extension.reserved ? 'confirm-time-passed' : 'answer-time-passed';
  if (now < (extension.reserved?.confirmBy ?? extension.answerBy)) return { events: [] };
  const draft = startDraft(view, now);
  draft.emit({
    type: 'muster.extension.ended.v1',
    data: { ...namedIn(deployment), extensionId: extension.extensionId, because },
  });
  if (because === 'confirm-time-passed') freeFurther(draft, deployment, because);
  return draft.done();
};

type Decided = {
  donor: string;
  capabilityId: string;
  homeVersion: number;
  entry: Extract<HomeDecisionEntry, { extensionId: string }>;
};

/** Brings a home ledger's answer about further time into the hub's. What is not pending any more changes nothing. */
export const decideExtensionDecided = (
  { donor, capabilityId, homeVersion, entry }: Decided,
  view: LedgerView,
  now: string,
): Decision => {
  const { bookingId, token, extensionId, extensionToken } = entry;
  const booking = view.bookings(donor, capabilityId)?.bookings.get(bookingId);
  const pending = booking?.status === 'confirmed' ? booking.extension : undefined;
  const deployment = view.deployment(donor, bookingId);
  if (!deployment || pending?.extensionToken !== extensionToken) return { events: [] };
  const draft = startDraft(view, now);
  const named = { ...namedIn(deployment), extensionId };
  if (entry.kind === 'extension-refused') {
    const { reasonCode } = entry;
    draft.emit({
      type: 'muster.extension.ended.v1',
      data: { ...named, because: 'refused-at-home', reasonCode },
    });
    freeFurther(draft, deployment, 'refused-at-home', homeVersion);
    return draft.done();
  }
  const { to, approval } = entry;
  draft.emit({
    type: 'muster.extension.confirmed.v1',
    data: { ...named, from: deployment.to, to, token: extensionToken, homeVersion, approval },
  });
  draft.change(donor, capabilityId, {
    ...{ kind: 'extended', bookingId, token, extensionId, extensionToken, to, homeVersion },
  });
  raiseSecondment(draft, deployment);
  return draft.done();
};
