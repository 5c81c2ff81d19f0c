import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Setting } from '../outcome.mjs';
import { sayTo } from '../say.mjs';

/** Time between two looks at a condition, in milliseconds. */
const LOOK_MS = 20;

/** Longest wait for a condition, in milliseconds. */
const WAIT_MS_MAX = 20_000;

/** A temporary folder that goes with its scope. */
export function tempFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'muster-bootstrap-'));
  return {
    folder,
    at: (...parts: string[]) => path.join(folder, ...parts),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Writes an executable shell script and returns its path. */
export function script(file: string, ...lines: string[]) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, ['#!/bin/sh', ...lines, ''].join('\n'));
  chmodSync(file, 0o755);
  return file;
}

/** A script that answers like a nats-server of that version. */
export function fakeServer(file: string, version: string) {
  return script(file, `echo "nats-server: v${version}"`);
}

/** A setting in a folder, whose notes can be read back; PATH holds only what the test puts there. */
export function settingIn(folder: string, env: Record<string, string> = {}) {
  const notes: string[] = [];
  const setting: Setting = {
    root: folder,
    cache: path.join(folder, 'cache'),
    env: { PATH: '', ...env },
    platform: 'linux',
    arch: 'x64',
    say: sayTo((line) => notes.push(line)),
  };
  return { setting, notes };
}

/** PATH with a folder of fakes before the system's own tools. */
export function pathWith(...folders: string[]) {
  return [...folders, '/usr/bin', '/bin'].join(path.delimiter);
}

/** Waits until a condition holds; throws if it does not in time. */
export async function until(what: string, holds: () => boolean) {
  const deadline = performance.now() + WAIT_MS_MAX;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`${what} did not happen within ${WAIT_MS_MAX} ms`);
    await pause(LOOK_MS);
  }
}
