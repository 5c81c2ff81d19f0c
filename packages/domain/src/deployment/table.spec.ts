import {
  type Command,
  type CommandBody,
  type CommandName,
  DEPLOYMENT_STATUSES,
  type DeploymentStatus,
} from '@muster/contracts';
import { describe, expect, test } from 'vitest';
import {
  abort,
  type During,
  debrief,
  deployed,
  ofDeployment,
  reach,
  recall,
  stateOf,
} from '../testing/deployed.ts';
import { at } from '../testing/samples.ts';
import type { Scene } from '../testing/scene.ts';
import { SECONDMENT_DAYS } from './secondment.ts';

type Row = {
  /** From which statuses it is taken; refused from all others. */
  from: readonly DeploymentStatus[];
  /** Where it leads, when that is always the same status. */
  to?: DeploymentStatus;
  command: (scene: Scene) => Command;
  /** What happens besides on the way there. */
  during?: During;
};

const EARLY = ['COMMITTED', 'MOBILISING', 'EN_ROUTE', 'STAGED'] as const;
const OUT = ['RELEASED', 'RETURNING', 'ABORTED'] as const;
const PENDING = ['RECALL_PENDING'] as const;

const why = { reason: 'Because' };

const propose =
  (to: 'host' | 'donor', org: string) =>
  (scene: Scene): Command =>
    scene.commandOf('control-propose', org, {
      ...{ commandId: `to-${to}`, ...ofDeployment, to, at: scene.now() },
    });
const confirm =
  (org: string) =>
  (scene: Scene): Command =>
    scene.commandOf('control-confirm', org, {
      ...{ commandId: `by-${org}`, ...ofDeployment, proposalId: org === 'kent' ? 'to-host' : 'to-donor' },
    });

/** The host has the units under its control while they are on their way. */
const handOver = (scene: Scene): void => {
  scene.run(propose('host', 'sussex')(scene));
  scene.run(confirm('kent')(scene));
};

/** The host asks to keep the units until so many hours from the start. */
const askLonger =
  (hours: number) =>
  (scene: Scene): void =>
    void scene.send('extension-ask', 'kent', {
      ...{ commandId: 'ext', ...ofDeployment, newEnd: at(hours), ...why },
    });

type Answer = Partial<CommandBody<'extension-answer'>>;
const answerLonger =
  (over: Answer) =>
  (scene: Scene): Command =>
    scene.commandOf('extension-answer', 'sussex', {
      ...{ commandId: 'ans', ...ofDeployment, extensionId: 'ext', answer: 'accept', ...over },
    });

/** The home force has agreed to more than eight weeks, which raises a review. */
const tooLong = (scene: Scene): void => {
  askLonger((SECONDMENT_DAYS + 2) * 24)(scene);
  scene.run(answerLonger({ reason: 'Agreed' })(scene));
  scene.settle('sussex', 'psu-1');
  expect(stateOf(scene).secondment).toEqual({ raisedAt: scene.now() });
};

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
  'control to the host is confirmed': {
    from: ['MOBILISING', 'EN_ROUTE', 'STAGED', 'ON_TASK'],
    during: { MOBILISING: (scene) => void scene.run(propose('host', 'sussex')(scene)) },
    command: confirm('kent'),
  },
  'control back to the donor is proposed': {
    from: ['STAGED', 'ON_TASK', ...PENDING, ...OUT],
    during: { EN_ROUTE: handOver },
    command: propose('donor', 'kent'),
  },
  'control back to the donor is confirmed': {
    from: ['STAGED', 'ON_TASK', ...PENDING, ...OUT],
    during: { EN_ROUTE: handOver },
    command: (scene) => {
      const proposed = propose('donor', 'kent')(scene);
      if (scene.refusalOf(proposed) === undefined) scene.run(proposed);
      return confirm('sussex')(scene);
    },
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
  'the donor lets them stay for longer': {
    from: [...EARLY, 'ON_TASK'],
    during: { COMMITTED: askLonger(40) },
    command: answerLonger({}),
  },
  'the donor lets them stay for longer on a condition': {
    from: [...EARLY, 'ON_TASK'],
    during: { COMMITTED: askLonger(40) },
    command: answerLonger({ answer: 'provisional', condition: 'Lodging is found' }),
  },
  'the donor does not let them stay for longer': {
    from: [...EARLY, 'ON_TASK', ...PENDING],
    during: { COMMITTED: askLonger(40) },
    command: answerLonger({ answer: 'decline', reasonCode: 'own-demand' }),
  },
  'the review of a long stay is recorded': {
    from: DEPLOYMENT_STATUSES,
    during: { COMMITTED: tooLong },
    command: (scene) =>
      scene.commandOf('secondment-review', 'sussex', {
        ...{ commandId: 'c', ...ofDeployment, outcome: 'becomes-secondment', ...why },
      }),
  },
  'the review of a stay that is not long is recorded': {
    from: [],
    command: (scene) =>
      scene.commandOf('secondment-review', 'sussex', {
        ...{ commandId: 'c', ...ofDeployment, outcome: 'becomes-secondment', ...why },
      }),
  },
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

type OfDeployment = {
  [N in CommandName]: CommandBody<N> extends { deploymentId: string } ? N : never;
}[CommandName];

/** Where the cells of every command about a deployment stand; one that is missing is a type error. */
const CELLS: Record<OfDeployment, 'here' | 'deployment.spec' | 'extension.spec' | 'welfare.spec'> = {
  'deployment-status': 'deployment.spec',
  'deployment-release': 'deployment.spec',
  'deployment-return': 'deployment.spec',
  'extension-ask': 'extension.spec',
  'welfare-answer': 'welfare.spec',
  'control-propose': 'here',
  'control-confirm': 'here',
  'return-request': 'here',
  'return-answer': 'here',
  'return-withdraw': 'here',
  'return-settle': 'here',
  'deployment-forfeit': 'here',
  'deployment-abort': 'here',
  'deployment-debrief': 'here',
  'extension-answer': 'here',
  'secondment-review': 'here',
  'status-request': 'here',
  'deployment-desk-take': 'here',
};

test('every command about a deployment has its row', () => {
  const here = Object.entries(CELLS).flatMap(([name, where]) => (where === 'here' ? [name] : []));
  const rows = Object.values(TABLE).map(({ command }) => command(deployed()).name);
  // Settling is refused from every status unless its recall was raised, which stands below and in recall.spec.
  expect(new Set([...rows, 'return-settle'])).toEqual(new Set(here));
});

describe.each(Object.entries(TABLE))('%s', (_, { from, to, command, during }) => {
  test.each(DEPLOYMENT_STATUSES.map((status) => [status, from.includes(status) ? 'is taken' : 'is refused']))(
    'when it is %s: %s',
    (status) => {
      const scene = reach(status, during);
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

const PLANNED = [...EARLY, 'ON_TASK', ...PENDING, 'RELEASED', 'RETURNING'] as readonly DeploymentStatus[];

test.each(DEPLOYMENT_STATUSES.map((status) => [status, PLANNED.includes(status)] as const))(
  'eight weeks that nobody planned, when it is %s: a review is raised %s',
  (status, isRaised) => {
    const scene = reach(status);
    scene.setNow(at((SECONDMENT_DAYS + 2) * 24));
    const raised = scene.internal({ name: 'secondment-due', ...ofDeployment }).map(({ type }) => type);
    expect(raised).toEqual(isRaised ? ['muster.deployment.secondment_review.v1'] : []);
  },
);

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
