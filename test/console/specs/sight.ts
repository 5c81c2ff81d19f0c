import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { deploy, ownDay } from '../deploy.ts';
import { picture, violations } from '../look.ts';
import { type Stage, WIDTHS } from '../stage.ts';

const SCREENS = [
  ...['board', 'alerts', 'ask', 'plan', 'force', 'deployments', 'costs'],
  ...['map', 'cover', 'handover', 'evidence', 'exercise'],
];

/** Widths of the page as its styles see it: a desk at 200 %, a tablet, and 400 % (WCAG 2.2, 1.4.10). */
const SEEN = { zoom200: WIDTHS.desk / 2, tablet: WIDTHS.tablet, zoom400: WIDTHS.desk / 4 };
const HEIGHT = 450;

/** Stops whose focus is looked at. */
const STOPS = 30;

/** What makes the page wider than its window, if anything does; what scrolls within it does not count. */
const beyond = (page: Page): Promise<string> =>
  page.evaluate<string>(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return '';
    const all = [...document.querySelectorAll('main *')].filter((it) => it.getBoundingClientRect().right > clientWidth);
    return (scrollWidth - clientWidth) + ' px, by ' + all.slice(0, 4).map((it) => it.tagName + '.' + it.className).join(' > ');
  })()`);

const settled = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText('Loading…').first().waitFor({ state: 'detached' });
};

/** Stops of the tabulator key, from where the focus is, that show no outline. */
const unseenFocus = async (page: Page): Promise<string[]> => {
  const unseen: string[] = [];
  for (let stop = 0; stop < STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate<string>(`(() => {
      const at = document.activeElement;
      // Past the last stop the browser itself has the focus.
      if (at === document.body) return '';
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      if (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) {
        window.lastSeen = at;
        return '';
      }
      // Inside a field for date and time the browser has a button of its own, which it outlines itself.
      return at === window.lastSeen && at.type === 'datetime-local' ? '' : at.outerHTML.slice(0, 100);
    })()`);
    if (fault !== '') unseen.push(fault);
  }
  return unseen;
};

/** What tells something by its colour and keeps none where people choose their own. */
const PLAIN = `['.mu-map__force--has', '.mu-map__flow', '.mu-cover__cell--some', '.mu-cover__cell--low', '.mu-trend']
  .filter((name) => {
    const found = document.querySelector(name);
    return found !== null && getComputedStyle(found).forcedColorAdjust !== 'none';
  })`;

/** Headings of tables that take more than two lines: they have been squeezed. */
const SQUEEZED = `[...document.querySelectorAll('caption.govuk-table__caption')]
  .filter((each) => each.getBoundingClientRect().height > 60)
  .map((each) => each.textContent)`;

export const sightSpecs = (stage: () => Stage): void => {
  it('needs no scrolling sideways at 200 and 400 % and on a tablet, and keeps everything that it says', async () => {
    const { requestId } = await deploy(stage(), 'sight', ownDay(1, 18));
    const { page } = await stage().visit('kent-requester');
    const wide: string[] = [];
    for (const screen of [...SCREENS, `request/kent/${requestId}`]) {
      await page.setViewportSize({ width: SEEN.zoom200, height: HEIGHT });
      await page.goto(stage().pathOf('kent', screen));
      await settled(page);
      expect([screen, await violations(page)]).toEqual([screen, []]);
      for (const [name, width] of Object.entries(SEEN)) {
        await page.setViewportSize({ width, height: HEIGHT });
        const over = await beyond(page);
        if (over !== '') wide.push(`${screen} at ${name}: ${over}`);
        if (name !== 'zoom400') expect([screen, await page.evaluate(SQUEEZED)]).toEqual([screen, []]);
      }
    }
    expect(wide).toEqual([]);
  });

  it('shows where the focus is and how full a line is where people choose their own colours', async () => {
    const { page } = await stage().visit('kent-requester');
    await page.emulateMedia({ forcedColors: 'active' });
    await page.reload();
    await page.getByRole('heading', { name: 'Open requests' }).waitFor();
    await page.locator('.mu-fill__part').first().waitFor({ state: 'attached' });
    const ownColour = `getComputedStyle(document.querySelector('.mu-fill__part--committed')).backgroundColor`;
    expect(await page.evaluate(ownColour)).toBe('rgb(0, 112, 60)');
    const underline = (item: string): Promise<string> =>
      page.evaluate(`getComputedStyle(document.querySelector('.mu-nav__item${item}')).borderBottomColor`);
    expect(await underline(':has(> [aria-current="page"])')).not.toBe(
      await underline(':not(:has(> [aria-current="page"]))'),
    );
    expect(await unseenFocus(page)).toEqual([]);
    await picture(page, 'board-own-colours');
    await page.keyboard.press('Control+k');
    const chosen = page.getByRole('option', { selected: true });
    await chosen.waitFor();
    const outline = `getComputedStyle(document.querySelector('[cmdk-item][aria-selected="true"]')).outlineStyle`;
    expect(await page.evaluate(outline)).toBe('solid');
    await picture(page, 'palette-own-colours');
    await page.keyboard.press('Escape');

    for (const screen of ['map?code=CY.FCCU', 'ask', 'cover?code=CY.FCCU', 'plan', 'force', 'alerts']) {
      await page.goto(stage().pathOf('kent', screen));
      await settled(page);
      expect([screen, await unseenFocus(page)]).toEqual([screen, []]);
      expect([screen, await page.evaluate(PLAIN)]).toEqual([screen, []]);
      await picture(page, `${screen.replace(/\?.*/, '')}-own-colours`);
    }
    await page.emulateMedia({ forcedColors: null });
  });
};
