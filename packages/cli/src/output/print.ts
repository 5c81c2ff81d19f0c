import type { CliFault } from '../errors.ts';
import { withLocalTimes } from '../input/times.ts';
import type { Io } from '../io.ts';
import { markValue } from './exercise.ts';
import { shown } from './table.ts';

/** What a command has to say: to machines with `--json`, else to people. */
export type Output = { json: unknown; text: string };

export const printOutput = (io: Io, output: Output, json: boolean): void =>
  io.out(`${json ? JSON.stringify(markValue(io, output.json), undefined, 2) : output.text}\n`);

/** With a full stop, but not behind a command line, which is copied. */
const sentence = (text: string): string => (/[.!?]$|\n {2}muster .*$/.test(text) ? text : `${text}.`);

const told = (text: string): string => shown(withLocalTimes(text));

const faultText = ({ because, fields, remedy, commandId }: CliFault): string =>
  [
    `muster: ${sentence(told(because))}`,
    ...(fields ?? []).map(
      (field) => `  ${field.path === '' ? 'request' : field.path}: ${told(field.because)}`,
    ),
    ...(remedy === undefined ? [] : [sentence(remedy)]),
    ...(commandId === undefined ? [] : [`Command id: ${commandId}`]),
  ].join('\n');

/** Faults go to the error output in both forms, so that what is piped on is never half an answer. */
export const printFault = (io: Io, fault: CliFault, json: boolean): void =>
  io.err(`${json ? JSON.stringify(markValue(io, { error: fault }), undefined, 2) : faultText(fault)}\n`);
