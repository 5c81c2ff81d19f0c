import { eventually } from '@muster/testkit';
import { expect, it } from 'vitest';
import { inHours, MODE } from '../../gateway/stack.ts';
import { ask, delegate, NDM } from '../deploy.ts';
import { press, submit, writeApproval, writeNeed } from '../forms.ts';
import { picture, violations } from '../look.ts';
import type { Stage, Visitor } from '../stage.ts';

/** Longest that an answer is waited for, in milliseconds; it bounds hangs, not speed. */
const WAIT_MS = 60_000;

/** What is reported, and what the tag then says. */
const ON_THE_WAY = [
  ['Mobilising', 'Mobilising'],
  ['En route', 'On the way'],
  ['On task', 'On task'],
] as const;

/** An instant as the field for date and time of a page in London takes it. */
const localTime = (instant: string): string =>
  new Date(instant).toLocaleString('sv-SE', { timeZone: 'Europe/London' }).replace(' ', 'T').slice(0, 16);

export const togetherSpecs = (stage: () => Stage): void => {
  it('sends an emergency at once on the word of a post, and has it approved in writing afterwards', async () => {
    await delegate(stage());
    const { page: kent } = await stage().visit('kent-requester', 'ask');
    await writeNeed(kent, 1, 'systems are going down');
    await kent.getByLabel('Emergency: someone has said yes by word of mouth').check();
    await kent.getByLabel('Post that said so').fill('gold');
    await kent.getByLabel('When', { exact: true }).fill(localTime(inHours(-0.1)));
    await kent.getByLabel('Why it could not wait').fill('hospitals turn patients away');
    await press(kent, 'Ask for help');
    await kent.getByText('gold; in writing by').waitFor();
    await kent.getByText('to answer').first().waitFor();
    const requestId = new URL(kent.url()).pathname.split('/').at(-1) ?? '';

    const { page: gold } = await stage().visit('kent-approver', `request/kent/${requestId}`);
    await writeApproval(gold);
    await submit(gold, 'Approve the request');
    await gold.getByRole('button', { name: 'Approve the request' }).waitFor({ state: 'detached' });
    await kent.getByText('gold; was due in writing by').waitFor();
    await picture(kent, 'request-emergency');
    expect(await violations(kent)).toEqual([]);
    await Promise.all([kent, gold].map((page) => page.close()));
  });

  it('takes two forces from asking to the way home: ask, approve, offer, accept, deploy, return', async () => {
    await delegate(stage());
    const { page: kent } = await stage().visit('kent-requester', 'ask');
    await writeNeed(kent, 2, 'two forces together');
    await kent.getByLabel('A person, before it goes out').check();
    await press(kent, 'Ask for help');
    await kent.getByText('Awaiting approval').first().waitFor();
    const requestId = new URL(kent.url()).pathname.split('/').at(-1) ?? '';

    const { page: gold } = await stage().visit('kent-approver', `request/kent/${requestId}`);
    await writeApproval(gold);
    await picture(gold, 'request-approve');
    expect(await violations(gold)).toEqual([]);
    await submit(gold, 'Approve the request');
    await kent.getByText('to answer').first().waitFor();

    const { page: essex } = await stage().visit('essex-donor-desk');
    await essex.getByRole('row', { name: 'Offer or decline' }).filter({ hasText: 'Kent' }).first().waitFor();
    await essex.goto(stage().pathOf('essex', `request/kent/${requestId}`));
    await press(essex, /^Offer: cyber/);
    await essex.getByLabel('Quantity').fill('2');
    await submit(essex, /^Offer$/);

    await kent.getByLabel('Choose Essex Police').check();
    await kent.getByLabel('The minimum of each line suffices').check();
    await picture(kent, 'request');
    expect(await violations(kent)).toEqual([]);
    await press(kent, 'Accept chosen offers');
    await kent.getByText('2 committed of 2').waitFor();
    await kent.getByRole('heading', { name: 'Deployments' }).waitFor();

    for (const [place, words] of ON_THE_WAY) {
      await press(essex, `Report the units: ${place}`);
      await submit(essex, /^Report the units$/);
      await kent.locator('.govuk-tag').getByText(words).waitFor();
    }
    await press(kent, 'Release the units');
    await kent.getByLabel('Reason code').selectOption('task-complete');
    await submit(kent, 'Release the units');
    await essex.locator('.govuk-tag').getByText('Released').waitFor();
    await press(essex, 'Report the return');
    await submit(essex, 'Report the return');
    await essex.locator('.govuk-tag').getByText('Home').waitFor();
    await picture(essex, 'request-returned');
    expect(await violations(essex)).toEqual([]);
    const answer = await (await stage().stack.as('essex-donor-desk')).get(
      `/v1/${MODE}/deployments?host=kent`,
    );
    expect(await answer.text()).toContain(requestId);
    await Promise.all([kent, gold, essex].map((page) => page.close()));
  });

  it('lets one of two through who approve the same at once, and tells the other who decided', async () => {
    await delegate(stage());
    const { requestId } = await ask(stage(), 'race', { approvalRoute: { kind: 'person' } });
    const view = `request/kent/${requestId}`;
    const pages: Visitor['page'][] = [];
    for (const browserName of ['first', 'second']) {
      const { page } = await stage().visit('kent-approver', view, browserName);
      await press(page, 'Approve the request');
      for (const label of NDM) await page.getByLabel(label).fill(`${label}: by ${browserName}`);
      pages.push(page);
    }
    await Promise.all(pages.map((page) => page.locator('form.mu-act button[type="submit"]').click()));

    const because = (page: Visitor['page']) => page.locator('form.mu-act .govuk-error-summary');
    const outcomes = await Promise.all(
      pages.map((page) =>
        eventually(
          async () => {
            if ((await page.locator('form.mu-act').count()) === 0) return 'stored';
            const told = because(page);
            return (await told.count()) > 0 ? await told.textContent() : undefined;
          },
          { deadlineMs: WAIT_MS, what: 'an answer is shown' },
        ),
      ),
    );
    const told = outcomes.filter((outcome) => outcome !== 'stored');
    expect(told).toEqual([expect.stringMatching(/waits for nobody's approval: gold approved it at /)]);
    const approver = await stage().stack.as('kent-approver');
    const answer = await approver.get(`/v1/${MODE}/events?afterSeq=0&requestId=${requestId}`);
    const { events } = (await answer.json()) as { events: { envelope: { type: string } }[] };
    expect(events.filter(({ envelope }) => envelope.type === 'muster.request.approved.v1')).toHaveLength(1);
  });
};
