import { z } from 'zod';

/** Advisories of these severities fail. */
const GRAVE: readonly string[] = ['high', 'critical'];
/** Packages that only tests and benches run, by their folder as the package manager writes it. */
const FOR_TESTS: readonly string[] = ['test', 'packages__testkit'];

const advisory = z.object({
  module_name: z.string(),
  severity: z.string(),
  title: z.string(),
  url: z.string(),
  patched_versions: z.string().optional(),
  findings: z.array(z.object({ version: z.string(), paths: z.array(z.string()) })),
});
type Advisory = z.infer<typeof advisory>;
const reportSchema = z.object({ advisories: z.record(z.string(), advisory) });

/** What came of asking a registry about the dependencies. */
export type Audit =
  /** The registry was not reached, or cannot be asked such a thing: nothing is known. */
  { kind: 'unanswered'; because: string } | { kind: 'answered'; grave: string[]; lesser: string[] };

/** How the package manager ended: its exit code (undefined: it was ended for taking too long), and what it said. */
export type Ended = { code: number | undefined; stdout: string; stderr: string };

const reportIn = (text: string): z.infer<typeof reportSchema> | undefined => {
  try {
    return reportSchema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** Where it is used by what runs; a test's own tools never do. */
const usesOf = ({ findings }: Advisory): string[] =>
  findings.flatMap(({ paths }) => paths).filter((path) => !FOR_TESTS.includes(path.split('>')[0] ?? ''));

const told = (one: Advisory): string => {
  const versions = [...new Set(one.findings.map(({ version }) => version))].join(', ');
  const patched = one.patched_versions === undefined ? '' : `; patched: ${one.patched_versions}`;
  return `${one.severity}: ${one.module_name} ${versions}: ${one.title} (${one.url}), used by ${usesOf(one)[0]}${patched}`;
};

const WORDS_MAX = 300;

/** Why nothing is known, out of what the package manager printed for a terminal. */
const becauseOf = (printed: string): string => {
  const said = printed.replaceAll(/[\s│×├╰─▶]+/g, ' ').trim();
  const [, status] = /responded with (\d{3})/.exec(said) ?? [];
  if (status !== undefined) return `the registry gives no advisories: it answered ${status}`;
  return /\b(tcp connect|client|dns) error\b/.test(said)
    ? `the registry cannot be reached: ${said.slice(-WORDS_MAX)}`
    : `the registry's answer is none: ${said.slice(0, WORDS_MAX)}`;
};

/** Reads what `pnpm audit --prod --json` printed. */
export const readAudit = ({ code, stdout, stderr }: Ended): Audit => {
  const report = reportIn(stdout);
  if (!report) {
    const because =
      code === undefined ? 'the registry did not answer in time' : becauseOf(`${stderr} ${stdout}`);
    return { kind: 'unanswered', because };
  }
  const used = Object.values(report.advisories).filter((one) => usesOf(one).length > 0);
  const of = (grave: boolean): string[] =>
    used.filter(({ severity }) => GRAVE.includes(severity) === grave).map(told);
  return { kind: 'answered', grave: of(true), lesser: of(false) };
};
