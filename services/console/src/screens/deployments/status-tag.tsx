import type { DeploymentStatus } from '@muster/contracts';
import { Tag } from '../../parts/tag.tsx';
import { DEPLOYMENT_STATUS_WORDS } from '../../words/deployments.ts';

export const DeploymentStatusTag = ({ status }: { status: DeploymentStatus }) => {
  const { words, colour } = DEPLOYMENT_STATUS_WORDS[status];
  return <Tag colour={colour}>{words}</Tag>;
};
