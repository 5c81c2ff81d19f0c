import { expect, it } from 'vitest';
import { MODE } from '../../gateway/stack.ts';
import { ask, ownDay } from '../deploy.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

/** These end every session, so that they come last. */
export const lossSpecs = (stage: () => Stage): void => {
  it('says so when the gateway is away, and that the session has ended with it, and goes on where one was', async () => {
    const { page, context } = await stage().visit('kent-requester');
    await page.getByRole('heading', { name: 'Open requests' }).waitFor();
    const { requestId } = await ask(stage(), 'lost', ownDay(1, 13));
    const { page: gold } = await stage().visit('kent-approver', `request/kent/${requestId}?plan=this`);
    const approve = gold.getByRole('button', { name: 'Approve 1 row' });
    await approve.waitFor();
    expect(await approve.isEnabled()).toBe(true);
    await context.setOffline(true);
    await stage().stack.gateway.stop();
    await page.getByText('The stream has been lost since').waitFor();
    await gold.getByText('The stream has been lost since').waitFor();
    expect(await approve.isEnabled()).toBe(false);
    expect(await gold.getByRole('button', { name: 'Change the request' }).isEnabled()).toBe(false);
    await gold.close();
    await picture(page, 'stream-lost');
    expect(await violations(page)).toEqual([]);
    await stage().stack.gateway.start();
    await context.setOffline(false);
    // The sessions of a gateway end with it.
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.locator('button[value="kent-requester"]').click();
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/${MODE}/kent/board`);
  });
};
