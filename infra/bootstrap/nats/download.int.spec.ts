import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NATS_PIN } from '../pins.mjs';
import { tempFolder } from '../testing/kit.ts';
import { type Answer, releaseServer } from '../testing/release-server.ts';
import { download } from './download.mjs';

const BYTES_MAX = 1_000;
/** Nobody waits for what never comes, in milliseconds. */
const SILENCE_MS_MAX = 300;

/** Downloads what a server on the loopback answers. */
async function downloadOf(answer: Answer, limits?: { silenceMsMax: number }) {
  using temp = tempFolder();
  await using server = await releaseServer({ file: answer });
  const url = `${server.base}/v${NATS_PIN}/file`;
  const got = await download(url, temp.at('file'), BYTES_MAX, limits);
  return { got, url, text: got.kind === 'done' ? readFileSync(temp.at('file'), 'utf8') : '' };
}

test('what a server sends is kept, with its checksum', async () => {
  const { got, text } = await downloadOf('abc');
  expect(text).toBe('abc');
  expect(got).toEqual({
    kind: 'done',
    bytes: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  });
});

test.each<[string, Answer]>([
  ['never answers', () => undefined],
  ['begins and then says nothing more', (response) => void response.writeHead(200).write('a')],
])('a server that %s is given up, and how long nothing came is said', async (_case, answer) => {
  const { got, url } = await downloadOf(answer, { silenceMsMax: SILENCE_MS_MAX });
  expect(got).toEqual({ kind: 'failed', because: `${url}: nothing came for 0.3 s` });
});
