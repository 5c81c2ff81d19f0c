import { expect, it } from 'vitest';
import type { Duty } from '../session/person.ts';
import { denialOf, refusedTo } from './denial.ts';
import { createPolicy, readPolicySources } from './policy.ts';

const policy = createPolicy(readPolicySources());
const auditor: Duty = { org: 'kent', post: 'audit-desk', roles: ['auditor'] };

it('says for whom it is what the policy denies', () => {
  expect(denialOf(policy, auditor, 'request-approve')).toBe(
    'request-approve is not for auditor of kent; it is for approver, ricc, national-centre',
  );
  expect(refusedTo(policy, auditor, 'home-decide', 'auditor')).toBe(
    'home-decide is not permitted to auditor of kent; it is for donor-desk, donor-approver',
  );
});

it('names nobody where nobody may', () =>
  expect(denialOf(policy, auditor, 'nothing-of-the-kind')).toBe(
    'nothing-of-the-kind is not for auditor of kent',
  ));
