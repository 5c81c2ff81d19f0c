import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Ended, readAudit } from './report.ts';

/** How long the registry may take in all, by default, in milliseconds. */
const ANSWER_MS_MAX = 60_000;
/** Characters of what it says. */
const OUTPUT_MAX = 64_000_000;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Asked once more after a second: the package manager's own patience is longer than ours. */
const PATIENCE = { pnpm_config_fetch_retries: '1', pnpm_config_fetch_retry_mintimeout: '1000' };

const {
  MUSTER_AUDIT_REGISTRY: registry,
  MUSTER_AUDIT_REQUIRED: required,
  MUSTER_AUDIT_WAIT_MS: wait = String(ANSWER_MS_MAX),
} = process.env;

const ask = (): Promise<Ended> =>
  new Promise((resolve) => {
    const options = {
      ...{ cwd: ROOT, timeout: Number(wait), maxBuffer: OUTPUT_MAX },
      env: { ...process.env, ...PATIENCE },
    };
    const of = registry === undefined ? [] : ['--registry', registry];
    execFile('pnpm', ['audit', '--prod', '--json', ...of], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
      const isSlow = error?.killed === true;
      resolve({ code: isSlow ? undefined : (code ?? 1), stdout, stderr: stderr || String(error ?? '') });
    });
  });

const say = (line: string): void => void process.stdout.write(`audit: ${line}\n`);

const audit = readAudit(await ask());
if (audit.kind === 'unanswered') {
  say(`nothing is known: ${audit.because}`);
  say('MUSTER_AUDIT_REGISTRY names a registry that answers for advisories, as the public one does');
  if (required === '1') {
    say('MUSTER_AUDIT_REQUIRED is set, so this counts as a failure');
    process.exitCode = 1;
  }
} else {
  for (const line of [...audit.grave, ...audit.lesser]) say(line);
  const { length } = audit.grave;
  if (length === 0) say('no advisory of high or critical severity about what runs');
  else say(`${length} of high or critical severity: update what holds them, or override the version`);
  process.exitCode = length === 0 ? 0 : 1;
}
