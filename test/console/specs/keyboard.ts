import { expect, it } from 'vitest';
import { delegate, NDM } from '../deploy.ts';
import { choose, pressOn, tabTo, typeInto } from '../keys.ts';
import type { Stage } from '../stage.ts';

export const keyboardSpecs = (stage: () => Stage): void => {
  it('asks, approves, offers and accepts by keyboard alone, from board to commitment', async () => {
    await delegate(stage());
    const { page: kent } = await stage().visit('kent-requester');
    const screens = kent.getByRole('navigation', { name: 'Screens' });
    await pressOn(kent, screens.getByRole('link', { name: 'Ask for help' }));
    await kent.getByRole('heading', { name: 'Ask for help', level: 1 }).waitFor();
    await typeInto(kent, kent.getByLabel('Capability'), 'Force cyber crime unit officer');
    await typeInto(kent, kent.getByLabel('How many', { exact: true }), '1');
    await typeInto(kent, kent.getByLabel('The special demand on your force'), 'no mouse at hand');
    await typeInto(kent, kent.getByLabel('Threat'), 'National cyber');
    await choose(kent, kent.getByLabel('Emergency, spontaneous'), kent.getByLabel('Specialist staff'));
    await typeInto(kent, kent.getByLabel('Desk that answers'), 'duty desk');
    await choose(kent, kent.getByLabel('As our rules say'), kent.getByLabel('A person, before it goes out'));
    await pressOn(kent, kent.getByRole('button', { name: 'Ask for help' }));
    await kent.getByText('Awaiting approval').first().waitFor();
    const view = new URL(kent.url()).pathname.split('/').slice(3).join('/');

    const { page: gold } = await stage().visit('kent-approver', view);
    await pressOn(gold, gold.getByRole('button', { name: 'Approve the request' }));
    for (const label of NDM) await typeInto(gold, gold.getByLabel(label), `${label}: considered`);
    await pressOn(gold, gold.locator('form.mu-act button[type="submit"]'));
    await gold.locator('form.mu-act').waitFor({ state: 'detached' });

    const { page: essex } = await stage().visit('essex-donor-desk', 'force');
    const card = essex.getByRole('article', { name: 'no mouse at hand' });
    await pressOn(essex, card.getByRole('button', { name: 'Offer or decline' }));
    await pressOn(essex, card.getByRole('button', { name: 'Offer: cyber' }));
    await typeInto(essex, card.getByLabel('Quantity'), '1');
    await essex.keyboard.press('Enter');
    await card.waitFor({ state: 'detached' });

    const offer = kent.getByLabel('Choose Essex Police');
    await tabTo(kent, offer);
    await kent.keyboard.press('Space');
    await pressOn(kent, kent.getByRole('button', { name: 'Accept chosen offers' }));
    await kent.getByText('1 committed of 1').waitFor();
    expect(await kent.getByRole('heading', { name: 'There is a problem' }).count()).toBe(0);
  });
};
