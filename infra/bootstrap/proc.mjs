import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Output kept of a command, from its end, in characters. */
const OUTPUT_CHARS_MAX = 64 * 1_024;

/** Time that a command may take unless its caller says otherwise, in milliseconds. */
const COMMAND_MS_MAX = 10_000;

/** Lines of a failed command's output that a message repeats. */
const TAIL_LINES = 6;

/** Signals that end the bootstrap, and with it whatever it is running. */
const ENDING_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** A shell's exit code for a command that a signal ended is this plus the signal's number. */
export const SIGNAL_CODE_BASE = 128;

/**
 * The commands that are running.
 * @type {Set<import('node:child_process').ChildProcess>}
 */
const running = new Set();

/**
 * How a command ended. `code` is undefined when it could not start, was killed or took too long.
 * @typedef {{ code: number | undefined, stdout: string, stderr: string, trouble: string | undefined }} Ended
 */

/**
 * Runs a command to its end; never throws for what the command does.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string | undefined>, cwd?: string, timeoutMs?: number }} [options]
 * @returns {Promise<Ended>}
 */
export function run(command, args, options = {}) {
  const timeoutMs = options.timeoutMs ?? COMMAND_MS_MAX;
  return new Promise((resolve) => {
    const child = spawn(command, [...args], {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    endWithUs(child);
    let stdout = '';
    let stderr = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
      // A grandchild may hold the pipes open after its parent is gone.
      child.stdout.destroy();
      child.stderr.destroy();
    }, timeoutMs);
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout = (stdout + text).slice(-OUTPUT_CHARS_MAX);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr = (stderr + text).slice(-OUTPUT_CHARS_MAX);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: undefined, stdout, stderr, trouble: `could not be started: ${error.message}` });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const trouble = late
        ? `gave no answer within ${timeoutMs / 1_000} s`
        : signal !== null
          ? `was ended by ${signal}`
          : code !== 0
            ? `ended with code ${code}`
            : undefined;
      resolve({ code: late ? undefined : (code ?? undefined), stdout, stderr, trouble });
    });
  });
}

/**
 * Ends a command when we are told to end before it has; otherwise it would go on alone.
 * @param {import('node:child_process').ChildProcess} child
 */
function endWithUs(child) {
  if (running.size === 0) for (const signal of ENDING_SIGNALS) process.on(signal, endAll);
  running.add(child);
  child.once('close', () => {
    running.delete(child);
    if (running.size === 0) for (const signal of ENDING_SIGNALS) process.off(signal, endAll);
  });
}

/** @param {NodeJS.Signals} signal */
function endAll(signal) {
  for (const child of running) child.kill(signal);
  process.exit(SIGNAL_CODE_BASE + os.constants.signals[signal]);
}

/**
 * What went wrong with a command, with the end of what it said.
 * @param {Ended} ended
 * @returns {string}
 */
export function whatWentWrong(ended) {
  const said = `${ended.stdout}\n${ended.stderr}`
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-TAIL_LINES);
  return [ended.trouble ?? 'ended well', ...said].join('\n');
}

/**
 * Every executable file of that name on PATH, in its order.
 * @param {string} name
 * @param {Record<string, string | undefined>} env
 * @returns {string[]}
 */
export function onPath(name, env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const files = folders.map((folder) => path.resolve(folder, name)).filter(isExecutable);
  return [...new Set(files)];
}

/** @param {string} file */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
