import { once } from 'node:events';
import {
  type ExerciseState,
  exerciseState,
  type Mesh,
  resetExercise,
  serveExerciseReset,
} from '@muster/mesh';
import type { Command } from 'commander';
import { CliError, EXIT, usage } from '../errors.ts';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import { type Output, printOutput } from '../output/print.ts';
import { details, table } from '../output/table.ts';
import { withAdmin } from '../session/admin.ts';
import type { Globals } from '../session/settings.ts';
import { globalsOf, withExamples } from './run.ts';

/** How an exercise is named that was never reset. */
const FIRST_EPOCH = 'first';

const epochOf = ({ epoch }: ExerciseState): string => epoch ?? FIRST_EPOCH;

/** Nothing below this command touches the actual mode, and it says so to whoever asks for that. */
const refuseActual = (globals: Globals, env: Io['env']): void => {
  const mode = globals.mode ?? env.MUSTER_MODE ?? 'exercise';
  if (mode !== 'exercise') throw usage(`muster exercise never touches the ${mode} mode; leave --mode out`);
};

const stateOutput = (state: ExerciseState, color: boolean): Output => {
  const rows = table(
    ['stream', 'messages', 'last stored'],
    state.streams.map(({ name, messages, lastAt }) => [name, messages, lastAt && showTime(lastAt)]),
    { empty: 'There are no streams for an exercise; make them with muster streams apply.', color },
  );
  const epoch = epochOf(state);
  const next = `Next, to delete all of it and begin anew:\n  muster exercise reset --epoch ${epoch}`;
  const text = `${details([['epoch', epoch]])}\n\n${rows}${state.streams.length > 0 ? `\n\n${next}` : ''}`;
  return { json: { ...state, epoch }, text };
};

const reset = async (mesh: Mesh, expected: string): Promise<Output> => {
  const before = await exerciseState(mesh);
  if (expected !== epochOf(before)) {
    throw new CliError({
      exit: EXIT.refused,
      code: 'wrong-epoch',
      because: `The exercise is of epoch ${epochOf(before)}, not ${expected}: somebody has reset it since`,
      remedy: 'Look at it with muster exercise show, and give the epoch that it names.',
    });
  }
  const { epoch } = await resetExercise(mesh);
  const deleted = before.streams.reduce((sum, { messages }) => sum + messages, 0);
  return {
    json: { epoch, before: epochOf(before), deleted },
    text: `The exercise begins anew: ${deleted} messages are deleted.\n\n${details([['epoch', epoch]])}`,
  };
};

/** Resets it whenever the national centre says so, until it is interrupted. */
const serve = async (io: Io, mesh: Mesh): Promise<void> => {
  const server = serveExerciseReset(mesh);
  await server.ready;
  io.err('The national centre may reset the exercise in the console, until Ctrl-C here.\n');
  if (!io.interrupted.aborted) await once(io.interrupted, 'abort');
  await server.stop();
};

/** `muster exercise` and what is below it. */
export const addExercise = (program: Command, io: Io): void => {
  const exercise = program
    .command('exercise')
    .description('what the exercise mode holds, and a new beginning of it (needs the key of hub-admin)');
  const asAdmin = async (command: Command, work: (mesh: Mesh) => Promise<Output>): Promise<void> => {
    const globals = globalsOf(command);
    refuseActual(globals, io.env);
    await withAdmin(io, globals, async (mesh) => printOutput(io, await work(mesh), globals.json === true));
  };
  withExamples(
    exercise
      .command('show')
      .description('streams and epoch of the exercise; nothing is changed')
      .action((_flags: object, command: Command) =>
        asAdmin(command, async (mesh) => stateOutput(await exerciseState(mesh), io.color)),
      ),
    'muster exercise show',
  );
  withExamples(
    exercise
      .command('reset')
      .description(
        'delete everything of the exercise, under a new epoch; running services begin anew with it',
      )
      .requiredOption('--epoch <epoch>', 'the epoch that is to end, as muster exercise show names it')
      .action(({ epoch }: { epoch: string }, command: Command) =>
        asAdmin(command, (mesh) => reset(mesh, epoch)),
      ),
    'muster exercise reset --epoch 2026-11-22T21:00:00.000Z',
  );
  withExamples(
    exercise
      .command('serve')
      .description('reset it whenever the national centre says so in the console; goes on until Ctrl-C')
      .action(async (_flags: object, command: Command) => {
        const globals = globalsOf(command);
        refuseActual(globals, io.env);
        await withAdmin(io, globals, (mesh) => serve(io, mesh));
      }),
    'muster exercise serve',
  );
};
