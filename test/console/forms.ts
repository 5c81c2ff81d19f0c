import type { Page } from 'playwright-core';
import { NDM } from './deploy.ts';

export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name }).click();

/** Sends the form that is open, which closes once it is stored. */
export const submit = async (page: Page, name: string | RegExp): Promise<void> => {
  await press(page, name);
  await page.getByRole('button', { name: 'Not now' }).waitFor({ state: 'detached' });
};

/** Writes into the form that asks for help what cyber officers are needed, for what, and on what terms. */
export const writeNeed = async (page: Page, quantity: number, reason: string): Promise<void> => {
  await page.getByLabel('Capability').selectOption('CY.FCCU');
  await page.getByLabel('How many', { exact: true }).fill(String(quantity));
  await page.getByLabel('The special demand on your force').fill(reason);
  await page.getByLabel('Threat').selectOption('CYBER');
  await page.getByLabel('Specialist staff').check();
  await page.getByLabel('Desk that answers').fill('duty desk');
};

/** Opens the form that approves a request, and writes down why. */
export const writeApproval = async (page: Page): Promise<void> => {
  await press(page, 'Approve the request');
  for (const label of NDM) await page.getByLabel(label).fill(`${label}: considered`);
};
