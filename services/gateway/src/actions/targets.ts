import {
  answerKey,
  type ClaimState,
  type DeploymentState,
  type LedgerView,
  type RequestState,
  wasAsked,
} from '@muster/domain';
import type { BodySchema } from './sample.ts';

type Ids = Record<string, unknown>;

/**
 * What a command would be about: the ids to put into its body. Missing: what there is nothing of. What has to
 * go with them for a body to be tried is in `tried`; a person writes it anew. Chosen: the field of which this
 * target is one value, so that a fault of it stands whatever a person writes.
 */
export type Target = { ids: Ids; missing?: string; tried?: Ids; chosen?: string };

/** Fields whose value the state of a deployment or claim decides about: each value is a target of its own. */
const CHOSEN = ['status', 'to', 'answer', 'decision', 'basis'];

/** What a body must hold beside some of these values. */
const GOES_WITH: Readonly<Record<string, Ids>> = {
  decline: { reasonCode: 'other' },
  provisional: { condition: 'x' },
  stay: { consentedBy: 'x' },
};

const has = (schema: BodySchema, field: string): boolean => Object.hasOwn(schema.properties ?? {}, field);
const needs = (schema: BodySchema, field: string): boolean => schema.required?.includes(field) === true;

/** Whether a command is about one request; one that also names a donor is about more, and is not tried out. */
export const isAboutRequest = (schema: BodySchema): boolean =>
  needs(schema, 'requestId') &&
  !has(schema, 'deploymentId') &&
  !has(schema, 'donor') &&
  !has(schema, 'claimId');

export const isAboutDeployment = (schema: BodySchema): boolean =>
  needs(schema, 'deploymentId') && needs(schema, 'donor') && !has(schema, 'claimId');

/** Whether a command is about one claim, or opens the one of a deployment. */
export const isAboutClaim = (schema: BodySchema): boolean =>
  needs(schema, 'claimId') && needs(schema, 'donor');

const ownCapabilities = (view: LedgerView, org: string, code: string): string[] =>
  [...view.adverts(code)].filter(({ data }) => data.force === org).map(({ data }) => data.capabilityId);

const offers = (request: RequestState, base: Ids): Target[] => {
  const open = [...request.offers.values()].filter(({ status }) => status === 'made');
  if (open.length === 0) return [{ ids: base, missing: 'there is no open offer' }];
  return open.map(({ offerId, quantity }) => ({ ids: { ...base, accept: [{ offerId, quantity }] } }));
};

/** Offers of which something may still become by a word of either side. */
const OPEN: readonly string[] = ['made', 'provisional', 'accepted'];

/** The offers that a command could name: those that a force has prepared or made, or all that its host has open. */
const namedOffers = (schema: BodySchema, request: RequestState, org: string, base: Ids): Target[] => {
  const isDonors = has(schema, 'host');
  const own = [...request.preparations.values()].filter(
    ({ donor, status }) => isDonors && donor === org && status === 'prepared',
  );
  const open = [...request.offers.values()].filter(
    ({ donor, status }) => OPEN.includes(status) && (!isDonors || donor === org),
  );
  const ids = [...own, ...open].map(({ offerId }) => ({ ids: { ...base, offerId } }));
  return ids.length > 0 ? ids : [{ ids: base, missing: 'there is no such offer' }];
};

/** Whether a force can only offer unsolicited for a line: it sees the request, and was not asked for that. */
const isUnasked = (schema: BodySchema, { answers }: RequestState, org: string, lineId: string): boolean =>
  has(schema, 'unsolicited') && !wasAsked(answers.get(answerKey(org, lineId)));

const lines = (
  schema: BodySchema,
  request: RequestState,
  org: string,
  view: LedgerView,
  base: Ids,
): Target[] =>
  request.lines.flatMap(({ lineId, capabilityCode, from }): Target[] => {
    const ids = {
      ...base,
      lineId,
      ...(isUnasked(schema, request, org, lineId) && { unsolicited: true }),
    };
    if (!has(schema, 'capabilityId')) return [{ ids }];
    const own = ownCapabilities(view, org, capabilityCode);
    if (own.length === 0) return [{ ids, missing: `${org} advertises nothing of ${capabilityCode}` }];
    return own.map((capabilityId) => ({
      ids: { ...ids, capabilityId, quantity: 1, estimatedArrival: from },
    }));
  });

/** What a command could be about at this request; none when it cannot be about a request of another host. */
export const requestTargets = (
  schema: BodySchema,
  request: RequestState,
  org: string,
  view: LedgerView,
): Target[] => {
  const { host, requestId } = request;
  if (host !== org && !has(schema, 'host')) return [];
  const base: Ids = {
    ...(has(schema, 'host') && (needs(schema, 'host') || host !== org) ? { host } : {}),
    requestId,
  };
  if (has(schema, 'accept')) return offers(request, base);
  if (needs(schema, 'offerId')) return namedOffers(schema, request, org, base);
  if (needs(schema, 'lineId')) return lines(schema, request, org, view, base);
  const lineIds = needs(schema, 'lineIds') ? { lineIds: request.lines.map(({ lineId }) => lineId) } : {};
  if (!needs(schema, 'force')) return [{ ids: { ...base, ...lineIds } }];
  const asked = request.recipients.map(({ force }) => ({ ids: { ...base, force } }));
  return asked.length > 0 ? asked : [{ ids: base, missing: 'nobody is asked yet' }];
};

const deploymentIds = (schema: BodySchema, row: DeploymentState): Target[] => {
  const base: Ids = { donor: row.donor, deploymentId: row.deploymentId };
  if (needs(schema, 'proposalId')) {
    const proposalId = row.control.proposed?.proposalId;
    return [
      proposalId === undefined
        ? { ids: base, missing: 'no change of control is proposed' }
        : { ids: { ...base, proposalId } },
    ];
  }
  if (!needs(schema, 'extensionId')) return [{ ids: base }];
  const extensionId = row.extension?.extensionId;
  return [
    extensionId === undefined
      ? { ids: base, missing: 'no extension is asked for' }
      : { ids: { ...base, extensionId } },
  ];
};

const eachChoice = (schema: BodySchema, target: Target): Target[] => {
  const field = CHOSEN.find((name) => needs(schema, name) && schema.properties?.[name]?.enum);
  if (field === undefined) return [target];
  return (schema.properties?.[field]?.enum ?? []).map((value) => ({
    ...target,
    ids: { ...target.ids, [field]: value },
    chosen: field,
    ...(GOES_WITH[String(value)] && { tried: GOES_WITH[String(value)] }),
  }));
};

/** What a command could be about at this deployment, for each choice that it leaves. */
export const deploymentTargets = (schema: BodySchema, row: DeploymentState): Target[] =>
  deploymentIds(schema, row).flatMap((target) => eachChoice(schema, target));

/** What a command could be about at the claim of a deployment, which may yet have to be opened. */
export const claimTargets = (
  schema: BodySchema,
  { donor, claimId }: Pick<ClaimState, 'donor' | 'claimId'>,
  claim: ClaimState | undefined,
): Target[] => {
  const total = claim && needs(schema, 'amountPence') ? { amountPence: claim.totalPence } : {};
  return eachChoice(schema, { ids: { donor, claimId, ...total } });
};
