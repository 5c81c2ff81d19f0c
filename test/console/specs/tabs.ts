import { eventually } from '@muster/testkit';
import type { Page } from 'playwright-core';
import { it } from 'vitest';
import { ask } from '../deploy.ts';
import type { Stage } from '../stage.ts';

/** More than the connections that a browser has to one host over HTTP/1.1. */
const TABS = 8;

export const tabsSpecs = (stage: () => Stage): void => {
  const hasReaders = (count: number): Promise<unknown> =>
    eventually(async () => (await stage().stack.gateway.health()).readers === count, {
      what: `the gateway has ${count} readers`,
    });

  const shows = async (pages: readonly Page[], reason: string): Promise<void> => {
    await Promise.all(pages.map((page) => page.getByRole('row', { name: reason }).waitFor()));
  };

  it('keeps all of them live by one stream for each organisation, whichever is closed first', async () => {
    const pages: Page[] = [];
    for (let tab = 0; tab < TABS; tab += 1) pages.push((await stage().visit('kent-requester')).page);
    const { reason } = await ask(stage(), 'tabs');
    await shows(pages, reason);
    await hasReaders(1);

    const [first, ...others] = pages;
    await first?.close();
    const { reason: later } = await ask(stage(), 'tabs');
    await shows(others, later);
    await hasReaders(1);

    await Promise.all(others.map((page) => page.close()));
    await hasReaders(0);
  });
};
