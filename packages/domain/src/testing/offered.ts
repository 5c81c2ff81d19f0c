import type { CommandBody } from '@muster/contracts';
import type { Offer } from '../request/state.ts';
import { abort } from './deployed.ts';
import { at } from './samples.ts';
import { type Scene, startScene } from './scene.ts';

/** Names the one offer of these scenes: sussex offers one unit to kent. */
export const ofOffer = { host: 'kent', requestId: 'r1', offerId: 'o1' };

/** When the offers of these scenes run out. */
export const VALID_UNTIL = at(1.5);

export const accept = (scene: Scene, offerId = 'o1') =>
  scene.commandOf('offer-accept', 'kent', {
    commandId: `accept-${offerId}`,
    requestId: 'r1',
    accept: [{ offerId, quantity: 1 }],
  });

export const meet = (scene: Scene, org = 'sussex') =>
  scene.commandOf('offer-condition-met', org, { commandId: 'met', ...ofOffer, note: 'The match has ended' });

export const withdraw = (scene: Scene, over: Partial<CommandBody<'offer-withdraw'>> = {}, org = 'sussex') =>
  scene.commandOf('offer-withdraw', org, {
    ...{ commandId: 'withdraw', ...ofOffer },
    ...{ reasonCode: 'own-demand' as const, reason: 'Disorder at home' },
    ...over,
  });

export const notSelect = (scene: Scene, org = 'kent') =>
  scene.commandOf('offer-not-select', org, {
    ...{ commandId: 'no', requestId: 'r1', offerId: 'o1' },
    reason: 'A nearer team is free',
  });

/** The host takes back that it has accepted. */
export const takeBack = (scene: Scene, org = 'kent') =>
  scene.commandOf('acceptance-withdraw', org, {
    ...{ commandId: 'take-back', requestId: 'r1', offerId: 'o1' },
    reason: 'Another team was meant',
  });

/** The request is cancelled by its host. */
export const cancel = (scene: Scene) =>
  scene.commandOf('request-cancel', 'kent', {
    ...{ commandId: 'cancel', requestId: 'r1' },
    ...{ reasonCode: 'resolved' as const, reason: 'Over' },
  });

/** The time of the offer comes. */
export const runOut = (scene: Scene) => {
  scene.setNow(VALID_UNTIL);
  return scene.internal({ name: 'offer-due', ...ofOffer });
};

const taken = (scene: Scene): void => void scene.run(accept(scene));

const committed = (scene: Scene): void => {
  taken(scene);
  scene.settle('sussex', 'psu-1');
};

/** How an offer comes to stand there, from where it is made; firm unless it is to be provisional. */
const WAY: Record<Offer['status'], (scene: Scene) => void> = {
  made: () => undefined,
  provisional: () => undefined,
  accepted: taken,
  committed,
  refused: (scene) => {
    taken(scene);
    scene.settle('sussex', 'psu-1', { policy: 'person' });
    const refusal = { kind: 'refuse', bookingId: 'o1', reasonCode: 'other' } as const;
    scene.tellHub(scene.atHome('sussex', 'psu-1', refusal));
  },
  lapsed: (scene) => {
    taken(scene);
    scene.setNow(at(1));
    scene.internal({ name: 'confirm-due', ...ofOffer });
  },
  'stood-down': (scene) => {
    committed(scene);
    scene.run(abort(scene));
  },
  'not-selected': (scene) => void scene.run(notSelect(scene)),
  withdrawn: (scene) => void scene.run(withdraw(scene)),
  'run-out': (scene) => void runOut(scene),
  closed: (scene) => void scene.run(cancel(scene)),
};

export const OFFER_STATUSES = Object.keys(WAY) as Offer['status'][];

/** A scene in which the offer has come to stand there. */
export const offered = (status: Offer['status'] = 'made'): Scene => {
  const scene = startScene();
  scene.advertise();
  scene.advertise({ force: 'surrey' });
  scene.ask();
  const condition = status === 'provisional' ? { condition: 'The match ends quietly' } : {};
  scene.offer('o1', { validUntil: VALID_UNTIL, ...condition });
  WAY[status](scene);
  return scene;
};

export const statusOf = (scene: Scene, offerId = 'o1') => scene.request().offers.get(offerId)?.status;
