import type { Fault } from './problems.ts';

export type Decoded = { ok: true; text: string } | ({ ok: false; line?: number; character?: number } & Fault);

const SAVE_AS = 'save the sheet as "CSV UTF-8 (comma delimited)" and put that file in its place';
const NEWLINE = 0x0a;

const startsWith = (bytes: Uint8Array, ...head: number[]): boolean =>
  head.every((byte, index) => bytes[index] === byte);

const decodes = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
};

/** Characters before the first byte that is not UTF-8, within one line. */
const validCharacters = (line: Uint8Array): number => {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const cut = new TextDecoder('utf-8', { fatal: true });
    try {
      cut.decode(line.subarray(0, middle), { stream: true });
      low = middle;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      high = middle - 1;
    }
  }
  return [...new TextDecoder().decode(line.subarray(0, low), { stream: true })].length;
};

const firstBadPlace = (bytes: Uint8Array): { line: number; character: number } => {
  let start = 0;
  for (let line = 1; start <= bytes.length; line += 1) {
    const end = bytes.indexOf(NEWLINE, start);
    const piece = bytes.subarray(start, end === -1 ? bytes.length : end);
    if (!decodes(piece)) return { line, character: validCharacters(piece) + 1 };
    if (end === -1) break;
    start = end + 1;
  }
  throw new Error('bytes that are not UTF-8 as a whole are UTF-8 line by line');
};

const utf16 = (bytes: Uint8Array, label: 'utf-16le' | 'utf-16be'): Decoded => {
  try {
    return { ok: true, text: new TextDecoder(label, { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { ok: false, because: `starts as ${label.toUpperCase()} and breaks off in it`, remedy: SAVE_AS };
  }
};

/** The text of a roster file: UTF-8, or UTF-16 that says so by its byte-order mark. */
export const decodeText = (bytes: Uint8Array): Decoded => {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    return { ok: false, because: 'is an Excel workbook or another archive, not CSV', remedy: SAVE_AS };
  }
  if (startsWith(bytes, 0xff, 0xfe, 0, 0) || startsWith(bytes, 0, 0, 0xfe, 0xff)) {
    return { ok: false, because: 'is UTF-32', remedy: SAVE_AS };
  }
  if (startsWith(bytes, 0xff, 0xfe)) return utf16(bytes, 'utf-16le');
  if (startsWith(bytes, 0xfe, 0xff)) return utf16(bytes, 'utf-16be');
  if (!decodes(bytes)) {
    return {
      ok: false,
      ...firstBadPlace(bytes),
      because: 'holds bytes that are not UTF-8 (it may be Windows-1252)',
      remedy: SAVE_AS,
    };
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  const nul = text.indexOf('\0');
  if (nul === -1) return { ok: true, text };
  const before = text.slice(0, nul).split('\n');
  return {
    ok: false,
    line: before.length,
    character: (before.at(-1)?.length ?? 0) + 1,
    because: 'holds a NUL character (it may be UTF-16 without a byte-order mark)',
    remedy: SAVE_AS,
  };
};
