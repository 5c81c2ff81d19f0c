import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { deploy } from '../deploy.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

export const recordSpecs = (stage: () => Stage): void => {
  it('shows every event of a request and lets those take it away who may', async () => {
    const { requestId, reason } = await deploy(stage(), 'evidence');
    const { page } = await stage().visit('kent-auditor', 'evidence');
    await page.getByRole('link', { name: reason }).click();
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
};
