import type { RawRecord } from '../checker/facts.ts';

/** One promise that a history breaks: the rule, and the facts. */
export type Breach = { rule: string; detail: string };

type Body = Record<string, unknown>;
type Read = { type: string; id: string; body: Body };

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null;

/** The history as plain values; nothing here uses the types or the sums of the code that wrote it. */
export const readPlain = (records: readonly RawRecord[]): Read[] =>
  records.map(({ headers, body }) => ({
    type: headers['ce-type']?.replace(/^muster\.|\.v1$/g, '') ?? '',
    id: headers['ce-id'] ?? '',
    body: JSON.parse(body) as Body,
  }));

const basisOf = ({ approval }: Body): string => (isObject(approval) ? textOf(approval.basis) : '');

/** No commitment without legal basis, cost category and the approvals of host and donor, unless it was directed. */
export const unfounded = (facts: readonly Read[]): Breach[] => {
  const breaches: Breach[] = [];
  const approved = new Set<string>();
  const taken = new Map<string, Body>();
  const confirmed = new Set<string>();
  for (const { type, id, body } of facts) {
    const request = `${textOf(body.host)}/${textOf(body.requestId)}`;
    if (type === 'request.submitted' && basisOf(body) !== 'awaited') approved.add(request);
    if (type === 'request.approved') approved.add(request);
    if (type === 'offer.accepted' || type === 'offer.called') taken.set(textOf(body.offerId), body);
    if (type === 'home.recorded') {
      for (const entry of Array.isArray(body.entries) ? body.entries : [])
        if (isObject(entry) && entry.kind === 'confirmed' && basisOf(entry) !== '')
          confirmed.add(textOf(entry.bookingId));
    }
    if (type !== 'commitment.made') continue;
    const acceptance = taken.get(textOf(body.offerId));
    const missing = [
      ...(acceptance?.legalBasis ? [] : ['legal basis']),
      ...(acceptance?.costCategory ? [] : ['cost category']),
      ...(acceptance?.legalBasis === 'DIRECTED' || approved.has(request) ? [] : ['approval of the host']),
      ...(acceptance && basisOf(acceptance) !== '' ? [] : ['approval of the acceptance']),
      ...(confirmed.has(textOf(body.offerId)) ? [] : ['approval of the donor']),
    ];
    if (missing.length > 0) breaches.push({ rule: 'commitment-unfounded', detail: `${id}: ${missing}` });
  }
  return breaches;
};

/** Only a person in the role of an approver decides as a person; an adapter never does. */
export const approvedByOthers = (facts: readonly Read[]): Breach[] =>
  facts.flatMap(({ type, id, body: { approval } }) =>
    type === 'request.approved' && isObject(approval) && approval.role !== 'approver'
      ? [{ rule: 'approved-by-other', detail: `${id}: by a ${textOf(approval.role)}` }]
      : [],
  );

const listOf = (value: unknown): Body[] => (Array.isArray(value) ? value.filter(isObject) : []);
const linesOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : []);

/** The end of an answer time names everyone who was asked and has neither answered nor been let off. */
export const silenceUnrecorded = (facts: readonly Read[]): Breach[] => {
  const breaches: Breach[] = [];
  const waiting = new Map<string, Set<string>>();
  for (const { type, id, body } of facts) {
    const request = `${textOf(body.host)}/${textOf(body.requestId)}`;
    const of = waiting.get(request) ?? new Set<string>();
    waiting.set(request, of);
    const end = (force: string, lines: readonly string[]): void => {
      for (const line of lines) of.delete(`${force} ${line}`);
    };
    if (type === 'request.issued') {
      for (const { force, lineIds } of listOf(body.recipients))
        for (const line of linesOf(lineIds)) of.add(`${textOf(force)} ${line}`);
    }
    if (type === 'offer.made' || type === 'offer.called') end(textOf(body.donor), [textOf(body.lineId)]);
    if (type === 'offer.declined') end(textOf(body.donor), linesOf(body.lineIds));
    if (type === 'request.ask_withdrawn') {
      for (const each of of) if (each.startsWith(`${textOf(body.force)} `)) of.delete(each);
    }
    if (type !== 'request.answer_time_expired') continue;
    for (const { force, lineIds } of listOf(body.silent)) end(textOf(force), linesOf(lineIds));
    if (of.size > 0) breaches.push({ rule: 'silence-unrecorded', detail: `${id}: ${[...of].join(', ')}` });
    of.clear();
  }
  return breaches;
};
