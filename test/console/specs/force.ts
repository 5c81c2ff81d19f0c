import { expect, it } from 'vitest';
import { accept, ask } from '../deploy.ts';
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
    await away.getByRole('row', { name: '1 of cyber' }).first().waitFor();
    await away.getByText('Kent Police').first().waitFor();
    await page.close();
  });

  it('tells a centre that it lends nothing itself', async () => {
    const { page } = await stage().visit('npocc-national-centre', 'force');
    await page.getByText('has no units of its own to lend').waitFor();
    await page.close();
  });
};
