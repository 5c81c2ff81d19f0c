import { type DeploymentStatus, NATIONAL_CENTRE } from '@muster/contracts';
import type { DeploymentState } from '@muster/domain';
import { POSTS } from '../cast.ts';
import type { Generators, Stage } from './stage.ts';

const EARLY: readonly DeploymentStatus[] = ['COMMITTED', 'MOBILISING', 'EN_ROUTE', 'STAGED'];
const OUT: readonly DeploymentStatus[] = [...EARLY, 'ON_TASK'];
const NEXT = {
  COMMITTED: 'MOBILISING',
  MOBILISING: 'EN_ROUTE',
  EN_ROUTE: 'STAGED',
  STAGED: 'ON_TASK',
  RELEASED: 'RETURNING',
} as const satisfies Partial<Record<DeploymentStatus, DeploymentStatus>>;

const STEPS = Object.values(NEXT);

const isNext = (status: DeploymentStatus): status is keyof typeof NEXT => status in NEXT;

/** A deployment, mostly one that is where it has to be, named as a command names it. */
const oneOf = ({ dice, deployments }: Stage, isFit: (of: DeploymentState) => boolean) => {
  const of = dice.prefer(deployments, isFit);
  return of && { of, name: { donor: of.donor, deploymentId: of.deploymentId } };
};

const isIn =
  (...statuses: readonly DeploymentStatus[]) =>
  ({ status }: DeploymentState): boolean =>
    statuses.includes(status);

const donorOf = ({ dice }: Stage, { donor, host }: DeploymentState) =>
  dice.once(8) ? { org: host, actor: POSTS.requester } : { org: donor, actor: POSTS.donor };
const hostOf = ({ dice }: Stage, { donor, host }: DeploymentState) =>
  dice.once(8) ? { org: donor, actor: POSTS.donor } : { org: host, actor: POSTS.requester };
const sideOf = ({ dice }: Stage, { donor, host }: DeploymentState) => ({
  org: dice.of([donor, host]),
  actor: POSTS.donor,
});

const reason = 'Because it is so';

/** A generator of a command of one side, about a deployment that fits. */
const about =
  <B extends object>(
    isFit: (of: DeploymentState) => boolean,
    from: typeof donorOf,
    body: (stage: Stage, of: DeploymentState) => B,
  ) =>
  (stage: Stage) => {
    const one = oneOf(stage, isFit);
    return one && { ...from(stage, one.of), body: { ...one.name, ...body(stage, one.of) } };
  };

/** What both sides do with units that are lent. */
export const DEPLOYMENT_GENERATORS = {
  'deployment-status': about(isIn(...EARLY, 'RELEASED'), donorOf, ({ dice, now }, { status }) => ({
    status: isNext(status) ? NEXT[status] : (dice.pick(STEPS) ?? 'MOBILISING'),
    at: now,
  })),
  'deployment-release': about(isIn(...OUT), hostOf, () => ({ reasonCode: 'task-complete' as const })),
  'deployment-return': about(isIn('RELEASED', 'RETURNING', 'ABORTED'), donorOf, ({ dice, now }) => ({
    at: now,
    ...(dice.once(2) && { injuries: 0, welfareReferral: false }),
  })),
  'control-propose': about(isIn('EN_ROUTE', 'STAGED', 'ON_TASK'), sideOf, ({ now }, { control }) => ({
    to: control.with === 'host' ? ('donor' as const) : ('host' as const),
    at: now,
  })),
  'control-confirm': (stage) => {
    const one = oneOf(stage, ({ control }) => control.proposed !== undefined);
    if (!one) return undefined;
    const { donor, host, control } = one.of;
    const other = control.proposed?.by === host ? donor : host;
    const proposalId = control.proposed?.proposalId ?? 'none';
    const org = stage.dice.once(8) ? host : other;
    return { org, actor: POSTS.donor, body: { ...one.name, proposalId } };
  },
  'return-request': about(isIn(...OUT), donorOf, ({ after, dice }) => ({
    ...{ by: after(dice.below(120)), reasonCode: 'own-demand' as const, reason },
  })),
  'return-answer': about(isIn('RECALL_PENDING'), hostOf, ({ dice }) => ({
    ...{ answer: dice.of(['keep', 'release'] as const), reason },
  })),
  'return-withdraw': about(isIn('RECALL_PENDING'), donorOf, () => ({ reason })),
  'return-settle': (stage) => {
    const one = oneOf(stage, ({ recall }) => recall?.raisedAt !== undefined);
    if (!one) return undefined;
    const stays = stage.dice.once(2);
    return {
      ...{ org: stage.dice.once(8) ? one.of.host : NATIONAL_CENTRE, actor: POSTS.national },
      body: {
        ...one.name,
        ...(stays
          ? { decision: 'stay', consentedBy: 'resource-desk', reason }
          : { decision: 'release', reason }),
      },
    };
  },
  'deployment-forfeit': about(isIn(...EARLY), donorOf, () => ({
    ...{ reasonCode: 'own-demand' as const, reason, replacementOffered: false },
  })),
  'deployment-abort': about(isIn(...EARLY), hostOf, ({ dice }) => ({
    ...{ reasonCode: dice.of(['not-needed', 'made-in-error'] as const), reason },
  })),
  'deployment-debrief': about(isIn('RETURNED'), sideOf, () => ({ lessons: 'Bring more water' })),
  'status-request': about(isIn(...OUT), sideOf, () => ({})),
  'deployment-desk-take': about(isIn(...OUT), sideOf, () => ({ desk: 'night-desk', note: 'Shift change' })),
  'request-desk-take': ({ dice, requests }) => {
    const request = dice.prefer(requests, ({ phase }) => phase.kind === 'live');
    if (!request) return undefined;
    const { host: org, requestId } = request;
    return { org, actor: POSTS.requester, body: { requestId, desk: 'night-desk', note: 'Shift change' } };
  },
} satisfies Generators<
  | 'deployment-status'
  | 'deployment-release'
  | 'deployment-return'
  | 'control-propose'
  | 'control-confirm'
  | 'return-request'
  | 'return-answer'
  | 'return-withdraw'
  | 'return-settle'
  | 'deployment-forfeit'
  | 'deployment-abort'
  | 'deployment-debrief'
  | 'status-request'
  | 'deployment-desk-take'
  | 'request-desk-take'
>;
