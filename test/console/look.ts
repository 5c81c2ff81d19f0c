import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { WIDTHS } from './stage.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The levels of WCAG 2.2 up to AA, and what is good practice beside. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Found = { id: string; nodes: { target: unknown[]; failureSummary?: string }[] };

/** What axe finds on a page: rule, place, and what is wrong there. */
export const violations = async (page: Page): Promise<string[]> => {
  // As a page's own developer tools would: the policy of the page lets no script of ours in.
  const devTools = await page.context().newCDPSession(page);
  const run = `${axe}; axe.run({ runOnly: { type: 'tag', values: ${JSON.stringify(TAGS)} } })`;
  const { result, exceptionDetails } = await devTools.send('Runtime.evaluate', {
    expression: `${run}.then(({ violations }) => JSON.stringify(violations))`,
    awaitPromise: true,
  });
  await devTools.detach();
  if (exceptionDetails) throw new Error(`axe failed: ${exceptionDetails.exception?.description}`);
  return (JSON.parse(result.value as string) as Found[]).flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );
};

/** Takes a picture at every width into the folder that `MUSTER_SCREENSHOTS` names; none: no picture. */
export const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.MUSTER_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize();
  for (const [width, pixels] of Object.entries(WIDTHS)) {
    await page.setViewportSize({ width: pixels, height: before?.height ?? 900 });
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  }
  if (before) await page.setViewportSize(before);
};
