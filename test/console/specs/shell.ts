import { expect, it } from 'vitest';
import { MODE } from '../../gateway/stack.ts';
import { ask } from '../deploy.ts';
import { picture, violations } from '../look.ts';
import { type Stage, WIDTHS } from '../stage.ts';

/** From here on no entry of the navigation folds, in pixels. */
const ALL_FROM = 1240;
/** Between what a page shows and its edges. */
const MARGIN = 15;

/** Where the entries of the navigation are. */
type Row = { tops: number[]; right: number };

/** Lets the page say that very many things wait, and measures what of the navigation is shown then. */
const MANY_ALERTS = `(() => {
  const alerts = document.querySelector('.mu-nav__item a[href$="/alerts"]');
  alerts.querySelector('.mu-count')?.remove();
  const count = document.createElement('span');
  count.className = 'moj-notification-badge mu-count';
  count.textContent = '188';
  alerts.append(count);
  const shown = [...document.querySelectorAll('.mu-nav__item')].filter((each) => each.getClientRects().length > 0);
  const boxes = shown.map((each) => each.getBoundingClientRect());
  return { tops: boxes.map(({ top }) => top), right: Math.max(...boxes.map(({ right }) => right)) };
})()`;

export const shellSpecs = (stage: () => Stage): void => {
  it('signs people in and brings them back to the address that they came with', async () => {
    const { page } = await stage().visit('kent-requester', 'board?find=cyber');
    expect(new URL(page.url()).pathname).toBe(`/${MODE}/kent/board`);
    expect(await page.getByLabel('Find by force').inputValue()).toBe('cyber');
    await page.getByText('Nothing here is real').waitFor();
    await page.getByText('Kent Police').first().waitFor();
  });

  it('loads nothing from elsewhere, breaks no rule of the policy, and sends files that stay good', async () => {
    const { page } = await stage().visit('kent-requester');
    const faults: string[] = [];
    const foreign: string[] = [];
    const cached: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('response', (response) => {
      const url = new URL(response.url());
      if (url.origin !== stage().stack.base) foreign.push(url.href);
      if (url.pathname.startsWith('/assets/')) cached.push(response.headers()['cache-control'] ?? '');
    });
    await page.reload();
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    expect(faults).toEqual([]);
    expect(foreign).toEqual([]);
    expect(cached.length).toBeGreaterThan(0);
    expect(new Set(cached)).toEqual(new Set(['public, max-age=31536000, immutable']));
    expect(await (await page.request.get('/assets/nothing.js')).json()).toMatchObject({
      code: 'no-such-route',
    });
  });

  it('can be worked with the keyboard: the first stop skips to the content, the next are links', async () => {
    const { page } = await stage().visit('kent-requester');
    await page.reload();
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator('*:focus').textContent()).toBe('Skip to main content');
    await page.keyboard.press('Enter');
    expect(await page.locator('*:focus').getAttribute('id')).toBe('main');
  });

  it('has its screens in one row on a tablet, the rest behind a button that the keyboard opens', async () => {
    const { page } = await stage().visit('kent-requester', 'handover');
    await page.setViewportSize({ width: WIDTHS.tablet, height: 900 });
    const screens = page.getByRole('navigation', { name: 'Screens' });
    await screens.getByRole('link', { name: 'Handover' }).waitFor();
    const row = await page.evaluate<Row>(MANY_ALERTS);
    expect(new Set(row.tops).size).toBe(1);
    expect(row.right).toBeLessThanOrEqual(WIDTHS.tablet - MARGIN);
    expect(await screens.getByRole('link', { name: 'Evidence' }).isVisible()).toBe(false);
    const more = screens.getByRole('button', { name: 'More screens' });
    await more.focus();
    await page.keyboard.press('Enter');
    await screens.getByRole('link', { name: 'Evidence' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await screens.getByRole('link', { name: 'Evidence' }).press('Enter');
    await page.getByRole('heading', { name: 'Evidence', level: 1 }).waitFor();
    expect(await more.getAttribute('aria-expanded')).toBe('false');
  });

  it('has every screen in one row from the width on at which none folds, also with a count of many', async () => {
    const { page } = await stage().visit('kent-requester');
    for (const width of [ALL_FROM, WIDTHS.desk]) {
      await page.setViewportSize({ width, height: 900 });
      const screens = page.getByRole('navigation', { name: 'Screens' });
      await screens.getByRole('link', { name: 'Evidence' }).waitFor();
      const row = await page.evaluate<Row>(MANY_ALERTS);
      expect(new Set(row.tops).size).toBe(1);
      expect(row.right).toBeLessThanOrEqual(width - MARGIN);
      expect(await screens.getByRole('button', { name: 'More screens' }).isVisible()).toBe(false);
      await page.reload();
    }
  });

  it('lets a person who serves two organisations go from one to the other, each with its own board and role', async () => {
    const { requestId } = await ask(stage(), 'switch');
    const { page } = await stage().visit('kent-and-ricc-eastern');
    await page.locator(`main a[href$="/kent/request/kent/${requestId}"]`).first().waitFor();
    await page.getByText('Change organisation').click();
    expect(await violations(page)).toEqual([]);
    await page.locator('.mu-switch__list').getByRole('link').click();
    await page.waitForURL(new RegExp(`/${MODE}/ricc-eastern/board$`));
    await page.getByRole('banner').getByText('regional coordination', { exact: true }).waitFor();
    await page.locator(`main a[href$="/ricc-eastern/request/kent/${requestId}"]`).first().waitFor();
    expect(await page.locator('main a[href*="/exercise/kent/"]').count()).toBe(0);
    await page.getByText('Nothing here is real').waitFor();
  });

  it('is as easy to use where nobody has signed in, and where there is no such page', async () => {
    const { page } = await stage().visit('kent-requester', 'no-such-screen');
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    expect(await violations(page)).toEqual([]);
    const stranger = await stage().browser.newContext({ baseURL: stage().stack.base });
    const door = await stranger.newPage();
    await door.goto('/');
    await door.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await violations(door)).toEqual([]);
    await picture(door, 'signed-out');
    await stranger.close();
  });

  it('tells who is not of an organisation so, and shows nothing of it', async () => {
    const { page } = await stage().visit('kent-requester');
    await page.goto(`/${MODE}/essex/board`);
    await page.getByRole('heading', { name: 'You do not act for this organisation' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
};
