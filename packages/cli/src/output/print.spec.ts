import { expect, it } from 'vitest';
import { EXIT } from '../errors.ts';
import { printFault } from './print.ts';

const said = (remedy: string): string => {
  let err = '';
  const io = {
    ...{
      out: () => undefined,
      env: {},
      color: false,
      now: () => 0,
      newId: () => '',
      isExercise: () => false,
    },
    interrupted: new AbortController().signal,
    err: (text: string) => {
      err += text;
    },
  };
  const because = 'the offer was good until 2026-11-22T21:00:00.000Z';
  printFault(io, { exit: EXIT.refused, code: 'offer-not-open', because, remedy }, false);
  return err;
};

it('ends sentences, and leaves a command line as it is to be copied', () => {
  expect(said('Ask again')).toBe('muster: the offer was good until 2026-11-22 21:00.\nAsk again.\n');
  expect(said('Approve the rest:\n  muster plan approve p.json --only 2,3')).toMatch(/--only 2,3\n$/);
});
