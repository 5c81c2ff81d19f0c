import type { CommandName } from '@muster/contracts';
import { describe, test } from 'vitest';
import { askBody, chief, commandBy, missing, national, r1, rationale } from '../testing/asked.ts';
import { all, check, EVERY, goUp, LIVE, NOT_SENT, OVER, type Row, stays } from '../testing/cells.ts';
import { at, terms } from '../testing/samples.ts';

const ended = all(OVER, '!request-ended');
/** Nobody but its host knows of it before it goes out, and nobody after it was refused. */
const hidden = all([...NOT_SENT, 'awaiting-approval', 'refused'], '!not-found');
/** Only what has gone out. */
const sent = { ...all(NOT_SENT, '!not-found'), 'awaiting-approval': '!request-ended', ...ended } as const;
const surrey = { lineId: 'l1', donor: 'surrey', capabilityId: 'psu-1' };

/** Commands that move other machines, whose tables and specs stand beside them. */
type Elsewhere =
  | 'acceptance-withdraw'
  | `claim-${string}`
  | 'approval-rules-set'
  | 'control-confirm'
  | 'control-propose'
  | 'delegation-grant'
  | 'delegation-revoke'
  | 'deployment-abort'
  | 'deployment-debrief'
  | 'deployment-desk-take'
  | 'deployment-forfeit'
  | 'deployment-release'
  | 'deployment-return'
  | 'deployment-status'
  | 'extension-answer'
  | 'extension-ask'
  | 'matching-policy-set'
  | 'offer-approve'
  | 'offer-condition-met'
  | 'offer-not-select'
  | 'offer-refuse'
  | 'offer-withdraw'
  | 'return-answer'
  | 'return-request'
  | 'return-settle'
  | 'return-withdraw'
  | 'secondment-review'
  | 'status-request'
  | 'welfare-answer';

const TABLE = {
  'request-create': {
    cells: { ...all(EVERY, '!command-id-reused'), none: 'open' },
    command: (scene) => commandBy(scene, 'kent', 'request-create', { ...askBody(), commandId: 'r1' }),
  },
  'request-draft': {
    cells: { ...all(EVERY, '!wrong-status'), none: '!not-found', draft: 'draft' },
    command: (scene) =>
      commandBy(scene, 'kent', 'request-draft', { ...askBody(), commandId: 'again', requestId: 'r1' }),
  },
  'request-submit': {
    cells: { ...all(EVERY, '!wrong-status'), none: '!not-found', draft: 'open' },
    command: (scene) => commandBy(scene, 'kent', 'request-submit', { requestId: 'r1' }),
  },
  'request-approve': {
    cells: {
      ...all(EVERY, '!wrong-status'),
      ...all(NOT_SENT, '!not-found'),
      'awaiting-approval': 'open',
    },
    command: (scene) =>
      commandBy(scene, 'kent', 'request-approve', { requestId: 'r1', actor: chief, rationale }),
  },
  'request-refuse': {
    cells: {
      ...all(EVERY, '!wrong-status'),
      ...all(NOT_SENT, '!not-found'),
      'awaiting-approval': 'refused',
    },
    command: (scene) =>
      commandBy(scene, 'kent', 'request-refuse', {
        ...{ requestId: 'r1', actor: chief, reason: 'No', rationale },
      }),
  },
  'request-amend': {
    cells: {
      ...{ none: '!not-found', draft: '!wrong-status', 'awaiting-approval': 'awaiting-approval' },
      ...{ ...stays, unfilled: 'open', ...ended },
    },
    command: (scene) =>
      commandBy(scene, 'kent', 'request-amend', {
        ...{ requestId: 'r1', terms: { ...terms, contactDesk: 'Silver' }, reason: 'Another desk' },
      }),
  },
  'request-cancel': {
    cells: { ...all(EVERY, 'cancelled'), none: '!not-found', ...ended },
    command: (scene) =>
      commandBy(scene, 'kent', 'request-cancel', { requestId: 'r1', reasonCode: 'other', reason: 'Over' }),
  },
  'request-escalate': {
    cells: { ...sent, ...stays, unfilled: 'open' },
    command: (scene) =>
      commandBy(scene, 'npocc', 'request-escalate', {
        ...{ ...r1, actor: national, toTier: 3, reasonCode: 'urgency', reason: 'It grows' },
      }),
  },
  'escalation-accept': {
    cells: { ...sent, ...stays, unfilled: 'open' },
    before: goUp,
    command: (scene) => commandBy(scene, 'npocc', 'escalation-accept', { ...r1, actor: national }),
  },
  'unfilled-acknowledge': {
    cells: { ...sent, ...all(LIVE, '!wrong-status'), unfilled: 'unfilled' },
    command: (scene) =>
      commandBy(scene, 'kent', 'unfilled-acknowledge', { ...r1, lineId: 'l1', note: 'We go without' }),
  },
  'request-acknowledge': {
    cells: { ...stays, ...ended, ...hidden },
    command: (scene) => commandBy(scene, 'suffolk', 'request-acknowledge', { ...r1, receivedAt: at(0) }),
  },
  'request-ask': {
    cells: { ...sent, ...stays, unfilled: 'open' },
    command: (scene) =>
      commandBy(scene, 'kent', 'request-ask', {
        ...{ requestId: 'r1', recipients: { kind: 'forces', forces: ['bedfordshire'] }, answerBy: at(5) },
      }),
  },
  'ask-withdraw': {
    cells: { ...sent, ...stays },
    command: (scene) =>
      commandBy(scene, 'kent', 'ask-withdraw', { requestId: 'r1', force: 'suffolk', reason: 'Mistyped' }),
  },
  'offer-make': {
    cells: { ...stays, filled: '!line-full', unfilled: '!answer-time-passed', ...ended, ...hidden },
    command: (scene) =>
      commandBy(scene, 'suffolk', 'offer-make', {
        ...{ ...r1, lineId: 'l1', capabilityId: 'psu-1', quantity: 1, estimatedArrival: at(3) },
      }),
  },
  'offer-decline': {
    cells: { ...stays, unfilled: '!answer-time-passed', ...ended, ...hidden },
    command: (scene) =>
      commandBy(scene, 'suffolk', 'offer-decline', { ...r1, lineIds: ['l1'], reasonCode: 'own-demand' }),
  },
  'offer-accept': {
    cells: {
      ...{ ...all(EVERY, '!request-ended'), none: '!not-found' },
      ...{ ...stays, filled: '!offer-not-open' },
    },
    command: (scene) =>
      commandBy(scene, 'kent', 'offer-accept', {
        ...{ requestId: 'r1', accept: [{ offerId: 'o2', quantity: 1 }] },
      }),
  },
  'plan-approve': {
    cells: {
      ...{ ...all(EVERY, '!plan-stale'), ...all(NOT_SENT, '!not-found') },
      ...{ ...stays, filled: '!plan-stale', unfilled: 'open' },
    },
    command: (scene) =>
      commandBy(scene, 'npocc', 'plan-approve', {
        ...{ planId: 'p-1', basedOnSeq: 1, policyVersion: '2', actor: national },
        assignments: [{ ...r1, ...surrey, quantity: missing(scene) }],
      }),
  },
  'direction-record': {
    cells: { ...sent, ...stays, filled: '!line-full', unfilled: 'open' },
    command: (scene) =>
      commandBy(scene, 'npocc', 'direction-record', {
        ...{ ...r1, ...surrey, quantity: missing(scene), actor: national, instrument: 'PA96-S24-2' },
        ...{ signedBy: 'gold', scope: 'The disorder', reason: 'Nobody else' },
      }),
  },
  'agreement-record': {
    cells: {
      ...{ ...all(EVERY, '!request-ended'), none: '!not-found' },
      ...{ ...stays, filled: '!line-full', unfilled: 'open' },
    },
    command: (scene) =>
      commandBy(scene, 'kent', 'agreement-record', {
        ...{
          for: { kind: 'request', requestId: 'r1', lineId: 'l1' },
          donor: 'surrey',
          capabilityId: 'psu-1',
        },
        ...{ quantity: missing(scene), agreedAt: at(0), agreedWith: 'duty-desk', means: 'phone' },
        reason: 'By telephone',
      }),
  },
  'request-desk-take': {
    cells: {
      none: '!not-found',
      draft: 'draft',
      'awaiting-approval': 'awaiting-approval',
      ...stays,
      ...ended,
    },
    command: (scene) =>
      commandBy(scene, 'kent', 'request-desk-take', { requestId: 'r1', desk: 'night-desk', note: 'Quiet' }),
  },
} satisfies Record<Exclude<CommandName, Elsewhere>, Row>;

describe.each(Object.entries<Row>(TABLE))('%s', (_, { cells, ...row }) => {
  test.each(EVERY.map((stage) => [stage, cells[stage]] as const))('when it is %s: %s', (stage, cell) =>
    check(stage, cell, row),
  );
});
