import type { CommandBody, CommandName, MusterEvent } from '@muster/contracts';
import type { DeploymentState } from '../deployment/state.ts';
import type { LedgerCommand } from '../ledger/view.ts';
import { line, terms } from './samples.ts';
import type { Scene } from './scene.ts';

/** Three numbers that pick what is tried. */
type Numbers = { a: number; b: number; c: number };

const LENT_ACTS = [
  'control',
  'recall',
  'recall-end',
  'settle-recall',
  'give-up',
  'debrief',
  'extend',
  'welfare',
  'onward',
] as const;
type LentAct = (typeof LENT_ACTS)[number];

type World = {
  scene: Scene;
  attempt: (command: LedgerCommand) => MusterEvent[];
  id: (prefix: string) => string;
  deployments: () => DeploymentState[];
  /** The home force takes in all that the hub said of the capability, and the hub all that homes answered. */
  catchUp: (donor: string, capabilityId: string) => void;
};

const HOUR_MS = 3_600_000;

/** A host releases units, and their force offers them to another as they stand, which may take them. */
const goOn = ({ scene, attempt, id, catchUp }: World, { a, b, c }: Numbers, of: DeploymentState): void => {
  const { donor, deploymentId, capabilityId, host: before } = of;
  const start = Date.parse(scene.now());
  const after = (hours: number): string => new Date(start + hours * HOUR_MS).toISOString();
  const left = { donor, deploymentId, reasonCode: 'task-complete' as const };
  attempt(scene.commandOf('deployment-release', before, { commandId: id('release'), ...left }));
  const host = before === 'kent' ? 'durham' : 'kent';
  const requestId = id('request');
  const quantity = b % 5 === 0 ? 1 : of.quantity;
  const wanted = line({ quantity: of.quantity, from: after(c % 4), to: after((c % 4) + 1 + (a % 6)) });
  const asked = { lines: [wanted], terms, answerBy: after(1), confirmWithinMinutes: 1 + (a % 60) };
  const recipients = { kind: 'forces' as const, forces: [donor] };
  attempt(scene.commandOf('request-create', host, { commandId: requestId, ...asked, recipients }));
  if (b % 2 === 0) catchUp(donor, capabilityId);
  const offerId = id('offer');
  attempt(
    scene.commandOf('offer-make', donor, {
      ...{ commandId: offerId, host, requestId, lineId: wanted.lineId, capabilityId, quantity },
      ...{ estimatedArrival: scene.now(), continues: deploymentId },
    }),
  );
  if (c % 5 === 0) return;
  const accept = [{ offerId, quantity }];
  attempt(scene.commandOf('offer-accept', host, { commandId: id('accept'), requestId, accept }));
  if (b % 4 !== 0) catchUp(donor, capabilityId);
};

/** Tries something that either side may do with units that are lent, beside moving them. */
export const lentActs = (world: World) => {
  const { scene, attempt, id, deployments } = world;
  const pick = ({ a }: Numbers): DeploymentState | undefined =>
    deployments()[a % (deployments().length || 1)];

  /** Tries a command of one side on a deployment. */
  const sent = (
    name: CommandName,
    numbers: Numbers,
    org: (of: DeploymentState) => string,
    body: (of: DeploymentState) => object,
    among = deployments(),
  ): void => {
    const of = among[numbers.a % (among.length || 1)];
    if (!of) return;
    const { donor, deploymentId } = of;
    const whole = { commandId: id(name), donor, deploymentId, ...body(of) };
    attempt(scene.commandOf(name, org(of), whole as CommandBody<typeof name>));
  };
  const donorOf = ({ donor }: DeploymentState): string => donor;
  const hostOf = ({ host }: DeploymentState): string => host;
  const reason = 'Because';

  const act: Record<LentAct, (numbers: Numbers) => void> = {
    control: (numbers) => {
      const [one, other] = numbers.b % 2 === 0 ? [donorOf, hostOf] : [hostOf, donorOf];
      sent('control-propose', numbers, one, ({ control }) => ({
        to: control.with === 'host' ? 'donor' : 'host',
        at: scene.now(),
      }));
      if (numbers.c % 3 === 0) return;
      sent('control-confirm', numbers, other, ({ control }) => ({
        proposalId: control.proposed?.proposalId ?? 'none',
      }));
    },
    recall: (numbers) =>
      sent('return-request', numbers, donorOf, () => ({
        by: new Date(Date.parse(scene.now()) + (numbers.b % 3) * HOUR_MS).toISOString(),
        reasonCode: 'own-demand',
        reason,
      })),
    'recall-end': (numbers) => {
      if (numbers.b % 3 === 0) sent('return-withdraw', numbers, donorOf, () => ({ reason }));
      else
        sent('return-answer', numbers, hostOf, () => ({
          answer: numbers.b % 3 === 1 ? 'release' : 'keep',
          reason,
        }));
    },
    'settle-recall': (numbers) =>
      sent(
        'return-settle',
        numbers,
        () => 'npocc',
        () =>
          numbers.b % 2 === 0
            ? { decision: 'release', reason }
            : { decision: 'stay', reason, consentedBy: 'duty-acc' },
        // Few recalls are ever raised, so it is them that are tried.
        deployments().filter(({ recall }) => recall?.raisedAt),
      ),
    'give-up': (numbers) => {
      if (numbers.b % 2 === 0) {
        sent('deployment-abort', numbers, hostOf, () => ({ reasonCode: 'not-needed', reason }));
      } else {
        const why = { reasonCode: 'own-demand' as const, reason, replacementOffered: false };
        sent('deployment-forfeit', numbers, donorOf, () => why);
      }
    },
    extend: (numbers) => {
      sent('extension-ask', numbers, hostOf, ({ to }) => ({
        newEnd: new Date(Date.parse(to) + (1 + (numbers.c % 5)) * HOUR_MS).toISOString(),
        reason,
      }));
      if (numbers.c % 4 === 0) return;
      const how =
        numbers.c % 4 === 1 ? { answer: 'decline', reasonCode: 'other' } : { answer: 'accept' as const };
      sent('extension-answer', numbers, donorOf, ({ extension }) => ({
        extensionId: extension?.extensionId ?? 'none',
        ...how,
      }));
    },
    welfare: (numbers) => {
      sent('deployment-return', numbers, donorOf, () => ({ at: scene.now() }));
      if (numbers.c % 2 === 0) {
        sent('welfare-answer', numbers, donorOf, () => ({ injuries: 0, welfareReferral: false }));
      }
    },
    onward: (numbers) => {
      const of = pick(numbers);
      if (of) goOn(world, numbers, of);
    },
    debrief: (numbers) =>
      sent('deployment-debrief', numbers, numbers.b % 2 === 0 ? donorOf : hostOf, () => ({
        lessons: reason,
      })),
  };
  return (numbers: Numbers): void =>
    act[LENT_ACTS[(numbers.b + numbers.c) % LENT_ACTS.length] ?? 'recall'](numbers);
};
