import { expect, it } from 'vitest';
import { inHours, offer } from '../../gateway/stack.ts';
import { accept, ask, ownDay, reserve } from '../deploy.ts';
import { press } from '../forms.ts';
import { pressOn, tabTo } from '../keys.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

export const forceSpecs = (stage: () => Stage): void => {
  it('shows what is asked, takes an answer by keyboard alone, and shows the units away', async () => {
    const { page } = await stage().visit('essex-donor-desk', 'force');
    await page.getByRole('row', { name: 'cyber' }).first().waitFor();
    const { requestId, reason } = await ask(stage(), 'force');
    const card = page.getByRole('article', { name: reason });
    await pressOn(page, card.getByRole('button', { name: 'Offer or decline' }));
    await pressOn(page, card.getByRole('button', { name: 'Offer: cyber' }));
    const quantity = card.getByLabel('Quantity');
    await tabTo(page, quantity);
    await quantity.fill('100');
    await page.keyboard.press('Enter');
    await card.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await picture(page, 'force');
    expect(await violations(page)).toEqual([]);
    await quantity.fill('1');
    await page.keyboard.press('Enter');
    await card.waitFor({ state: 'detached' });

    await accept(stage(), requestId);
    const away = page.getByRole('table', { name: 'Our units away' });
    await away.getByRole('row', { name: '1 × Force cyber crime unit officer' }).first().waitFor();
    await away.getByText('Kent Police').first().waitFor();
    await page.close();
  });

  it('offers to a request of which it was told outside, though nobody asked it', async () => {
    const recipients = { kind: 'forces', forces: ['surrey'] };
    const { requestId } = await ask(stage(), 'told', { ...ownDay(1, 9), recipients });
    const { page } = await stage().visit('essex-donor-desk', 'force');
    await pressOn(page, page.getByRole('button', { name: 'Offer unsolicited' }));
    const form = page.getByRole('region', { name: 'Not asked of us' });
    const written = { Host: 'kent', Request: requestId, Line: 'a', 'Capability id': 'cyber', Quantity: '1' };
    for (const [label, text] of Object.entries(written)) {
      await form.getByLabel(label, { exact: true }).fill(text);
    }
    await form.getByLabel('Estimated arrival').fill(inHours(9 * 24).slice(0, 16));
    expect(await violations(page)).toEqual([]);
    await pressOn(page, form.getByRole('button', { name: 'Offer', exact: true }));
    await page.getByRole('button', { name: 'Offer unsolicited' }).waitFor();
    await page.close();

    const { page: host } = await stage().visit('kent-requester', `request/kent/${requestId}`);
    await host.getByText('Unsolicited', { exact: true }).waitFor();
    await host.close();
  });

  it('takes from its people whether reserved units go, how long they have been at work, and why they go all the same', async () => {
    const { requestId } = await ask(stage(), 'home', ownDay(1, 16));
    const desk = await stage().stack.as('surrey-donor-desk');
    const made = await desk.command('offer-make', {
      ...offer(requestId),
      estimatedArrival: inHours(16 * 24),
    });
    expect(made.ok).toBe(true);
    await reserve(stage(), requestId);
    const { page } = await stage().visit('surrey-donor-approver', `request/kent/${requestId}`);
    await press(page, 'Refuse the booking: 1 from Surrey Police');
    const form = page.locator('form.mu-act');
    await form.getByLabel('Reason code', { exact: true }).waitFor();
    await press(page, 'Not now');
    await press(page, 'Confirm the booking: 1 from Surrey Police');
    await form.getByText('More, if it helps').click();
    const worked = form.getByLabel('Minutes worked already');
    await worked.fill('99999');
    await press(page, 'Confirm the booking');
    await form.locator('.govuk-error-message').getByText('Minutes worked already').waitFor();
    await worked.fill('5000');
    await press(page, 'Confirm the booking');
    const why = form.getByLabel('Why they go although they should rest', { exact: true });
    await why.waitFor();
    await picture(page, 'home-decide');
    expect(await violations(page)).toEqual([]);
    await why.fill('nobody else is near');
    await press(page, 'Confirm the booking');
    await page.getByText('1 committed of 1').waitFor();
    await page.close();
  });

  it('tells a centre that it lends nothing itself', async () => {
    const { page } = await stage().visit('npocc-national-centre', 'force');
    await page.getByText('has no units of its own to lend').waitFor();
    await page.close();
  });
};
