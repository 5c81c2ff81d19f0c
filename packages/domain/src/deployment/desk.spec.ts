import { describe, expect, test } from 'vitest';
import {
  comeHome,
  debrief,
  deployed,
  ofDeployment,
  reach,
  release,
  report,
  stateOf,
} from '../testing/deployed.ts';
import { at, terms } from '../testing/samples.ts';
import { type Scene, startScene, typesOf } from '../testing/scene.ts';
import { DONOR_DESK_DEFAULT, deploymentDesk, requestDesk } from './desk.ts';

const take = (scene: Scene, org: string, desk = 'night-desk') =>
  scene.commandOf('deployment-desk-take', org, {
    commandId: `d-${desk}`,
    ...ofDeployment,
    desk,
    note: 'Quiet',
  });
const takeRequest = (scene: Scene, desk = 'night-desk', org = 'kent') =>
  scene.commandOf('request-desk-take', org, { commandId: `r-${desk}`, requestId: 'r1', desk, note: 'Quiet' });

const desks = (scene: Scene) =>
  (['host', 'donor'] as const).map((side) => deploymentDesk(stateOf(scene), side, scene.ledger.view));

describe('a desk', () => {
  test('is named for a request and for both sides of a deployment from the first moment', () => {
    const scene = deployed();
    expect(requestDesk(scene.request())).toBe(terms.contactDesk);
    expect(desks(scene)).toEqual([terms.contactDesk, DONOR_DESK_DEFAULT]);
  });

  test('that takes the request over looks after its deployments too, until one takes those over', () => {
    const scene = deployed();
    expect(scene.run(takeRequest(scene))[0]?.data).toMatchObject({
      ...{ from: terms.contactDesk, to: 'night-desk', by: 'duty-desk', note: 'Quiet' },
    });
    expect(requestDesk(scene.request())).toBe('night-desk');
    expect(desks(scene)).toEqual(['night-desk', DONOR_DESK_DEFAULT]);
    scene.run(take(scene, 'kent', 'bronze'));
    scene.run(take(scene, 'sussex', 'control'));
    expect(desks(scene)).toEqual(['bronze', 'control']);
    expect(requestDesk(scene.request())).toBe('night-desk');
  });

  test('does not take over what it has, what is not its force’s, or what has ended', () => {
    const scene = deployed();
    scene.run(takeRequest(scene));
    expect(scene.refusalOf(takeRequest(scene))).toBe('wrong-status');
    expect(scene.refusalOf(take(scene, 'kent'))).toBe('wrong-status');
    expect(scene.refusalOf(take(scene, 'essex'))).toBe('not-found');
    expect(scene.refusalOf(takeRequest(scene, 'day-desk', 'sussex'))).toBe('not-found');
    const over = startScene();
    over.ask();
    over.send('request-cancel', 'kent', {
      commandId: 'x',
      requestId: 'r1',
      reasonCode: 'other',
      reason: 'No',
    });
    expect(over.refusalOf(takeRequest(over))).toBe('request-ended');
  });
});

describe('a debrief', () => {
  test('by the donor closes the deployment when nothing is owed for it', () => {
    const scene = reach('RETURNED');
    expect(typesOf(scene.run(debrief(scene, 'kent')))).toEqual(['deployment.debriefed']);
    expect(typesOf(scene.run(debrief(scene)))).toEqual(['deployment.debriefed', 'deployment.closed']);
  });

  test('leaves a deployment open for which money is owed', () => {
    const scene = deployed('EMERGENCY_SPONTANEOUS');
    for (const status of ['MOBILISING', 'EN_ROUTE', 'ON_TASK'] as const) scene.run(report(scene, status));
    scene.run(release(scene));
    scene.run(comeHome(scene));
    expect(typesOf(scene.run(debrief(scene)))).toEqual(['deployment.debriefed']);
    expect(stateOf(scene)).toMatchObject({ status: 'RETURNED', debriefed: ['donor'] });
  });

  test('is given once by each side, and by nobody else', () => {
    const scene = reach('RETURNED');
    scene.run(debrief(scene, 'kent'));
    expect(scene.refusalOf(debrief(scene, 'kent'))).toBe('wrong-status');
    expect(scene.refusalOf(debrief(scene, 'essex'))).toBe('not-found');
  });
});

describe('a question where the units are', () => {
  const askStatus = (scene: Scene, org: string) =>
    scene.commandOf('status-request', org, { commandId: `ask-${org}`, ...ofDeployment });

  test('may come from both sides and their centres, and stands until the next report', () => {
    const scene = reach('EN_ROUTE');
    for (const org of ['kent', 'sussex', 'ricc-south-east', 'npocc']) {
      expect(scene.refusalOf(askStatus(scene, org))).toBeUndefined();
    }
    expect(scene.refusalOf(askStatus(scene, 'durham'))).toBe('not-found');
    scene.run(askStatus(scene, 'kent'));
    expect(stateOf(scene).statusAsked).toEqual({ by: 'kent', at: at(0) });
    scene.run(report(scene, 'EN_ROUTE'));
    expect(stateOf(scene).statusAsked).toBeUndefined();
  });
});
