import type { Actor, Command, CommandBody } from '@muster/contracts';
import { rationale } from './asked.ts';
import { ofOffer } from './offered.ts';
import { at, line } from './samples.ts';
import { offerBody, type Scene, startScene } from './scene.ts';

export const donorDesk: Actor = { role: 'donor-desk', id: 'resource-desk' };
export const donorChief: Actor = { role: 'donor-approver', id: 'sussex-acc' };
const keeper: Actor = { role: 'force-ict', id: 'register-keeper' };
const common = { classification: 'OFFICIAL' as const };

type Scope = Partial<CommandBody<'delegation-grant'>['scope']>;

/** Sussex leaves offers of one unit to its policy and larger ones to `sussex-acc`; kent asks for three. */
export const ruled = (scope: Scope = {}, personAbove: number | null = 1): Scene => {
  const scene = startScene();
  for (const force of ['sussex', 'surrey']) scene.advertise({ force });
  scene.advertise({ capabilityId: 'psu-2' });
  scene.run({
    name: 'delegation-grant',
    org: 'sussex',
    body: {
      ...{ ...common, commandId: 'del-1', actor: keeper, post: donorChief.id, role: 'donor-approver' },
      scope: { codes: ['PO'], maxQuantity: 3, emergencies: false, ...scope },
      ...{ validFrom: at(-1), validTo: at(48), reason: 'scheme of delegation' },
    },
  });
  scene.run({
    name: 'approval-rules-set',
    org: 'sussex',
    body: {
      ...{ ...common, commandId: 'rules', actor: keeper, reason: 'people decide on more than one' },
      rules: { requests: { personAbove: null }, offers: { personAbove } },
    },
  });
  scene.ask({ lines: [line({ quantity: 3 })] });
  return scene;
};

const make = (over: Partial<CommandBody<'offer-make'>>): Command => ({
  name: 'offer-make',
  org: 'sussex',
  body: offerBody('o1', { actor: donorDesk, quantity: 2, ...over }),
});

export const prepare = (scene: Scene, over: Partial<CommandBody<'offer-make'>> = {}) => scene.run(make(over));

export const approve = (over: Partial<CommandBody<'offer-approve'>> = {}, org = 'sussex'): Command => ({
  name: 'offer-approve',
  org,
  body: { ...common, commandId: 'ok', actor: donorChief, ...ofOffer, rationale, ...over },
});

export const refuseIt = (over: Partial<CommandBody<'offer-refuse'>> = {}, org = 'sussex'): Command => ({
  name: 'offer-refuse',
  org,
  body: { ...common, commandId: 'no', actor: donorChief, ...ofOffer, reason: 'They have to stay', ...over },
});
