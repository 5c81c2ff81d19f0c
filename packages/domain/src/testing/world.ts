import { aggregateOf, isRefusal, type MusterEvent, type TimerName } from '@muster/contracts';
import { decideHome, type HomeInput } from '../home/decide.ts';
import { decide } from '../ledger/decide.ts';
import { createLedger, type StoredFact } from '../ledger/ledger.ts';
import {
  type HomeDecisionEntry,
  type InternalCommand,
  isHomeDecision,
  type LedgerCommand,
} from '../ledger/view.ts';
import type { RequestState } from '../request/state.ts';
import { deadlinesOf } from '../request/timers.ts';
import { lentActs } from './lent.ts';
import { advert, at, line, terms } from './samples.ts';
import { startScene } from './scene.ts';
import { offerTerms, unacceptedActs } from './unaccepted.ts';

/** A step of a random history: what is tried, and three numbers that pick with what. */
export type Step = { act: Act; a: number; b: number; c: number };

export const ACTS = [
  'advance',
  'create',
  'offer',
  'offer',
  'decline',
  'accept',
  'accept',
  'accept-stale',
  'cancel',
  'deploy',
  'release',
  'return',
  'home-hub',
  'home-hub',
  'home-desk',
  'home-use',
  'deliver',
  'deliver',
  'deliver-beside',
  'deliver-again',
  'timer',
  'advertise',
  'withdraw',
  'lent',
  'unaccepted',
] as const;
export type Act = (typeof ACTS)[number];

const CAPABILITIES = [
  { force: 'sussex', capabilityId: 'unit', kind: 'unit', quantity: 1 },
  { force: 'sussex', capabilityId: 'pool', kind: 'pool', quantity: 4 },
  { force: 'surrey', capabilityId: 'pool', kind: 'pool', quantity: 3, minRestMinutes: 45 },
  { force: 'essex', capabilityId: 'queue', kind: 'queue', quantity: 5 },
] as const;
const HOSTS = ['kent', 'durham'] as const;

/** How the name of the timer begins at which an open offer lapses. */
const VALID = 'valid-';

const pick = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];

/** The capability of that number; there always is one. */
const capability = (n: number) => pick(CAPABILITIES, n) ?? CAPABILITIES[0];

type Sent = { donor: string; capabilityId: string; homeVersion: number; entry: HomeDecisionEntry };

/** A whole mesh in memory: hub, home forces, hosts, timers; everything may be late, stale or repeated. */
export const startWorld = () => {
  const scene = startScene();
  const { ledger, stored } = scene;
  let count = 0;
  let delivered = 0;
  const id = (prefix: string): string => {
    count += 1;
    return `${prefix}-${count}`;
  };
  for (const each of CAPABILITIES) scene.advertise(each);

  /** Tries a command on some view, and stores what it decides unless somebody else was first. */
  const tryOn = (view: ReturnType<typeof createLedger>, command: LedgerCommand): MusterEvent[] => {
    const decision = decide(command, view.view, scene.now());
    if (isRefusal(decision)) return [];
    const aggregates = decision.events.map(aggregateOf);
    if (aggregates.some((each) => view.lastSeq(each) !== ledger.lastSeq(each))) return [];
    const [org, commandId] = 'body' in command ? [command.org, command.body.commandId] : ['hub', id('i')];
    return scene.store(decision.events, org, commandId);
  };
  const attempt = (command: LedgerCommand): MusterEvent[] => tryOn(ledger, command);

  /** A replica that has read only the first part of what is stored. */
  const staleReplica = (keepPercent: number) => {
    const replica = createLedger();
    const upTo = Math.ceil((stored.length * keepPercent) / 100);
    for (const fact of stored.slice(0, upTo)) replica.apply(fact);
    return replica;
  };

  const requests = (): RequestState[] => [...ledger.requests()];
  const openOffers = (request: RequestState) =>
    [...request.offers.values()].filter(({ status }) => status === 'made');

  const acceptOf = ({ a, b, c }: Step): LedgerCommand | undefined => {
    const request = pick(
      requests().filter((each) => openOffers(each).length > 0),
      a,
    );
    if (!request) return undefined;
    const offers = openOffers(request);
    const chosen = offers.filter((_, index) => index === b % offers.length || (c + index) % 3 === 0);
    return scene.commandOf('offer-accept', request.host, {
      commandId: id('accept'),
      requestId: request.requestId,
      accept: chosen.map(({ offerId, quantity }) => ({ offerId, quantity: 1 + (c % quantity) })),
      ...(a % 2 === 1 && { orMinimum: true as const }),
    });
  };

  const atHome = (donor: string, capabilityId: string, input: HomeInput, policy: number): void => {
    const known = ledger.view.advert(donor, capabilityId);
    const decision = decideHome(input, ledger.view.home(donor, capabilityId), {
      advert: known?.withdrawn ? undefined : known?.data,
      now: scene.now(),
      policy: { policy: policy % 3 === 0 ? 'person' : 'automatic' },
    });
    if (!isRefusal(decision)) scene.store(decision.events, donor, id('home'));
  };

  const sent = (): Sent[] =>
    stored.flatMap(({ event }) => {
      if (event.type !== 'muster.home.recorded.v1') return [];
      const { donor, capabilityId, homeVersion, entries } = event.data;
      return entries.flatMap((entry) =>
        isHomeDecision(entry) ? [{ donor, capabilityId, homeVersion, entry }] : [],
      );
    });

  /** The hub takes in the next answer of a home ledger, on a replica that may be behind, until it is stored. */
  const deliver = (stale: boolean): boolean => {
    const next = sent()[delivered];
    if (!next) return false;
    const command = { name: 'home-decided', homeEventId: 'e', ...next } as const;
    if (stale) tryOn(staleReplica(90), command);
    const decision = decide(command, ledger.view, scene.now());
    if (isRefusal(decision)) throw new Error(`a home decision was refused: ${decision.because}`);
    attempt(command);
    delivered += 1;
    return true;
  };

  /** Replicas take in several answers at the same time, none seeing what the others decide. */
  const deliverBeside = (many: number): void => {
    const replica = staleReplica(100);
    for (const next of sent().slice(delivered, delivered + many)) {
      tryOn(replica, { name: 'home-decided', homeEventId: 'e', ...next });
    }
    for (let n = 0; n < many; n += 1) deliver(false);
  };

  const commandFor = ({ aggregate, name }: TimerName): InternalCommand => {
    const ofDeployment = { donor: aggregate.owner, deploymentId: aggregate.id };
    if (name === 'recall') return { name: 'recall-due', ...ofDeployment };
    if (name === 'extension') return { name: 'extension-due', ...ofDeployment };
    if (name === 'secondment') return { name: 'secondment-due', ...ofDeployment };
    const ofRequest = { host: aggregate.owner, requestId: aggregate.id };
    if (name === 'answer-by') return { name: 'answer-time-due', ...ofRequest };
    if (name === 'end') return { name: 'request-end-due', ...ofRequest };
    if (name.startsWith(VALID)) return { name: 'offer-due', ...ofRequest, offerId: name.slice(VALID.length) };
    return { name: 'confirm-due', ...ofRequest, offerId: name.slice('confirm-'.length) };
  };
  const timers = () =>
    stored.flatMap(({ event }) => deadlinesOf(event)).map(({ timer }) => commandFor(timer));

  const create = ({ a, b, c }: Step): void => {
    const host = pick(HOSTS, a) ?? 'kent';
    const start = (Date.parse(scene.now()) - Date.parse(at(0))) / 3_600_000;
    const lines = Array.from({ length: 1 + (b % 2) }, (_, n) =>
      line({
        lineId: `l${n}`,
        quantity: 1 + ((c + n) % 4),
        minimumQuantity: 1 + ((c + n) % 4 > 1 ? b % 2 : 0),
        from: at(start + (c % 6)),
        to: at(start + (c % 6) + 2 + (a % 8)),
      }),
    );
    const body = {
      commandId: id('request'),
      lines,
      terms,
      recipients: { kind: 'forces' as const, forces: ['sussex', 'surrey', 'essex'] },
      answerBy: at(start + 1),
      confirmWithinMinutes: 1 + (b % 60),
    };
    attempt(scene.commandOf('request-create', host, body));
  };

  const offer = (step: Step): void => {
    const { a, b, c } = step;
    const request = pick(requests(), a);
    const chosen = pick(request?.lines ?? [], c);
    if (!request || !chosen) return;
    const { force, capabilityId, quantity } = capability(b);
    attempt(
      scene.commandOf('offer-make', force, {
        commandId: id('offer'),
        host: request.host,
        requestId: request.requestId,
        lineId: chosen.lineId,
        capabilityId,
        quantity: 1 + (c % quantity),
        estimatedArrival: scene.now(),
        ...offerTerms(step, scene.now()),
      }),
    );
  };

  const deployments = () => [...ledger.deployments()];

  const catchUp = (donor: string, capabilityId: string): void => {
    for (const { data } of scene.unseen(donor, capabilityId)) {
      atHome(donor, capabilityId, { kind: 'hub', event: data }, 1);
    }
    for (let isMore = true; isMore; ) isMore = deliver(false);
  };

  const act: Record<Act, (step: Step) => void> = {
    lent: lentActs({ scene, attempt, id, deployments, catchUp }),
    unaccepted: unacceptedActs({ scene, attempt, id, requests }),
    advance: ({ a }) => {
      scene.setNow(new Date(Date.parse(scene.now()) + (1 + (a % 90)) * 60_000).toISOString());
    },
    create,
    offer,
    decline: ({ a, b }) => {
      const request = pick(requests(), a);
      if (!request) return;
      attempt(
        scene.commandOf('offer-decline', capability(b).force, {
          commandId: id('decline'),
          host: request.host,
          requestId: request.requestId,
          lineIds: [pick(request.lines, b)?.lineId ?? 'l0'],
          reasonCode: 'other',
        }),
      );
    },
    accept: (step) => {
      const command = acceptOf(step);
      if (command) attempt(command);
    },
    'accept-stale': (step) => {
      const command = acceptOf(step);
      if (command) tryOn(staleReplica(60 + (step.b % 40)), command);
    },
    cancel: ({ a, b }) => {
      const request = pick(requests(), a);
      if (!request || b % 4 > 0) return;
      const why = { reasonCode: 'other' as const, reason: 'Over' };
      attempt(
        scene.commandOf('request-cancel', request.host, {
          commandId: id('cancel'),
          requestId: request.requestId,
          ...why,
        }),
      );
    },
    deploy: ({ a, b }) => {
      const deployment = pick(deployments(), a);
      const status = pick(['MOBILISING', 'EN_ROUTE', 'ON_TASK', 'RETURNING'] as const, b);
      if (!deployment || !status) return;
      const { donor, deploymentId } = deployment;
      const body = { commandId: id('status'), donor, deploymentId, status, at: scene.now() };
      attempt(scene.commandOf('deployment-status', donor, body));
    },
    release: ({ a }) => {
      const deployment = pick(deployments(), a);
      if (!deployment) return;
      const { donor, deploymentId, host } = deployment;
      const body = { commandId: id('release'), donor, deploymentId, reasonCode: 'task-complete' as const };
      attempt(scene.commandOf('deployment-release', host, body));
    },
    return: ({ a }) => {
      const deployment = pick(deployments(), a);
      if (!deployment) return;
      const { donor, deploymentId } = deployment;
      const ofReturn = { at: scene.now(), injuries: 0, welfareReferral: false };
      const body = { commandId: id('return'), donor, deploymentId, ...ofReturn };
      attempt(scene.commandOf('deployment-return', donor, body));
    },
    'home-hub': ({ a, b }) => {
      const { force, capabilityId } = capability(a);
      const [next] = scene.unseen(force, capabilityId);
      if (next) atHome(force, capabilityId, { kind: 'hub', event: next.data }, b);
    },
    'home-desk': ({ a, b, c }) => {
      const { force, capabilityId } = capability(a);
      const booking = pick([...(ledger.view.home(force, capabilityId)?.bookings.keys() ?? [])], b);
      if (!booking) return;
      const input: HomeInput =
        c % 3 === 0
          ? { kind: 'refuse', bookingId: booking, reasonCode: 'other' }
          : { kind: 'confirm', bookingId: booking };
      atHome(force, capabilityId, input, 0);
    },
    'home-use': ({ a, b, c }) => {
      const { force, capabilityId, quantity } = capability(a);
      const now = scene.now();
      const to = new Date(Date.parse(now) + (1 + (c % 8)) * 3_600_000).toISOString();
      const use = { kind: 'use' as const, useId: id('use'), quantity: 1 + (b % quantity), from: now, to };
      const known = pick([...(ledger.view.home(force, capabilityId)?.uses.keys() ?? [])], b);
      const back: HomeInput = { kind: 'use-return', useId: known ?? '', at: now };
      atHome(force, capabilityId, known && c % 2 === 0 ? back : use, 0);
    },
    deliver: ({ a }) => void deliver(a % 2 === 0),
    'deliver-beside': ({ a }) => deliverBeside(2 + (a % 2)),
    'deliver-again': ({ a }) => {
      const again = pick(sent().slice(0, delivered), a);
      if (again) attempt({ name: 'home-decided', homeEventId: 'e', ...again });
    },
    timer: ({ a }) => {
      const command = pick(timers(), a);
      if (command) attempt(command);
    },
    advertise: ({ a, b, c }) => {
      const each = capability(a);
      const revision = 2 + stored.length;
      const data = advert({ ...each, revision, quantity: 1 + (b % each.quantity) });
      if (c % 2 === 0) {
        scene.store([{ type: 'muster.capability.advertised.v1', data }], each.force, id('ad'));
      }
      attempt({ name: 'check-shortfall', donor: each.force, capabilityId: each.capabilityId });
    },
    withdraw: ({ a, b }) => {
      if (b % 4 > 0) return;
      const { force, capabilityId } = capability(a);
      const data = { force, capabilityId, revision: 2 + stored.length, reasonCode: 'policy' as const };
      scene.store([{ type: 'muster.capability.withdrawn.v1', data }], force, id('ad'));
    },
  };

  /** What the broker asks of every request after the events that it cannot decide in one go. */
  const followUp = (): void => {
    for (const { host, requestId } of requests()) attempt({ name: 'settle-request', host, requestId });
  };

  /** Lets everything come to its end: all homes answer, all timers fire, all units come home. */
  const settle = (): void => {
    for (let round = 0; round < 6; round += 1) {
      for (const { force, capabilityId } of CAPABILITIES) {
        for (const { data } of scene.unseen(force, capabilityId)) {
          atHome(force, capabilityId, { kind: 'hub', event: data }, 1);
        }
      }
      while (deliver(false));
      act.advance({ act: 'advance', a: 89, b: 0, c: 0 });
      scene.setNow(new Date(Date.parse(scene.now()) + 24 * 3_600_000).toISOString());
      for (const command of timers()) attempt(command);
      for (const [n] of deployments().entries()) {
        act.release({ act: 'release', a: n, b: 0, c: 0 });
        act.return({ act: 'return', a: n, b: 0, c: 0 });
      }
    }
  };

  return {
    scene,
    run: (step: Step): void => act[step.act](step),
    settle,
    followUp,
    stored: stored as readonly StoredFact[],
  };
};
