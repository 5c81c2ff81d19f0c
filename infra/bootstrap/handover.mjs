import { spawn } from 'node:child_process';
import os from 'node:os';
import { SIGNAL_CODE_BASE } from './proc.mjs';

/** Signals that a person or a supervisor sends to us but means for the task. */
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** The shell's exit code for a command that is not there. */
const CODE_NOT_FOUND = 127;

/**
 * Runs the task in our place: its input and output are ours, signals go to it, its exit code becomes ours.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: Record<string, string | undefined> }} options
 * @returns {Promise<number>} exit code
 */
export function handOver(command, args, options) {
  return new Promise((resolve) => {
    const child = spawn(command, [...args], { ...options, stdio: 'inherit' });
    const forwards = SIGNALS.map((signal) => {
      // A terminal sends Ctrl-C to the whole group: the task has it already, and twice may mean "at once".
      const isSentToAll = signal === 'SIGINT' && process.stdin.isTTY === true;
      const forward = () => (isSentToAll ? undefined : child.kill(signal));
      process.on(signal, forward);
      return { signal, forward };
    });
    /** @param {number} code */
    const end = (code) => {
      for (const { signal, forward } of forwards) process.off(signal, forward);
      resolve(code);
    };
    child.on('error', (error) => {
      console.error(`muster: ${command} could not be started: ${error.message}`);
      end(CODE_NOT_FOUND);
    });
    child.on('exit', (code, signal) => {
      end(signal === null ? (code ?? 1) : SIGNAL_CODE_BASE + os.constants.signals[signal]);
    });
  });
}
