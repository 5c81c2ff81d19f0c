import type { Locator, Page } from 'playwright-core';

/** Stops on the way to something; a page that needs more cannot well be worked by keyboard. */
const STOPS_MAX = 80;

/** Goes to something as one who has no mouse: with the tabulator key alone. */
export const tabTo = async (page: Page, target: Locator): Promise<void> => {
  await target.waitFor();
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} cannot be reached by keyboard`);
};

/** Goes there and presses a key. */
export const pressOn = async (page: Page, target: Locator, key = 'Enter'): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.press(key);
};

/** Goes to a field and writes into it. */
export const typeInto = async (page: Page, target: Locator, text: string): Promise<void> => {
  await tabTo(page, target);
  await page.keyboard.type(text);
};

/** Goes to the radios of a group by one of them and on to another with the arrow keys. */
export const choose = async (page: Page, from: Locator, to: Locator): Promise<void> => {
  await tabTo(page, from);
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    if (await to.isChecked()) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${to} cannot be chosen by keyboard`);
};
