import { expect, test } from 'vitest';
import { personRole } from '../session/person.ts';
import { createPolicy, readPolicySources } from './policy.ts';

const sources = readPolicySources();
const policy = createPolicy(sources);
const may = (role: string, action: string): boolean =>
  policy.rolesFor({ org: 'kent', post: 'p', roles: [personRole.parse(role)] }, action).length > 0;

test('every command and every query is named by the declared policy', () => {
  expect(policy.unnamed).toEqual([]);
});

test('what no group names is denied to everyone', () => {
  const { 'ask-for-help': _, ...groups } = sources.groups;
  const narrow = createPolicy({ ...sources, groups: { ...groups, 'ask-for-help': [] } });
  expect(narrow.unnamed).toContain('request-create');
  for (const role of personRole.options) {
    expect(narrow.rolesFor({ org: 'kent', post: 'p', roles: [role] }, 'request-create')).toEqual([]);
  }
  expect(may('requester', 'launch-rocket')).toBe(false);
});

test('roles do what is theirs', () => {
  expect(personRole.options.filter((role) => may(role, 'request-approve'))).toEqual([
    'approver',
    'ricc',
    'national-centre',
  ]);
  expect(personRole.options.filter((role) => may(role, 'offer-make'))).toEqual([
    'donor-desk',
    'donor-approver',
  ]);
  for (const national of ['direction-record', 'exercise-reset']) {
    expect(personRole.options.filter((role) => may(role, national))).toEqual(['national-centre']);
  }
  expect(personRole.options.filter((role) => may(role, 'claim-agree'))).toEqual(['finance']);
  expect(personRole.options.filter((role) => !may(role, 'claim-show'))).toEqual([
    'unit-commander',
    'force-ict',
  ]);
  for (const record of ['export', 'claim-pack', 'claims-of-month']) {
    expect([record, ...personRole.options.filter((role) => may(role, record))]).toEqual([
      ...[record, 'approver', 'donor-approver', 'ricc', 'national-centre', 'finance', 'auditor'],
    ]);
  }
  expect(personRole.options.every((role) => may(role, 'stream'))).toBe(true);
});

test('of several roles those are told that are permitted', () => {
  const duty = {
    org: 'kent',
    post: 'p',
    roles: ['finance' as const, 'approver' as const, 'requester' as const],
  };
  expect(policy.rolesFor(duty, 'request-create')).toEqual(['approver', 'requester']);
});

test('a policy that cannot be read, does not fit or groups what there is not stops the start', () => {
  expect(() => createPolicy({ ...sources, cedar: 'permit (' })).toThrow('cannot be read');
  const misspelt = 'permit (principal, action in [Action::"lok"], resource);';
  expect(() => createPolicy({ ...sources, cedar: misspelt })).toThrow('does not fit its schema');
  const groups = { ...sources.groups, look: ['no-such-query'] };
  expect(() => createPolicy({ ...sources, groups })).toThrow('no-such-query');
});
