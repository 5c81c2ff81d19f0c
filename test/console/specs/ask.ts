import { expect, it } from 'vitest';
import { MODE } from '../../gateway/stack.ts';
import { writeNeed } from '../forms.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

export const askSpecs = (stage: () => Stage): void => {
  it('shows who could help while the need is being written', async () => {
    const { page } = await stage().visit('kent-requester', 'ask');
    await page.getByLabel('Capability').selectOption('CY.FCCU');
    await page.getByText('8 free at 2 other forces in that time.').waitFor();
    await page.getByRole('row', { name: 'Essex Police' }).getByText('4 of 4').waitFor();
    await picture(page, 'ask');
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('says what is missing in the words of the API, with a way to each field, and keeps what was written', async () => {
    const { page } = await stage().visit('kent-requester', 'ask');
    await page.getByLabel('The special demand on your force').fill('ransomware at a hospital');
    await page.getByRole('button', { name: 'Ask for help' }).click();
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    expect(await page.locator('*:focus').getAttribute('class')).toContain('govuk-error-summary');
    await picture(page, 'ask-faults');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Line 1: capability code is missing' }).click();
    expect(await page.locator('*:focus').getAttribute('id')).toBe('lines[0].capabilityCode');
    await page.getByRole('link', { name: 'Cost basis is missing' }).click();
    expect(await page.locator('*:focus').getAttribute('id')).toBe('terms.costCategory');
    await page.reload();
    expect(await page.getByLabel('The special demand on your force').inputValue()).toBe(
      'ransomware at a hospital',
    );
    await page.close();
  });

  it('sends a request once however often it is pressed, and goes to it', async () => {
    const { page } = await stage().visit('kent-requester', 'ask');
    await writeNeed(page, 3, 'asked in the browser');
    await page.getByRole('button', { name: 'Ask for help' }).dblclick();
    await page.waitForURL(new RegExp(`/${MODE}/kent/request/kent/`));
    const kent = await stage().stack.as('kent-requester');
    const answer = await kent.get(`/v1/${MODE}/requests?host=kent`);
    const { items } = (await answer.json()) as { items: { terms: { specialDemandReason: string } }[] };
    expect(items.filter(({ terms }) => terms.specialDemandReason === 'asked in the browser')).toHaveLength(1);
    await page.close();
  });

  it('tells a person who may not ask why, before anything is written', async () => {
    const { page } = await stage().visit('kent-auditor', 'ask');
    await page.getByText('request-create is not for auditor of kent').waitFor();
    expect(await page.getByRole('button', { name: 'Ask for help' }).isDisabled()).toBe(true);
    await page.close();
  });
};
