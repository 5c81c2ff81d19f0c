import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { NATS_PIN } from '../pins.mjs';
import { fakeServer } from './kit.ts';

/** Names of the release files for Linux on x64, as the project publishes them. */
export const ARCHIVE_NAME = `nats-server-v${NATS_PIN}-linux-amd64.tar.gz`;

/** What a mirror answers for one file: text or bytes, or whatever the function does. */
export type Answer = string | Buffer | ((response: ServerResponse) => void);

/** An HTTP server on the loopback that serves a release; everything not given is answered 404. */
export async function releaseServer(files: Record<string, Answer>) {
  const asked: string[] = [];
  const listener: RequestListener = (request, response) => {
    const name = path.basename(request.url ?? '');
    asked.push(name);
    const answer = request.url === `/v${NATS_PIN}/${name}` ? files[name] : undefined;
    if (answer === undefined) response.writeHead(404).end();
    else if (typeof answer === 'function') answer(response);
    else response.end(answer);
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A release archive that holds a fake server of that version. */
export function releaseArchive(folder: string, version: string): Buffer {
  const name = ARCHIVE_NAME.replace('.tar.gz', '');
  fakeServer(path.join(folder, name, 'nats-server'), version);
  const file = path.join(folder, ARCHIVE_NAME);
  execFileSync('tar', ['-czf', file, '-C', folder, name]);
  return readFileSync(file);
}

/** The checksum file for an archive, with a line for another file before it. */
export function checksums(archive: Buffer, name = ARCHIVE_NAME) {
  const sum = createHash('sha256').update(archive).digest('hex');
  return `${'0'.repeat(64)}  nats-server-v${NATS_PIN}-other.zip\n${sum}  ${name}\n`;
}
