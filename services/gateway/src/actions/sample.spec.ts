import { COMMAND_NAMES, COMMANDS } from '@muster/contracts';
import { expect, test } from 'vitest';
import { inputSchema } from '../http/parameters.ts';
import { type BodySchema, sampleOf } from './sample.ts';
import { isAboutClaim, isAboutDeployment, isAboutRequest } from './targets.ts';

const SOON = '2026-12-01T10:00:00.000Z';
const KNOWN = {
  commandId: 'c-1',
  actor: { role: 'requester', id: 'duty-desk' },
  host: 'kent',
  donor: 'essex',
  force: 'essex',
  requestId: 'r-1',
  deploymentId: 'd-1',
  claimId: 'd-1',
  lineId: 'a',
  lineIds: ['a'],
  capabilityId: 'cyber',
  quantity: 1,
  recipients: { kind: 'nearest', count: 1 },
  accept: [{ offerId: 'o-1', quantity: 1 }],
};

test('a body can be made up for every command about a request, a deployment or a claim, so that it can be tried out', () => {
  const about = COMMAND_NAMES.filter((name) => {
    const schema = inputSchema(COMMANDS[name]) as BodySchema;
    return isAboutRequest(schema) || isAboutDeployment(schema) || isAboutClaim(schema);
  });
  expect(about.length).toBeGreaterThan(29);
  const cannot = about.filter((name) => {
    const schema = inputSchema(COMMANDS[name]) as BodySchema;
    const ofItsOwn = Object.fromEntries(
      Object.entries(KNOWN).filter(([field]) => Object.hasOwn(schema.properties ?? {}, field)),
    );
    return !COMMANDS[name].safeParse(sampleOf(schema, ofItsOwn, SOON)).success;
  });
  expect(cannot).toEqual([]);
});
