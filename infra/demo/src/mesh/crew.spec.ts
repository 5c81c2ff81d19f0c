import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openCrew } from './crew.ts';
import { openDataDir } from './data-dir.ts';

const crewOf = async () => {
  const root = mkdtempSync(join(tmpdir(), 'muster-crew-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const dir = await openDataDir(root, false, () => undefined);
  const crew = openCrew(dir, { url: 'nats://127.0.0.1:1', isGiven: false, known: {} });
  const children = (): unknown => JSON.parse(readFileSync(dir.file('mesh.json'), 'utf8')).children;
  return { crew, children };
};

const idle = (name: string) => ({ name, command: 'sleep', args: ['600'], mark: 'sleep' });

it('writes down every child while it runs, and ends all of them', async () => {
  const { crew, children } = await crewOf();
  const child = crew.launch(idle('gateway'));
  expect(children()).toEqual([{ name: 'gateway', pid: child.pid, mark: 'sleep' }]);
  await crew.stop(async () => undefined);
  expect(child.running()).toBe(false);
  expect(children()).toEqual([]);
});

it('starts nothing more once it ends the children, since nobody would end that', async () => {
  const { crew, children } = await crewOf();
  const stopped = crew.stop(async () => undefined);
  expect(() => crew.launch(idle('gateway'))).toThrow('gateway is not started: all is being stopped');
  await stopped;
  expect(children()).toEqual([]);
});
