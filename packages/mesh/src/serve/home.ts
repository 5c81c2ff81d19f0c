import {
  BODY_BYTES_MAX,
  faultsOf,
  type HomeDecisionBody,
  type HomeDecisionReply,
  homeDecideSubject,
  homeDecision,
  homeDecisionReply,
  type Mode,
  type Refusal,
  refuse,
} from '@muster/contracts';
import { headerReader } from '../wire/headers.ts';
import type { Link } from '../wire/link.ts';
import { readBody } from './incoming.ts';
import { type Server, serveLoop } from './loop.ts';

/** Decisions that one force's adapter takes in at once. */
const IN_FLIGHT_MAX = 16;

export type HomeDecisionHandler = (
  body: HomeDecisionBody,
  traceparent: string | undefined,
) => Promise<HomeDecisionReply>;

const refused = (refusal: Refusal): string => JSON.stringify({ ok: false, ...refusal });

/** Takes what people of a force decide about reserved units, sent on by the hub. */
export const serveHomeDecisions = (
  mesh: Pick<Link, 'nc' | 'log'>,
  of: { mode: Mode; force: string; service: string },
  handle: HomeDecisionHandler,
): Server =>
  serveLoop(mesh, {
    subjects: [homeDecideSubject(of.mode, of.force)],
    queue: of.service,
    inFlightMax: IN_FLIGHT_MAX,
    answer: async (msg) => {
      const read = readBody(msg, BODY_BYTES_MAX);
      if ('refused' in read) return refused(read);
      const parsed = homeDecision.safeParse(read.body);
      if (!parsed.success) return refused(refuse('invalid', 'the body does not fit', faultsOf(parsed.error)));
      const reply = await handle(parsed.data, headerReader(msg.headers)('traceparent'));
      return JSON.stringify(homeDecisionReply.parse(reply));
    },
    refused,
  });
