import { z } from 'zod';
import { releaseReason } from '../codes.ts';
import { reportedStatus } from '../deployment/v1.ts';
import { injuries } from '../deployment/welfare.ts';
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

const deploymentReturn = z
  .object({
    ...base,
    ...ofDeployment,
    at: instant,
    headcount: z.int().min(0).max(10_000).optional(),
    /** Left out together with `welfareReferral`, they have to be answered later. */
    injuries: injuries.optional(),
    welfareReferral: z.boolean().optional(),
    remarks: text.optional(),
  })
  .refine((body) => (body.injuries === undefined) === (body.welfareReferral === undefined), {
    message: 'is asked together with injuries; leave out both to answer later',
    path: ['welfareReferral'],
  });

export const DEPLOYMENT_COMMANDS = {
  'deployment-status': deploymentStatus,
  'deployment-release': deploymentRelease,
  'deployment-return': deploymentReturn,
};
