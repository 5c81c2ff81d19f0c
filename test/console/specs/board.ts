import { expect, it } from 'vitest';
import { newKey } from '../../gateway/browser.ts';
import { help, offer } from '../../gateway/stack.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

export const boardSpecs = (stage: () => Stage): void => {
  it('shows a request, what is offered for it and what waits for whom, as it happens', async () => {
    const { page } = await stage().visit('kent-requester');
    await page.getByRole('heading', { name: 'Open requests' }).waitFor();
    const [kent, essex] = await Promise.all(['kent-requester', 'essex-donor-desk'].map(stage().stack.as));
    const id = newKey('board');
    const { terms } = help();
    const reason = `board ${id}`;
    await kent?.command('request-create', help({ terms: { ...terms, specialDemandReason: reason } }), id);
    const row = page.getByRole('row', { name: reason });
    await row.getByText('nothing of 2').waitFor();
    await row.getByText('2 to answer').waitFor();
    await essex?.command('offer-make', offer(id));
    await row.getByText('1 offered of 2').waitFor();
    await page.getByText('Choose among the offers').first().waitFor();
    await picture(page, 'board');
    expect(await violations(page)).toEqual([]);
  });

  it('finds requests by the words in them, and keeps that in the address', async () => {
    const { page } = await stage().visit('kent-requester');
    await page.getByLabel('Find by force').fill('no such thing');
    await page.getByText('No open request has “no such thing” in it.').waitFor();
    expect(new URL(page.url()).searchParams.get('find')).toBe('no such thing');
  });
};
