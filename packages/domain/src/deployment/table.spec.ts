import { type Command, DEPLOYMENT_STATUSES, type DeploymentStatus } from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import { abort, debrief, ofDeployment, reach, recall, stateOf } from '../testing/deployed.ts';
import type { Scene } from '../testing/scene.ts';

type Row = {
  /** From which statuses it is taken; refused from all others. */
  from: readonly DeploymentStatus[];
  /** Where it leads, when that is always the same status. */
  to?: DeploymentStatus;
  command: (scene: Scene) => Command;
};

const EARLY = ['COMMITTED', 'MOBILISING', 'EN_ROUTE', 'STAGED'] as const;
const OUT = ['RELEASED', 'RETURNING', 'ABORTED'] as const;
const PENDING = ['RECALL_PENDING'] as const;

const why = { reason: 'Because' };

/** The rows of the deployment machine that have commands of their own (see deployment.spec.ts for the others). */
const TABLE: Record<string, Row> = {
  'control to the host is proposed': {
    from: ['MOBILISING', 'EN_ROUTE', 'STAGED', 'ON_TASK'],
    command: (scene) =>
      scene.commandOf('control-propose', 'sussex', {
        commandId: 'c',
        ...ofDeployment,
        to: 'host',
        at: scene.now(),
      }),
  },
  'the donor recalls': {
    from: [...EARLY, 'ON_TASK'],
    to: 'RECALL_PENDING',
    command: (scene) => recall(scene),
  },
  'the host lets recalled units go': {
    from: PENDING,
    to: 'RELEASED',
    command: (scene) =>
      scene.commandOf('return-answer', 'kent', {
        commandId: 'c',
        ...ofDeployment,
        answer: 'release',
        ...why,
      }),
  },
  'the host keeps recalled units': {
    from: PENDING,
    to: 'RECALL_PENDING',
    command: (scene) =>
      scene.commandOf('return-answer', 'kent', { commandId: 'c', ...ofDeployment, answer: 'keep', ...why }),
  },
  'the donor withdraws its recall': {
    from: PENDING,
    to: 'ON_TASK',
    command: (scene) =>
      scene.commandOf('return-withdraw', 'sussex', { commandId: 'c', ...ofDeployment, ...why }),
  },
  'the donor forfeits': {
    from: EARLY,
    command: (scene) =>
      scene.commandOf('deployment-forfeit', 'sussex', {
        commandId: 'c',
        ...ofDeployment,
        reasonCode: 'own-demand',
        ...why,
        replacementOffered: false,
      }),
  },
  'the host aborts': { from: EARLY, command: abort },
  'the donor debriefs': { from: ['RETURNED'], to: 'CLOSED', command: (scene) => debrief(scene) },
  'the host debriefs': { from: ['RETURNED'], to: 'RETURNED', command: (scene) => debrief(scene, 'kent') },
  'somebody asks where the units are': {
    from: [...EARLY, 'ON_TASK', ...PENDING, ...OUT],
    command: (scene) => scene.commandOf('status-request', 'npocc', { commandId: 'c', ...ofDeployment }),
  },
  'a desk takes it over': {
    from: [...EARLY, 'ON_TASK', ...PENDING, ...OUT, 'RETURNED'],
    command: (scene) =>
      scene.commandOf('deployment-desk-take', 'kent', {
        commandId: 'c',
        ...ofDeployment,
        desk: 'night-desk',
        note: 'All quiet',
      }),
  },
};

describe.each(Object.entries(TABLE))('%s', (_, { from, to, command }) => {
  test.each(DEPLOYMENT_STATUSES.map((status) => [status, from.includes(status) ? 'is taken' : 'is refused']))(
    'when it is %s: %s',
    (status) => {
      const scene = reach(status);
      const sent = command(scene);
      if (!from.includes(status)) {
        expect(scene.refusalOf(sent)).toBe('wrong-status');
        return;
      }
      scene.run(sent);
      if (to) expect(stateOf(scene).status).toBe(to);
    },
  );
});

test.each([
  ['COMMITTED', 'CLOSED'],
  ['MOBILISING', 'CLOSED'],
  ['EN_ROUTE', 'ABORTED'],
  ['STAGED', 'ABORTED'],
] as const)('units aborted when %s are %s', (from, to) => {
  const scene = reach(from);
  scene.run(abort(scene));
  expect(stateOf(scene).status).toBe(to);
});

test('settling is refused from every status but a raised recall', () => {
  for (const status of DEPLOYMENT_STATUSES) {
    const scene = reach(status);
    const settle = scene.commandOf('return-settle', 'npocc', {
      commandId: 'c',
      ...ofDeployment,
      decision: 'release',
      ...why,
    });
    expect(scene.refusalOf(settle)).toBe('wrong-status');
  }
});
