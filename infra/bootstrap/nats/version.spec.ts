import { expect, test } from 'vitest';
import { fakeServer, script, tempFolder } from '../testing/kit.ts';
import { askVersion, isOlder } from './version.mjs';

test.each([
  ['2.9.25', '2.14.0', true],
  ['2.14.0', '2.14.0', false],
  ['2.14.0', '2.14.1', true],
  ['2.15.1', '2.14.9', false],
  ['3.0.0', '2.14.0', false],
  ['1.99.99', '2.0.0', true],
  ['2.14.0-RC.3', '2.14.0', true],
  ['2.14.0', '2.14.0-RC.3', false],
  ['2.15.0-RC.1', '2.14.0', false],
])('%s older than %s: %s', (version, other, older) => {
  expect(isOlder(version, other)).toBe(older);
});

test('a server of the minimum will do', async () => {
  using temp = tempFolder();
  const bin = fakeServer(temp.at('nats-server'), '2.14.0');
  expect(await askVersion(bin)).toEqual({ kind: 'server', version: '2.14.0' });
});

test('an older one is told apart, with its version and the minimum', async () => {
  using temp = tempFolder();
  const bin = fakeServer(temp.at('nats-server'), '2.13.9');
  expect(await askVersion(bin)).toEqual({
    kind: 'too-old',
    because: 'it is version 2.13.9, older than 2.14.0',
  });
});

test('a file that is something else is told apart, with what it said', async () => {
  using temp = tempFolder();
  const bin = script(temp.at('nats-server'), 'echo "GLIBC_9 not found" >&2', 'exit 3');
  const because = 'it does not answer like a nats-server: it ended with code 3\nGLIBC_9 not found';
  expect(await askVersion(bin)).toEqual({ kind: 'no-server', because });
});
