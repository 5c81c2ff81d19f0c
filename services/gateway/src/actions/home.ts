import { isRefusal } from '@muster/contracts';
import { decideHome, type HomeInput, type LedgerView, type RequestState } from '@muster/domain';
import { denialOf } from '../policy/denial.ts';
import type { ActionParts, ActionView } from './allowed.ts';

const COMMAND = 'home-decide';

type Asked = {
  target: { capabilityId: string; bookingId: string; decision: string };
  input: HomeInput;
  needs?: string[];
};

/** Units of the organisation's own that a host has reserved, and about which its home ledger says nothing yet. */
const undecided = (request: RequestState, org: string, view: LedgerView): Asked[] =>
  [...request.offers.values()]
    .filter(({ donor, capabilityId, offerId }) => {
      const status = view.bookings(donor, capabilityId)?.bookings.get(offerId)?.status;
      return donor === org && (status === 'reserved' || status === 'lapsing');
    })
    .flatMap(({ capabilityId, offerId: bookingId }): Asked[] => [
      {
        target: { capabilityId, bookingId, decision: 'confirm' },
        input: { kind: 'confirm', bookingId },
        needs: [],
      },
      {
        target: { capabilityId, bookingId, decision: 'refuse' },
        input: { kind: 'refuse', bookingId, reasonCode: 'other' },
        needs: ['reasonCode'],
      },
    ]);

/** What the people of a donor may decide for its home ledger about a request, and why not. */
export const homeActions = (
  { policy, duty, view, now }: ActionParts,
  request: RequestState,
): ActionView[] => {
  const [role] = policy.rolesFor(duty, COMMAND);
  return undecided(request, duty.org, view).map(({ target, input, needs }): ActionView => {
    const { capabilityId } = target;
    if (role === undefined) {
      const because = denialOf(policy, duty, COMMAND);
      return { command: COMMAND, target, allowed: false, because: [{ code: 'policy', because }] };
    }
    const advert = view.advert(duty.org, capabilityId)?.data;
    const facts = { advert, now, policy: { policy: 'person' } } as const;
    const decision = decideHome(input, view.home(duty.org, capabilityId), facts);
    if (!isRefusal(decision)) return { command: COMMAND, target, allowed: true, role, needs };
    // Whoever says why may send units that should rest.
    if (decision.refused === 'duty-breach')
      return { command: COMMAND, target, allowed: true, role, needs: ['override'] };
    const { refused: code, because } = decision;
    return { command: COMMAND, target, allowed: false, because: [{ code, because }] };
  });
};
