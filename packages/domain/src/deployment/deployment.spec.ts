import { type CommandBody, DEPLOYMENT_STATUSES, type DeploymentStatus } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { deployed, reach } from '../testing/deployed.ts';
import { actor, at } from '../testing/samples.ts';
import { startScene } from '../testing/scene.ts';

const ofDeployment = { donor: 'sussex', deploymentId: 'o1' };
const base = { commandId: 'c1', actor, classification: 'OFFICIAL' as const, ...ofDeployment };
type Reported = CommandBody<'deployment-status'>['status'];

const report = (status: Reported, when: string, org = 'sussex') =>
  ({ name: 'deployment-status', org, body: { ...base, status, at: when } }) as const;
const release = (org = 'kent') =>
  ({ name: 'deployment-release', org, body: { ...base, reasonCode: 'task-complete' } }) as const;
const back = (when: string, org = 'sussex') =>
  ({
    name: 'deployment-return',
    org,
    body: { ...base, at: when, injuries: 1, welfareReferral: true },
  }) as const;

describe('the table of what may follow in a deployment', () => {
  const allowed: Record<Reported, DeploymentStatus[]> = {
    MOBILISING: ['COMMITTED', 'MOBILISING'],
    EN_ROUTE: ['MOBILISING', 'EN_ROUTE'],
    STAGED: ['EN_ROUTE', 'STAGED'],
    ON_TASK: ['EN_ROUTE', 'STAGED', 'ON_TASK'],
    RETURNING: ['RELEASED', 'RETURNING'],
  };
  for (const from of DEPLOYMENT_STATUSES) {
    for (const to of Object.keys(allowed) as Reported[]) {
      // Recalled units go on from where they were: on task, in these scenes.
      const may = allowed[to].includes(from === 'RECALL_PENDING' ? 'ON_TASK' : from);
      test(`${from} ${may ? 'may' : 'may not'} be followed by ${to}`, () => {
        const scene = reach(from);
        expect(scene.refusalOf(report(to, scene.now()))).toBe(may ? undefined : 'wrong-status');
      });
    }
    const mayRelease = [
      'COMMITTED',
      'MOBILISING',
      'EN_ROUTE',
      'STAGED',
      'ON_TASK',
      'RECALL_PENDING',
    ].includes(from);
    test(`${from} ${mayRelease ? 'may' : 'may not'} be released`, () => {
      expect(reach(from).refusalOf(release())).toBe(mayRelease ? undefined : 'wrong-status');
    });
    const mayReturn = ['RELEASED', 'RETURNING', 'ABORTED'].includes(from);
    test(`${from} ${mayReturn ? 'may' : 'may not'} be returned`, () => {
      const scene = reach(from);
      expect(scene.refusalOf(back(scene.now()))).toBe(mayReturn ? undefined : 'wrong-status');
    });
  }
});

describe('who may report what', () => {
  test('the host reports what it sees of units that come to it, and nothing else', () => {
    const scene = reach('EN_ROUTE');
    for (const seen of ['STAGED', 'ON_TASK'] as const) {
      expect(scene.refusalOf(report(seen, scene.now(), 'kent'))).toBeUndefined();
    }
    expect(scene.refusalOf(report('EN_ROUTE', scene.now(), 'kent'))).toBe('not-permitted');
  });

  test('a third force learns nothing of the deployment', () => {
    const scene = deployed();
    const now = scene.now();
    for (const command of [report('MOBILISING', now, 'essex'), release('essex'), back(now, 'essex')]) {
      expect(scene.refusalOf(command)).toBe('not-found');
    }
  });

  test('a deployment that there is not is not found', () => {
    expect(startScene().refusalOf(release())).toBe('not-found');
  });

  test('only the host releases, only the donor reports the return', () => {
    const scene = deployed();
    expect(scene.refusalOf(release('sussex'))).toBe('not-permitted');
    scene.run(release());
    expect(scene.refusalOf(back(scene.now(), 'kent'))).toBe('not-permitted');
  });
});

describe('times of what happened', () => {
  test('may not lie in the future beyond what clocks differ by', () => {
    expect(deployed().refusalOf(report('MOBILISING', at(1)))).toBe('bad-time');
    const scene = reach('RELEASED');
    expect(scene.refusalOf(back(at(1)))).toBe('bad-time');
    expect(scene.refusalOf(back('2026-12-07T08:01:59.000Z'))).toBeUndefined();
  });

  test('may not lie before what went before', () => {
    const scene = deployed();
    scene.setNow(at(2));
    scene.run(report('MOBILISING', at(2)));
    expect(scene.refusalOf(report('EN_ROUTE', at(1)))).toBe('bad-time');
  });
});

test('a repeated status brings news and keeps the time at which the status began', () => {
  const scene = reach('EN_ROUTE');
  const since = scene.ledger.view.deployment('sussex', 'o1')?.since;
  scene.setNow(at(1));
  const body = { ...report('EN_ROUTE', at(1)).body, eta: at(2), commandId: 'c2' };
  scene.run({ name: 'deployment-status', org: 'sussex', body });
  expect(scene.ledger.view.deployment('sussex', 'o1')?.since).toBe(since);
});

test('released units stay taken until the donor reports them home, and are free from then on', () => {
  const scene = reach('RELEASED');
  scene.ask({ commandId: 'r2' });
  scene.offer('o2', { requestId: 'r2', quantity: 2 });
  const accept = scene.commandOf('offer-accept', 'kent', {
    commandId: 'a2',
    requestId: 'r2',
    accept: [{ offerId: 'o2', quantity: 2 }],
  });
  expect(scene.refusalOf(accept)).toBe('no-capacity');
  scene.run(back(scene.now()));
  expect(scene.refusalOf(accept)).toBeUndefined();
});

test('the return carries what people have to know about those who come home', () => {
  const scene = reach('RELEASED');
  expect(scene.run(back(scene.now()))[0]?.data).toMatchObject({ injuries: 1, welfareReferral: true });
});
