import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { usage } from '../errors.ts';

/** Largest request file, in bytes. */
const FILE_BYTES_MAX = 1_048_576;

const because = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The reader's reason without the picture of the text, which takes several lines. */
const told = (message: string): string => message.split(':\n')[0] ?? message;

const readBytes = (path: string): Buffer => {
  try {
    return readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    throw usage(`The file ${path} cannot be read: ${because(error)}`);
  }
};

/**
 * Reads a YAML or JSON file; `-` is the standard input. JSON is YAML, so one reader does for both.
 * @throws CliError that names the line and column at fault.
 */
export const readDocument = (path: string): unknown => {
  const bytes = readBytes(path);
  if (bytes.byteLength > FILE_BYTES_MAX) {
    throw usage(`${path} has ${bytes.byteLength} bytes; a request may have ${FILE_BYTES_MAX}.`);
  }
  let written: string;
  try {
    written = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw usage(`${path} is not UTF-8 text; save it as UTF-8.`);
  }
  const document = parseDocument(written, { prettyErrors: true });
  const [fault] = document.errors;
  if (fault) throw usage(`${path} is neither YAML nor JSON: ${told(fault.message)}`);
  try {
    // Aliases are refused: a few bytes of them can stand for gigabytes.
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    if (error instanceof ReferenceError)
      throw usage(`${path} uses an alias (*name): write out what it means`);
    throw usage(`${path} cannot be used: ${because(error)}`);
  }
};
