import { expect, it } from 'vitest';
import { MODE } from '../../gateway/stack.ts';
import { ask } from '../deploy.ts';
import { pressOn } from '../keys.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

export const paletteSpecs = (stage: () => Stage): void => {
  it('goes to a screen, a request by its id, a force and a capability by keyboard alone, and back', async () => {
    const { requestId, reason } = await ask(stage(), 'palette');
    const { page } = await stage().visit('kent-requester');
    const input = page.getByRole('combobox', { name: 'Go to' });
    const options = page.getByRole('option');
    const goTo = async (text: string, key: string, to: string): Promise<void> => {
      await page.keyboard.press(key);
      await input.fill(text);
      await options.first().waitFor();
      await page.keyboard.press('Enter');
      await input.waitFor({ state: 'detached' });
      await page.waitForURL((url) => `${url.pathname}${url.search}` === `/${MODE}/kent/${to}`);
    };
    await goTo('deploym', 'Control+k', 'deployments');
    await page.getByRole('heading', { name: 'Deployments', level: 1 }).waitFor();
    expect(await page.locator(':focus').getAttribute('id')).toBe('main');
    await goTo(requestId, 'Meta+k', `request/kent/${requestId}`);
    await page.getByText(reason).first().waitFor();
    await goTo('essex pol', 'Control+k', 'board?find=Essex+Police');
    await goTo('cy.fccu', 'Control+k', 'map?code=CY.FCCU');
    // The map is loaded by those who open it alone, and takes the focus once it is there.
    await page.locator('main:focus').getByRole('heading', { level: 1 }).waitFor();

    await pressOn(page, page.getByRole('button', { name: /^Go to…/ }));
    await input.fill('no such thing at all');
    await page.getByText('Nothing has all of these words in it.').waitFor();
    expect(await violations(page)).toEqual([]);
    await input.fill('police');
    await options.nth(3).waitFor();
    await picture(page, 'palette');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await input.waitFor({ state: 'detached' });
    expect(await page.locator(':focus').textContent()).toContain('Go to…');
    await page.close();
  });

  it('is loaded by those who open it alone, and breaks no rule of the policy', async () => {
    const { page } = await stage().visit('kent-requester');
    const scripts: string[] = [];
    const faults: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await page.reload();
    await page.getByRole('heading', { name: 'Open requests' }).waitFor();
    expect(scripts.filter((url) => url.includes('palette'))).toEqual([]);
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Board' }).waitFor();
    expect(scripts.filter((url) => url.includes('palette'))).toHaveLength(1);
    expect(faults).toEqual([]);
    await page.close();
  });
};
