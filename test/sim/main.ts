import { parseArgs } from 'node:util';
import { createCoverage } from './coverage.ts';
import { type Found, play, replayLine } from './history.ts';

const USAGE = `Plays random histories of the whole domain and judges them.

  npm run sim -- [--seed N] [--histories K] [--path P] [--verbose]

  --seed N        the first history (default 1); a history follows from its seed alone
  --histories K   how many, with the seeds from N on (default 1)
  --path P        where a failing history was found, as the failure names it: goes there at once
  --verbose       also shows what was tried, and how often it was done or refused
`;

/** Longest line of a trace, in characters, unless all is asked for. */
const LINE_LENGTH_MAX = 200;

const cut = (text: string, isWhole: boolean): string =>
  isWhole || text.length <= LINE_LENGTH_MAX ? text : `${text.slice(0, LINE_LENGTH_MAX)}…`;

const show = (found: Found, isVerbose: boolean): void => {
  const tried = found.world?.log ?? [];
  const done = isVerbose ? tried : tried.filter(({ came }) => came !== 'nothing');
  for (const { step, came } of done) {
    console.log(cut(step, isVerbose));
    console.log(`    → ${cut(came, isVerbose)}`);
  }
  const [first] = found.breaches;
  console.log(first ? `\nbroken: ${first.rule}\n  ${first.detail}` : `\n${found.because}`);
  for (const { rule, detail } of found.breaches.slice(1)) console.log(`also: ${rule}\n  ${detail}`);
  console.log(`\nagain: ${replayLine(found)}`);
};

const options = {
  seed: { type: 'string', default: '1' },
  path: { type: 'string' },
  histories: { type: 'string', default: '1' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const wholeNumber = (text: string): number | undefined => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);

const parsed = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: argv.filter((each) => each !== '--'), options }).values;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return undefined;
  }
};

const main = (argv: readonly string[]): number => {
  const values = parsed(argv);
  const first = wholeNumber(values?.seed ?? '');
  const count = wholeNumber(values?.histories ?? '');
  if (!values || values.help || first === undefined || count === undefined) {
    console.log(USAGE);
    return values?.help ? 0 : 2;
  }
  const coverage = createCoverage();
  const at = values.path === undefined ? {} : { path: values.path };
  for (let seed = first; seed < first + count; seed += 1) {
    const found = play({ seed, ...at, coverage });
    if (found) {
      show(found, values.verbose);
      return 1;
    }
  }
  if (values.verbose) console.log(coverage.report());
  const histories = count === 1 ? `1 history, of seed ${first}` : `${count} histories from seed ${first} on`;
  console.log(`${histories}: no promise broken`);
  return 0;
};

process.exitCode = main(process.argv.slice(2));
