import { askForReset, serveExerciseReset } from '@muster/mesh';
import { eventually } from '@muster/testkit';
import { expect, it } from 'vitest';
import { newKey } from './browser.ts';
import { help, MODE, type Stack } from './stack.ts';

type Exercise = { epoch: string; events: number; reset: { allowed: boolean } };

/** Deletes what the stack holds, so that this comes last. */
export const exerciseSpecs = (stack: () => Stack): void => {
  it('is begun anew for the national centre alone, once for each epoch', async () => {
    const path = `/v1/${MODE}/exercise`;
    const [kent, centre] = await Promise.all(['kent-requester', 'npocc-national-centre'].map(stack().as));
    if (!kent || !centre) throw new Error('nobody has signed in');
    await kent.command('request-create', help(), newKey('before'));
    const before = (await (await kent.get(path)).json()) as Exercise;
    expect(before).toMatchObject({ events: expect.any(Number), reset: { allowed: false } });
    const reset = (epoch: string) => centre.post(`${path}/reset`, { epoch });
    const away = await reset(before.epoch);
    expect([before.epoch, away.status, await away.text()]).toEqual([
      expect.any(String),
      503,
      expect.stringContaining('muster exercise reset'),
    ]);

    const server = serveExerciseReset(stack().world.admin);
    await server.ready;
    expect((await kent.post(`${path}/reset`, { epoch: before.epoch })).status).toBe(403);
    const mesh = await stack().world.connectAs('kent.exercise');
    expect(await askForReset(mesh, { epoch: before.epoch, by: 'kent/x/y' })).toMatchObject({
      kind: 'refused',
      refusal: { refused: 'not-permitted' },
    });
    expect((await centre.post('/v1/actual/exercise/reset', { epoch: before.epoch })).status).toBe(404);
    expect((await reset('another')).status).toBe(409);
    expect((await centre.post(`${path}/reset`, {})).status).toBe(422);

    const answers = await Promise.all([reset(before.epoch), reset(before.epoch)]);
    // Whichever comes second is told to come again, and then that it was done.
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 503]);
    expect((await reset(before.epoch)).status).toBe(409);
    const after = await eventually(async () => {
      const now = (await (await centre.get(path)).json()) as Exercise;
      return now.epoch === before.epoch ? undefined : now;
    });
    expect(after).toMatchObject({ events: 0, reset: { allowed: true } });
    await eventually(async () => {
      const answer = await kent.get(`/v1/${MODE}/requests`);
      return answer.ok && ((await answer.json()) as { items: unknown[] }).items.length === 0;
    });
    await server.stop();
  });
};
