#!/usr/bin/env node
// Prepares what a task needs, then runs it: node infra/bootstrap/run.mjs <task> [arguments]
// The rest is loaded only after the check, since an old Node may not be able to read it.
import { nodeTooOld } from './floor.mjs';

const message = nodeTooOld(process.versions.node);
if (message === undefined) {
  import('./main.mjs').then((bootstrap) => bootstrap.main(process.argv.slice(2)));
} else {
  console.error(message);
  process.exitCode = 1;
}
