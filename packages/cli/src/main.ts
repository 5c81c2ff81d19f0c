#!/usr/bin/env node
import { randomUUID } from 'node:crypto';
import type { Io } from './io.ts';
import { runProgram } from './program.ts';

const interruption = new AbortController();
// The first Ctrl-C lets the command say where it stopped; the second ends the process.
process.once('SIGINT', () => interruption.abort());
process.once('SIGTERM', () => interruption.abort());

// A reader that has seen enough (`muster watch | head`) closes the pipe: nothing is left to say.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
// With the error output closed the command still does its work and ends as it would have.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const io: Io = {
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  env: process.env,
  color: process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb',
  now: () => Date.now(),
  newId: () => randomUUID(),
  interrupted: interruption.signal,
};

process.exitCode = await runProgram(process.argv.slice(2), io);
