import { expect, it } from 'vitest';
import { MODE } from '../../gateway/stack.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

/** These end every session, so that they come last. */
export const lossSpecs = (stage: () => Stage): void => {
  it('says so when the gateway is away, and that the session has ended with it, and goes on where one was', async () => {
    const { page, context } = await stage().visit('kent-requester');
    await page.getByRole('heading', { name: 'Open requests' }).waitFor();
    await context.setOffline(true);
    await stage().stack.gateway.stop();
    await page.getByText('The stream has been lost since').waitFor();
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
