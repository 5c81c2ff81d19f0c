import { readFileSync } from 'node:fs';
import {
  capabilityCode,
  costCategory,
  declineReason,
  forceId,
  LINES_MAX,
  legalBasis,
  name,
  place,
  quantity,
  recipientChoice,
  text,
  threatCategory,
  token,
  urgency,
} from '@muster/contracts';
import { parse } from 'yaml';
import { z } from 'zod';
import { because, StartError } from '../errors.ts';

/** Requests in one scenario. */
const SCENARIO_REQUESTS_MAX = 500;

const line = z.strictObject({
  id: token,
  code: capabilityCode,
  quantity,
  minimum: quantity.default(1),
  startsInHours: z.number().min(0).max(2_000),
  forHours: z.number().positive().max(2_000),
  /** Where to report; the host's headquarters when left out. */
  place: place.optional(),
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
  answerWithinSeconds: z.number().min(5).max(3_600),
  confirmWithinMinutes: z.int().min(1).max(1_440),
  desks: z.array(desk).default([]),
  requests: z.array(request).min(1).max(SCENARIO_REQUESTS_MAX),
  expect: z.strictObject({
    linesFilledAtLeast: z.int().min(0),
    linesShortAtLeast: z.int().min(0),
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

/**
 * Reads a scenario file.
 * @throws StartError naming the file and every field at fault.
 */
export const readScenario = (file: string): Scenario => {
  const parsed = scenario.safeParse(readYaml(file));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new StartError(`${file} is not a scenario:\n${faults.join('\n')}`);
};
