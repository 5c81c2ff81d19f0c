import type { Fact } from './facts.ts';
import type { Note } from './report.ts';

type Taken = { line: string; quantity: number; pence: number; stands: boolean };
type Request = {
  name: string;
  lines: Map<string, { quantity: number; minimum: number }>;
  limit: number | undefined;
  taken: Map<string, Taken>;
};

/** Releases after which a line counts without the units; what did its task was there for the line. */
const UNUSED: readonly (string | undefined)[] = ['minimum-not-met', 'recalled'];

const nameOf = ({ host, requestId }: { host: string; requestId: string }): string => `${host}/${requestId}`;

const standingOf = ({ taken }: Request): Taken[] => [...taken.values()].filter(({ stands }) => stands);

const unitsOn = (of: Request, line: string): number =>
  standingOf(of)
    .filter((each) => each.line === line)
    .reduce((sum, each) => sum + each.quantity, 0);

const judge = (of: Request, { line, quantity }: Taken, fact: Fact, note: Note): void => {
  const standing = standingOf(of);
  const units = unitsOn(of, line);
  const pence = standing.reduce((sum, each) => sum + each.pence, 0);
  const asked = of.lines.get(line)?.quantity ?? 0;
  const where = `request ${of.name}`;
  if (units > asked)
    note(
      'accepted-beyond-approval',
      where,
      fact.seq,
      `${units} of ${asked} for ${line}, ${quantity} at once`,
    );
  if (of.limit !== undefined && pence > of.limit)
    note('accepted-beyond-approval', where, fact.seq, `${pence} pence of ${of.limit}`);
};

/**
 * What is taken for a request stays within what was approved of it: units line by line, and cost in all. What is
 * left out of it leaves each line its minimum.
 */
export const checkWithinApproval = (facts: readonly Fact[], note: Note): void => {
  const requests = new Map<string, Request>();
  const byOffer = new Map<string, Request>();
  const begin = (data: { host: string; requestId: string }): Request => {
    const name = nameOf(data);
    const known = requests.get(name);
    const of = known ?? { name, lines: new Map(), limit: undefined, taken: new Map() };
    requests.set(name, of);
    return of;
  };
  const settle = (donor: string, offerId: string, stands: boolean): Taken | undefined => {
    const taken = byOffer.get(`${donor}/${offerId}`)?.taken.get(offerId);
    if (taken) taken.stands = stands;
    return taken;
  };
  for (const fact of facts) {
    switch (fact.type) {
      case 'muster.request.submitted.v1':
      case 'muster.request.amended.v1': {
        const of = begin(fact.data);
        of.lines = new Map(
          fact.data.lines.map(({ lineId, quantity, minimumQuantity: minimum = 0 }) => [
            lineId,
            { quantity, minimum },
          ]),
        );
        of.limit = fact.data.costLimitPence ?? of.limit;
        break;
      }
      case 'muster.request.approved.v1': {
        const of = begin(fact.data);
        of.limit = fact.data.costLimitPence ?? of.limit;
        break;
      }
      case 'muster.offer.accepted.v1':
      case 'muster.offer.called.v1': {
        const of = begin(fact.data);
        const { offerId, donor, lineId: line, quantity } = fact.data;
        const pence = 'agreedCost' in fact.data ? (fact.data.agreedCost?.amountPence ?? 0) : 0;
        const taken = { line, quantity, pence, stands: true };
        of.taken.set(offerId, taken);
        byOffer.set(`${donor}/${offerId}`, of);
        judge(of, taken, fact, note);
        break;
      }
      case 'muster.offer.left_out.v1': {
        // The events of what was taken stand before it in the same append.
        const of = begin(fact.data);
        const has = unitsOn(of, fact.data.lineId);
        const minimum = of.lines.get(fact.data.lineId)?.minimum ?? 0;
        if (has < minimum)
          note('left-out-below-minimum', `request ${of.name}`, fact.seq, `${has} of at least ${minimum}`);
        break;
      }
      case 'muster.offer.lapsed.v1':
      case 'muster.commitment.refused.v1':
        settle(fact.data.donor, fact.data.offerId, false);
        break;
      case 'muster.commitment.made.v1': {
        const taken = settle(fact.data.donor, fact.data.offerId, fact.data.outcome !== 'released');
        const of = byOffer.get(`${fact.data.donor}/${fact.data.offerId}`);
        if (of && taken?.stands) judge(of, taken, fact, note);
        break;
      }
      case 'muster.resource.released.v1':
        if (UNUSED.includes(fact.data.reasonCode)) settle(fact.data.donor, fact.data.deploymentId, false);
        break;
      case 'muster.deployment.forfeited.v1':
      case 'muster.deployment.aborted.v1':
        settle(fact.data.donor, fact.data.deploymentId, false);
        break;
      default:
        break;
    }
  }
};
