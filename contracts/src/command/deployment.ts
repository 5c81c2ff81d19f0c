import { z } from 'zod';
import { releaseReason } from '../codes.ts';
import { reportedStatus } from '../deployment/v1.ts';
import { duty } from '../duty/duty.ts';
import { instant } from '../time.ts';
import { commandId } from '../tokens.ts';
import { forceId, point, text } from '../values.ts';
import { base } from './base.ts';

const ofDeployment = { donor: forceId, deploymentId: commandId };

const deploymentStatus = z.object({
  ...base,
  ...ofDeployment,
  status: reportedStatus,
  at: instant,
  eta: instant.optional(),
  headcount: z.int().min(0).max(10_000).optional(),
  position: point.optional(),
  duty: duty.optional(),
});

const deploymentRelease = z.object({
  ...base,
  ...ofDeployment,
  reasonCode: releaseReason.extract(['task-complete', 'stood-down']),
});

const deploymentReturn = z.object({
  ...base,
  ...ofDeployment,
  at: instant,
  headcount: z.int().min(0).max(10_000).optional(),
  injuries: z.int().min(0).max(10_000),
  welfareReferral: z.boolean(),
  remarks: text.optional(),
});

export const DEPLOYMENT_COMMANDS = {
  'deployment-status': deploymentStatus,
  'deployment-release': deploymentRelease,
  'deployment-return': deploymentReturn,
};
