import { readFileSync } from 'node:fs';
import {
  capabilityCode,
  confirmWithinMinutes,
  costCategory,
  declineReason,
  escalationMode,
  forceId,
  LINES_MAX,
  legalBasis,
  mode,
  name,
  place,
  quantity,
  recipientChoice,
  scheme,
  text,
  threatCategory,
  tier,
  token,
  urgency,
} from '@muster/contracts';
import { parse } from 'yaml';
import { z } from 'zod';
import { because, StartError } from '../errors.ts';
import { check } from './checks.ts';
import { step } from './steps.ts';

/** Requests in one scenario. */
const SCENARIO_REQUESTS_MAX = 500;

/** Time to answer, in seconds. */
const answerWithinSeconds = z.number().min(1).max(3_600);

const line = z
  .strictObject({
    id: token,
    code: capabilityCode,
    quantity,
    minimum: quantity.default(1),
    /** Counted from the full hour after the play's start. */
    startsInHours: z.number().min(0).max(2_000).optional(),
    /** Counted from the moment at which it is asked for: a window that begins while people look on. */
    startsInSeconds: z.number().min(0).max(3_600).optional(),
    forHours: z.number().positive().max(2_000),
    /** Where to report; the host's headquarters when left out. */
    place: place.optional(),
    accreditations: z.array(scheme).default([]),
    function: text.optional(),
  })
  .refine((one) => (one.startsInHours === undefined) !== (one.startsInSeconds === undefined), {
    message: 'takes one of startsInHours and startsInSeconds',
    path: ['startsInHours'],
  });

const request = z.strictObject({
  key: token.max(16),
  host: forceId,
  afterSeconds: z.number().min(0).max(600).default(0),
  urgency,
  threat: threatCategory,
  legalBasis,
  costCategory,
  demand: text.min(1),
  incident: z.object({ ref: name, category: name }).optional(),
  desk: name,
  ask: recipientChoice,
  /** None: those of the scenario. */
  answerWithinSeconds: answerWithinSeconds.optional(),
  confirmWithinMinutes: confirmWithinMinutes.optional(),
  escalation: escalationMode.optional(),
  tier: tier.optional(),
  /** Who approves; none: the declared policy. A draft is written down first and sent on by a step. */
  approval: z.enum(['policy', 'person']).optional(),
  oral: z.strictObject({ post: token, reason: text.min(1) }).optional(),
  draft: z.boolean().default(false),
  lines: z.array(line).min(1).max(LINES_MAX),
});

/** What a force's desk does when it is asked. */
const desk = z.discriminatedUnion('does', [
  z.strictObject({ force: forceId, does: z.literal('offer') }),
  z.strictObject({
    force: forceId,
    does: z.literal('decline'),
    reason: declineReason,
    remarks: text.optional(),
  }),
  z.strictObject({ force: forceId, does: z.literal('nothing') }),
]);

const scenario = z.strictObject({
  name: token.max(24),
  about: z.string(),
  /** An exercise is marked as one, and is played beside the actual mode. */
  mode: mode.default('actual'),
  /**
   * The forces that it needs, where it does not matter who else is there: only they are started. All when left
   * out, since what it expects holds for the whole country.
   */
  cast: z.array(forceId).min(1).optional(),
  answerWithinSeconds,
  confirmWithinMinutes,
  desks: z.array(desk).default([]),
  requests: z.array(request).min(1).max(SCENARIO_REQUESTS_MAX),
  /** What happens, in order. Without, each request is asked, filled, and its units go out and come home. */
  steps: z.array(step).optional(),
  expect: z.strictObject({
    linesFilledAtLeast: z.int().min(0).default(0),
    linesShortAtLeast: z.int().min(0).default(0),
    checks: z.array(check).default([]),
  }),
});

type ScenarioFile = z.infer<typeof scenario>;
/**
 * A play for the mesh: who asks for what and when, and what the desks do. What it expects holds for the whole
 * country; with fewer forces nothing is expected.
 */
export type Scenario = Omit<ScenarioFile, 'expect'> & { expect: ScenarioFile['expect'] | undefined };
export type ScenarioRequest = Scenario['requests'][number];
export type Desk = Scenario['desks'][number];

const readYaml = (file: string): unknown => {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StartError(`The scenario ${file} cannot be read: ${because(error)}`);
  }
};

/** Every request that is named must be one of the scenario's. */
const consistent = (file: string, read: ScenarioFile): ScenarioFile => {
  const known = read.requests.map(({ key }) => key);
  const named = [...JSON.stringify([read.steps, read.expect]).matchAll(/"request":"([^"]+)"/g)];
  const unknown = new Set(named.map(([, key]) => key).filter((key) => key && !known.includes(key)));
  if (unknown.size === 0) return read;
  throw new StartError(
    `${file} is not a scenario:\n  steps, expect: there is no request ${[...unknown].join(', ')}; there are ${known.join(', ')}`,
  );
};

/**
 * Reads a scenario file.
 * @throws StartError naming the file and every field at fault.
 */
export const readScenario = (file: string): Scenario => {
  const parsed = scenario.safeParse(readYaml(file));
  if (parsed.success) return consistent(file, parsed.data);
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new StartError(`${file} is not a scenario:\n${faults.join('\n')}`);
};
