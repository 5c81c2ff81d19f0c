import { type BoardLate, type DeploymentStatus, LATENESS_KINDS } from '@muster/contracts';
import { isHome } from '../deployment/parties.ts';
import type { DeploymentState } from '../deployment/state.ts';
import { later } from '../time/instants.ts';

type Kind = (typeof LATENESS_KINDS)[number];

/** A time at which units have to be somewhere. */
export type DeploymentDue = {
  name: 'until' | 'wanted-back' | 'welfare' | 'secondment-review';
  at: string;
};

/** Before the rendezvous. */
const ON_THE_WAY: readonly DeploymentStatus[] = ['COMMITTED', 'MOBILISING', 'EN_ROUTE'];
const AT_WORK: readonly DeploymentStatus[] = ['STAGED', 'ON_TASK'];
export const GOING_HOME: readonly DeploymentStatus[] = ['RELEASED', 'RETURNING', 'ABORTED'];

/** What the units are still to do by when. */
export const deploymentDues = ({
  status,
  since,
  to,
  recall,
  welfare,
  secondment,
}: DeploymentState): DeploymentDue[] => [
  ...(isHome(status) ? [] : [{ name: 'until' as const, at: to }]),
  ...(recall ? [{ name: 'wanted-back' as const, at: recall.by }] : []),
  ...(welfare?.isOpen ? [{ name: 'welfare' as const, at: since }] : []),
  ...(secondment && !secondment.outcome
    ? [{ name: 'secondment-review' as const, at: secondment.raisedAt }]
    : []),
];

/** When units at `status` had to have moved on, by the kind of lateness that it is if they have not. */
const duesOf = (
  { status, from, to, recall }: DeploymentState,
  lineFrom: string | undefined,
): { kind: Kind; due: string }[] => {
  if (ON_THE_WAY.includes(status)) return [{ kind: 'not-arrived', due: later(lineFrom ?? from, from) }];
  if (AT_WORK.includes(status)) return [{ kind: 'not-released', due: to }];
  if (GOING_HOME.includes(status)) return [{ kind: 'not-returned', due: to }];
  return recall ? [{ kind: 'wanted-back', due: recall.by }] : [];
};

/**
 * How the units of a deployment are behind; undefined when they are not.
 * @param lineFrom when the line that they are for begins.
 */
export const latenessOf = (
  deployment: DeploymentState,
  lineFrom: string | undefined,
  now: string,
): { kind: Kind; due: string } | undefined =>
  duesOf(deployment, lineFrom)
    .filter(({ due }) => due <= now)
    .sort((a, b) => LATENESS_KINDS.indexOf(a.kind) - LATENESS_KINDS.indexOf(b.kind))[0];

/** The row of a deployment that is behind. */
export const boardLateOf = (
  deployment: DeploymentState,
  lineFrom: string | undefined,
  now: string,
): BoardLate | undefined => {
  const late = latenessOf(deployment, lineFrom, now);
  const { donor, deploymentId, host, requestId, lineId, capabilityId, quantity, status } = deployment;
  return late && { donor, deploymentId, host, requestId, lineId, capabilityId, quantity, status, ...late };
};
