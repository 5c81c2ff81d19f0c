import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Ended, readAudit } from './report.ts';

/** How long the registry may take in all, in milliseconds. */
const ANSWER_MS_MAX = 60_000;
/** Characters of what it says. */
const OUTPUT_MAX = 64_000_000;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const ask = (): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { cwd: ROOT, timeout: ANSWER_MS_MAX, maxBuffer: OUTPUT_MAX };
    execFile('pnpm', ['audit', '--prod', '--json'], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
      const isSlow = error?.killed === true;
      resolve({ code: isSlow ? undefined : (code ?? 1), stdout, stderr: stderr || String(error ?? '') });
    });
  });

const say = (line: string): void => void process.stdout.write(`audit: ${line}\n`);

const audit = readAudit(await ask());
if (audit.kind === 'unanswered') {
  say(`nothing is known: the registry cannot be asked about its packages: ${audit.because}`);
} else {
  for (const line of [...audit.grave, ...audit.lesser]) say(line);
  const { length } = audit.grave;
  if (length === 0) say('no advisory of high or critical severity about what runs');
  else say(`${length} of high or critical severity: update what holds them, or override the version`);
  process.exitCode = length === 0 ? 0 : 1;
}
