import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from './kit.ts';

/** A Node process that runs a module given as text, with what it has printed so far. */
export function startModule(code: string, env: Record<string, string | undefined> = {}) {
  return start(process.execPath, ['--input-type=module', '-e', code], env);
}

/** A process with what it has printed so far; killed with its scope. */
export function start(
  command: string,
  args: readonly string[],
  env: Record<string, string | undefined> = {},
) {
  const child = spawn(command, [...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return {
    pid: child.pid,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    said: (text: string) => until(`output of "${text}" (stderr: ${stderr})`, () => stdout.includes(text)),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
