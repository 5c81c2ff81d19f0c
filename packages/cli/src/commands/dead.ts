import { type DeadLetter, listDead, type Replayed, replayDead, showDead } from '@muster/mesh';
import type { Command } from 'commander';
import { CliError, EXIT, notFound } from '../errors.ts';
import { showTime } from '../input/times.ts';
import type { Io } from '../io.ts';
import { type Output, printOutput } from '../output/print.ts';
import { type Cell, details, shown, table } from '../output/table.ts';
import { withAdmin } from '../session/admin.ts';
import { modeOf } from '../session/settings.ts';
import { globalsOf, whole, withExamples } from './run.ts';

type ListFlags = { owner?: string; service?: string; reason?: string; replayed?: boolean };

const originOf = ({ origin }: DeadLetter): string | undefined =>
  origin && `${origin.stream} ${origin.seq} ${origin.subject}`;

const listOutput = (letters: readonly DeadLetter[], color: boolean): Output => ({
  json: { items: letters },
  text: table(
    ['letter', 'since', 'owner', 'service', 'reason', 'from', 'because'],
    letters.map((letter): Cell[] => [
      letter.seq,
      showTime(letter.storedAt),
      letter.owner,
      letter.service,
      letter.reason,
      originOf(letter),
      letter.because,
    ]),
    { empty: 'No dead letter waits for anyone.', color },
  ),
});

/** The body as text where it is text, else as base64. */
const bodyText = (body: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return `base64:${Buffer.from(body).toString('base64')}`;
  }
};

/** The body for people: JSON laid out, and each line set off, so that it cannot pass for one of ours. */
const bodyLines = (body: string): string => {
  const laidOut = (): string => {
    try {
      return JSON.stringify(JSON.parse(body), undefined, 2);
    } catch {
      return body;
    }
  };
  return laidOut()
    .split('\n')
    .map((line) => `  ${shown(line)}`)
    .join('\n');
};

const missing = (seq: number): CliError =>
  notFound(`There is no dead letter ${seq}`, 'muster dead list shows those that there are.');

const replayFault = (seq: number, outcome: Exclude<Replayed, { kind: 'replayed' }>): CliError => {
  const of = (exit: (typeof EXIT)[keyof typeof EXIT], remedy: string): CliError =>
    new CliError({ exit, code: outcome.kind, because: `Letter ${seq}: ${outcome.because}`, remedy });
  switch (outcome.kind) {
    case 'not-found':
      return missing(seq);
    case 'still-dead':
      return of(EXIT.refused, 'Remove the cause and replay it again; the letter is kept.');
    case 'not-replayable':
      return of(EXIT.refused, 'Mend it where it came from; there is nothing to replay.');
    case 'no-worker':
      return of(EXIT.unreachable, 'Start the service that owns it, then replay it again.');
    case 'unknown':
      return of(
        EXIT.unknown,
        'Look with muster dead show, then replay it again: handling it twice does no harm.',
      );
  }
};

const addList = (dead: Command, io: Io): void => {
  withExamples(
    dead
      .command('list')
      .description('what could not be handled, oldest first')
      .option('--owner <org>', 'of one organisation, or of the hub')
      .option('--service <service>', 'of one service')
      .option('--reason <reason>', 'with one reason')
      .option('--replayed', 'also those that have been replayed')
      .action((flags: ListFlags, command: Command) => {
        const globals = globalsOf(command);
        const { replayed: includeReplayed, ...filter } = flags;
        return withAdmin(io, globals, async (mesh) => {
          const letters = await listDead(mesh, {
            mode: modeOf(globals, io.env),
            ...(filter.owner === undefined ? {} : { owner: filter.owner }),
            ...(filter.service === undefined ? {} : { service: filter.service }),
            ...(filter.reason === undefined ? {} : { reason: filter.reason }),
            ...(includeReplayed === undefined ? {} : { includeReplayed }),
          });
          printOutput(io, listOutput(letters, io.color), globals.json === true);
        });
      }),
    'muster dead list',
    'muster dead list --owner kent --service force-adapter --json',
  );
};

const addShow = (dead: Command, io: Io): void => {
  withExamples(
    dead
      .command('show')
      .description('one dead letter with its headers and body')
      .argument('<letter>', 'its number in the list', whole(1, Number.MAX_SAFE_INTEGER))
      .action((seq: number, _flags: object, command: Command) => {
        const globals = globalsOf(command);
        return withAdmin(io, globals, async (mesh) => {
          const letter = await showDead(mesh, seq);
          if (!letter) throw missing(seq);
          const body = bodyText(letter.body);
          const text = details([
            ['letter', letter.seq],
            ['mode', letter.mode],
            ['owner', letter.owner],
            ['service', letter.service],
            ['reason', letter.reason],
            ['because', letter.because],
            ['from', originOf(letter)],
            ['since', showTime(letter.storedAt)],
            ['replayed', letter.replayedAt && showTime(letter.replayedAt)],
            ...letter.headers,
          ]);
          printOutput(
            io,
            { json: { ...letter, body }, text: `${text}\n\n${bodyLines(body)}` },
            globals.json === true,
          );
        });
      }),
    'muster dead show 12',
  );
};

const addReplay = (dead: Command, io: Io): void => {
  withExamples(
    dead
      .command('replay')
      .description('hand a dead letter to its service once more; the letter is kept and marked')
      .argument('<letter>', 'its number in the list', whole(1, Number.MAX_SAFE_INTEGER))
      .action((seq: number, _flags: object, command: Command) => {
        const globals = globalsOf(command);
        const desk = globals.desk ?? io.env.MUSTER_DESK ?? 'duty-desk';
        return withAdmin(io, globals, async (mesh) => {
          const by = `${globals.as ?? io.env.MUSTER_AS ?? 'hub'}/force-ict/${desk}`;
          const outcome = await replayDead(mesh, seq, { by });
          if (outcome.kind !== 'replayed') throw replayFault(seq, outcome);
          const text = `Letter ${seq} has been handled; noted as ${outcome.seq}.\n\nNext:\n  muster dead list`;
          printOutput(io, { json: outcome, text }, globals.json === true);
        });
      }),
    'muster dead replay 12',
  );
};

/** `muster dead` and what is below it. */
export const addDead = (program: Command, io: Io): void => {
  const dead = program
    .command('dead')
    .description('messages that could not be handled (needs the key of hub-admin)');
  addList(dead, io);
  addShow(dead, io);
  addReplay(dead, io);
};
