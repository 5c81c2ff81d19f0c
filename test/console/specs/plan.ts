import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { MODE } from '../../gateway/stack.ts';
import { ask, ownDay } from '../deploy.ts';
import { pressOn } from '../keys.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

type Plan = { planId: string; basedOnSeq: number; policyVersion?: string; assignments: object[] };

/** Approves all that a plan of now has for the request, as another approver would. */
const approveElsewhere = async (stage: Stage, requestId: string): Promise<void> => {
  const gold = await stage.stack.as('kent-approver');
  const shown = await gold.get(`/v1/${MODE}/plan?requestIds=${requestId}`);
  const { planId, basedOnSeq, policyVersion = 'not told', assignments } = (await shown.json()) as Plan;
  const answer = await gold.command('plan-approve', { planId, basedOnSeq, policyVersion, assignments });
  if (!answer.ok) throw new Error(await answer.text());
};

const rows = (page: Page) => page.getByRole('table', { name: 'What the plan does' }).locator('tbody tr');

export const planSpecs = (stage: () => Stage): void => {
  it('shows how a request is filled best, as it would be without a force, and takes approval of a part', async () => {
    const { requestId } = await ask(stage(), 'plan', ownDay(6, 7));
    const { page } = await stage().visit('kent-approver', `request/kent/${requestId}`);
    const section = page.locator('summary', { hasText: 'The best assignment for what is short' });
    await pressOn(page, section);
    await pressOn(page, page.locator('summary', { hasText: 'Forces to do without' }));
    await pressOn(page, page.getByRole('checkbox', { name: 'Essex Police' }), 'Space');
    await pressOn(page, page.getByRole('button', { name: 'Make a plan' }));
    await page.getByText('It fills 4 of 6 units.').waitFor();
    const short = page.getByRole('table', { name: 'What each line gets' });
    await short.locator('summary', { hasText: 'Without: 1' }).click();
    await short.getByText('the plan is without essex').waitFor();
    expect(new URL(page.url()).searchParams.getAll('without')).toEqual(['essex']);
    await picture(page, 'plan-short');
    expect(await violations(page)).toEqual([]);
    // Whoever is given the address sees the same.
    await page.reload();
    await page.getByText('It fills 4 of 6 units.').waitFor();

    await page.locator('summary', { hasText: 'Forces to do without' }).click();
    await page.getByRole('checkbox', { name: 'Essex Police' }).uncheck();
    await page.getByLabel('Look for the best one').selectOption('Up to 8 seconds');
    await page.getByRole('button', { name: 'Make the plan anew' }).click();
    await page.getByText('It fills 6 of 6 units.').waitFor();
    expect(new URL(page.url()).searchParams.get('seconds')).toBe('8');
    await page.getByText('Best possible').waitFor();
    await rows(page).nth(1).getByRole('checkbox').uncheck();
    await page.getByRole('button', { name: 'Approve 1 row' }).click();
    await rows(page).nth(0).getByText('Reserved').waitFor();
    expect(await rows(page).nth(1).getByText('proposed').count()).toBe(1);

    await approveElsewhere(stage(), requestId);
    await rows(page).nth(1).getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Approve 1 row' }).click();
    await rows(page).nth(1).getByText('No longer holds').waitFor();
    await page.getByRole('link', { name: /^Row 2: / }).click();
    expect(await page.locator('*:focus').getAttribute('id')).toBe('plan-row-1');
    await picture(page, 'plan-stale');
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('is for every open request on a page of its own, and tells who may not approve it why', async () => {
    const { reason } = await ask(stage(), 'all', ownDay(2, 9));
    const { page: centre } = await stage().visit('npocc-national-centre', 'plan');
    await centre.getByRole('button', { name: 'Make a plan' }).click();
    await rows(centre)
      .filter({ has: centre.getByRole('link', { name: reason }) })
      .first()
      .waitFor();
    await picture(centre, 'plan-all');
    expect(await violations(centre)).toEqual([]);
    const address = new URL(centre.url());
    expect(`${address.pathname}${address.search}`).toBe(`/${MODE}/npocc/plan?plan=all`);
    await centre.close();
    const { page: kent } = await stage().visit('kent-requester', 'plan?plan=all');
    await kent.getByText('You cannot approve it: plan-approve is not for requester of kent').waitFor();
    expect(await kent.getByRole('checkbox', { name: /^\d+\. / }).count()).toBe(0);
    await kent.close();
  });

  it('lets the lines of a request be changed in a form that begins with them', async () => {
    const { requestId } = await ask(stage(), 'amend', ownDay(2, 11));
    const { page } = await stage().visit('kent-requester', `request/kent/${requestId}`);
    await page.getByRole('button', { name: 'Change the request' }).click();
    const line = page.getByRole('group', { name: 'line a' });
    expect(await line.getByLabel('Quantity', { exact: true }).inputValue()).toBe('2');
    await line.getByLabel('Quantity', { exact: true }).fill('3');
    await page.getByLabel('Reason', { exact: true }).fill('one more site');
    await picture(page, 'request-amend');
    expect(await violations(page)).toEqual([]);
    await page.locator('form.mu-act button[type="submit"]').click();
    await page.getByRole('heading', { name: /^3 × / }).waitFor();
    await page.getByText('nothing of 3').waitFor();
    await page.close();
  });
};
