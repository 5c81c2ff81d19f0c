import { serveExerciseReset } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { expect, it } from 'vitest';
import { FORCES, MODE } from '../../gateway/stack.ts';
import { ask } from '../deploy.ts';
import { picture, violations } from '../look.ts';
import type { Stage } from '../stage.ts';

/** Longest until every force has advertised after a reset, in milliseconds. */
const ADVERTISED_MS = 60_000;
/** Time between two looks whether they have, in milliseconds. */
const LOOK_EVERY_MS = 500;
const NOT_REAL = 'Nothing here is real';

export const exerciseSpecs = (stage: () => Stage): void => {
  it('says in which mode one is, and leads to the other and back', async () => {
    const { page } = await stage().visit('kent-requester', 'exercise');
    const banner = page.getByText(NOT_REAL);
    await banner.waitFor();
    await page.getByText('You work in the exercise').waitFor();
    await picture(page, 'exercise');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('main').getByRole('link', { name: 'Leave the exercise' }).click();
    await page.waitForURL('/actual/kent/board');
    await banner.waitFor({ state: 'detached' });
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Exercise' }).click();
    await page.getByText('You work in earnest').waitFor();
    await picture(page, 'exercise-actual');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('main').getByRole('link', { name: 'Go to the exercise' }).click();
    await page.waitForURL('/exercise/kent/board');
    await banner.waitFor();
    await page.getByRole('link', { name: 'What this is' }).click();
    await page.waitForURL('/exercise/kent/exercise');
  });

  it('is begun anew by the national centre alone, once, and not without a second thought', async () => {
    const { reason } = await ask(stage(), 'before');
    const { page: kent } = await stage().visit('kent-requester', 'exercise');
    await kent.getByText('the national centre alone resets it').waitFor();
    await kent.goto(stage().pathOf('kent', 'board'));
    await kent.getByRole('row', { name: reason }).waitFor();

    const server = serveExerciseReset(stage().stack.world.admin);
    const { page } = await stage().visit('npocc-national-centre', 'exercise');
    await page.getByRole('button', { name: 'Reset the exercise' }).click();
    const confirm = page.getByRole('button', { name: 'Delete everything and begin anew' });
    await confirm.click();
    await page.getByText('Say that the others know').waitFor();
    await page.getByLabel('The forces that take part know of it').check();
    await picture(page, 'exercise-reset');
    expect(await violations(page)).toEqual([]);
    await confirm.click();
    await page.getByText('The exercise has begun anew').waitFor();
    expect(await violations(page)).toEqual([]);
    await kent.getByText('No request is open.').waitFor();
    await server.stop();
    // Every force has advertised anew, for whoever comes next.
    const requester = await stage().stack.as('kent-requester');
    await eventually(
      async () => {
        const { items } = (await (await requester.get(`/v1/${MODE}/capabilities`)).json()) as {
          items?: unknown[];
        };
        return items?.length === FORCES.length;
      },
      // No faster: an adapter looks every half minute, and a session may send only so much in a minute.
      { deadlineMs: ADVERTISED_MS, everyMs: LOOK_EVERY_MS, what: 'the forces advertise in the new exercise' },
    );
  });
};
