import type { Command, CommandBody } from '@muster/contracts';
import { comeHome, deployed, release, report } from './deployed.ts';
import { at } from './samples.ts';
import type { Scene } from './scene.ts';

/** The commands about a claim. */
export type ClaimName = Extract<Command['name'], `claim-${string}`>;
/** What is said otherwise than usual. */
export type Over = Record<string, unknown>;

/** The one claim of these scenes: sussex lends two units to kent. */
export const ofClaim = { donor: 'sussex', claimId: 'o1' };
const LINE = { lineId: 'pay', category: 'pay' as const, hours: 8, amountPence: 40_001 };
/** Who takes each step. */
const SIDE: Record<ClaimName, string> = {
  'claim-estimate': 'sussex',
  'claim-record': 'sussex',
  'claim-submit': 'sussex',
  'claim-check': 'kent',
  'claim-query': 'kent',
  'claim-answer': 'sussex',
  'claim-agree': 'kent',
  'claim-pay': 'kent',
  'claim-waive': 'sussex',
};
const BODY: Record<ClaimName, Over> = {
  'claim-estimate': { lines: [LINE] },
  'claim-record': { lines: [LINE] },
  'claim-submit': {},
  'claim-check': {},
  'claim-query': { reason: 'Which sheet?', lineIds: ['pay'] },
  'claim-answer': { answer: 'This one' },
  'claim-agree': {},
  'claim-pay': { amountPence: 40_001, paidAt: at(1), paymentRef: 'BACS 1' },
  'claim-waive': { basis: 'payback', reason: 'In kind' },
};

let count = 0;
/** A command about the claim, by finance of the side whose step it is. */
export const sent = (
  scene: Scene,
  name: ClaimName,
  { org = SIDE[name], post = 'finance-1', ...over }: Over = {},
) => {
  count += 1;
  return scene.commandOf(name, String(org), {
    ...{ ...ofClaim, ...BODY[name], commandId: `c-${count}` },
    ...{ actor: { role: 'finance', id: post }, ...over },
  } as unknown as Omit<CommandBody<ClaimName>, 'actor' | 'classification'>);
};

export const claimOf = (scene: Scene) => scene.ledger.view.claim('sussex', 'o1');

/** Units that were lent and are home. */
export const home = (): Scene => {
  const scene = deployed('SPECIALIST_STAFF');
  for (const status of ['MOBILISING', 'EN_ROUTE', 'ON_TASK'] as const) scene.run(report(scene, status));
  scene.run(release(scene));
  scene.run(comeHome(scene));
  scene.setNow(at(1));
  return scene;
};
