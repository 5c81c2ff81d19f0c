import {
  type Actor,
  type BoardAction,
  COMMANDS,
  type Command,
  type CommandName,
  type DelegatedRole,
  FORCES,
  isRefusal,
  NATIONAL_CENTRE,
  ORGS,
  type Refusal,
} from '@muster/contracts';
import { type DeploymentState, decide, type LedgerView, type RequestState, waitingOf } from '@muster/domain';
import { unseen } from './acts/home.ts';
import type { Told } from './acts/stage.ts';
import { moved, POSTS, rationale } from './cast.ts';
import type { Coverage } from './coverage.ts';
import type { Mesh, Plants } from './mesh.ts';
import type { Breach } from './rules.ts';

/** One thing that whoever is waited for might do about it. */
type Way =
  | { kind: 'command'; name: CommandName; actor: Actor; body: object }
  | { kind: 'home'; capabilityId: string; bookingId: string };

/** What is known of something that waits, when ways to end it are looked for. */
type Open = { action: BoardAction; org: string; mesh: Mesh; now: string };

const way = <N extends CommandName>(name: N, actor: Actor, body: Told<N>['body']): Way => ({
  ...{ kind: 'command', name, actor, body },
});

/** A post that has neither asked for nor checked anything. */
const FRESH = 'fresh-eyes';
const as = (role: Actor['role']): Actor => ({ role, id: FRESH });

const requestOf = ({ action: { item }, mesh }: Open): RequestState => {
  const request = mesh.ledger.view.request(item.owner, item.id);
  if (!request) throw new Error(`${item.owner}/${item.id} waits and is not there`);
  return request;
};
const unitsOf = ({ action: { item }, mesh }: Open): DeploymentState => {
  const units = mesh.ledger.view.deployment(item.owner, item.id);
  if (!units) throw new Error(`${item.owner}/${item.id} waits and is not there`);
  return units;
};
const namedUnits = ({ action: { item } }: Open) => ({ donor: item.owner, deploymentId: item.id });
const namedClaim = ({ action: { item } }: Open) => ({ donor: item.owner, claimId: item.id });
const namedRequest = ({ action: { item } }: Open) => ({ host: item.owner, requestId: item.id });
const requestId = ({ action: { item } }: Open): string => item.id;
const offerIdOf = ({ action: { offerId = 'none' } }: Open): string => offerId;

/** What a home force has to say about a booking: its person refuses, which is always open to it. */
const atHome = (open: Open): Way[] => {
  const bookingId = offerIdOf(open);
  const offer = requestOf(open).offers.get(bookingId);
  return offer ? [{ kind: 'home', capabilityId: offer.capabilityId, bookingId }] : [];
};

const NEXT = {
  COMMITTED: 'MOBILISING',
  MOBILISING: 'EN_ROUTE',
  EN_ROUTE: 'STAGED',
  STAGED: 'ON_TASK',
  ON_TASK: 'ON_TASK',
  RELEASED: 'RETURNING',
  RETURNING: 'RETURNING',
} as const;

const reported = (open: Open): Way[] => {
  const { status, recall } = unitsOf(open);
  const at = recall?.before.status ?? status;
  const next = Object.hasOwn(NEXT, at) ? NEXT[at as keyof typeof NEXT] : 'MOBILISING';
  return [way('deployment-status', POSTS.donor, { ...namedUnits(open), status: next, at: open.now })];
};

const cancelled = (open: Open) => ({
  requestId: requestId(open),
  ...{ reasonCode: 'resolved' as const, reason: 'It is over' },
});

/** A force that nobody has asked for any line. */
const unasked = (open: Open): string => {
  const { host, recipients } = requestOf(open);
  const asked = new Set([host, ...recipients.map(({ force }) => force)]);
  return FORCES.find(({ id }) => !asked.has(id))?.id ?? host;
};

const claimOf = ({ action: { item }, mesh }: Open) => mesh.ledger.view.claim(item.owner, item.id);
const totalOf = (open: Open): number => claimOf(open)?.totalPence ?? 0;
const waiverOf = (open: Open) => claimOf(open)?.waiver?.basis ?? ('payback' as const);

/** Any of the offers that are open, as many of it as can be had, by the donor's own terms. */
const taken = (open: Open): Way[] =>
  [...requestOf(open).offers.values()]
    .filter(({ status, lineId }) => status === 'made' && open.action.lineIds.includes(lineId))
    .flatMap(({ offerId, quantity, costEstimate, continues }) =>
      (continues ? [quantity] : [quantity, 1]).map((taken) =>
        way('offer-accept', POSTS.requester, {
          requestId: requestId(open),
          accept: [
            {
              ...{ offerId, quantity: taken },
              ...(costEstimate?.costCategory && { costCategory: costEstimate.costCategory }),
            },
          ],
          override: { reason: 'Lives are at risk' },
        }),
      ),
    );

/** What goes beyond the limit of cost is taken after the limit has been raised. */
const chosen = (open: Open): Way[] => {
  const limit = requestOf(open).costLimitPence;
  if (limit === undefined) return taken(open);
  const more = { costLimitPence: limit + 1_000_000, reason: 'It costs more', rationale };
  return [...taken(open), way('request-amend', as('approver'), { requestId: requestId(open), ...more })];
};

const settled = (open: Open): Way[] => {
  const name = namedUnits(open);
  const common = { ...name, reason: 'Fewer than were booked' };
  return open.org === open.action.host
    ? [way('deployment-release', POSTS.requester, { ...name, reasonCode: 'task-complete' })]
    : [
        way('return-request', POSTS.donor, { ...common, by: open.now, reasonCode: 'own-demand' }),
        way('return-withdraw', POSTS.donor, common),
        way('deployment-forfeit', POSTS.donor, {
          ...{ ...common, reasonCode: 'own-demand', replacementOffered: false },
        }),
      ];
};

const extended = (open: Open): Way[] => {
  const { extension, capabilityId, bookingId } = unitsOf(open);
  if (extension?.reserved) return [{ kind: 'home', capabilityId, bookingId }];
  const answer = { extensionId: extension?.extensionId ?? 'none', answer: 'decline', reasonCode: 'other' };
  return [way('extension-answer', POSTS.donor, { ...namedUnits(open), ...answer } as never)];
};

const costLine = { lineId: 'pay', category: 'pay', amountPence: 100 } as const;

/** Who speaks for the organisation that is waited for, whichever it is. */
const speaker = ({ org, action: { host } }: Open): Actor => {
  if (org === NATIONAL_CENTRE) return as('national-centre');
  return org === host ? as('approver') : as('ricc');
};

/** For each thing that a board says is waited for: what would end it or take it on. */
const WAYS: Record<BoardAction['kind'], (open: Open) => Way[]> = {
  submit: (open) => {
    const answerBy = moved(open.now, 20);
    const body = { requestId: requestId(open), approvalRoute: { kind: 'person' as const }, answerBy };
    const again = way('request-submit', POSTS.requester, body);
    return [again, way('request-cancel', POSTS.requester, cancelled(open))];
  },
  approve: (open) => [
    way('request-approve', as('approver'), { requestId: requestId(open), rationale }),
    // Where times have passed meanwhile, it is amended first, or refused.
    way('request-refuse', as('approver'), { requestId: requestId(open), rationale, reason: 'Too late' }),
  ],
  'approve-in-writing': (open) => [
    way('request-approve', as('approver'), { requestId: requestId(open), rationale }),
  ],
  answer: (open) => [
    way('offer-decline', POSTS.donor, {
      ...{ ...namedRequest(open), lineIds: open.action.lineIds, reasonCode: 'own-demand' },
    }),
  ],
  'approve-offer': (open) => [
    way('offer-refuse', as('donor-approver'), {
      ...{ ...namedRequest(open), offerId: offerIdOf(open), reason: 'They have to stay' },
    }),
  ],
  'choose-offers': chosen,
  'meet-condition': (open) => [
    way('offer-condition-met', POSTS.donor, {
      ...{ ...namedRequest(open), offerId: offerIdOf(open), note: 'It has ended' },
    }),
  ],
  confirm: atHome,
  'answer-lapse': atHome,
  'ask-further': (open) => [
    way('request-ask', POSTS.requester, {
      requestId: requestId(open),
      recipients: { kind: 'forces', forces: [unasked(open)] },
      answerBy: moved(open.now, 1),
    }),
  ],
  'accept-escalation': (open) => [way('escalation-accept', speaker(open), namedRequest(open))],
  'acknowledge-unfilled': (open) =>
    open.action.lineIds.map((lineId) =>
      way('unfilled-acknowledge', speaker(open), { ...namedRequest(open), lineId, note: 'Seen' }),
    ),
  'report-status': reported,
  'confirm-control': (open) => [
    way('control-confirm', POSTS.donor, {
      ...{ ...namedUnits(open), proposalId: unitsOf(open).control.proposed?.proposalId ?? 'none' },
    }),
  ],
  'answer-recall': (open) => [
    way('return-answer', POSTS.requester, { ...namedUnits(open), answer: 'keep', reason: 'Not yet' }),
  ],
  'settle-recall': (open) => [
    way('return-settle', speaker(open), { ...namedUnits(open), decision: 'release', reason: 'Theirs' }),
  ],
  'settle-shortfall': settled,
  release: (open) => [
    way('deployment-release', POSTS.requester, { ...namedUnits(open), reasonCode: 'task-complete' }),
  ],
  'report-return': (open) => [
    way('deployment-return', POSTS.donor, {
      ...{ ...namedUnits(open), at: open.now, injuries: 0, welfareReferral: false },
    }),
  ],
  debrief: (open) => [way('deployment-debrief', POSTS.donor, { ...namedUnits(open), lessons: 'None' })],
  'answer-extension': extended,
  'answer-welfare': (open) => [
    way('welfare-answer', POSTS.donor, { ...namedUnits(open), injuries: 0, welfareReferral: false }),
  ],
  'review-secondment': (open) => [
    way('secondment-review', speaker(open), {
      ...{ ...namedUnits(open), outcome: 'stays-mutual-aid', reason: 'By agreement' },
    }),
  ],
  'estimate-costs': (open) => [
    way('claim-estimate', as('finance'), { ...namedClaim(open), lines: [costLine] }),
  ],
  'record-costs': (open) => [way('claim-record', as('finance'), { ...namedClaim(open), lines: [costLine] })],
  'submit-claim': (open) => [way('claim-submit', as('finance'), namedClaim(open))],
  'judge-claim': (open) => [
    way('claim-check', as('finance'), namedClaim(open)),
    way('claim-agree', as('finance'), namedClaim(open)),
  ],
  'answer-claim': (open) => [way('claim-answer', as('finance'), { ...namedClaim(open), answer: 'This one' })],
  'pay-claim': (open) => [
    way('claim-pay', as('finance'), {
      ...{ ...namedClaim(open), amountPence: totalOf(open), paidAt: open.now, paymentRef: 'BACS 1' },
    }),
  ],
  'agree-waiver': (open) => [
    way('claim-waive', as('finance'), {
      ...{ ...namedClaim(open), basis: waiverOf(open), reason: 'In kind' },
    }),
  ],
};

const DELEGATED: readonly DelegatedRole[] = [
  'approver',
  'donor-approver',
  'finance',
  'ricc',
  'national-centre',
];

/** The same ledger where one fresh post holds every delegation: what may be decided is asked, not who is on duty. */
const delegated = (view: LedgerView, now: string): LedgerView => ({
  ...view,
  register(org) {
    const scope = { codes: ['*'], maxQuantity: 10_000, emergencies: true };
    const span = { validFrom: moved(now, -1), validTo: moved(now, 1) };
    const held = { post: FRESH, scope, ...span, grantedBy: 'chief', reason: 'On call' };
    const rules = view.register(org)?.rules ?? {
      requests: { personAbove: null },
      offers: { personAbove: null },
    };
    return {
      ...{ org, rules, matching: view.register(org)?.matching ?? [] },
      delegations: new Map(DELEGATED.map((role) => [role, { ...held, role, delegationId: `d-${role}` }])),
    };
  },
});

/** Under which what waits is counted. */
export const waitName = (kind: BoardAction['kind']): string => `waits: ${kind}`;

const PROBE = 'probe';

/** What ways are tried on. */
type Probe = { view: LedgerView; tried: typeof decide };

/** What the domain says to one way; nothing when it takes it. */
const against = (one: Way, { org, mesh, now }: Open, { view, tried }: Probe): Refusal | undefined => {
  if (one.kind === 'home') {
    const { capabilityId, bookingId } = one;
    const home = view.home(org, capabilityId);
    // What home has not heard yet, or has said and the hub has not heard, is on its way already.
    if (unseen(mesh, { donor: org, capabilityId }).length > 0 || home?.verdicts.has(bookingId))
      return undefined;
    const facts = {
      advert: view.advert(org, capabilityId)?.data,
      now,
      policy: { policy: 'person' },
    } as const;
    const said = mesh.decideHome({ kind: 'refuse', bookingId, reasonCode: 'own-demand' }, home, facts);
    return isRefusal(said) ? said : undefined;
  }
  const { name, actor, body } = one;
  const read = COMMANDS[name].parse({ ...body, actor, commandId: PROBE, classification: 'OFFICIAL' });
  const said = tried({ name, org, body: read } as Command, view, now);
  return isRefusal(said) ? said : undefined;
};

/**
 * Whatever a board says an organisation is waited for, it can do: of the ways to end it the domain takes one. A
 * post that holds what delegation it takes is assumed.
 */
export const waitsInVain = (mesh: Mesh, now: string, coverage: Coverage, plants: Plants): Breach[] => {
  const probe = { view: delegated(mesh.ledger.view, now), tried: plants.decide?.(decide) ?? decide };
  return ORGS.flatMap((org) =>
    waitingOf(org, { ledger: mesh.ledger }, now)
      .filter(({ isMine }) => isMine)
      .flatMap((action): Breach[] => {
        const open = { action, org, mesh, now };
        coverage.count(waitName(action.kind), 'accepted');
        const refused = WAYS[action.kind](open).map((one) => against(one, open, probe));
        if (refused.some((each) => each === undefined)) return [];
        const why = refused.map((each) => `${each?.refused}, ${each?.because}`).join('; ');
        return [{ rule: 'waits-in-vain', detail: `${org} to ${action.kind} (${action.about}): ${why}` }];
      }),
  );
};
