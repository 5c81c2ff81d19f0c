import { parseArgs } from 'node:util';
import { FORCES, isForce, MODES, type Mode } from '@muster/contracts';

/** Port on which the broker listens unless told otherwise. */
const PORT_DEFAULT = 4222;
/** Port on which the gateway listens unless told otherwise. */
const HTTP_PORT_DEFAULT = 8080;
const PORT_MAX = 65_535;
const SCENARIO_DEFAULT = 'cyber-surge';

export type StartOptions = {
  once: boolean;
  json: boolean;
  fresh: boolean;
  /** Names or files; several are played side by side. */
  scenarios: readonly string[];
  /** The mode that was asked for; undefined leaves it to the scenario. */
  mode: Mode | undefined;
  data: string;
  port: number;
  /** Port of the gateway; another one is taken if it is not free. */
  httpPort: number;
  /** Forces that take part; all when undefined. */
  forces: readonly string[] | undefined;
};

export const HELP = `Starts a national mesh on this machine and plays a scenario on it.

  npm start                          stay up until Ctrl-C; a later start resumes the same state
  npm start -- --once                play, print a summary, exit 0 (or 1 if anything of it does not hold)
  npm start -- --once --json         the same as one JSON object on standard output

  --scenario NAME   a name in infra/demo/scenarios or a file (default cyber-surge); given several
                    times, they are played side by side
  --mode exercise   play it as an exercise, on services of its own beside those of the actual mode
  --forces a,b      only these forces take part (default: those for which the scenario is written,
                    else all ${FORCES.length}); with others, what it expects is not judged
  --data DIR        where the broker and the services keep their state (default .muster/data);
                    a new or an empty folder, or one that a start has made
  --fresh           forget what is in the data folder and begin again
  --port N          port of the broker on 127.0.0.1 (default ${PORT_DEFAULT}; 0: any free port)
  --http-port N     port of the gateway on 127.0.0.1 (default ${HTTP_PORT_DEFAULT}; any free one if that is taken);
                    not started with --once

With NATS_URL and MUSTER_KEYS_DIR in the environment, no broker is started: the one at that address is used,
which must know these keys, and it goes on when the start ends.
`;

/** Options as given, or one message that says what is wrong and what to write instead. */
export type ParsedOptions = { ok: true; options: StartOptions } | { ok: false; message: string; exit: 0 | 2 };

const usage = (message: string): ParsedOptions => ({
  ok: false,
  message: `${message}\nSee npm start -- --help`,
  exit: 2,
});

const flags = {
  once: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  fresh: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
  scenario: { type: 'string', multiple: true },
  mode: { type: 'string' },
  forces: { type: 'string' },
  data: { type: 'string' },
  port: { type: 'string', default: String(PORT_DEFAULT) },
  'http-port': { type: 'string', default: String(HTTP_PORT_DEFAULT) },
} as const;

const portOf = (text: string): number | undefined => {
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port <= PORT_MAX ? port : undefined;
};

export const parseOptions = (args: readonly string[], defaults: { data: string }): ParsedOptions => {
  let values: ReturnType<typeof parseArgs<{ options: typeof flags }>>['values'];
  try {
    values = parseArgs({ args: [...args], options: flags, strict: true }).values;
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
  if (values.help) return { ok: false, message: HELP, exit: 0 };
  const port = portOf(values.port);
  if (port === undefined) return usage(`--port ${values.port}: give 0 to ${PORT_MAX}`);
  const httpPort = portOf(values['http-port']);
  if (httpPort === undefined) return usage(`--http-port ${values['http-port']}: give 0 to ${PORT_MAX}`);
  const mode = MODES.find((each) => each === values.mode);
  if (values.mode !== undefined && mode === undefined)
    return usage(`--mode ${values.mode}: give ${MODES.join(' or ')}`);
  const forces = values.forces
    ?.split(',')
    .map((force) => force.trim())
    .filter((force) => force !== '');
  const unknown = forces?.filter((force) => !isForce(force)) ?? [];
  if (unknown.length > 0)
    return usage(
      `--forces: no such force: ${unknown.join(', ')}; they are named as the folders in infra/demo/rosters`,
    );
  if (forces?.length === 0) return usage('--forces: name at least one force');
  return {
    ok: true,
    options: {
      once: values.once,
      json: values.json,
      fresh: values.fresh,
      scenarios: [...new Set(values.scenario ?? [SCENARIO_DEFAULT])],
      mode,
      data: values.data ?? defaults.data,
      port,
      httpPort,
      forces,
    },
  };
};
