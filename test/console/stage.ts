import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort, type Proxy as Line, startProxy } from '@muster/testkit';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { MODE, type Stack, startStack } from '../gateway/stack.ts';
import { launchChromium } from './chromium.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));

/** Widths at which screens are looked at, in pixels: a desk and a tablet. */
export const WIDTHS = { desk: 1280, tablet: 768 } as const;
const HEIGHT = 900;

/** Characters of a spec's name in that of a picture. */
const NAME_LENGTH_MAX = 80;

/** Longest that anything on a page is waited for, in milliseconds; it bounds hangs, not speed. */
const WAIT_MS = 60_000;

/** Someone in a browser of their own, signed in. */
export type Visitor = { page: Page; context: BrowserContext; org: string };

/** The stack with the console in front of it, and a browser. All browser specs of a file share one. */
export type Stage = AsyncDisposable & {
  stack: Stack;
  browser: Browser;
  /** What stands between everyone's browser and the gateway. */
  line: Pick<Line, 'cut' | 'heal'>;
  /** Opens a view as one of the demo people, `board` or `request/kent/…`; each signs in once in each of their browsers. */
  visit(person: string, view?: string, browserName?: string): Promise<Visitor>;
  /** Takes a picture of every page that is open, of a spec that failed; the same folder as for others. */
  picturePages(name: string): Promise<void>;
  /** Closes every page, so that none of one spec is there in the next; people stay signed in. */
  closePages(): Promise<void>;
  pathOf(org: string, view: string): string;
};

const pathOf = (org: string, view: string): string => `/${MODE}/${org}/${view}`;

/** The organisation of a demo person, who is called `<org>-<role>`. */
const orgOf = (person: string, orgs: readonly string[]): string =>
  orgs.find((org) => person.startsWith(`${org}-`)) ?? '';

export const openStage = async (executablePath: string, orgs: readonly string[]): Promise<Stage> => {
  await promisify(execFile)(process.execPath, [join(repository, 'services/console/build/main.ts')]);
  const port = await freePort();
  const line = await startProxy({ port });
  const addresses = {
    MUSTER_HTTP_PORT: String(port),
    MUSTER_PUBLIC_URL: `http://127.0.0.1:${line.port}`,
  };
  const stack = await startStack(addresses, { alsoModes: ['actual'] });
  const browser = await launchChromium(executablePath);
  const contexts = new Map<string, BrowserContext>();
  const openContext = async (): Promise<BrowserContext> => {
    const context = await browser.newContext({
      baseURL: stack.base,
      viewport: { width: WIDTHS.desk, height: HEIGHT },
      locale: 'en-GB',
      timezoneId: 'Europe/London',
    });
    context.setDefaultTimeout(WAIT_MS);
    return context;
  };
  const pages = () => browser.contexts().flatMap((context) => context.pages());
  return {
    stack,
    browser,
    line,
    pathOf,
    visit: async (person, view = 'board', browserName = 'first') => {
      const org = orgOf(person, orgs);
      const key = `${person} ${browserName}`;
      const known = contexts.get(key);
      const context = known ?? (await openContext());
      const page = await context.newPage();
      await page.goto(pathOf(org, view));
      if (!known) {
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.locator(`button[value="${person}"]`).click();
        contexts.set(key, context);
      }
      await page.getByRole('banner').getByText('Sign out').waitFor();
      return { page, context, org };
    },
    picturePages: async (name) => {
      const folder = process.env.MUSTER_SCREENSHOTS;
      if (!folder) return;
      const words = name.replaceAll(/\W+/g, '-').slice(0, NAME_LENGTH_MAX);
      for (const [at, page] of pages().entries())
        await page.screenshot({ path: join(folder, `failed-${words}-${at}.png`), fullPage: true });
    },
    closePages: async () => {
      await Promise.all(pages().map((page) => page.close()));
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await line[Symbol.asyncDispose]();
      await stack[Symbol.asyncDispose]();
    },
  };
};
