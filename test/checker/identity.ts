import type { Fact } from './facts.ts';
import type { Ack, Note } from './report.ts';

const PREFIXED: readonly string[] = ['offer', 'commitment', 'plan', 'direction'];
const OF_DEPLOYMENT: readonly string[] = ['return', 'extension'];
/** What a donor decides before its host learns of it is kept apart from the request. */
const OF_OFFER: readonly string[] = ['prepared', 'approved', 'refused'].map(
  (word) => `muster.offer.${word}.v1`,
);
const WITHOUT_TOKEN: readonly string[] = ['capability', 'booking', 'home'];

/** The subject on which an event must be stored, below its mode; worked out from its body alone. */
const subjectBelowMode = (fact: Fact): string => {
  const [, noun = '', verb = ''] = fact.type.split('.');
  const { data } = fact;
  if (WITHOUT_TOKEN.includes(noun) && 'capabilityId' in data) {
    const owner = 'force' in data ? data.force : 'donor' in data ? data.donor : '';
    return `${noun}.${owner}.${data.capabilityId}`;
  }
  const word = verb.replaceAll('_', '-');
  if ('claimId' in data)
    return `claim.${data.donor}.${data.claimId}.${noun === 'cost' ? 'cost-' : ''}${word}.${data.host}`;
  if ('deploymentId' in data)
    return `deployment.${data.donor}.${data.deploymentId}.${OF_DEPLOYMENT.includes(noun) ? `${noun}-` : ''}${word}.${data.host}`;
  if ('policyId' in data) {
    const prefix = noun === 'policy' ? '' : `${noun.replaceAll('_', '-')}-`;
    return `policy.${data.org}.${data.policyId}.${prefix}${word}._`;
  }
  if (OF_OFFER.includes(fact.type) && 'offerId' in data)
    return `offer.${data.donor}.${data.offerId}.${word}._`;
  if (!('requestId' in data)) return '';
  const addressee = 'force' in data ? data.force : 'donor' in data ? data.donor : '_';
  return `request.${data.host}.${data.requestId}.${PREFIXED.includes(noun) ? `${noun}-` : ''}${word}.${addressee}`;
};

const STREAM_OF: Record<string, string> = { capability: 'CAPABILITY', home: 'HOME' };

/** Each event must stand where its own body says. */
export const checkSubjects = (facts: readonly Fact[], note: Note): void => {
  for (const fact of facts) {
    const [kind, mode = ''] = fact.stream.split('_');
    const expected = `${mode.toLowerCase()}.${subjectBelowMode(fact)}`;
    const [, noun = ''] = fact.type.split('.');
    if (fact.subject !== expected || kind !== (STREAM_OF[noun] ?? 'ASSISTANCE'))
      note(
        'subject-mismatch',
        `${fact.stream} ${fact.subject}`,
        fact.seq,
        `${fact.type} belongs on ${expected}`,
      );
  }
};

/** No event id twice in a stream. */
export const checkIds = (facts: readonly Fact[], note: Note): void => {
  const first = new Map<string, number>();
  for (const fact of facts) {
    const key = `${fact.stream} ${fact.id}`;
    const before = first.get(key);
    if (before === undefined) first.set(key, fact.seq);
    else note('duplicate-id', `${fact.stream} ${fact.subject}`, fact.seq, `${fact.id} is also at ${before}`);
  }
};

/** The events of one command were appended together: numbered from 1, one after the other. */
export const checkWhole = (facts: readonly Fact[], note: Note): void => {
  const byCommand = Map.groupBy(facts, (fact) => `${fact.stream} ${fact.org}.${fact.commandId}`);
  for (const [command, of] of byCommand) {
    const [first] = of;
    if (!first) continue;
    const torn = of.find((fact, index) => fact.n !== index + 1 || fact.seq !== first.seq + index);
    if (torn)
      note(
        'command-torn',
        command,
        torn.seq,
        `number ${torn.n} stands ${torn.seq - first.seq} after the first, at ${first.seq}`,
      );
  }
};

/** Nothing may be missing within a stream that is never trimmed. */
export const checkDense = (records: readonly { stream: string; seq: number }[], note: Note): void => {
  let last: { stream: string; seq: number } | undefined;
  for (const record of records) {
    if (last && record.stream === last.stream && record.seq !== last.seq + 1)
      note('sequence-gap', record.stream, record.seq, `follows ${last.seq}`);
    if (!last && record.seq !== 1) note('sequence-gap', record.stream, record.seq, 'is the first');
    last = record;
  }
};

/** All that was acknowledged is in the stream. */
export const checkAcks = (facts: readonly Fact[], acks: readonly Ack[], note: Note): void => {
  const stored = new Set(facts.map((fact) => fact.id));
  for (const ack of acks) {
    const lost = ack.eventIds.filter((id) => !stored.has(id));
    if (lost.length > 0)
      note('acknowledged-lost', `command ${ack.org}.${ack.commandId}`, 0, `not stored: ${lost.join(', ')}`);
    const foreign = ack.eventIds.filter((id) => !id.startsWith(`${ack.org}.${ack.commandId}.`));
    if (foreign.length > 0)
      note(
        'acknowledged-lost',
        `command ${ack.org}.${ack.commandId}`,
        0,
        `ids of another command: ${foreign.join(', ')}`,
      );
  }
};
