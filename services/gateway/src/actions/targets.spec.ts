import type { DeploymentState, LedgerView, RequestState } from '@muster/domain';
import { describe, expect, it } from 'vitest';
import { deploymentTargets, requestTargets } from './targets.ts';

const offer = (offerId: string, donor: string, status: string) => [
  offerId,
  { offerId, donor, status, quantity: 1 },
];
const request = {
  host: 'kent',
  requestId: 'r1',
  lines: [],
  recipients: [],
  preparations: new Map(),
  offers: new Map([
    offer('o1', 'essex', 'made'),
    offer('o2', 'surrey', 'provisional'),
    offer('o3', 'essex', 'withdrawn'),
  ] as never),
} as unknown as RequestState;
const view = {} as LedgerView;

const fields = (...names: string[]) => ({
  properties: Object.fromEntries(names.map((name) => [name, {}])),
  required: names,
});
const ids = (schema: ReturnType<typeof fields>, org: string) =>
  requestTargets(schema, request, org, view).map((target) => target.ids);

describe('what a command about one offer could be about', () => {
  it('is each open offer for the host', () =>
    expect(ids(fields('requestId', 'offerId'), 'kent')).toEqual([
      { requestId: 'r1', offerId: 'o1' },
      { requestId: 'r1', offerId: 'o2' },
    ]));

  it('is its own open offer for a donor', () =>
    expect(ids(fields('host', 'requestId', 'offerId'), 'essex')).toEqual([
      { host: 'kent', requestId: 'r1', offerId: 'o1' },
    ]));

  it('is missing where there is none', () =>
    expect(requestTargets(fields('host', 'requestId', 'offerId'), request, 'sussex', view)).toEqual([
      { ids: { host: 'kent', requestId: 'r1' }, missing: 'there is no such offer' },
    ]));
});

describe('what a force could offer', () => {
  const schema = {
    properties: { host: {}, requestId: {}, lineId: {}, capabilityId: {}, unsolicited: { const: true } },
    required: ['host', 'requestId', 'lineId', 'capabilityId'],
  };
  const lines = ['l1', 'l2'].map((lineId) => ({ lineId, capabilityCode: 'PO', from: 'then' }));
  const answers = new Map([['essex/l1', { answer: 'waiting' }]]);
  const own = { data: { force: 'essex', capabilityId: 'psu' } };

  it('is an answer where it was asked, and unsolicited for any other line that it sees', () => {
    const of = { ...request, lines, answers } as unknown as RequestState;
    const targets = requestTargets(schema, of, 'essex', { adverts: () => [own] } as unknown as LedgerView);
    expect(targets.map(({ ids: { lineId, unsolicited } }) => [lineId, unsolicited])).toEqual([
      ['l1', undefined],
      ['l2', true],
    ]);
  });
});

describe('what a report of units could be about', () => {
  it('is each status that can be reported, since the next depends on the last', () => {
    const schema = {
      properties: { donor: {}, deploymentId: {}, status: { enum: ['EN_ROUTE', 'ON_TASK'] } },
      required: ['donor', 'deploymentId', 'status'],
    };
    const row = { donor: 'essex', deploymentId: 'd1' } as DeploymentState;
    expect(deploymentTargets(schema, row).map(({ ids: of }) => of)).toEqual([
      { donor: 'essex', deploymentId: 'd1', status: 'EN_ROUTE' },
      { donor: 'essex', deploymentId: 'd1', status: 'ON_TASK' },
    ]);
  });
});
