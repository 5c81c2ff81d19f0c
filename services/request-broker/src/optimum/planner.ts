import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { isRefusal, type Refusal, refuse } from '@muster/contracts';
import type { Mesh } from '@muster/mesh';
import { PLAN_GRACE_MS, PLANNER_IDLE_MS, PLANS_WAITING_MAX } from '../limits.ts';
import type { PlanJob, PlanMade } from './job.ts';

/** Makes plans in a thread of its own, one after another, so that commands never wait for a solver. */
export type Planner = {
  /** @param stated looks at the ledger when the turn of this plan has come. */
  plan(stated: () => PlanJob | Refusal): Promise<PlanMade | Refusal>;
  stop(): Promise<void>;
};

const THREAD = new URL('./thread.ts', import.meta.url);

const busy = (): Refusal =>
  refuse('unavailable', `${PLANS_WAITING_MAX} plans wait for the solver already; ask again in a moment`);
const tooLong = (): Refusal =>
  refuse('unavailable', 'the plan could not be made in time; ask for fewer requests, or with more time');
const stopping = (): Refusal => refuse('unavailable', 'this replica is stopping; ask again');

export const createPlanner = (log: Mesh['log']): Planner => {
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isStopped = false;

  const end = async (): Promise<void> => {
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  };

  const start = (): Worker => {
    const started = new Worker(THREAD);
    started.on('error', (error: unknown) => log.error({ err: error }, 'the thread of the solver failed'));
    started.once('exit', () => {
      if (thread === started) thread = undefined;
    });
    // It waits for work, which is no reason for the process to stay.
    started.unref();
    return started;
  };

  const run = async (job: PlanJob): Promise<PlanMade | Refusal> => {
    thread ??= start();
    const worker = thread;
    const over = new AbortController();
    const late = setTimeout(() => over.abort(), job.timeLimitMs + PLAN_GRACE_MS);
    // Whatever ends it, the thread says nothing more of this job: an answer belongs to the one that is asked for.
    const ended = once(worker, 'exit', { signal: over.signal }).then(() => {
      throw new Error('the thread of the solver ended');
    });
    try {
      worker.postMessage(job);
      const [made] = await Promise.race([once(worker, 'message', { signal: over.signal }), ended]);
      return made as PlanMade;
    } catch (error) {
      const isLate = over.signal.aborted;
      await end();
      if (isLate) return tooLong();
      if (isStopped) return stopping();
      throw error;
    } finally {
      clearTimeout(late);
      over.abort();
      ended.catch(() => undefined);
    }
  };

  return {
    async plan(stated) {
      if (isStopped) return stopping();
      if (waiting >= PLANS_WAITING_MAX) return busy();
      waiting += 1;
      clearTimeout(idle);
      const mine = turn
        .then(() => {
          const job = isStopped ? stopping() : stated();
          return isRefusal(job) ? job : run(job);
        })
        .finally(() => {
          waiting -= 1;
          if (waiting > 0) return;
          idle = setTimeout(() => void end(), PLANNER_IDLE_MS);
          idle.unref();
        });
      turn = mine.catch(() => undefined);
      return mine;
    },
    async stop() {
      isStopped = true;
      clearTimeout(idle);
      await end();
      await turn;
    },
  };
};
