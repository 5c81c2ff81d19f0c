import { eventually } from '@muster/testkit';
import { expect, it } from 'vitest';
import { newKey } from '../../gateway/browser.ts';
import { MODE, offer } from '../../gateway/stack.ts';
import { ask, ownDay } from '../deploy.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

/** The last of these ends every session, so that they come last. */
export const lossSpecs = (stage: () => Stage): void => {
  it('is read-only while the line is cut, and catches up with what others did meanwhile without a reload', async () => {
    const { requestId, reason } = await ask(stage(), 'cut');
    const { page } = await stage().visit('kent-requester');
    const { page: other } = await stage().visit('kent-requester', `request/kent/${requestId}`);
    const row = page.getByRole('row', { name: reason });
    await row.getByText('nothing of 2').waitFor();
    const withdraw = other.getByRole('button', { name: 'Cancel the request' });
    await withdraw.waitFor();
    for (const each of [page, other])
      await each.evaluate(() => void Object.assign(globalThis, { isSame: true }));

    stage().line.cut();
    for (const each of [page, other]) await each.getByText('The stream has been lost since').waitFor();
    expect(await withdraw.isDisabled()).toBe(true);
    const essex = await stage().stack.world.callerOf('essex');
    const actor = { role: 'donor-desk', id: 'resources' } as const;
    const made = await essex.command(MODE, 'essex', 'offer-make', {
      ...{ ...offer(requestId), actor, classification: 'OFFICIAL', commandId: newKey('cut-offer') },
    });
    expect(made.kind).toBe('stored');
    stage().line.heal();

    await row.getByText('1 offered of 2').waitFor();
    await other.getByLabel('Choose Essex Police').waitFor();
    for (const each of [page, other]) {
      await each.getByText('Read-only.').waitFor({ state: 'detached' });
      expect(await each.evaluate(() => 'isSame' in globalThis)).toBe(true);
    }
    expect(await withdraw.isEnabled()).toBe(true);
  });

  it('keeps what was being written when the session ends elsewhere, and comes back to it', async () => {
    const { page } = await stage().visit('surrey-requester', 'ask');
    await page.getByLabel('The special demand on your force').fill('half written');
    const { page: other } = await stage().visit('surrey-requester');
    await other.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.locator('button[value="surrey-requester"]').click();
    await page.getByRole('heading', { name: 'Ask for help' }).waitFor();
    expect(await page.getByLabel('The special demand on your force').inputValue()).toBe('half written');
  });

  it('says so when the time of the session is over, and comes back to the page', async () => {
    const { page, context } = await stage().visit('essex-requester');
    await page.getByRole('heading', { name: 'Open requests' }).waitFor();
    const inASecond = Date.now() / 1_000 + 1;
    const cookies = await context.cookies();
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, expires: inASecond })));
    await eventually(async () => (await context.cookies()).length === 0, {
      what: 'the cookies have expired',
    });
    await ask(stage(), 'expiry');
    await page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.locator('button[value="essex-requester"]').click();
    await page.getByRole('heading', { name: 'Board' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(stage().pathOf('essex', 'board'));
  });

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
