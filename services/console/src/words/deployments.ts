import type { DeploymentSide, DeploymentStatus, RecallReason, SecondmentOutcome } from '@muster/contracts';
import type { TagColour } from '../parts/tag.tsx';

type Words = { words: string; colour: TagColour };

export const DEPLOYMENT_STATUS_WORDS: Readonly<Record<DeploymentStatus, Words>> = {
  COMMITTED: { words: 'Committed', colour: 'purple' },
  MOBILISING: { words: 'Mobilising', colour: 'blue' },
  EN_ROUTE: { words: 'On the way', colour: 'blue' },
  STAGED: { words: 'Staged', colour: 'teal' },
  ON_TASK: { words: 'On task', colour: 'green' },
  RECALL_PENDING: { words: 'Wanted back', colour: 'orange' },
  RELEASED: { words: 'Released', colour: 'yellow' },
  RETURNING: { words: 'On the way home', colour: 'yellow' },
  RETURNED: { words: 'Home', colour: 'grey' },
  ABORTED: { words: 'Called off', colour: 'grey' },
  CLOSED: { words: 'Closed', colour: 'grey' },
};

export const SIDE_WORDS: Readonly<Record<DeploymentSide, string>> = { host: 'Host', donor: 'Donor' };

export const RECALL_REASONS: Readonly<Record<RecallReason, string>> = {
  'own-demand': 'Needed at home',
  'emergency-at-home': 'Emergency at home',
  'welfare-rest': 'Rest or welfare',
  'relief-overdue': 'Relief is overdue',
  policy: 'Policy',
  other: 'Other',
};

export const SECONDMENT_OUTCOMES: Readonly<Record<SecondmentOutcome, string>> = {
  'stays-mutual-aid': 'Stays mutual aid',
  'becomes-secondment': 'Becomes a secondment',
  'units-return': 'The units return',
};
