import { readFileSync } from 'node:fs';
import { createTransport } from 'nodemailer';
import type { SmtpConfig } from '../desks/schema.ts';
import { ANSWER_MS_MAX } from '../limits.ts';
import type { Carrier, Given } from './types.ts';

const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', 'localhost'];
/** Replies of a mail server from here on are final (RFC 5321, 4.2.1). */
const PERMANENT = 500;

const failure = (error: unknown): Given => {
  const because = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  return code >= PERMANENT ? { kind: 'never', because } : { kind: 'again', because };
};

/** Carries messages by e-mail. A message that is sent again has the same Message-ID. */
export const emailCarrier = ({ host, port, secure, from, user, passwordFile }: SmtpConfig): Carrier => {
  const transport = createTransport({
    ...{ host, port, secure },
    requireTLS: !secure && !LOOPBACK.includes(host),
    ...(user === undefined
      ? {}
      : {
          auth: { user, pass: passwordFile === undefined ? '' : readFileSync(passwordFile, 'utf8').trim() },
        }),
    connectionTimeout: ANSWER_MS_MAX,
    greetingTimeout: ANSWER_MS_MAX,
    socketTimeout: ANSWER_MS_MAX,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.split('@')[1] ?? host;
  return {
    give: async ({ to: { email }, words: { id, subject, lines } }) => {
      if (email === undefined) return { kind: 'never', because: 'the post has no e-mail address' };
      try {
        await transport.sendMail({
          ...{ from, to: email, subject, text: `${lines.join('\n')}\n` },
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
        return { kind: 'given' };
      } catch (error) {
        return failure(error);
      }
    },
  };
};
