import {
  type Breach,
  isGenerated,
  isTest,
  isTypeScript,
  matches,
  type SourceFile,
  withoutComments,
} from './files.ts';
import { importsOf } from './imports.ts';

// This folder names what it looks for.
const isOwn = (path: string): boolean => path.startsWith('test/hygiene/');
const isConfig = (path: string): boolean => /(^|\/)vitest[^/]*\.ts$|\.config\.ts$/.test(path);

/** A spec may take an answer as it comes, if it says why. */
const excused = ({ path, text }: SourceFile): string =>
  isTest(path) ? text.replace(/\/\/ biome-ignore lint\/suspicious\/noExplicitAny: .+\n.*/g, '\n') : text;

const code = (files: readonly SourceFile[]): SourceFile[] =>
  files
    .filter((file) => isTypeScript(file) && !isOwn(file.path) && !isGenerated(file.path))
    .map((file) => ({ path: file.path, text: withoutComments(excused(file)) }));

/** Ways of writing TypeScript that this project does without. */
export const formBreaches = (files: readonly SourceFile[]): Breach[] =>
  code(files).flatMap((file) => [
    ...(isConfig(file.path) ? [] : matches(file, /^export default\b.*/m, 'default export')),
    ...matches(file, /^export \*.*/m, 'exports without naming'),
    ...matches(file, /(?:[:<|&]|\bas|=>)\s*any\b(?=\s*(?:[;,)=>[\]|&}]|$))/m, 'any'),
    ...matches(
      file,
      /^\s*(?:export\s+)?(?:declare\s+)?(?:const\s+)?(?:enum|namespace)\s+\w+/m,
      'not erasable',
    ),
    ...matches(file, /^\s*@ts-(?:ignore|expect-error|nocheck)/m, 'silenced type error'),
  ]);

/** Time and ids enter at the edges only, so that all else can be tested with its own. */
const MAY_READ_CLOCK = [
  /(^|\/)main\.ts$/,
  /^packages\/cli\//,
  /^infra\//,
  /^packages\/mesh\/src\/clock\.ts$/,
  /^services\/console\/src\/clock\.ts$/,
];

export const clockBreaches = (files: readonly SourceFile[]): Breach[] =>
  code(files)
    .filter((file) => !isTest(file.path) && !MAY_READ_CLOCK.some((pattern) => pattern.test(file.path)))
    .flatMap((file) =>
      matches(file, /\bDate\.now\(\)|\bnew Date\(\)|\brandomUUID\b/, 'reads the clock or makes an id'),
    );

/** Writing to a stream is the business of the mesh package alone: every write carries the one guard. */
export const producerBreaches = (files: readonly SourceFile[]): Breach[] =>
  code(files)
    .filter((file) => !isTest(file.path))
    .flatMap((file) => {
      const isMesh = file.path.startsWith('packages/mesh/');
      const headers = /^packages\/mesh\/src\/(append|timers|alerts)\//.test(file.path)
        ? []
        : matches(
            file,
            /Nats-(?:Expected|Batch|Rollup|Schedule)\b[\w-]*/i,
            'writes under a guard of its own',
          );
      if (isMesh) return headers;
      const imports = importsOf(file.text)
        .filter((each) => each.from.startsWith('@nats-io/jetstream') && !each.isTypeOnly)
        .map((each) => ({ path: file.path, because: `imports ${each.from}` }));
      const calls = /\.startBatch\(|\bjetstream\(|\bjs\.publish\(|\bnc\.(?:publish|request)\(/;
      return [...headers, ...imports, ...matches(file, calls, 'talks to a stream by itself')];
    });

const OUT_OF_PLACE: readonly [RegExp, string][] = [
  [/\b(?:TODO|FIXME|XXX|HACK)\b/, 'unfinished'],
  [
    /(?<![\w.~-])\/(?:work|root|Users)\/[\w.-]+|(?<![\w.~-])\/home\/[\w.-]+|(?<![\w.~$}-])\/tmp\/[\w.-]+/,
    'path of one machine',
  ],
  [/https?:\/\/[\w.-]*(?:registry|artifactory|nexus|verdaccio)[\w.-]*(?::\d+)?/i, 'host of a registry'],
];

/** Words that have no place in any file of the repository. */
export const wordBreaches = (files: readonly SourceFile[]): Breach[] =>
  files
    .filter((file) => !isOwn(file.path))
    .flatMap((file) => OUT_OF_PLACE.flatMap(([pattern, because]) => matches(file, pattern, because)));
