import { parentPort } from 'node:worker_threads';
import { highsSolver } from './highs.ts';
import type { PlanJob } from './job.ts';
import { makePlan } from './make.ts';

// The thread of the solver: one job after another, each answered once.
const port = parentPort;
if (!port) throw new Error('this is the thread of a planner, not a program');

const solverFor = await highsSolver();

port.on('message', (job: PlanJob) => {
  port.postMessage(makePlan(job, solverFor, () => performance.now()));
});
