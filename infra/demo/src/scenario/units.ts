import type { DeploymentView } from '@muster/contracts';
import { StartError } from '../errors.ts';
import { requester } from './host.ts';
import type { Answer, People } from './people.ts';

const commander = { role: 'unit-commander', id: 'unit-commander' } as const;
const donorDesk = { role: 'donor-desk', id: 'resource-desk' } as const;

const OUTWARD = ['MOBILISING', 'EN_ROUTE', 'STAGED', 'ON_TASK'] as const;
/** Where units are that their host has not let go. */
const WITH_HOST: readonly string[] = ['COMMITTED', ...OUTWARD, 'RECALL_PENDING'];

const headOf = ({ donor, deploymentId }: DeploymentView) => ({
  donor,
  deploymentId,
  classification: 'OFFICIAL' as const,
});
const idOf = ({ deploymentId }: DeploymentView, step: string): string => `${deploymentId.slice(-50)}-${step}`;
const now = (): string => new Date().toISOString();

/** Units go out, up to their task. What was done before a stop is not done again. */
export const goOut = async (people: People, of: DeploymentView): Promise<void> => {
  for (const status of OUTWARD) {
    await people.send(of.donor, 'deployment-status', {
      ...headOf(of),
      commandId: idOf(of, status.toLowerCase()),
      actor: commander,
      status,
      at: now(),
      headcount: of.quantity,
    });
  }
};

const mustStand = (what: string, answer: Answer): void => {
  if (answer.kind === 'refused')
    throw new StartError(`${what} was refused: ${answer.refusal.refused}, ${answer.refusal.because}`);
};

/** The units come under the direction and control of the host, which both sides say. */
export const passControl = async (people: People, of: DeploymentView): Promise<void> => {
  const proposalId = idOf(of, 'control');
  const proposed = await people.send(of.donor, 'control-propose', {
    ...headOf(of),
    commandId: proposalId,
    actor: donorDesk,
    to: 'host',
    at: now(),
  });
  mustStand(`${of.donor}: passing control of ${of.deploymentId}`, proposed);
  const confirmed = await people.send(of.host, 'control-confirm', {
    ...headOf(of),
    commandId: idOf(of, 'control-yes'),
    actor: requester,
    proposalId,
  });
  mustStand(`${of.host}: taking control of ${of.deploymentId}`, confirmed);
};

/**
 * The host lets the units go unless it has, and they return.
 * @param welfare how the people are; undefined leaves it open.
 */
export const comeHome = async (
  people: People,
  of: DeploymentView,
  welfare: { injuries: number } | undefined,
): Promise<void> => {
  const base = headOf(of);
  if (WITH_HOST.includes(of.status)) {
    await people.send(of.host, 'deployment-release', {
      ...base,
      commandId: idOf(of, 'release'),
      actor: requester,
      reasonCode: 'task-complete',
    });
  }
  await people.send(of.donor, 'deployment-status', {
    ...base,
    commandId: idOf(of, 'returning'),
    actor: commander,
    status: 'RETURNING',
    at: now(),
  });
  await people.send(of.donor, 'deployment-return', {
    ...base,
    commandId: idOf(of, 'return'),
    actor: commander,
    at: now(),
    headcount: of.quantity,
    ...(welfare && { injuries: welfare.injuries, welfareReferral: welfare.injuries > 0 }),
  });
};

/** Both sides say what is to be learned. */
export const debrief = async (people: People, of: DeploymentView, lessons: string): Promise<void> => {
  for (const [side, org, actor] of [
    ['host', of.host, requester],
    ['donor', of.donor, donorDesk],
  ] as const) {
    await people.send(org, 'deployment-debrief', {
      ...headOf(of),
      commandId: idOf(of, `debrief-${side}`),
      actor,
      lessons,
    });
  }
};

/** One deployment from mobilising to the return. */
export const runDeployment = async (people: People, of: DeploymentView): Promise<void> => {
  await goOut(people, of);
  await comeHome(people, { ...of, status: 'ON_TASK' }, { injuries: 0 });
};
