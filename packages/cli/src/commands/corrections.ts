import { CORRECTIONS } from '@muster/contracts';
import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { printOutput } from '../output/print.ts';
import { typeName } from '../output/stored.ts';
import { type Cell, table } from '../output/table.ts';
import { globalsOf, withExamples } from './run.ts';

/** `muster corrections`: who may reverse what, by which event, and until when. It asks nobody. */
export const addCorrections = (program: Command, io: Io): void => {
  withExamples(
    program
      .command('corrections')
      .description('which mistakes can be reversed: by whom, by which command and event, and until when')
      .action((_flags: object, command: Command) => {
        const items = Object.values(CORRECTIONS);
        const rows = items.map(({ mistake, by, command: sent, event, until, afterwards }): Cell[] => [
          ...[mistake, by.join(' or '), sent, typeName(event), until, afterwards],
        ]);
        const head = ['what is wrong', 'reversed by', 'command', 'event', 'until', 'from then on'];
        const text = table(head, rows, { empty: '', color: false });
        printOutput(io, { json: { items }, text }, globalsOf(command).json === true);
      }),
    'muster corrections',
  );
};
