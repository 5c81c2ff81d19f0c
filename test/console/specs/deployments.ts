import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { inHours } from '../../gateway/stack.ts';
import { deploy } from '../deploy.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

/** A field by its label, whether or not it may be left out. */
const named = (label: string): RegExp => new RegExp(`^${label}( \\(optional\\))?$`);

type Written = { choose?: Record<string, string>; write?: Record<string, string> };

/** Opens a form, fills it in and sends it; it closes once that is stored. */
const act = async (page: Page, title: string, { choose, write }: Written = {}): Promise<void> => {
  await page.getByRole('button', { name: title, exact: true }).click();
  const form = page.locator('form.mu-act');
  await form.waitFor();
  for (const more of await form.getByText('More, if it helps').all()) await more.click();
  for (const [label, option] of Object.entries(choose ?? {}))
    await form.getByLabel(named(label)).selectOption(option);
  for (const [label, text] of Object.entries(write ?? {})) await form.getByLabel(named(label)).fill(text);
  await form.locator('button[type="submit"]').click();
  await form.waitFor({ state: 'detached' });
};

const localHours = (hours: number): string => inHours(hours).slice(0, 16);

export const deploymentSpecs = (stage: () => Stage): void => {
  it('takes a deployment from home to home, each side doing what the API lets it', async () => {
    const { deploymentId } = await deploy(stage(), 'deployment');
    const { page: essex } = await stage().visit('essex-donor-desk', 'deployments');
    await essex.getByRole('table', { name: 'Ours, away' }).waitFor();
    await picture(essex, 'deployments');
    expect(await violations(essex)).toEqual([]);
    await essex.locator(`a[href$="/deployments/essex/${deploymentId}"]`).click();
    await act(essex, 'Report the units: Mobilising');
    await act(essex, 'Report the units: En route');

    const { page: kent } = await stage().visit('kent-requester', `deployments/essex/${deploymentId}`);
    await act(kent, 'Report the units: On task');
    await act(kent, 'Ask to keep them longer', {
      write: { 'New end': localHours(12), Reason: 'it goes on' },
    });
    await essex.getByText('it goes on').waitFor();
    await picture(essex, 'deployment');
    expect(await violations(essex)).toEqual([]);
    await act(essex, 'Answer the extension: Decline', { choose: { 'Reason code': 'No capacity' } });
    await act(essex, 'Ask for the units back', {
      choose: { 'Reason code': 'Own demand' },
      write: { By: localHours(3), Reason: 'a football match' },
    });
    await kent.getByText('Wanted back', { exact: true }).first().waitFor();
    await act(kent, 'Answer the recall: Release', { write: { Reason: 'yes' } });
    await essex.getByText('Released', { exact: true }).first().waitFor();
    await act(essex, 'Report the return');
    await kent.getByText('Home', { exact: true }).first().waitFor();
    expect(await violations(kent)).toEqual([]);
    await essex.close();
    await kent.close();
  });
};
