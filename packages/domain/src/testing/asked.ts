import type { Actor, Command, CommandBody, CommandName, Rationale, RequestView } from '@muster/contracts';
import { lineCounts, requestStatus } from '../request/lines.ts';
import { at, createBody, line, place } from './samples.ts';
import { type Scene, startScene } from './scene.ts';

/** What a request can be, and `none` before there is one. */
export type RequestStage = RequestView['status'] | 'none';

export const chief: Actor = { role: 'approver', id: 'duty-acc' };
export const national: Actor = { role: 'national-centre', id: 'npocc-duty-desk' };
export const rationale: Rationale = {
  information: 'i',
  threatAndRisk: 't',
  powersAndPolicy: 'p',
  options: 'o',
  actionAndReview: 'a',
};
export const r1 = { host: 'kent', requestId: 'r1' };

/** Kent's region: the first three are asked, the last is farther away. */
const ASKED = ['essex', 'norfolk', 'suffolk'];
const REGION = [...ASKED, 'bedfordshire'];

/** What a command says beside what is the same for all of them. */
type Said<N extends CommandName> = Omit<CommandBody<N>, 'commandId' | 'classification' | 'actor'> & {
  actor?: Actor;
  commandId?: string;
};

/** A command of an organisation; its id is its name unless it has one. */
export const commandBy = <N extends CommandName>(
  scene: Scene,
  org: string,
  name: N,
  body: Said<N>,
): Command => scene.commandOf(name, org, { commandId: name, ...body } as unknown as CommandBody<N>);

type Asking = Partial<CommandBody<'request-create'>>;

/** Kent asks three forces of its region for three units. */
export const askBody = (over: Asking = {}): CommandBody<'request-create'> =>
  createBody({
    lines: [line({ quantity: 3 })],
    escalation: 'by-hand',
    tier: 2,
    recipients: { kind: 'forces', forces: ASKED },
    ...over,
  });

/** Units of the region, and of surrey beyond it; a post of kent may approve. */
const begin = (): Scene => {
  const scene = startScene();
  for (const force of REGION) {
    const base = force === 'bedfordshire' ? { name: 'Kempston', lat: 52.12, lon: -0.5 } : place;
    scene.advertise({ force, base });
  }
  scene.advertise({ force: 'surrey' });
  scene.run(
    commandBy(scene, 'kent', 'delegation-grant', {
      ...{ post: chief.id, role: 'approver', scope: { codes: ['PO'], maxQuantity: 9, emergencies: true } },
      ...{ validFrom: at(-1), validTo: at(48), reason: 'scheme of delegation' },
      actor: { role: 'force-ict', id: 'register-keeper' },
    }),
  );
  return scene;
};

/** Essex lends so many units. */
const commit = (scene: Scene, quantity: number): void => {
  scene.offer('o1', { quantity }, 'essex');
  scene.accept(['o1', quantity]);
  scene.settle('essex', 'psu-1');
};

const comeHome = (scene: Scene): void => {
  const name = { donor: 'essex', deploymentId: 'o1' };
  scene.setNow(at(2));
  scene.internal({ name: 'answer-time-due', ...r1 });
  scene.send('deployment-release', 'kent', { commandId: 'rel', ...name, reasonCode: 'task-complete' });
  scene.send('deployment-return', 'essex', {
    ...{ commandId: 'ret', ...name, at: scene.now(), injuries: 0, welfareReferral: false },
  });
};

/** From a request that has gone out, and on which norfolk has one unit on offer, to where it is to be. */
const LIVE: Partial<Record<RequestStage, (scene: Scene) => void>> = {
  'part-filled': (scene) => commit(scene, 1),
  filled: (scene) => commit(scene, 3),
  unfilled: (scene) => {
    scene.setNow(at(2));
    scene.internal({ name: 'answer-time-due', ...r1 });
  },
  cancelled: (scene) =>
    void scene.send('request-cancel', 'kent', {
      ...{ commandId: 'end', requestId: 'r1', reasonCode: 'other', reason: 'Over' },
    }),
  expired: (scene) => {
    scene.setNow(at(16));
    scene.internal({ name: 'request-end-due', ...r1 });
  },
  closed: (scene) => {
    commit(scene, 3);
    comeHome(scene);
  },
};

const walk = (scene: Scene, stage: RequestStage, over: Asking): void => {
  if (stage === 'none') return;
  if (stage === 'draft') {
    scene.run(commandBy(scene, 'kent', 'request-draft', askBody(over)));
    return;
  }
  if (stage === 'awaiting-approval' || stage === 'refused') {
    scene.ask(askBody({ ...over, approvalRoute: { kind: 'person' } }));
    if (stage === 'refused') {
      scene.run(
        commandBy(scene, 'kent', 'request-refuse', {
          ...{ requestId: 'r1', actor: chief, reason: 'no', rationale },
        }),
      );
    }
    return;
  }
  scene.ask(askBody(over));
  scene.offer('o2', {}, 'norfolk');
  LIVE[stage]?.(scene);
};

/** Where the request stands now. */
export const stageOf = (scene: Scene): RequestStage => {
  const request = scene.ledger.view.request(r1.host, r1.requestId);
  return request ? requestStatus(request) : 'none';
};

/** A scene in which the request has come to that stage. */
export const reachStage = (stage: RequestStage, over: Asking = {}): Scene => {
  const scene = begin();
  walk(scene, stage, over);
  if (stageOf(scene) !== stage) throw new Error(`${stage} was not reached, but ${stageOf(scene)}`);
  return scene;
};

/** What the line still needs; one where there is no line, or it needs none. */
export const missing = (scene: Scene): number => {
  const request = scene.ledger.view.request(r1.host, r1.requestId);
  const [first] = request?.lines ?? [];
  return request && first ? Math.max(1, lineCounts(request, first).unfilled) : 1;
};
