import type { Fact } from './facts.ts';
import type { Note } from './report.ts';

/** Who was asked for what, as the history of one request tells it. */
type Asked = {
  lines: Set<string>;
  /** Forces that take part: they are asked for the lines that an amendment adds, too. */
  forces: Set<string>;
  /** `<force> <line>` */
  pairs: Set<string>;
};

const ask = ({ forces, pairs }: Asked, force: string, lineIds: Iterable<string>): void => {
  forces.add(force);
  for (const lineId of lineIds) pairs.add(`${force} ${lineId}`);
};

const amend = (of: Asked, lineIds: readonly string[]): void => {
  const added = lineIds.filter((lineId) => !of.lines.has(lineId));
  for (const force of of.forces) ask(of, force, added);
  for (const lineId of lineIds) of.lines.add(lineId);
};

const letOff = ({ pairs }: Asked, force: string): void => {
  for (const pair of pairs) if (pair.startsWith(`${force} `)) pairs.delete(pair);
};

/** An offer is unsolicited exactly when its force was not asked for its line. */
export const checkSolicited = (facts: readonly Fact[], note: Note): void => {
  const requests = new Map<string, Asked>();
  for (const fact of facts) {
    if (!('requestId' in fact.data && 'host' in fact.data)) continue;
    const name = `${fact.data.host}/${fact.data.requestId}`;
    const fresh: Asked = { lines: new Set(), forces: new Set(), pairs: new Set() };
    const of = requests.get(name) ?? fresh;
    requests.set(name, of);
    switch (fact.type) {
      case 'muster.request.submitted.v1':
        for (const { lineId } of fact.data.lines) of.lines.add(lineId);
        break;
      case 'muster.request.amended.v1':
        amend(
          of,
          fact.data.lines.map(({ lineId }) => lineId),
        );
        break;
      case 'muster.request.issued.v1':
        for (const { force, lineIds } of fact.data.recipients) ask(of, force, lineIds);
        break;
      case 'muster.offer.called.v1':
        ask(of, fact.data.donor, [fact.data.lineId]);
        break;
      case 'muster.request.ask_withdrawn.v1':
        letOff(of, fact.data.force);
        break;
      case 'muster.offer.made.v1': {
        const { donor, lineId, offerId, unsolicited = false } = fact.data;
        if (of.pairs.has(`${donor} ${lineId}`) === unsolicited)
          note(
            'offer-unasked',
            `offer ${name}/${offerId}`,
            fact.seq,
            unsolicited ? `${donor} was asked for ${lineId}` : `${donor} was not asked for ${lineId}`,
          );
        of.forces.add(donor);
        break;
      }
      default:
        break;
    }
  }
};
