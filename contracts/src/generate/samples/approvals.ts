import type { APPROVAL_EVENTS } from '../../table/approval.ts';
import type { POLICY_EVENTS } from '../../table/policy.ts';
import type { Approval, Rationale } from '../../values.ts';
import { ANSWER_BY, HOST, ofRequest } from './common.ts';
import { lines, terms } from './request.ts';
import type { SamplesOf } from './samples.ts';

const RATIONALE: Rationale = {
  information: 'Two data centres are encrypted, own team is on its third shift',
  threatAndRisk: 'Loss of the control room for more than a day',
  powersAndPolicy: 'Police Act 1996 section 24; force mutual aid policy',
  options: 'Private contractor (no clearance), wait for own team (too late), mutual aid',
  actionAndReview: 'Ask for four, review at every handover',
};

const AT = '2026-11-22T20:10:00.000Z';

export const PERSON: Approval = {
  basis: 'person',
  post: 'kent-duty-acc',
  role: 'approver',
  org: HOST,
  delegationId: 'del-2026-04',
  authorityRank: 'Assistant Chief Constable',
  rationale: RATIONALE,
  at: AT,
};

const content = {
  ...ofRequest,
  lines,
  terms,
  recipients: { kind: 'nearest', count: 10 },
  answerBy: ANSWER_BY,
  confirmWithinMinutes: 30,
} as const;

const ofRegister = { org: HOST, policyId: 'delegations' } as const;

/** One set of weights, and the version that it makes. */
const MATCHING = {
  org: 'npocc',
  policyId: 'matching',
  version: '2.1',
  revision: 1,
  replaces: '2',
  weights: { lateness: 2, travel: 0.25, tier: 0, strain: 60, reserve: 240, skillFit: 1, cost: 0 },
  setBy: 'npocc-duty-desk',
  delegationId: 'del-npocc-1',
  reason: 'Minutes count for more than regions while the disorder lasts',
} as const;

export const approvalSamples: SamplesOf<keyof typeof APPROVAL_EVENTS | keyof typeof POLICY_EVENTS> = {
  'muster.request.drafted.v1': [{ data: { ...content, draftedBy: 'kent-duty-desk' } }],
  'muster.request.approved.v1': [
    { data: { ...ofRequest, approval: PERSON, retrospective: false } },
    {
      variant: 'oral',
      data: {
        ...ofRequest,
        approval: {
          basis: 'oral',
          post: 'kent-duty-acc',
          role: 'approver',
          org: HOST,
          delegationId: 'del-2026-04',
          at: AT,
          reason: 'Control room is going down now',
          recordedBy: 'kent-duty-desk',
          retrospectiveBy: '2026-11-22T21:10:00.000Z',
        },
        retrospective: false,
      },
    },
  ],
  'muster.request.refused.v1': [
    {
      data: {
        ...ofRequest,
        refusedBy: 'kent-duty-acc',
        reason: 'The regional unit has four free',
        rationale: RATIONALE,
        retrospective: false,
      },
    },
  ],
  'muster.request.approval_overdue.v1': [
    { data: { ...ofRequest, oralBy: 'kent-duty-acc', retrospectiveBy: '2026-11-22T21:10:00.000Z' } },
  ],
  'muster.request.amended.v1': [
    {
      data: {
        ...ofRequest,
        lines,
        terms,
        answerBy: ANSWER_BY,
        changes: [{ path: 'lines[l1].quantity', from: '40', to: '4' }],
        reason: 'Typed a nought too many',
        approval: PERSON,
        recall: {
          kind: 'update',
          corrects: { eventId: 'kent.req-20261122-01.1', kind: 'mistyped-quantity' },
        },
      },
    },
  ],
  'muster.delegation.granted.v1': [
    {
      data: {
        ...ofRegister,
        delegationId: 'del-2026-04',
        post: 'kent-duty-acc',
        role: 'approver',
        scope: {
          codes: ['CY', 'PO'],
          maxQuantity: 50,
          maxCostPence: 25_000_000,
          legalBases: ['PA96-S24'],
          emergencies: true,
        },
        validFrom: '2026-04-01T00:00:00.000Z',
        validTo: '2027-04-01T00:00:00.000Z',
        grantedBy: 'kent-dcc',
        reason: 'Annual scheme of delegation',
      },
    },
  ],
  'muster.delegation.revoked.v1': [
    {
      data: {
        ...ofRegister,
        delegationId: 'del-2026-04',
        revokedBy: 'kent-dcc',
        reason: 'The post was closed',
      },
    },
  ],
  'muster.approval_rules.set.v1': [
    {
      data: {
        ...ofRegister,
        rules: { requests: { personAbove: 2 }, offers: { personAbove: null } },
        setBy: 'kent-dcc',
        reason: 'People approve whatever is more than two',
      },
    },
  ],
  'muster.policy.matching_set.v1': [{ data: MATCHING }],
};
