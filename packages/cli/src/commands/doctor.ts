import type { Command } from 'commander';
import {
  type Check,
  checkAsAdmin,
  checkBroker,
  checkClock,
  checkNode,
  checkRegistry,
  checkServer,
} from '../doctor/checks.ts';
import { CliError, EXIT } from '../errors.ts';
import type { Io } from '../io.ts';
import { printOutput } from '../output/print.ts';
import { type Cell, table } from '../output/table.ts';
import { openHubSession, openSession, type Session } from '../session/session.ts';
import { type Globals, modeOf, orgOf, placeOf } from '../session/settings.ts';
import { globalsOf, withExamples } from './run.ts';

/** Looks after the connection, as far as it can be had. */
const connected = async (session: Session): Promise<Check[]> => {
  try {
    return [
      { check: 'broker', state: 'ok', found: session.mesh.nc.getServer() },
      checkServer(session.mesh.nc.info?.version),
      { check: 'credentials', state: 'ok', found: session.user },
      await checkRegistry(session),
      await checkBroker(session),
      await checkClock(session),
    ];
  } finally {
    await session.close();
  }
};

/** As the organisation named; where none is, as the administrator, whose key is only at the hub. */
const open = async (io: Io, globals: Globals): Promise<Session> => {
  if ((globals.as ?? io.env.MUSTER_AS) !== undefined) return openSession(io, globals);
  try {
    return await openHubSession(io, globals);
  } catch (error) {
    if (error instanceof CliError && error.fault.code === 'no-credentials') orgOf(globals, io.env);
    throw error;
  }
};

const examine = async (io: Io, globals: Globals): Promise<Check[]> => {
  const node = checkNode(process.version);
  try {
    const checks = await connected(await open(io, globals));
    return [node, ...checks, ...(await checkAsAdmin(io, placeOf(globals, io.env), modeOf(globals, io.env)))];
  } catch (error) {
    if (!(error instanceof CliError) || error.fault.exit === EXIT.usage) throw error;
    const { code, because, remedy } = error.fault;
    const check = code === 'no-credentials' ? 'credentials' : 'broker';
    return [node, { check, state: 'fault', found: because, remedy }];
  }
};

const doctor = async (io: Io, command: Command): Promise<void> => {
  const globals = globalsOf(command);
  const checks = await examine(io, globals);
  const faults = checks.filter((each) => each.state === 'fault');
  const rows = checks.map((each): Cell[] => [each.check, each.state, each.found, each.remedy]);
  const text = table(['check', 'state', 'found', 'what to do'], rows, { empty: '', color: io.color });
  printOutput(io, { json: { healthy: faults.length === 0, checks }, text }, globals.json === true);
  if (faults.length > 0) {
    throw new CliError({
      exit: EXIT.unreachable,
      code: 'not-healthy',
      because: `${faults.length} of ${checks.length} checks found a fault`,
    });
  }
};

/** `muster doctor`: is everything there that a command needs? */
export const addDoctor = (program: Command, io: Io): void => {
  withExamples(
    program
      .command('doctor')
      .description(
        'check this machine, the broker, the keys, the services, the streams, the clocks and what could not be handled',
      )
      .action((_flags: object, command: Command) => doctor(io, command)),
    'muster doctor',
    'muster doctor --as kent',
    'muster doctor --as kent --json',
  );
};
