import { expect, it } from 'vitest';
import { deploy, ownDay } from '../deploy.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

export const countrySpecs = (stage: () => Stage): void => {
  it('shows cover by capability and region, narrowed and later on, with the choice in the address', async () => {
    const { page } = await stage().visit('kent-requester', 'cover');
    const row = page.getByRole('row', { name: 'Force cyber crime unit officer' });
    await row.getByRole('cell').first().waitFor();
    await picture(page, 'cover');
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('When').selectOption('2 days later');
    await page.waitForURL(/days=2/);
    await page.getByLabel('Category').selectOption('Public order');
    await row.waitFor({ state: 'detached' });
    await page.waitForURL(/\?days=2&category=Public\+order$/);
    await page.goto(stage().pathOf('kent', 'cover?code=CY.FCCU'));
    const days = page.getByRole('table', { name: 'Day by day' }).locator('tbody').getByRole('row');
    await days.first().waitFor();
    expect(await days.count()).toBe(7);
    await page.locator('.mu-trend .recharts-bar-rectangle').first().waitFor();
    await page.getByRole('list', { name: 'Colours' }).getByText('All taken').waitFor();
    await picture(page, 'cover-trend');
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('shows a centre how cover stands against the national floors, and what goes on between others', async () => {
    await deploy(stage(), 'centre', ownDay(1, 19));
    const { page } = await stage().visit('npocc-national-centre', 'cover');
    const floors = page.getByRole('table', { name: /^Against the national floors/ });
    await floors.getByRole('row', { name: 'Force cyber crime unit officer' }).waitFor();
    await picture(page, 'cover-centre');
    expect(await violations(page)).toEqual([]);
    await page.goto(stage().pathOf('npocc', 'deployments'));
    const others = page.getByRole('table', { name: 'Between others' });
    await others.getByRole('row', { name: '1 × Force cyber crime unit officer' }).first().waitFor();
    expect(await page.getByText('No units of ours are away.').count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('draws where the forces are, what they have and whose units are where, and says the same in words', async () => {
    await deploy(stage(), 'map');
    const { page } = await stage().visit('kent-requester', 'map?code=CY.FCCU');
    const cover = page.getByRole('table', { name: 'Who has how much' });
    await cover.getByRole('row', { name: 'Surrey Police' }).getByText('Guildford').waitFor();
    await page.getByRole('table', { name: 'Units away now' }).getByRole('row', { name: 'Essex' }).waitFor();
    expect(await page.locator('.mu-map__force--has').count()).toBe(3);
    expect(await page.locator('.mu-map__flow').count()).toBeGreaterThan(0);
    await picture(page, 'map');
    expect(await violations(page)).toEqual([]);
    await page.close();
  });
};
