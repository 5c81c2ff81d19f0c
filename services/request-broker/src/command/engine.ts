import { aggregateKey, refuse } from '@muster/contracts';
import type { Clock } from '@muster/mesh';
import { ATTEMPTS_MAX, COMMAND_DEADLINE_MS } from '../limits.ts';
import type { KeyedMutex } from './keys.ts';
import type { Outcome, Task } from './outcome.ts';
import { type Look, lookAt, type Plan } from './plan.ts';
import { type Step, type StoreOptions, store } from './store.ts';

export type EngineOptions = StoreOptions & { clock: Clock; keys: KeyedMutex };

/**
 * Runs decisions against the ledger: decide on what this replica has read, append under compare-and-set,
 * and decide again when somebody else was quicker.
 */
export type Engine = { run(task: Task): Promise<Outcome> };

const covers = (held: readonly string[], plan: Plan): boolean =>
  plan.aggregates.every((aggregate) => held.includes(aggregateKey(aggregate)));

type Seen = Look | { kind: 'torn'; error: unknown };

/**
 * A decision that contradicts itself may have met a batch of which only the first events have been read; only
 * when it does so again, with everything read, is an invariant broken.
 */
const lookAround = (o: EngineOptions, task: Task): Seen => {
  try {
    return lookAt(o, task);
  } catch (error) {
    return { kind: 'torn', error };
  }
};

/** Waits for the turn of every aggregate of the plan, then stores it, decided afresh if the state moved. */
const attempt = async (o: EngineOptions, task: Task, first: Plan): Promise<Step> => {
  const held = first.aggregates.map(aggregateKey);
  const release = await o.keys.hold(held);
  try {
    if (o.views.version() === first.version) return await store(o, first, release);
    const again = lookAround(o, task);
    if (again.kind === 'append' && covers(held, again.plan)) return await store(o, again.plan, release);
    release();
    return { kind: 'again', because: 'the state changed while waiting for a turn' };
  } catch (error) {
    release();
    throw error;
  }
};

const unreachable: Outcome = {
  kind: 'refused',
  refusal: refuse('unavailable', 'this replica cannot reach the ledger; send the same command again'),
};

const contention = (because: string): Outcome => ({
  kind: 'refused',
  refusal: refuse(
    'contention',
    `others changed the same things at once (${because}); send the same command again`,
  ),
});

/**
 * A refusal is an answer only once the replica has read all that was stored before the command came, so
 * that a replica that lags never refuses wrongly or tells half a result; and never while an earlier try may still turn out stored.
 */
const run = async (o: EngineOptions, task: Task): Promise<Outcome> => {
  const deadline = o.clock.now() + COMMAND_DEADLINE_MS;
  let uncertain = false;
  let fenced = false;
  let because = 'no time was left';
  let torn: { error: unknown } | undefined;
  const answer = (outcome: Outcome): Outcome =>
    uncertain && outcome.kind !== 'stored' ? { kind: 'unknown', because } : outcome;

  for (let tries = 0; tries < ATTEMPTS_MAX && o.clock.now() < deadline; tries += 1) {
    const look = lookAround(o, task);
    torn = look.kind === 'torn' ? look : undefined;
    if (look.kind === 'torn') {
      o.log.debug({ command: task.command.name, tries, err: look.error }, 'reads on: met half a batch');
      fenced = await o.views.fence();
      if (!fenced) return answer(unreachable);
      continue;
    }
    if (look.kind === 'end') {
      const isEarlier = look.outcome.kind === 'stored';
      if (fenced && !isEarlier) return answer(look.outcome);
      fenced = await o.views.fence();
      if (!fenced) return answer(unreachable);
      // What was found may have been the first events of a batch that was still being read.
      const whole = isEarlier ? lookAround(o, task) : undefined;
      if (whole?.kind === 'end') return answer(whole.outcome);
      continue;
    }
    const step = await attempt(o, task, look.plan);
    if (step.kind === 'end') return answer(step.outcome);
    because = step.because;
    o.log.debug({ command: task.command.name, tries, because }, 'decides again');
    if (step.uncertain) {
      uncertain = true;
      fenced = false;
    }
  }
  if (torn && !uncertain) throw torn.error;
  o.log.warn({ command: task.command.name, because, uncertain }, 'gave up a decision');
  return answer(contention(because));
};

export const createEngine = (o: EngineOptions): Engine => ({ run: (task) => run(o, task) });
