import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { nkeyAuthenticator, nkeys } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';
import { z } from 'zod';
import { check } from './check.ts';
import { readHistory } from './read.ts';
import type { Ack, Report } from './report.ts';

const HELP = `Reads the streams of a mesh with a plain client and judges what it finds.

  node test/checker/main.ts --url nats://127.0.0.1:4222 --seed-file hub-auditor.nk [--mode actual]
      [--acks FILE]      acknowledged commands, one JSON object a line: {org, commandId, eventIds}
      [--settle-ms N]    how long the other side is given before its silence is a finding (default 10000)
      [--json]           {findings: [{kind, where, seq, detail}], counts} instead of text

Exit code 0: nothing found. 1: something found. 2: the history could not be read.`;

const FOUND = 1;
const UNREADABLE = 2;
const SETTLE_MS_DEFAULT = 10_000;

const ack = z.object({ org: z.string(), commandId: z.string(), eventIds: z.array(z.string()) });

const readAcks = (file: string): Ack[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ack.parse(JSON.parse(line)));

const options = (args: readonly string[]) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      url: { type: 'string' },
      'seed-file': { type: 'string' },
      mode: { type: 'string', default: 'actual' },
      acks: { type: 'string' },
      'settle-ms': { type: 'string', default: String(SETTLE_MS_DEFAULT) },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { url, 'seed-file': seedFile, mode, acks, 'settle-ms': settle, json } = values;
  if (!url || !seedFile) throw new Error('--url and --seed-file are needed; see --help');
  const settleMs = z.coerce.number().int().min(0).parse(settle);
  return { url, seedFile, mode: z.enum(['actual', 'exercise']).parse(mode), acks, settleMs, json };
};

const inWords = (report: Report): string => {
  const counts = Object.entries(report.counts).map(([name, count]) => `${name} ${count}`);
  return [
    ...report.findings.map(({ kind, where, seq, detail }) => `${kind}  ${where}  @${seq}  ${detail}`),
    `${report.findings.length} findings in ${counts.join(', ')}`,
  ].join('\n');
};

const run = async (): Promise<number> => {
  const of = options(process.argv.slice(2));
  if (!of) {
    console.log(HELP);
    return 0;
  }
  const acks = of.acks === undefined ? [] : readAcks(of.acks);
  const seed = new TextEncoder().encode(readFileSync(of.seedFile, 'utf8').trim());
  const connection = await connect({
    servers: of.url,
    name: 'muster-checker',
    authenticator: nkeyAuthenticator(seed),
    // The only answers that a user of the mesh may receive are those under its own key.
    inboxPrefix: `_INBOX.${nkeys.fromSeed(seed).getPublicKey()}`,
    reconnect: false,
  });
  try {
    const history = await readHistory(connection, of.mode);
    const report = check(history, { now: new Date().toISOString(), settleMs: of.settleMs, acks });
    console.log(of.json ? JSON.stringify(report, null, 2) : inWords(report));
    return report.findings.length > 0 ? FOUND : 0;
  } finally {
    await connection.close();
  }
};

process.exitCode = await run().catch((error: unknown) => {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  return UNREADABLE;
});
