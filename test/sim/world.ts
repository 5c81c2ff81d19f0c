import {
  COMMANDS,
  type Command,
  type CommandName,
  isRefusal,
  MODES,
  type Mode,
  NATIONAL_CENTRE,
} from '@muster/contracts';
import type { HomeInput, InternalCommand } from '@muster/domain';
import type { Ack } from '../checker/report.ts';
import { AT_HOME, type AtHome, unseen } from './acts/home.ts';
import { INTERNAL, INTERNAL_NAMES } from './acts/internal.ts';
import { stageOf } from './acts/stage.ts';
import { GENERATORS } from './acts/table.ts';
import { advertOf, CAPABILITIES, HOSTS, moved, POSTS, RULED_DONORS, START } from './cast.ts';
import type { Coverage } from './coverage.ts';
import type { Dice } from './dice.ts';
import { createMesh, type Identity, type Mesh, type Outcome, type Plants } from './mesh.ts';

/** What one step of a history tries. */
export type Step =
  | { kind: 'send'; name: CommandName }
  | { kind: 'internal'; name: InternalCommand['name'] }
  | { kind: 'home'; name: HomeInput['kind'] }
  | { kind: 'advert' | 'time' | 'retry' | 'read-on' };

/** Ids of everything that an exercise makes begin so. */
export const EXERCISE_PREFIX = 'x-';

const HUB_ACTOR = 'hub/broker/request-broker';
const DAY_MINUTES = 1_440;
/** Days after which every window of a history has ended. */
const DAYS_TO_SETTLE = 14;

/** Days for which now and then all services are down; more than units may be away without a review. */
const DAYS_DOWN = 58;

type Said = { step: string; came: string };

const worded = (outcome: Outcome): string => {
  switch (outcome.kind) {
    case 'stored':
      return outcome.events.map(({ type }) => type.replace(/^muster\.|\.v1$/g, '')).join(' + ');
    case 'refused':
      return `refused: ${outcome.code}, ${outcome.because}`;
    case 'repeated':
      return 'stored before';
    case 'nothing':
      return 'nothing';
  }
};

type Delegate = (typeof POSTS)['approver' | 'donorApprover' | 'national'];

/** Two modes on one clock, with forces, hosts and centres who come up with things to do. */
export const startWorld = (coverage: Coverage, plants: Plants = {}) => {
  const clock = { now: START };
  const meshes: Record<Mode, Mesh> = {
    actual: createMesh('actual', clock, plants),
    exercise: createMesh('exercise', clock, plants),
  };
  const acks: Record<Mode, Ack[]> = { actual: [], exercise: [] };
  const heard: Record<Mode, number> = { actual: 0, exercise: 0 };
  const pending: { mode: Mode; command: Command }[] = [];
  const log: Said[] = [];
  let count = 0;
  const nextId = (mode: Mode, name: string): string => {
    count += 1;
    return `${mode === 'exercise' ? EXERCISE_PREFIX : ''}${name}-${count}`;
  };
  const meshOf = (mode: Mode): Mesh => meshes[plants.isLeaking ? 'actual' : mode];
  const say = (mode: Mode, step: string, came: string): void =>
    void log.push({
      step: `${clock.now.slice(0, 16)} ${mode === 'exercise' ? 'exercise: ' : ''}${step}`,
      came,
    });

  const tally = (name: string, outcome: Outcome): void => {
    if (outcome.kind === 'stored') coverage.count(name, 'accepted');
    if (outcome.kind === 'nothing') coverage.count(name, 'nothing');
    if (outcome.kind === 'refused') coverage.count(name, { refused: outcome.code });
  };

  const sendCommand = (mode: Mode, command: Command, how: 'fresh' | 'behind' | 'lost' = 'fresh'): Outcome => {
    const { commandId, actor } = command.body;
    const as = { org: command.org, commandId, actor: `${command.org}/${actor.role}/${actor.id}` };
    const outcome = meshOf(mode).submit(command, as, how);
    if (how !== 'lost') tally(command.name, outcome);
    say(mode, `${command.org} ${command.name} ${JSON.stringify(command.body)}`, worded(outcome));
    return outcome;
  };
  const acknowledge = (mode: Mode, command: Command, outcome: Outcome): void => {
    if (outcome.kind !== 'stored' && outcome.kind !== 'repeated') return;
    const { org, body } = command;
    acks[mode].push({ org, commandId: body.commandId, eventIds: outcome.ids });
  };

  /** Sends a command as clients do: its broker may be behind, may die before or after it stores, and is asked again. */
  const send = (mode: Mode, name: CommandName, dice: Dice): void => {
    const told = GENERATORS[name](stageOf(meshOf(mode).ledger, clock.now, dice));
    if (!told) return;
    const { org, actor, body } = told;
    const whole = { ...body, actor, commandId: nextId(mode, name), classification: 'OFFICIAL' };
    const command = { name, org, body: COMMANDS[name].parse(whole) } as Command;
    if (dice.once(10)) {
      // Decided and never stored, or stored and never answered: the client cannot tell the one from the other.
      sendCommand(mode, command, dice.once(2) ? 'lost' : 'fresh');
      pending.push({ mode, command });
      return;
    }
    acknowledge(mode, command, sendCommand(mode, command, dice.once(4) ? 'behind' : 'fresh'));
    if (dice.once(8))
      acknowledge(mode, command, sendCommand(mode, command, dice.once(2) ? 'behind' : 'fresh'));
  };
  const retry = (dice: Dice): void => {
    const [one] = pending.splice(dice.below(pending.length), 1);
    if (one) acknowledge(one.mode, one.command, sendCommand(one.mode, one.command));
  };

  const decideInternal = (mode: Mode, command: InternalCommand, how: 'fresh' | 'behind' = 'fresh'): void => {
    const mesh = meshOf(mode);
    const isHome = command.name === 'home-decided';
    const as: Identity = isHome
      ? {
          ...{ org: command.donor, actor: HUB_ACTOR },
          commandId: `h-${command.homeVersion}-${command.capabilityId}-${command.entry.bookingId}`,
        }
      : { org: 'hub', actor: HUB_ACTOR, commandId: `i-${mesh.stored.length}` };
    const outcome = mesh.submit(command, as, how);
    tally(command.name, outcome);
    say(mode, `hub ${JSON.stringify(command)}`, worded(outcome));
  };
  /** What home forces decided comes to the hub in its order, and again, and to several replicas at once. */
  const hear = (mode: Mode, dice: Dice): void => {
    const all = INTERNAL['home-decided'](meshOf(mode));
    const next = all[heard[mode]];
    if (!next || dice.once(8)) {
      const again = dice.pick(all.slice(0, heard[mode]));
      if (again) decideInternal(mode, again, dice.once(2) ? 'behind' : 'fresh');
      return;
    }
    decideInternal(mode, next, dice.once(3) ? 'behind' : 'fresh');
    heard[mode] += 1;
  };
  const internal = (mode: Mode, name: InternalCommand['name'], dice: Dice): void => {
    if (name === 'home-decided') {
      hear(mode, dice);
      return;
    }
    const one = dice.pick(INTERNAL[name](meshOf(mode)));
    if (one) decideInternal(mode, one, dice.once(4) ? 'behind' : 'fresh');
  };

  const atHome = (
    mode: Mode,
    { donor, capabilityId, input }: AtHome,
    policy: 'automatic' | 'person',
  ): void => {
    const { ledger, decideHome, append } = meshOf(mode);
    const known = ledger.view.advert(donor, capabilityId);
    const decision = decideHome(input, ledger.view.home(donor, capabilityId), {
      ...{ advert: known?.withdrawn ? undefined : known?.data, now: clock.now, policy: { policy } },
    });
    const step = `home ${donor}/${capabilityId} ${JSON.stringify(input)}`;
    if (isRefusal(decision)) {
      coverage.count(`home ${input.kind}`, { refused: decision.refused });
      say(mode, step, `refused: ${decision.refused}, ${decision.because}`);
      return;
    }
    const { events } = decision;
    coverage.count(`home ${input.kind}`, events.length > 0 ? 'accepted' : 'nothing');
    const as = { org: donor, commandId: nextId(mode, 'home'), actor: `${donor}/force-ict/adapter` };
    if (events.length > 0) append(events, as);
    say(mode, step, worded(events.length > 0 ? { kind: 'stored', events, ids: [] } : { kind: 'nothing' }));
  };

  const advertise = (mode: Mode, dice: Dice): void => {
    const mesh = meshOf(mode);
    const of = dice.pick(CAPABILITIES);
    if (!of) return;
    const { force, capabilityId } = of;
    const revision = mesh.stored.length;
    const as = { org: force, commandId: nextId(mode, 'advert'), actor: `${force}/force-ict/adapter` };
    const data = { ...advertOf(of, revision), quantity: 1 + dice.below(of.quantity) };
    const withdrawn = { force, capabilityId, revision, reasonCode: 'policy' as const };
    if (dice.once(6)) mesh.append([{ type: 'muster.capability.withdrawn.v1', data: withdrawn }], as);
    else mesh.append([{ type: 'muster.capability.advertised.v1', data }], as);
    say(mode, `${force}/${capabilityId} is advertised anew`, `${data.quantity}`);
    decideInternal(mode, { name: 'check-shortfall', donor: force, capabilityId });
  };

  const byChief = (mode: Mode, what: string) => ({
    ...{ commandId: nextId(mode, what), actor: { role: 'approver', id: 'chief' } as const },
    classification: 'OFFICIAL' as const,
  });
  const delegate = (mode: Mode, org: string, { id: post, role }: Delegate): void => {
    const scope = { codes: ['*'], maxQuantity: 20, emergencies: true };
    const span = { validFrom: clock.now, validTo: moved(clock.now, 30 * DAY_MINUTES) };
    const body = { ...byChief(mode, 'grant'), post, role, scope, ...span, reason: 'On call' };
    sendCommand(mode, { name: 'delegation-grant', org, body });
  };

  for (const mode of MODES) {
    for (const of of CAPABILITIES) {
      const as = { org: of.force, commandId: nextId(mode, 'advert'), actor: `${of.force}/force-ict/adapter` };
      meshes[mode].append([{ type: 'muster.capability.advertised.v1', data: advertOf(of, 1) }], as);
    }
    decideInternal(
      mode,
      INTERNAL['open-bookings'](meshes[mode])[0] ?? { name: 'open-bookings', capabilities: [] },
    );
    delegate(mode, NATIONAL_CENTRE, POSTS.national);
    for (const org of HOSTS.slice(0, 6)) delegate(mode, org, POSTS.approver);
    for (const org of RULED_DONORS) {
      delegate(mode, org, POSTS.donorApprover);
      const rules = { requests: { personAbove: null }, offers: { personAbove: 1 } };
      const body = { ...byChief(mode, 'rules'), rules, reason: 'Policy' };
      sendCommand(mode, { name: 'approval-rules-set', org, body });
    }
    meshes[mode].readOn(0);
  }
  log.length = 0;

  const run = (step: Step, mode: Mode, dice: Dice): void => {
    switch (step.kind) {
      case 'send':
        send(mode, step.name, dice);
        return;
      case 'internal':
        internal(mode, step.name, dice);
        return;
      case 'home': {
        const one = AT_HOME[step.name](meshOf(mode), dice, clock.now, nextId(mode, 'use'));
        if (one) atHome(mode, one, dice.once(3) ? 'person' : 'automatic');
        return;
      }
      case 'advert':
        advertise(mode, dice);
        return;
      case 'time':
        clock.now = moved(clock.now, 1 + dice.below(dice.once(12) ? 400 : 25));
        return;
      case 'retry':
        retry(dice);
        return;
      case 'read-on':
        meshOf(mode).readOn(dice.below(12));
        return;
    }
  };

  /** The donor would do without the money; gives how the host agrees by a replica that is behind. */
  const proposeWaiver = (mode: Mode, name: { donor: string; claimId: string }): (() => void) | undefined => {
    const claim = meshOf(mode).ledger.view.claim(name.donor, name.claimId);
    if (!claim || claim.status === 'PAID' || claim.status === 'WAIVED') return undefined;
    const id = nextId(mode, 'waive');
    const common = { actor: POSTS.finance, classification: 'OFFICIAL', ...name, reason: 'In kind' } as const;
    const waive = (org: string, n: number, how: 'fresh' | 'behind'): void => {
      const body = { ...common, commandId: `${id}-${n}`, basis: claim.waiver?.basis ?? 'payback' } as const;
      sendCommand(mode, { name: 'claim-waive', org, body }, how);
    };
    waive(claim.donor, 1, 'fresh');
    return () => waive(claim.host, 2, 'behind');
  };
  const bringHome = (mode: Mode): void => {
    for (const { donor, deploymentId, host, status } of [...meshOf(mode).ledger.deployments()]) {
      const common = { actor: POSTS.requester, classification: 'OFFICIAL', donor, deploymentId } as const;
      const id = nextId(mode, 'settle');
      if (status !== 'RETURNED' && status !== 'CLOSED') {
        const release = { ...common, commandId: `${id}-a`, reasonCode: 'task-complete' } as const;
        sendCommand(mode, { name: 'deployment-release', org: host, body: release });
        const home = { at: clock.now, injuries: 0, welfareReferral: false };
        const back = { ...common, ...home, commandId: `${id}-b` };
        sendCommand(mode, { name: 'deployment-return', org: donor, body: back });
      }
      if (meshOf(mode).ledger.view.deployment(donor, deploymentId)?.status !== 'RETURNED') continue;
      const debrief = { ...common, commandId: `${id}-c`, lessons: 'None' };
      const agreeWaiver = proposeWaiver(mode, { donor, claimId: deploymentId });
      meshOf(mode).readOn(0);
      sendCommand(mode, { name: 'deployment-debrief', org: donor, body: debrief });
      agreeWaiver?.();
    }
  };
  /** Lets everything come to its end: all is asked again, homes answer, timers fire after long downtime, all go home. */
  const settle = (dice: Dice): void => {
    while (pending.length > 0) retry(dice);
    if (dice.once(6)) clock.now = moved(clock.now, DAYS_DOWN * DAY_MINUTES);
    for (let round = 0; round < DAYS_TO_SETTLE / 2; round += 1) {
      for (const mode of MODES) {
        const mesh = meshOf(mode);
        for (const { force: donor, capabilityId } of CAPABILITIES) {
          for (const event of unseen(mesh, { donor, capabilityId }))
            atHome(mode, { donor, capabilityId, input: { kind: 'hub', event } }, 'automatic');
        }
        for (const next of INTERNAL['home-decided'](mesh).slice(heard[mode])) {
          decideInternal(mode, next);
          heard[mode] += 1;
        }
        for (const name of INTERNAL_NAMES) {
          if (name === 'home-decided' || name === 'open-bookings' || name === 'check-shortfall') continue;
          for (const command of INTERNAL[name](mesh)) decideInternal(mode, command);
        }
        bringHome(mode);
      }
      clock.now = moved(clock.now, 2 * DAY_MINUTES);
    }
  };

  return { clock, meshes, acks, coverage, log: log as readonly Said[], run, settle };
};
export type World = ReturnType<typeof startWorld>;
