import { eventually } from '@muster/testkit';
import { newKey } from '../gateway/browser.ts';
import { help, inHours, MODE, offer } from '../gateway/stack.ts';
import type { Stage as BrowserStage } from './stage.ts';

/** These need no browser. */
type Stage = Pick<BrowserStage, 'stack'>;

/** A line of so many cyber officers, on a day of its own so that nothing else that is lent stands in the way. */
export const ownDay = (quantity: number, day: number): object => ({
  lines: help().lines.map((line) => ({
    ...line,
    quantity,
    from: inHours(day * 24),
    to: inHours(day * 24 + 6),
  })),
});

/** What an approver writes down, by the words of the form. */
export const NDM = ['Information', 'Threat and risk', 'Powers and policy', 'Options', 'Action and review'];

export type Asked = { requestId: string; reason: string };

/** Kent asks essex and surrey for help, under a reason of its own; `over`: what else of the request is to be so. */
export const ask = async (stage: Stage, what: string, over: object = {}): Promise<Asked> => {
  const requestId = newKey(what);
  const reason = `for ${requestId}`;
  const { terms } = help();
  const kent = await stage.stack.as('kent-requester');
  const answer = await kent.command(
    'request-create',
    help({ terms: { ...terms, specialDemandReason: reason }, ...over }),
    requestId,
  );
  if (!answer.ok) throw new Error(await answer.text());
  return { requestId, reason };
};

/** Kent takes what is offered. */
export const reserve = async (stage: Stage, requestId: string): Promise<void> => {
  const kent = await stage.stack.as('kent-requester');
  const shown = await kent.get(`/v1/${MODE}/requests/kent/${requestId}`);
  const { offers } = (await shown.json()) as { offers: { offerId: string; quantity: number }[] };
  const taken = offers.map(({ offerId, quantity }) => ({ offerId, quantity }));
  const answer = await kent.command('offer-accept', { requestId, accept: taken });
  if (!answer.ok) throw new Error(await answer.text());
};

/** Kent takes what is offered; the deployment that comes of it. */
export const accept = async (stage: Stage, requestId: string): Promise<string> => {
  const kent = await stage.stack.as('kent-requester');
  await reserve(stage, requestId);
  return eventually(async () => {
    const { items } = (await (await kent.get(`/v1/${MODE}/deployments?limit=1000`)).json()) as {
      items: { requestId: string; deploymentId: string }[];
    };
    const found = items.find((item) => item.requestId === requestId);
    if (!found) throw new Error('there is no deployment yet');
    return found.deploymentId;
  });
};

/** A deployment of one unit of essex at kent; `over`: what else of the request is to be so. */
export const deploy = async (
  stage: Stage,
  what: string,
  over: object = {},
): Promise<Asked & { deploymentId: string }> => {
  const asked = await ask(stage, what, over);
  const essex = await stage.stack.as('essex-donor-desk');
  const answer = await essex.command('offer-make', offer(asked.requestId));
  if (!answer.ok) throw new Error(await answer.text());
  return { ...asked, deploymentId: await accept(stage, asked.requestId) };
};

/** The units go out, work, are released, and are home again. */
export const bringHome = async (stage: Stage, deploymentId: string): Promise<void> => {
  const ids = { donor: 'essex', deploymentId };
  const [kent, essex] = await Promise.all(['kent-requester', 'essex-donor-desk'].map(stage.stack.as));
  const at = (): string => new Date().toISOString();
  const steps = [
    () => essex?.command('deployment-status', { ...ids, status: 'MOBILISING', at: at() }),
    () => essex?.command('deployment-status', { ...ids, status: 'EN_ROUTE', at: at() }),
    () => kent?.command('deployment-status', { ...ids, status: 'ON_TASK', at: at() }),
    () => kent?.command('deployment-release', { ...ids, reasonCode: 'task-complete' }),
    () => essex?.command('deployment-return', { ...ids, at: at(), injuries: 0, welfareReferral: false }),
  ];
  for (const step of steps) {
    const answer = await step();
    if (!answer?.ok) throw new Error(await answer?.text());
  }
};

const delegated = new WeakSet<Stage>();

/** Lets the post of the approver decide, as its force would have it on record. */
export const delegate = async (stage: Stage): Promise<void> => {
  if (delegated.has(stage)) return;
  delegated.add(stage);
  const ict = await stage.stack.as('kent-force-ict');
  const granted = await ict.command(
    'delegation-grant',
    {
      post: 'gold',
      role: 'approver',
      scope: { codes: ['CY'], maxQuantity: 10, emergencies: true },
      validFrom: inHours(-1),
      validTo: inHours(24),
      reason: 'on call',
    },
    newKey('delegation'),
  );
  if (!granted.ok) throw new Error(await granted.text());
};
