import { readFileSync } from 'node:fs';
import { BOARD_ACTIONS, faultsOf, isOrg, token } from '@muster/contracts';
import { parse } from 'yaml';
import { z } from 'zod';
import { ESCALATE_AFTER_MINUTES, NAMES_MAX, PRESSING_WITHIN_MINUTES } from '../limits.ts';
import { hours, localClock } from './hours.ts';

/** Paperwork, for which nobody is woken unless a list says so (our assumption). */
const NOT_BY_NIGHT: readonly string[] = ['submit', 'report-return', 'debrief', 'review-secondment'];

/** Somebody to be called: a post, and the address of the post, never of a person. */
const calledPost = z
  .strictObject({
    post: token,
    email: z.email().optional(),
    /** A webhook by its name, and whom it is to tell. */
    webhook: z.strictObject({ name: token, to: z.string().max(200).optional() }).optional(),
  })
  .refine(({ email, webhook }) => email !== undefined || webhook !== undefined, 'give an email or a webhook');
export type CalledPost = z.infer<typeof calledPost>;

const list = z.strictObject({
  names: z.array(calledPost).min(1).max(NAMES_MAX),
  escalateAfterMinutes: z.number().positive().max(1_440).default(ESCALATE_AFTER_MINUTES),
  kinds: z.array(z.enum(BOARD_ACTIONS)).default(BOARD_ACTIONS.filter((kind) => !NOT_BY_NIGHT.includes(kind))),
  /** When the desk is at work and sees for itself: nobody is called. */
  attended: z.array(hours).default([]),
  /** When nobody is called but for what is late, or due within so many minutes. */
  quiet: z
    .strictObject({
      hours: z.array(hours).min(1),
      unlessDueWithinMinutes: z.number().min(0).max(1_440).default(PRESSING_WITHIN_MINUTES),
    })
    .optional(),
});
export type DeskList = z.infer<typeof list>;

const webhook = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).refine((text) => {
    const { protocol, hostname } = new URL(text);
    return protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  }, 'use https'),
  /** File with the key under which messages are signed. */
  secretFile: z.string().min(1),
});
export type WebhookConfig = z.infer<typeof webhook>;

const smtp = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(587),
  /** TLS from the first byte; else it must be taken up, unless the server is on this machine. */
  secure: z.boolean().default(false),
  from: z.email(),
  user: z.string().optional(),
  passwordFile: z.string().optional(),
});
export type SmtpConfig = z.infer<typeof smtp>;

const ANY_DESK = '*';

const file = z
  .strictObject({
    timeZone: z.string().default('Europe/London'),
    /** `log`: nothing is sent, and the log says who would be told what; addresses need no way to reach them. */
    carry: z.enum(['send', 'log']).default('send'),
    smtp: smtp.optional(),
    webhooks: z.record(token, webhook).default({}),
    /** By organisation and desk; `*` stands for every desk that is not named. */
    desks: z.record(z.string(), z.record(z.string().min(1), list)),
  })
  .superRefine(({ timeZone, carry, smtp: mail, webhooks, desks }, context) => {
    const refuse = (path: string[], message: string): void =>
      context.addIssue({ code: 'custom', path, message });
    try {
      localClock(timeZone);
    } catch {
      refuse(['timeZone'], 'is no time zone');
    }
    for (const [org, lists] of Object.entries(desks)) {
      if (!isOrg(org)) refuse(['desks', org], 'is no organisation');
      for (const [desk, { names }] of Object.entries(lists)) {
        for (const { post, email, webhook: hook } of names) {
          if (carry === 'log') continue;
          const path = ['desks', org, desk, post];
          if (email !== undefined && !mail) refuse(path, 'has an email, and there is no smtp');
          if (hook && !webhooks[hook.name]) refuse(path, `there is no webhook "${hook.name}"`);
        }
      }
    }
  });
export type Desks = z.infer<typeof file>;

/** The list of a desk, with its name. */
export const listFor = (
  { desks }: Desks,
  org: string,
  desk: string | undefined,
): { name: string; list: DeskList } | undefined => {
  const lists = desks[org] ?? {};
  const name = desk !== undefined && Object.hasOwn(lists, desk) ? desk : ANY_DESK;
  const found = Object.hasOwn(lists, name) ? lists[name] : undefined;
  return found && { name, list: found };
};

/** @throws Error that names all that is at fault. */
export const parseDesks = (text: string): Desks => {
  const read = file.safeParse(parse(text));
  if (read.success) return read.data;
  throw new Error(
    faultsOf(read.error)
      .map(({ path, because }) => `  ${path}: ${because}`)
      .join('\n'),
  );
};

/** @throws Error that names the file and all that is at fault. */
export const readDesks = (path: string): Desks => {
  try {
    return parseDesks(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} is not right:\n${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
};
