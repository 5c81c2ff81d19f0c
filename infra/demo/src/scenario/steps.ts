import {
  type ActorRole,
  actorRole,
  type CommandName,
  forceId,
  isCommandName,
  orgId,
  REFUSAL_CODES,
  text,
  token,
} from '@muster/contracts';
import { z } from 'zod';
import { check } from './checks.ts';
import { oneOf } from './choices.ts';

/** Longest wait of one step unless it says otherwise, in seconds. */
const WITHIN_SECONDS = 60;

const key = token.max(16);

const commandName = z.string().refine((value): value is CommandName => isCommandName(value), {
  message: 'is no command of the contracts',
});

/** Who acts, as `role/post`: a part to play and a post, never a person's name. */
const post = z.string().transform((value, context): { role: ActorRole; id: string } => {
  const [role, id, ...rest] = value.split('/');
  const parsed = z.object({ role: actorRole, id: token }).safeParse({ role, id });
  if (parsed.success && rest.length === 0) return parsed.data;
  context.addIssue({
    code: 'custom',
    message: `is not role/post; roles are ${actorRole.options.join(', ')}`,
  });
  return z.NEVER;
});

/** Deployments of a request, all or those of a donor or a line. */
const selection = z.strictObject({
  request: key,
  donor: forceId.optional(),
  line: token.optional(),
  /** Those whose units are home already; without, all others. */
  isHome: z.boolean().default(false),
});
export type Selection = z.infer<typeof selection>;

/** What takes several commands, and is done as anybody would do it. */
const act = z.discriminatedUnion('do', [
  /** Sends the request as it is described, or writes its draft down. */
  z.strictObject({ do: z.literal('ask'), request: key }),
  /** Accepts the best offers until the lines are full or nothing is left, and waits for the home forces. */
  z.strictObject({ do: z.literal('fill'), request: key, lines: z.array(token).optional() }),
  /** Units go out, up to their task; their control passes to the host where it is wanted. */
  z.strictObject({ do: z.literal('work'), of: selection, control: z.boolean().default(false) }),
  /** The host releases what it still has, the units return, and both sides debrief. */
  z.strictObject({
    do: z.literal('home'),
    of: selection,
    injuries: z.int().min(0).default(0),
    /** Whether the return says how the people are, or leaves it open. */
    welfare: z.enum(['said', 'later']).default('said'),
    lessons: text.min(1).optional(),
  }),
]);
export type Act = z.infer<typeof act>;

/** Any command of the contracts. */
const send = z.strictObject({
  send: commandName,
  /** Who sends it: an organisation, or the host or the donor of what it is about. */
  as: z.union([z.enum(['host', 'donor']), orgId]).default('host'),
  by: post,
  /** Gives the command its host and request. */
  request: key.optional(),
  /** Sent once for each of these deployments. */
  deployments: selection.optional(),
  /** Names the command; a later one refers to its id by `$name`. */
  id: key.optional(),
  /** Fields of the command. Texts such as `+20s` (from now) or `T+30h` (from the play's full hour) become times. */
  with: z.record(z.string(), z.unknown()).default({}),
  /** It must be refused, with this code. */
  refused: z.enum(REFUSAL_CODES).optional(),
});
export type Send = z.infer<typeof send>;

const until = z.strictObject({ until: check, withinSeconds: z.number().positive().default(WITHIN_SECONDS) });
export type Until = z.infer<typeof until>;
const expectation = z.strictObject({ expect: check });
const remark = z.strictObject({ say: text.min(1) });

/** One step of a script. */
export type Step = Act | Send | Until | z.infer<typeof expectation> | z.infer<typeof remark> | Together;
/** Several rows of steps at the same time. */
export type Together = { together: Step[][] };

export const step: z.ZodType<Step> = oneOf({
  do: act,
  send,
  until,
  expect: expectation,
  say: remark,
  together: z.strictObject({
    get together() {
      return z.array(z.array(step)).min(1);
    },
  }),
}) as z.ZodType<Step>;
