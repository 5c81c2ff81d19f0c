import {
  CONFIRM_WITHIN_MINUTES_DEFAULT,
  type CommandBody,
  isRefusal,
  type Recipient,
  type RequestLine,
  refuse,
} from '@muster/contracts';
import { regionOf } from '../access/visibility.ts';
import { startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { chooseRecipients } from '../matching/recipients.ts';
import { HOST_REQUEST } from '../policies.ts';
import { lastEnd } from './lines.ts';

const TIER_REGIONAL = 2;
const TIER_NATIONAL = 3;

/** The tier at which a request to these recipients begins. */
export const tierOf = (host: string, recipients: readonly Recipient[]): number => {
  const region = regionOf(host);
  const isRegional = recipients.every(({ force }) => regionOf(force) === region);
  return region !== undefined && region !== 'national' && isRegional ? TIER_REGIONAL : TIER_NATIONAL;
};

const badTimes = (
  { lines, answerBy }: CommandBody<'request-create'>,
  now: string,
): { path: string; because: string }[] => {
  const end = lastEnd(lines);
  return [
    ...lines.flatMap((line, index) =>
      line.to <= now ? [{ path: `lines[${index}].to`, because: `has passed (it is ${now})` }] : [],
    ),
    ...(answerBy <= now ? [{ path: 'answerBy', because: `has passed (it is ${now})` }] : []),
    ...(answerBy > end ? [{ path: 'answerBy', because: 'lies after the end of the last line' }] : []),
  ];
};

const linesFor = (recipient: Recipient, lines: readonly RequestLine[]): RequestLine[] =>
  lines.filter((line) => recipient.lineIds.includes(line.lineId));

/** A host states its need and the forces named are asked. */
export const decideCreate = (
  org: string,
  body: CommandBody<'request-create'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { commandId: requestId, lines, terms, answerBy } = body;
  if (view.request(org, requestId)) {
    return refuse('command-id-reused', `request ${requestId} of ${org} exists already`);
  }
  const faults = badTimes(body, now);
  if (faults.length > 0) return refuse('bad-time', 'some times cannot be met', faults);
  const recipients = chooseRecipients(body.recipients, org, lines, view, now);
  if (isRefusal(recipients)) return recipients;
  const draft = startDraft(view, now);
  const ofRequest = { host: org, requestId };
  draft.emit({
    type: 'muster.request.submitted.v1',
    data: {
      ...ofRequest,
      lines,
      terms,
      answerBy,
      confirmWithinMinutes: body.confirmWithinMinutes ?? CONFIRM_WITHIN_MINUTES_DEFAULT,
      approval: HOST_REQUEST,
    },
  });
  draft.emit({
    type: 'muster.request.issued.v1',
    data: { ...ofRequest, tier: tierOf(org, recipients), recipients, answerBy },
  });
  for (const recipient of recipients) {
    const notice = { kind: 'issued' as const, lines: linesFor(recipient, lines), terms, answerBy };
    draft.emit({
      type: 'muster.request.notice.v1',
      data: { ...ofRequest, force: recipient.force, notice },
    });
  }
  return draft.done();
};
