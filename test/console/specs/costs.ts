import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { bringHome, deploy } from '../deploy.ts';
import { pressOn, tabTo } from '../keys.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

/** Opens a form, and fills in what it asks for by label. */
const open = async (page: Page, title: string, written: Record<string, string> = {}): Promise<void> => {
  await page.getByRole('button', { name: title, exact: true }).click();
  const form = page.locator('form.mu-act');
  await form.waitFor();
  for (const [label, text] of Object.entries(written))
    await form.getByLabel(label, { exact: true }).fill(text);
};

/** Sends the form that is open, which closes once it is stored. */
const send = async (page: Page): Promise<void> => {
  const form = page.locator('form.mu-act');
  await form.locator('button[type="submit"]').click();
  await form.waitFor({ state: 'detached' });
};

const act = async (page: Page, title: string, written: Record<string, string> = {}): Promise<void> => {
  await open(page, title, written);
  await send(page);
};

const file = async (page: Page, link: string): Promise<string> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
};

export const costSpecs = (stage: () => Stage): void => {
  it('takes a claim from the estimate to the payment, each side doing what the API lets it', async () => {
    const { deploymentId } = await deploy(stage(), 'costs');
    await bringHome(stage(), deploymentId);
    const view = `costs/essex/${deploymentId}`;
    const { page: essex } = await stage().visit('essex-finance', 'costs');
    await essex.locator(`main a[href$="${view}"]`).click();
    await essex.getByText('No claim has been opened for these units yet.').waitFor();

    await pressOn(essex, essex.getByRole('button', { name: 'Estimate the costs' }));
    await pressOn(essex, essex.locator('summary').getByText('More, if it helps').locator('..'));
    await pressOn(essex, essex.getByRole('button', { name: 'Add a line' }));
    for (const [label, text] of [
      ['Name of the line', 'pay-1'],
      ['Amount', 'much'],
    ] as const) {
      await tabTo(essex, essex.getByLabel(label, { exact: true }));
      await essex.keyboard.type(text);
    }
    await essex.getByLabel('Category', { exact: true }).selectOption('Overtime');
    await essex.locator('form.mu-act button[type="submit"]').click();
    await essex.getByRole('link', { name: /^Line 1: amount/ }).click();
    expect(await essex.locator('*:focus').getAttribute('id')).toBe('lines[0].amountPence');
    await picture(essex, 'claim-estimate');
    expect(await violations(essex)).toEqual([]);
    await essex.getByLabel('Amount', { exact: true }).fill('1,200.50');
    await send(essex);
    await essex.getByRole('table', { name: 'Estimated: £1,200.50' }).waitFor();

    await open(essex, 'Record costs', { Amount: '400.01' });
    await essex.getByRole('button', { name: 'Add a line' }).click();
    const second = essex.getByRole('group', { name: 'line 2' });
    await second.getByLabel('Name of the line').fill('travel');
    await second.getByLabel('Category').selectOption('Travel');
    await second.getByLabel('Amount').fill('50');
    await send(essex);
    await essex.getByRole('table', { name: 'Recorded: £450.01' }).waitFor();
    await act(essex, 'Submit the claim');

    const { page: kent } = await stage().visit('kent-finance', 'costs?side=owing');
    const submitted = kent.getByRole('table', { name: /^Submitted: / });
    await submitted
      .getByRole('row')
      .filter({ has: kent.locator(`a[href$="${view}"]`) })
      .waitFor();
    await kent.getByRole('table', { name: 'Waits for you' }).waitFor();
    await picture(kent, 'costs');
    expect(await violations(kent)).toEqual([]);
    await submitted.locator(`a[href$="${view}"]`).click();
    await act(kent, 'Query the claim', { Reason: 'whose travel?' });
    await essex.locator('dd').getByText('whose travel?').waitFor();
    await act(essex, 'Answer the query', { Answer: 'two of ours' });
    await kent.getByText('two of ours').waitFor();
    await act(kent, 'Say that it is checked');
    await kent.getByText('What you cannot do now, and why').click();
    await kent.getByText('so another post has to agree').waitFor();

    const { page: lead } = await stage().visit('kent-finance-lead', view);
    await act(lead, 'Agree to the claim');
    await lead.close();
    await open(kent, 'Record the payment', { 'Payment reference': 'BACS 7' });
    expect(await kent.getByLabel('Amount', { exact: true }).inputValue()).toBe('450.01');
    await send(kent);
    await kent.locator('.govuk-tag').getByText('Paid', { exact: true }).waitFor();
    await picture(kent, 'claim');
    expect(await violations(kent)).toEqual([]);

    expect(await file(kent, 'Download the lines as CSV')).toContain(`,travel,travel,,,50.00,`);
    expect(await file(kent, 'Download the pack as a page')).toContain('EXERCISE Claim of essex on kent');
    await kent.getByRole('link', { name: 'Costs and claims' }).click();
    await kent.getByLabel('Stage').selectOption('Paid');
    await kent.getByRole('table', { name: /^Paid: / }).waitFor();
    expect(new URL(kent.url()).searchParams.get('status')).toBe('PAID');
    expect(await file(kent, 'Download the month as CSV')).toContain(`,${deploymentId},`);
    await essex.close();
    await kent.close();
  });

  it('tells who may not look at costs so, and who may not take them away', async () => {
    const { page } = await stage().visit('essex-unit-commander', 'costs');
    await page.getByText('claim-list is not permitted to unit-commander of essex').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
    const { page: requester } = await stage().visit('kent-requester', 'costs');
    await requester.getByRole('link', { name: 'Download the month as CSV' }).click();
    await requester.getByRole('alert').getByText('claims-of-month is not permitted').waitFor();
    await requester.close();
  });
};
