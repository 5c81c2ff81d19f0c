import type { Mode } from '@muster/contracts';
import type { Caller, Clock, ExerciseResetBody, ExerciseResetOutcome, MarkStore } from '@muster/mesh';
import type { Policy } from '../policy/policy.ts';
import type { View } from '../views/view.ts';
import type { Guard } from './guard.ts';

/** What the routes work with. */
export type Parts = {
  guard: Guard;
  policy: Policy;
  caller: Caller;
  /** Asks for a new beginning of the exercise. */
  resetExercise(body: ExerciseResetBody): Promise<ExerciseResetOutcome>;
  clock: Clock;
  modes: readonly Mode[];
  /** How far people had read when their duty ended. */
  marksOf(mode: Mode): MarkStore;
  /** @throws Problem when this gateway does not serve the mode. */
  viewOf(mode: Mode): View;
};
