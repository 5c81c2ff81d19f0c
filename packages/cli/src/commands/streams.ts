import { isForce, MODES, type Mode, ORGS } from '@muster/contracts';
import {
  type Applied,
  applyPlan,
  type Difference,
  durableDefinitions,
  type Held,
  type Plan,
  type PlanStep,
  planStreams,
  streamDefinitions,
} from '@muster/mesh';
import type { Command } from 'commander';
import { CliError, EXIT } from '../errors.ts';
import type { Io } from '../io.ts';
import { type Output, printOutput } from '../output/print.ts';
import { type Cell, table } from '../output/table.ts';
import { withAdmin } from '../session/admin.ts';
import { type Globals, modeOf } from '../session/settings.ts';
import { globalsOf, whole, withExamples } from './run.ts';

/** Copies that a stream may have. */
const REPLICAS_MAX = 3;

type Flags = { replicas?: number };

/** Without a mode both are meant: an exercise needs its streams before it begins. */
const modesOf = (globals: Globals, io: Io): readonly Mode[] =>
  globals.mode === undefined ? MODES : [modeOf(globals, io.env)];

/** What streams and durables should be, on a single server or on a cluster. */
export const definitionsFor = (modes: readonly Mode[], replicas: 1 | 3) => ({
  streams: streamDefinitions({ modes, replicas }),
  durables: durableDefinitions({ modes, forces: ORGS.filter(isForce) }),
});

const whatOf = (step: PlanStep): string =>
  'stream' in step ? `stream ${step.stream.name}` : `durable ${step.durable.name} of ${step.durable.stream}`;

const changeOf = ({ setting, is, should }: Difference): string =>
  `${setting}: ${JSON.stringify(is) ?? 'unset'} → ${JSON.stringify(should)}`;

const stepRow = (step: PlanStep): Cell[] => [
  step.do.startsWith('create') ? 'create' : 'update',
  whatOf(step),
  'changes' in step ? step.changes.map(changeOf).join(', ') : '',
];

const heldRow = ({ stream, durable, difference, because }: Held): Cell[] => [
  'left alone',
  durable === undefined ? `stream ${stream}` : `durable ${durable} of ${stream}`,
  `${difference ? `${changeOf(difference)}: ` : ''}${because}`,
];

const planOutput = (plan: Plan, color: boolean): Output => {
  const rows = [...plan.steps.map(stepRow), ...plan.held.map(heldRow)];
  const text = table(['step', 'what', 'how'], rows, { empty: 'Everything is as it should be.', color });
  const next = plan.steps.length > 0 ? '\n\nNext:\n  muster streams apply' : '';
  return { json: plan, text: `${text}${next}` };
};

const appliedOutput = (applied: Applied, color: boolean): Output => {
  const rows = [...applied.done.map(stepRow), ...applied.held.map(heldRow)];
  const text = table(['done', 'what', 'how'], rows, { empty: 'Everything was as it should be.', color });
  return { json: applied, text };
};

const assertApplied = ({ failed }: Applied): void => {
  if (failed.length === 0) return;
  throw new CliError({
    exit: EXIT.refused,
    code: 'not-applied',
    because: 'The broker refused some of it; the rest is done',
    fields: failed.map(({ step, because }) => ({ path: whatOf(step), because })),
    remedy: 'Mend what it names, then run muster streams plan again.',
  });
};

/** `muster streams` and what is below it. */
export const addStreams = (program: Command, io: Io): void => {
  const streams = program
    .command('streams')
    .description('streams and durables of the broker (needs the key of hub-admin)');
  const planFor = (
    command: Command,
    { replicas }: Flags,
    work: (plan: Plan, apply: () => Promise<Applied>) => Promise<void>,
  ) => {
    const globals = globalsOf(command);
    const definitions = definitionsFor(modesOf(globals, io), replicas === REPLICAS_MAX ? REPLICAS_MAX : 1);
    return withAdmin(io, globals, async (mesh) => {
      const plan = await planStreams(mesh, definitions);
      await work(plan, () => applyPlan(mesh, plan));
    });
  };
  const replicas = ['--replicas <n>', '1, or 3 on a cluster (default 1)', whole(1, REPLICAS_MAX)] as const;
  withExamples(
    streams
      .command('plan')
      .description('show what differs from what it should be; nothing is changed')
      .option(...replicas)
      .action((flags: Flags, command: Command) =>
        planFor(command, flags, async (plan) =>
          printOutput(io, planOutput(plan, io.color), globalsOf(command).json === true),
        ),
      ),
    'muster streams plan',
    'muster streams plan --mode exercise --json',
  );
  withExamples(
    streams
      .command('apply')
      .description('create and update what the plan shows; nothing is ever deleted')
      .option(...replicas)
      .action((flags: Flags, command: Command) =>
        planFor(command, flags, async (_plan, apply) => {
          const applied = await apply();
          printOutput(io, appliedOutput(applied, io.color), globalsOf(command).json === true);
          assertApplied(applied);
        }),
      ),
    'muster streams apply',
    'muster streams apply --replicas 3',
  );
};
