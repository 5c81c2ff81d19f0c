import { eventually } from '@muster/testkit';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startAlerter } from '../../gateway/alerter.ts';
import { MODE } from '../../gateway/stack.ts';
import { ask } from '../deploy.ts';
import { picture, violations } from '../look.ts';
import { type Stage, WIDTHS } from '../stage.ts';

const rowOf = (page: Page, requestId: string) =>
  page.getByRole('row').filter({ has: page.locator(`a[href$="${requestId}"]`) });

/** What can be pressed and lies under what is told once it is brought into sight. */
const HIDDEN_BY_TOLD = `[...document.querySelectorAll('a, button, select, summary')].flatMap((each) => {
  if (each.closest('.mu-told') || each.matches('.govuk-skip-link') || each.getClientRects().length === 0) return [];
  each.scrollIntoView({ block: 'nearest' });
  const { left, top, width, height } = each.getBoundingClientRect();
  const above = document.elementFromPoint(left + width / 2, top + height / 2);
  return above?.closest('.mu-told') ? [each.outerHTML.slice(0, 80)] : [];
})`;

/** Notes each notification that a page shows, beside showing it. */
const NOTE = `
  window.Notification = class extends Notification {
    constructor(title, options) {
      super(title, options);
      (window.shown ??= new Map()).set(options.tag, this);
      window.noted(options.tag, title);
    }
  };
`;

/** Presses a notification as the system would, if this page shows it; whether it does. */
const pressShown = (tag: string): string =>
  `Boolean(window.shown?.get(${JSON.stringify(tag)})?.dispatchEvent(new Event('click')))`;

type Noted = { tag: string; title: string };

export const alertSpecs = (stage: () => Stage): void => {
  it('tells what begins to wait on the page, whom the alerter calls about it, and takes the acknowledgement', async () => {
    await startAlerter(stage().stack);
    const { page: essex } = await stage().visit('essex-donor-desk', 'alerts');
    const { page: centre } = await stage().visit('npocc-national-centre', 'alerts');
    const { requestId, reason } = await ask(stage(), 'alerts');
    const told = essex.getByRole('region', { name: 'New for you' });
    await told.getByRole('link', { name: 'EXERCISE: Offer or decline' }).first().waitFor();
    await rowOf(essex, requestId).getByText('in 59 min').waitFor();
    await rowOf(essex, requestId).getByText(reason).waitFor();
    const called = essex.getByRole('region', { name: 'Called out of hours' });
    const row = called.getByRole('row').filter({ has: essex.locator(`a[href$="${requestId}"]`) });
    await row.getByText('duty-chief').waitFor();
    await row.getByText('(email)').waitFor();
    await picture(essex, 'alerts');
    expect(await violations(essex)).toEqual([]);
    await rowOf(centre, requestId).getByText('Essex Police alone can').waitFor();

    await essex.setViewportSize({ width: WIDTHS.tablet, height: 900 });
    expect(await essex.evaluate(HIDDEN_BY_TOLD)).toEqual([]);
    await essex.setViewportSize({ width: WIDTHS.desk, height: 900 });

    await row.getByRole('button', { name: 'Acknowledge' }).click();
    await row.waitFor({ state: 'detached' });
    await called.getByLabel('Alerts').selectOption('all');
    await row.getByText('Acknowledged').waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
    await told.getByRole('button', { name: 'Dismiss' }).first().click();
    await Promise.all([essex.close(), centre.close()]);
  });

  it('says so to those who may not look at what a desk is called for', async () => {
    const { page } = await stage().visit('kent-auditor', 'alerts');
    await page.getByText('Nothing waits for you.').waitFor();
    await page.getByRole('region', { name: 'Called out of hours' }).getByRole('alert').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('shows a notification of each thing once, in one of all tabs and not again after a reload', async () => {
    const { page: first, context } = await stage().visit('surrey-donor-desk', 'alerts');
    const noted: Noted[] = [];
    await context.grantPermissions(['notifications']);
    await context.exposeFunction('noted', (tag: string, title: string) => void noted.push({ tag, title }));
    await context.addInitScript({ content: NOTE });
    await first.reload();
    const before = await ask(stage(), 'before');
    await rowOf(first, before.requestId).waitFor();
    expect(noted).toEqual([]);
    await first.getByRole('button', { name: 'Turn notifications on' }).click();
    await first.getByRole('button', { name: 'Turn notifications off' }).waitFor();
    const { page: second } = await stage().visit('surrey-donor-desk', 'board');
    await second.getByRole('heading', { name: 'Open requests' }).waitFor();
    await eventually(() => noted.length > 0, { what: 'what waited already is told' });

    const surrey = await stage().stack.as('surrey-donor-desk');
    const idOf = (requestId: string): Promise<string> =>
      eventually(async () => {
        const answer = await surrey.get(`/v1/${MODE}/notices`);
        const { notices } = (await answer.json()) as { notices: { id: string; requestId: string }[] };
        return notices.find((notice) => notice.requestId === requestId)?.id;
      });
    const timesOf = (id: string): number => noted.filter(({ tag }) => tag === id).length;
    const one = await idOf((await ask(stage(), 'one')).requestId);
    await eventually(() => timesOf(one) > 0, { what: 'a notification of the new request' });
    await Promise.all([first.reload(), second.reload()]);
    await first.getByRole('button', { name: 'Turn notifications off' }).waitFor();
    const two = await idOf((await ask(stage(), 'two')).requestId);
    await eventually(() => timesOf(two) > 0, { what: 'a notification of the next request' });
    expect([timesOf(one), timesOf(two)]).toEqual([1, 1]);
    expect(noted.every(({ title }) => title.startsWith('EXERCISE: '))).toBe(true);

    // The tab that shows it is the one that goes there when it is pressed.
    const pressed = await Promise.all([first, second].map((page) => page.evaluate(pressShown(two))));
    expect(pressed.filter(Boolean)).toHaveLength(1);
    const [teller, other] = pressed[0] ? [first, second] : [second, first];
    await teller.waitForURL(/\/request\/kent\//);
    expect(new URL(other.url()).pathname).not.toContain('/request/');
    await teller.goBack();

    await first.getByRole('button', { name: 'Turn notifications off' }).click();
    const { requestId } = await ask(stage(), 'three');
    await rowOf(first, requestId).waitFor();
    expect(timesOf(await idOf(requestId))).toBe(0);
    await Promise.all([first.close(), second.close()]);
  });
};
