import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  claimsOfMonth,
  htmlOf,
  linesCsv,
  monthCsv,
  monthFileName,
  packName,
  packOf,
  readMonth,
  showMoney,
  stepsCsv,
} from '@muster/claim-pack';
import type { Command } from 'commander';
import { notFound, usage } from '../errors.ts';
import type { Io } from '../io.ts';
import type { Output } from '../output/print.ts';
import { details } from '../output/table.ts';
import { readEvents } from '../session/events.ts';
import { findClaim } from '../session/find.ts';
import type { Session } from '../session/session.ts';
import { CLAIM_ARGUMENT } from './claimNames.ts';
import { run, withExamples } from './run.ts';

/** Writes the files into the folder and gives their paths. */
const write = (folder: string, files: Readonly<Record<string, string>>): string[] => {
  try {
    mkdirSync(folder, { recursive: true });
    return Object.entries(files).map(([name, text]) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    });
  } catch (error) {
    throw usage(`--to ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

type ToFlags = { to: string };

const pack = async (session: Session, id: string, { to }: ToFlags): Promise<Output> => {
  const { donor, claimId, requestId } = await findClaim(session, id);
  const made = packOf(await readEvents(session, requestId), { donor, claimId });
  if (!made) {
    throw notFound(
      `No events of claim ${claimId} can be read`,
      'muster watch --request shows those of a request',
    );
  }
  const name = packName(session.mode, { donor, claimId });
  const paths = write(to, {
    [`${name}.html`]: htmlOf(made, session.mode),
    [`${name}-lines.csv`]: linesCsv(made),
    [`${name}-steps.csv`]: stepsCsv(made),
  });
  const { status, totalPence } = made.claim;
  return {
    json: { ...made, paths },
    text: `The claim is ${status}, ${showMoney(totalPence)}. Written:\n${paths.map((path) => `  ${path}`).join('\n')}`,
  };
};

type ExportFlags = ToFlags & { month: string };

const exportMonth = async (session: Session, flags: ExportFlags): Promise<Output> => {
  const month = readMonth(flags.month);
  if (!month) throw usage('--month takes a month, such as 2026-11');
  const { org } = session;
  const packs = claimsOfMonth(await readEvents(session), org, month);
  const paths = write(flags.to, {
    [monthFileName(session.mode, org, month)]: monthCsv(packs, org, month),
  });
  return {
    json: { month, claims: packs.map(({ claim }) => claim), paths },
    text: details([
      ['claims', packs.length],
      ['written', paths.join(', ')],
    ]),
  };
};

const TO_OPTION = ['--to <folder>', 'where to write', '.'] as const;

/** What is taken away of claims; made from stored events alone. */
export const addClaimPack = (claim: Command, io: Io): void => {
  withExamples(
    claim
      .command('pack')
      .description('write the pack of a claim: a page to print, its lines and its steps as CSV')
      .argument(...CLAIM_ARGUMENT)
      .option(...TO_OPTION)
      .action((id: string, flags: ToFlags, command: Command) =>
        run(io, command, (session) => pack(session, id, flags)),
      ),
    'muster claim pack 81bc --as kent --to packs',
  );
  withExamples(
    claim
      .command('export')
      .description('write the claims of a month by UK time as CSV, each as it stood when the month ended')
      .requiredOption('--month <month>', 'such as 2026-11')
      .option(...TO_OPTION)
      .action((flags: ExportFlags, command: Command) =>
        run(io, command, (session) => exportMonth(session, flags)),
      ),
    'muster claim export --as kent --month 2026-11 --to packs',
  );
};
