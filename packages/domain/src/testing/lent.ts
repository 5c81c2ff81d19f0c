import type { CommandBody, CommandName, MusterEvent } from '@muster/contracts';
import type { DeploymentState } from '../deployment/state.ts';
import type { LedgerCommand } from '../ledger/view.ts';
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
] as const;
type LentAct = (typeof LENT_ACTS)[number];

type World = {
  scene: Scene;
  attempt: (command: LedgerCommand) => MusterEvent[];
  id: (prefix: string) => string;
  deployments: () => DeploymentState[];
};

const HOUR_MS = 3_600_000;

/** Tries something that either side may do with units that are lent, beside moving them. */
export const lentActs = ({ scene, attempt, id, deployments }: World) => {
  const pick = ({ a }: Numbers): DeploymentState | undefined =>
    deployments()[a % (deployments().length || 1)];

  /** Tries a command of one side on a deployment. */
  const sent = (
    name: CommandName,
    numbers: Numbers,
    org: (of: DeploymentState) => string,
    body: (of: DeploymentState) => object,
  ): void => {
    const of = pick(numbers);
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
    debrief: (numbers) =>
      sent('deployment-debrief', numbers, numbers.b % 2 === 0 ? donorOf : hostOf, () => ({
        lessons: reason,
      })),
  };
  return (numbers: Numbers): void =>
    act[LENT_ACTS[(numbers.b + numbers.c) % LENT_ACTS.length] ?? 'recall'](numbers);
};
