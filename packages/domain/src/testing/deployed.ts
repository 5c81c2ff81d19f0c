import { type CommandBody, DEPLOYMENT_STATUSES, type DeploymentStatus } from '@muster/contracts';
import { terms } from './samples.ts';
import { type Scene, startScene } from './scene.ts';

type Reported = CommandBody<'deployment-status'>['status'];

/** The one deployment of these scenes: sussex lends two units to kent. */
export const ofDeployment = { donor: 'sussex', deploymentId: 'o1' };

/** Units are committed; what they cost is between the forces, so nothing is claimed. */
export const deployed = (costCategory: (typeof terms)['costCategory'] = 'NIL_PAYBACK'): Scene => {
  const scene = startScene();
  scene.advertise();
  scene.ask({ terms: { ...terms, costCategory } });
  scene.offer('o1', { quantity: 2 });
  scene.accept(['o1', 2]);
  scene.settle('sussex', 'psu-1');
  return scene;
};

const WAY: readonly Reported[] = ['MOBILISING', 'EN_ROUTE', 'STAGED', 'ON_TASK'];

export const stateOf = (scene: Scene) => {
  const state = scene.ledger.view.deployment('sussex', 'o1');
  if (!state) throw new Error('there is no deployment');
  return state;
};

export const report = (scene: Scene, status: Reported, org = 'sussex') =>
  scene.commandOf('deployment-status', org, {
    commandId: `to-${status}`,
    ...ofDeployment,
    status,
    at: scene.now(),
  });

export const release = (scene: Scene) =>
  scene.commandOf('deployment-release', 'kent', {
    commandId: 'release',
    ...ofDeployment,
    reasonCode: 'task-complete',
  });

export const comeHome = (scene: Scene) =>
  scene.commandOf('deployment-return', 'sussex', {
    commandId: 'home',
    ...ofDeployment,
    at: scene.now(),
    injuries: 0,
    welfareReferral: false,
  });

export const recall = (scene: Scene, by = scene.now()) =>
  scene.commandOf('return-request', 'sussex', {
    commandId: 'recall',
    ...ofDeployment,
    by,
    reasonCode: 'emergency-at-home',
    reason: 'Floods',
  });

export const abort = (scene: Scene) =>
  scene.commandOf('deployment-abort', 'kent', {
    commandId: 'abort',
    ...ofDeployment,
    reasonCode: 'not-needed',
    reason: 'It is over',
  });

export const debrief = (scene: Scene, org = 'sussex') =>
  scene.commandOf('deployment-debrief', org, {
    commandId: `debrief-${org}`,
    ...ofDeployment,
    lessons: 'More water',
  });

const isBefore = (a: DeploymentStatus, b: DeploymentStatus): boolean =>
  DEPLOYMENT_STATUSES.indexOf(a) <= DEPLOYMENT_STATUSES.indexOf(b);

/** What happens besides, once the units have come so far. */
export type During = Partial<Record<DeploymentStatus, (scene: Scene) => void>>;

/** A scene in which the deployment has come to that status by the usual way. */
export const reach = (status: DeploymentStatus, during: During = {}): Scene => {
  const scene = deployed();
  during.COMMITTED?.(scene);
  const upTo = status === 'ABORTED' ? 'EN_ROUTE' : status;
  for (const step of WAY.filter((each) => isBefore(each, upTo))) {
    scene.run(report(scene, step));
    during[step]?.(scene);
  }
  if (status === 'RECALL_PENDING') scene.run(recall(scene));
  if (status === 'ABORTED') scene.run(abort(scene));
  else if (isBefore('RELEASED', status)) scene.run(release(scene));
  if (status === 'RETURNING') scene.run(report(scene, 'RETURNING'));
  if (status === 'RETURNED' || status === 'CLOSED') scene.run(comeHome(scene));
  if (status === 'CLOSED') scene.run(debrief(scene));
  if (stateOf(scene).status !== status) throw new Error(`${status} was not reached`);
  return scene;
};
