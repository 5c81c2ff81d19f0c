import {
  type Approval,
  type ApprovalRoute,
  CONFIRM_WITHIN_MINUTES_DEFAULT,
  type CommandBody,
  type EscalationMode,
  isRefusal,
  type Recipient,
  type RecipientChoice,
  type Refusal,
  type RequestLine,
  type RequestTerms,
  refuse,
} from '@muster/contracts';
import { regionOf } from '../access/visibility.ts';
import { authorise, type Matter } from '../approval/authorise.ts';
import { DEFAULT_RULES } from '../approval/state.ts';
import { type Draft, startDraft } from '../ledger/draft.ts';
import type { Decision, LedgerView } from '../ledger/view.ts';
import { chooseRecipients } from '../matching/recipients.ts';
import { HOST_REQUEST } from '../policies.ts';
import { addMinutes } from '../time/instants.ts';
import { lowest } from './cost.ts';
import { lastEnd } from './lines.ts';

const TIER_REGIONAL = 2;
const TIER_NATIONAL = 3;

/** Minutes in which an approval by word of mouth has to be given in writing. */
export const RETROSPECTIVE_MINUTES = 60;

/** The tier at which a request to these recipients begins. */
export const tierOf = (host: string, recipients: readonly Recipient[]): number => {
  const region = regionOf(host);
  const isRegional = recipients.every(({ force }) => regionOf(force) === region);
  return region !== undefined && region !== 'national' && isRegional ? TIER_REGIONAL : TIER_NATIONAL;
};

/** The tier at which a request begins to spread by itself: that chosen, or the host's region. */
export const firstTier = (host: string, chosen: number | undefined): number =>
  chosen ?? (regionOf(host) === 'national' ? TIER_NATIONAL : TIER_REGIONAL);

/** What a host asks for, and of whom. */
export type Content = {
  lines: RequestLine[];
  terms: RequestTerms;
  recipients: RecipientChoice;
  answerBy: string;
  confirmWithinMinutes: number;
  escalation?: EscalationMode | undefined;
  costLimitPence?: number | undefined;
  /** The tier to begin at, where the host chose it. */
  tier?: number | undefined;
};

type Fault = { path: string; because: string };

/** The times of a request that cannot be met any more. */
export const badTimes = (
  { lines, answerBy }: { lines: readonly RequestLine[]; answerBy: string },
  now: string,
): Fault[] => {
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

/** What a request is about, in the measures of a delegation. */
export const matterOf = (
  lines: readonly RequestLine[],
  terms: RequestTerms,
  costPence?: number | undefined,
): Matter => ({
  codes: [...new Set(lines.map(({ capabilityCode }) => capabilityCode))],
  quantity: lines.reduce((sum, { quantity }) => sum + quantity, 0),
  legalBasis: terms.legalBasis,
  ...(costPence !== undefined && { costPence }),
});

/** What may be agreed with donors under an approval: no more than the delegation it rests on reaches to. */
export const approvedLimit = (
  org: string,
  approval: Approval,
  limit: number | undefined,
  view: LedgerView,
): { costLimitPence?: number } => {
  const id = 'delegationId' in approval ? approval.delegationId : '';
  const costLimitPence = lowest(limit, view.register(org)?.delegations.get(id)?.scope.maxCostPence);
  return costLimitPence === undefined ? {} : { costLimitPence };
};

/** Whether the host's rules leave a request of that size to its declared policy. */
export const policySuffices = (host: string, quantity: number, view: LedgerView): boolean => {
  const { personAbove } = (view.register(host)?.rules ?? DEFAULT_RULES).requests;
  return personAbove === null || quantity <= personAbove;
};

/** What the request rests on as it is submitted, by the route that the requester chose. */
const approvalBy = (
  route: ApprovalRoute,
  org: string,
  requestedBy: string,
  content: Content,
  view: LedgerView,
  now: string,
): Approval | Refusal => {
  const matter = matterOf(content.lines, content.terms, content.costLimitPence);
  switch (route.kind) {
    case 'policy':
      return policySuffices(org, matter.quantity, view)
        ? HOST_REQUEST
        : refuse(
            'approval-needed',
            `the rules of ${org} leave ${matter.quantity} units to a person; send it with the approval route person, or oral in an emergency`,
            [{ path: 'approvalRoute', because: 'must be person or oral' }],
          );
    case 'person':
      return { basis: 'awaited', requestedBy };
    case 'oral': {
      if (route.post === requestedBy) {
        return refuse('same-person', `${requestedBy} asks, so another post has to approve`);
      }
      if (route.at > now) {
        const because = `lies in the future (it is ${now})`;
        return refuse('bad-time', `the oral approval ${because}`, [{ path: 'approvalRoute.at', because }]);
      }
      const decider = { org, post: route.post, role: 'approver' } as const;
      const granted = authorise(decider, { ...matter, emergency: true }, view, now);
      if (isRefusal(granted)) return granted;
      return {
        basis: 'oral',
        ...decider,
        ...granted,
        at: route.at,
        reason: route.reason,
        recordedBy: requestedBy,
        retrospectiveBy: addMinutes(now, RETROSPECTIVE_MINUTES),
      };
    }
  }
};

type Name = { host: string; requestId: string };

/** The request goes out to those who are asked; each of them is told by itself. */
export const issue = (
  draft: Draft,
  name: Name,
  content: Pick<Content, 'lines' | 'terms' | 'answerBy' | 'recipients' | 'tier'>,
  recipients: Recipient[],
): void => {
  const { lines, terms, answerBy, recipients: choice } = content;
  const tier = content.tier ?? tierOf(name.host, recipients);
  draft.emit({
    type: 'muster.request.issued.v1',
    data: {
      ...{ ...name, tier, recipients, answerBy },
      ...(choice.kind === 'waves' && {
        wave: 1,
        nextWaveAt: addMinutes(draft.now, choice.everyMinutes),
      }),
    },
  });
  for (const recipient of recipients) {
    const notice = { kind: 'issued' as const, lines: linesFor(recipient, lines), terms, answerBy };
    draft.emit({
      type: 'muster.request.notice.v1',
      data: { ...name, force: recipient.force, notice },
    });
  }
};

/** Puts a submitted request into the draft; it goes out at once unless a person has to approve it first. */
export const submit = (
  draft: Draft,
  name: Name,
  content: Content,
  by: { post: string; route: ApprovalRoute },
): Refusal | undefined => {
  const { view, now } = draft;
  const faults = badTimes(content, now);
  if (faults.length > 0) return refuse('bad-time', 'some times cannot be met', faults);
  const recipients = chooseRecipients(
    ...([
      content.recipients,
      name.host,
      content.lines,
      view,
      now,
      firstTier(name.host, content.tier),
    ] as const),
  );
  if (isRefusal(recipients)) return recipients;
  const approval = approvalBy(by.route, name.host, by.post, content, view, now);
  if (isRefusal(approval)) return approval;
  const isAwaited = approval.basis === 'awaited';
  const { lines, terms, answerBy, confirmWithinMinutes } = content;
  const keepsChoice = isAwaited || content.recipients.kind === 'waves';
  draft.emit({
    type: 'muster.request.submitted.v1',
    data: {
      ...name,
      ...{ lines, terms, answerBy, confirmWithinMinutes },
      ...(keepsChoice && { recipients: content.recipients }),
      ...(content.escalation && { escalation: content.escalation }),
      ...(content.costLimitPence !== undefined && { costLimitPence: content.costLimitPence }),
      ...(content.tier !== undefined && { tier: content.tier }),
      requestedBy: by.post,
      approval,
    },
  });
  if (isAwaited) return undefined;
  if (approval.basis === 'oral') {
    const limit = approvedLimit(name.host, approval, content.costLimitPence, view);
    draft.emit({
      type: 'muster.request.approved.v1',
      data: { ...name, approval, retrospective: false, ...limit },
    });
  }
  issue(draft, name, content, recipients);
  return undefined;
};

/** A host states its need and the forces named are asked, at once or when a person has approved. */
export const decideCreate = (
  org: string,
  body: CommandBody<'request-create'>,
  view: LedgerView,
  now: string,
): Decision => {
  const { commandId: requestId, lines, terms, recipients, answerBy, escalation, tier } = body;
  const { costLimitPence } = body;
  if (view.request(org, requestId)) {
    return refuse('command-id-reused', `request ${requestId} of ${org} exists already`);
  }
  const confirmWithinMinutes = body.confirmWithinMinutes ?? CONFIRM_WITHIN_MINUTES_DEFAULT;
  const content = {
    ...{ lines, terms, recipients, answerBy, confirmWithinMinutes },
    ...{ escalation, costLimitPence, tier },
  };
  const draft = startDraft(view, now);
  const by = { post: body.actor.id, route: body.approvalRoute ?? { kind: 'policy' as const } };
  return submit(draft, { host: org, requestId }, content, by) ?? draft.done();
};
