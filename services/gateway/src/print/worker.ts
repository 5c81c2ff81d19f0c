import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { htmlOf } from './html.ts';
import { pdfOf } from './pdf.ts';
import type { Done, Order } from './press.ts';

/** Only whoever runs the gateway reads what is on its disk. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** In one step, so that nobody ever opens half a picture. */
const put = async (path: string, content: string | Buffer): Promise<void> => {
  const fresh = `${path}.new`;
  await writeFile(fresh, content, { mode: FILE_MODE });
  await rename(fresh, path);
};

const print = async ({ id, base, sheet }: Order): Promise<Done> => {
  try {
    await mkdir(dirname(base), { recursive: true, mode: FOLDER_MODE });
    await put(`${base}.pdf`, await pdfOf(sheet));
    await put(`${base}.html`, htmlOf(sheet));
    return { id };
  } catch (error) {
    return { id, because: String(error) };
  }
};

parentPort?.on('message', (order: Order) => {
  void print(order).then((done) => parentPort?.postMessage(done));
});
