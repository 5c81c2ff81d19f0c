import { type Command, InvalidArgumentError } from 'commander';
import type { Io } from '../io.ts';
import { type Output, printOutput } from '../output/print.ts';
import { openSession, type Session } from '../session/session.ts';
import type { Globals } from '../session/settings.ts';

export const globalsOf = (command: Command): Globals => command.optsWithGlobals<Globals>();

/** Connects, does the work, prints what came of it and leaves in order. */
export const run = async (
  io: Io,
  command: Command,
  work: (session: Session) => Promise<Output>,
): Promise<void> => {
  const globals = globalsOf(command);
  const session = await openSession(io, globals);
  try {
    printOutput(io, await work(session), globals.json === true);
  } finally {
    await session.close();
  }
};

/** Adds examples to the help of a command, each a whole line that can be run. */
export const withExamples = (command: Command, ...examples: string[]): Command =>
  command.addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`);

/** Reader of an option that takes a whole number. */
export const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Use a whole number from ${least} to ${most}.`);
  };

/** Reader of an option that may be given several times. */
export const several = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text];

export const COMMAND_ID_OPTION = [
  '--command-id <id>',
  'id under which it is stored once, however often it is sent (default: a new one)',
] as const;
