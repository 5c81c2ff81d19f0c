import { Command, CommanderError, type Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { addAlert } from './commands/alert.ts';
import { addBoard } from './commands/board.ts';
import { addCalls } from './commands/call.ts';
import { addCapability } from './commands/capability.ts';
import { addClaim } from './commands/claim.ts';
import { addCompletion } from './commands/completion.ts';
import { addCorrections } from './commands/corrections.ts';
import { addCover } from './commands/cover.ts';
import { addDead } from './commands/dead.ts';
import { addDelegation } from './commands/delegation.ts';
import { addDeployment } from './commands/deployment.ts';
import { addDesk } from './commands/desk.ts';
import { addDoctor } from './commands/doctor.ts';
import { addExercise } from './commands/exercise.ts';
import { addExtension } from './commands/extension.ts';
import { addForecast } from './commands/forecast.ts';
import { addHome } from './commands/home.ts';
import { addKeys } from './commands/keys.ts';
import { addOffer } from './commands/offer.ts';
import { addPlan } from './commands/plan.ts';
import { addPolicy } from './commands/policy.ts';
import { addRequest } from './commands/request.ts';
import { withExamples } from './commands/run.ts';
import { addStreams } from './commands/streams.ts';
import { addWatch } from './commands/watch.ts';
import { addSecondment } from './commands/welfare.ts';
import { CliError, EXIT, EXIT_HELP, type ExitCode } from './errors.ts';
import type { Io } from './io.ts';
import { markedIo } from './output/exercise.ts';
import { printFault } from './output/print.ts';
import { DATA_DIR_DEFAULT, type Globals } from './session/settings.ts';

/** The options that every command takes; the version is the program's alone. */
const globalOptionsOf = (command: Command): Option[] =>
  command.parent === null
    ? []
    : [...globalOptionsOf(command.parent), ...command.parent.options].filter(
        ({ long }) => long !== '--version',
      );

/** All commands of `muster`; nothing runs before the program is given its arguments. */
export const buildProgram = (io: Io, json: boolean): Command => {
  const program = new Command('muster')
    .description('Ask other forces for help, answer them, and follow what happens.')
    .version(manifest.version, '-V, --version', 'show the version of muster')
    .option('--as <org>', 'for whom you act: a force, npocc or ricc-<region> (MUSTER_AS)')
    .option('--json', 'print JSON, for machines')
    .option('--mode <mode>', 'actual or exercise (MUSTER_MODE; default actual)')
    .option('--data <dir>', `folder of a running npm start (MUSTER_DATA; default ${DATA_DIR_DEFAULT})`)
    .option('--url <url>', 'address of the broker (NATS_URL; default: from the data folder)')
    .option('--keys <dir>', 'folder of the keys (MUSTER_KEYS_DIR; default: from the data folder)')
    .option('--desk <desk>', 'desk or post that acts, never a name (MUSTER_DESK; default duty-desk)')
    .option('--timeout <seconds>', 'longest wait for an answer, retries included (default 20)')
    .configureHelp({ showGlobalOptions: true, visibleGlobalOptions: globalOptionsOf })
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: (text, write) => {
        const because = text.replace(/^error: /, '').trim();
        if (json) printFault(io, { exit: EXIT.usage, code: 'usage', because }, true);
        else write(`muster: ${because}\n`);
      },
    })
    .showHelpAfterError(json ? false : '(--help shows how it is used)')
    .addHelpText('after', EXIT_HELP);
  withExamples(
    program,
    'muster capability list --as kent --code CY',
    'muster request create --as kent --file request.yaml',
    'muster watch --as kent',
  );
  for (const add of [
    addCapability,
    addCover,
    addForecast,
    addRequest,
    addOffer,
    addCorrections,
    addPlan,
    addCalls,
    addDelegation,
    addPolicy,
    addDeployment,
    addExtension,
    addSecondment,
    addClaim,
    addDesk,
    addAlert,
    addBoard,
    addHome,
    addWatch,
    addDead,
    addStreams,
    addExercise,
    addKeys,
    addDoctor,
    addCompletion,
  ]) {
    add(program, io);
  }
  return program;
};

/** Commands that speak to no mode: what they print is code, or is kept at the hub. */
const BESIDE_MODES: readonly string[] = ['completion', 'generate', 'rotate'];

const isInExercise = (command: Command, env: Io['env']): boolean => {
  if (BESIDE_MODES.includes(command.name())) return false;
  const { mode } = command.optsWithGlobals<Globals>();
  return command.parent?.name() === 'exercise' || (mode ?? env.MUSTER_MODE) === 'exercise';
};

/** Runs one command line and gives the code with which the process should end. */
export const runProgram = async (argv: readonly string[], world: Io): Promise<ExitCode> => {
  const json = argv.includes('--json');
  let isExercise = false;
  const io = markedIo(world, () => isExercise, json);
  try {
    await buildProgram(io, json)
      .hook('preAction', (_program, command) => {
        isExercise = isInExercise(command, io.env);
      })
      .parseAsync([...argv], { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof CliError) {
      printFault(io, error.fault, json);
      return error.fault.exit;
    }
    const because = error instanceof Error ? error.message : String(error);
    printFault(io, { exit: EXIT.unexpected, code: 'unexpected', because }, json);
    if (error instanceof Error && io.env.LOG_LEVEL === 'debug') io.err(`${error.stack}\n`);
    return EXIT.unexpected;
  }
};
