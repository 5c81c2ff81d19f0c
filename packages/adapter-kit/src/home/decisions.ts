import { type ActorRole, type HomeDecisionBody, type HomeDecisionReply, refuse } from '@muster/contracts';
import type { HomeLink } from '../force/link.ts';
import { changeHome, type LocalChange } from './local.ts';

/** Who decides for a force what it lends. */
const MAY_DECIDE: readonly ActorRole[] = ['donor-desk', 'donor-approver'];

const inputOf = ({
  decision,
  bookingId,
  reasonCode,
  duty,
  override,
}: HomeDecisionBody): LocalChange['input'] =>
  decision === 'refuse'
    ? { kind: 'refuse', bookingId, reasonCode: reasonCode ?? 'other' }
    : { kind: 'confirm', bookingId, duty, override };

/** Writes into the home ledger what a person of the force has decided by way of the hub. Sent again, it is written once. */
export const decideAtHome = async (
  link: HomeLink,
  body: HomeDecisionBody,
  traceparent: string | undefined,
): Promise<HomeDecisionReply> => {
  const { commandId, capabilityId, actor } = body;
  if (!MAY_DECIDE.includes(actor.role)) {
    return { ok: false, ...refuse('wrong-role', `a ${actor.role} does not decide what ${link.force} lends`) };
  }
  const change = { capabilityId, commandId, actor, input: inputOf(body) };
  const outcome = await changeHome(link, traceparent === undefined ? change : { ...change, traceparent });
  switch (outcome.kind) {
    case 'stored':
      return { ok: true, commandId, repeated: false };
    case 'nothing':
      return { ok: true, commandId, repeated: true };
    case 'refused':
      return { ok: false, ...outcome.refusal };
    case 'unavailable':
      return { ok: false, ...refuse('unavailable', `${outcome.because}; send the same again`) };
  }
};
