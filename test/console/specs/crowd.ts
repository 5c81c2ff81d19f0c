import { expect, it } from 'vitest';
import { newKey } from '../../gateway/browser.ts';
import { help, MODE } from '../../gateway/stack.ts';
import type { Stage } from '../stage.ts';

const REQUESTS = 500;
/** Commands under way at one time. */
const AT_ONCE = 20;
/** Requests on one page of the board. */
const PAGE = 100;

/** Surrey asks a force for help that none of the other specs knows, so that nothing waits for anyone else. */
const crowd = async ({ stack }: Stage): Promise<string> => {
  const surrey = await stack.world.callerOf('surrey');
  const name = newKey('crowd');
  const one = async (n: number): Promise<void> => {
    const { terms, ...body } = help({ recipients: { kind: 'forces', forces: ['durham'] } });
    const outcome = await surrey.command(MODE, 'surrey', 'request-create', {
      ...body,
      terms: { ...terms, specialDemandReason: `${name} number ${String(n).padStart(3, '0')};` },
      commandId: `${name}-${n}`,
      actor: { role: 'requester', id: 'duty-desk' },
      classification: 'OFFICIAL',
    } as Parameters<typeof surrey.command<'request-create'>>[3]);
    expect(outcome).toMatchObject({ kind: 'stored' });
  };
  for (let from = 0; from < REQUESTS; from += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => one(from + at)));
  return name;
};

/** What the page's own clock says of a turn of its list: how long it took, and tasks that held it up, in milliseconds. */
type Turn = { took: number; longTasks: number[] };

export const crowdSpecs = (stage: () => Stage): void => {
  it('shows every one of five hundred open requests, a page at a time, and finds any of them', async () => {
    const name = await crowd(stage());
    const { page } = await stage().visit('surrey-requester', `board?find=${name}`);
    const rows = page
      .getByRole('table', { name: 'Open requests' })
      .locator('tbody')
      .getByRole('row', { name: `${name} number` });
    await rows.first().waitFor();
    await page.evaluate(() => {
      const seen: number[] = [];
      Object.assign(globalThis, { seen });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.push(Math.round(duration));
      }).observe({ type: 'longtask' as never, buffered: true });
    });

    const shown = new Set<string>();
    const turns: Turn[] = [];
    for (let at = 1; at <= REQUESTS / PAGE; at += 1) {
      await page.getByText(`Page ${at} of ${REQUESTS / PAGE}`).waitFor();
      const began = performance.now();
      for (const text of await rows.locator('th').allTextContents())
        shown.add(/number \d+;/.exec(text)?.[0] ?? '');
      expect(await rows.count()).toBe(PAGE);
      if (at === REQUESTS / PAGE) break;
      await page.getByRole('link', { name: 'Next page' }).click();
      await page.getByText(`Page ${at + 1} of ${REQUESTS / PAGE}`).waitFor();
      const longTasks = await page.evaluate(() =>
        (globalThis as unknown as { seen: number[] }).seen.splice(0),
      );
      turns.push({ took: Math.round(performance.now() - began), longTasks });
    }
    expect(shown.size).toBe(REQUESTS);
    console.log(`the board of ${REQUESTS} requests: ${JSON.stringify(turns)}`);

    // One of the first page, from the last.
    const first = [...shown][0] ?? '';
    await page.getByLabel('Find by force').fill(`${name} surrey ${first}`);
    await rows.filter({ hasText: first }).waitFor();
    await rows.nth(1).waitFor({ state: 'detached' });
    await page.getByText(/^Page \d/).waitFor({ state: 'detached' });
  });
};
