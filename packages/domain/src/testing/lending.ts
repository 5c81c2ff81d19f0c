import { type Scene, startScene } from './scene.ts';

/** Kent has asked three forces; sussex has offered, surrey may, essex stays silent. */
export const given = (): Scene => {
  const scene = startScene();
  for (const force of ['sussex', 'surrey']) scene.advertise({ force });
  scene.ask({ recipients: { kind: 'forces', forces: ['sussex', 'surrey', 'essex'] } });
  scene.offer('o1');
  return scene;
};

/** The host releases the units, unless it has already, and the donor reports them home. */
export const finish = (scene: Scene, offerId = 'o1', donor = 'sussex') => {
  const ofDeployment = { donor, deploymentId: offerId };
  if (scene.ledger.view.deployment(donor, offerId)?.status !== 'RELEASED') {
    scene.send('deployment-release', 'kent', {
      commandId: `x-${offerId}`,
      ...ofDeployment,
      reasonCode: 'stood-down',
    });
  }
  return scene.send('deployment-return', donor, {
    commandId: `b-${offerId}`,
    ...ofDeployment,
    at: scene.now(),
    injuries: 0,
    welfareReferral: false,
  });
};
