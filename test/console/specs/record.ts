import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inHours } from '../../gateway/stack.ts';
import { ask, delegate, deploy, ownDay } from '../deploy.ts';
import { submit, writeApproval } from '../forms.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

export const recordSpecs = (stage: () => Stage): void => {
  it('shows every event of a request and lets those take it away who may', async () => {
    const { requestId, reason } = await deploy(stage(), 'evidence', ownDay(1, 20));
    const { page } = await stage().visit('kent-auditor', 'evidence');
    const link = page.getByRole('link', { name: reason });
    await link.waitFor();
    await picture(page, 'evidence-list');
    expect(await violations(page)).toEqual([]);
    await link.click();
    await page.getByRole('cell', { name: 'Offer accepted' }).first().waitFor();
    await picture(page, 'evidence');
    expect(await violations(page)).toEqual([]);
    const events = await page.locator('tbody tr').count();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download as NDJSON' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(events);
    await page.close();

    const { page: requester } = await stage().visit('kent-requester', `evidence/kent/${requestId}`);
    await requester.getByRole('link', { name: 'Download as CSV' }).click();
    await requester.getByRole('alert').waitFor();
    await requester.close();
  });

  it('shows to those who may look what was approved by word of mouth, in what words, and who wrote when', async () => {
    await delegate(stage());
    const words = 'two wards are closing';
    const said = { kind: 'oral', post: 'gold', at: inHours(-0.1), reason: words };
    const { requestId } = await ask(stage(), 'oral', { approvalRoute: said });
    const { page } = await stage().visit('kent-auditor', 'evidence');
    await page.getByRole('link', { name: 'Approvals by word of mouth' }).click();
    const row = page.getByRole('row').filter({ has: page.locator(`a[href$="/request/kent/${requestId}"]`) });
    await row.getByText('Awaited').waitFor();
    await row.getByRole('cell', { name: words }).waitFor();
    await row.getByRole('cell', { name: /^gold/ }).waitFor();

    const { page: gold } = await stage().visit('kent-approver', `request/kent/${requestId}`);
    await writeApproval(gold);
    await submit(gold, 'Approve the request');
    await row.getByText('Approved by gold').waitFor();
    await row.getByText('In time').waitFor();
    await picture(page, 'evidence-oral');
    expect(await violations(page)).toEqual([]);
    const nothing = 'Nothing was approved by word of mouth in this period.';
    const longAgo = await page.getByLabel('Recorded').getByRole('option').last().getAttribute('value');
    await page.getByLabel('Recorded').selectOption(longAgo);
    await page.getByText(nothing).waitFor();
    await page.getByLabel('Recorded').selectOption('30d');
    await row.waitFor();
    const { search } = new URL(page.url());
    expect(search).toBe('?period=30d');

    const { page: surrey } = await stage().visit('surrey-auditor', `evidence/oral${search}`);
    await surrey.getByText(nothing).waitFor();
    expect(await surrey.getByLabel('Recorded').inputValue()).toBe('30d');
    expect(await violations(surrey)).toEqual([]);

    const { page: requester } = await stage().visit('kent-requester', 'evidence/oral');
    await requester.locator('.mu-problem--not-yours').getByText('it is for').waitFor();
    await picture(requester, 'evidence-oral-not-yours');
    expect(await requester.getByRole('table').count()).toBe(0);
    await Promise.all([page, gold, surrey, requester].map((each) => each.close()));
  });

  it('shows who looks after what and what has changed, and gives it to another desk', async () => {
    const { requestId, reason } = await ask(stage(), 'handover');
    const { page } = await stage().visit('kent-requester', 'handover');
    const row = page.getByRole('row').filter({ has: page.locator(`a[href$="${requestId}"]`) });
    await row.getByText(/^\d+ changes?$/).waitFor();
    await row.getByRole('checkbox').check();
    await page.getByLabel('Desk that looks after it').fill('night-desk');
    await page.getByRole('button', { name: 'Give 1 to this desk' }).click();
    await page.locator('.govuk-error-message').first().waitFor();
    await picture(page, 'handover');
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Note').fill(`all of ${reason}`);
    await page.getByRole('button', { name: 'Give 1 to this desk' }).click();
    await row.getByRole('cell', { name: 'night-desk' }).waitFor();
    await page.getByLabel('Looked after by').selectOption('night-desk');
    await row.waitFor();
    // The whole desk goes on in one action, and from here the person sees what has changed since.
    await page.getByRole('button', { name: 'My duty ends here' }).click();
    await page.getByText(/^Your duty ended at .* what has changed since\.$/).waitFor();
    await page.getByLabel('Desk that looks after it').fill('day-desk');
    await page.getByLabel('Note').fill('all of it');
    await page.getByRole('button', { name: 'Give all that night-desk has to this desk' }).click();
    await page.getByText('Done: day-desk looks after 1 more.').waitFor();
    await page.getByLabel('Looked after by').selectOption('day-desk');
    await row.getByRole('cell', { name: 'day-desk' }).waitFor();
    await page.getByLabel('Looked after by').selectOption('');
    const again = await stage().visit('kent-requester', 'handover?desk=night-desk');
    await again.page.getByRole('option', { name: /^Since my duty ended, / }).waitFor({ state: 'attached' });
    await again.page.close();
    await page.close();
  });
};
