import { EVENT_TYPES, isOrg, type Mode, REGIONS } from '@muster/contracts';
import { maySee } from '@muster/domain';
import type { Clock } from '@muster/mesh';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HEARTBEAT_MS, READERS_MAX, STREAMS_PER_SESSION_MAX } from '../limits.ts';
import { createFeed, type Feed } from '../notices/feed.ts';
import { noticesFor } from '../notices/notices.ts';
import type { Policy } from '../policy/policy.ts';
import type { Session } from '../session/sessions.ts';
import { createHub, type Hub } from '../stream/hub.ts';
import { endStream, positionFrame, resetFrame, serveStream } from '../stream/serve.ts';
import type { Filter } from '../views/filter.ts';
import type { View } from '../views/view.ts';
import { modeOf } from './guard.ts';
import type { Parts } from './parts.ts';
import { Problem } from './problems.ts';
import { modeParameter, problemAnswer } from './schemas.ts';

/** Values of one filter. */
const VALUES_MAX = 50;

const values = (one: z.ZodType<string>) =>
  z.preprocess(
    (given) => (given === undefined ? undefined : [given].flat()),
    z.array(one).max(VALUES_MAX).optional(),
  );

const sequence = z.coerce.number().int().min(0);
const filterSchema = z.strictObject({
  force: values(z.string().refine(isOrg, 'is not an organisation')),
  region: values(z.string().refine((region) => REGIONS.includes(region), 'is not a region')),
  code: values(z.string().max(32)),
  request: values(z.string().max(64)),
  type: values(
    z.string().refine((type) => EVENT_TYPES.some((each) => each === type), 'is not an event type'),
  ),
  after: sequence.optional(),
  epoch: z.string().max(64).optional(),
  snapshot: z.enum(['open', 'none']).default('open'),
  notices: z.stringbool().default(false),
  as: z.string().optional(),
});

type Asked = {
  filter: Filter;
  after: number | undefined;
  epoch: string | undefined;
  snapshot: boolean;
  notices: boolean;
};

const askedOf = (request: FastifyRequest): Asked => {
  const read = filterSchema.safeParse(request.query);
  const last = request.headers['last-event-id'];
  const resumed = last === undefined || last === '' ? undefined : sequence.safeParse(last);
  if (!read.success || resumed?.success === false) {
    const fields = (read.error?.issues ?? []).map(({ path, message }) => ({
      path: path.join('.'),
      because: message,
    }));
    if (resumed?.success === false) {
      fields.push({
        path: 'last-event-id',
        because: 'must be the id of an event; without it all begins anew',
      });
    }
    throw new Problem('invalid', 'that is no filter of events', fields);
  }
  const { after, epoch, snapshot, notices, as: _, ...filter } = read.data;
  return { filter, after: resumed?.data ?? after, epoch, snapshot: snapshot === 'open', notices };
};

/** Event streams of all modes, and what they have to do with the rest of the gateway. */
export type Streams = {
  routes(app: FastifyInstance, parts: Parts): void;
  readers(): number;
  letGo(): number;
  /** Tells every reader that this is the end, and lets go. */
  end(because: string): void;
};

const hubOf = (view: View): Hub => {
  const hub = createHub(
    (call, ms) => void setTimeout(call, ms),
    () => performance.now(),
  );
  view.onRow(hub.publish);
  // Reading begins anew, and so does whoever reads with us.
  view.onReset(() => {
    hub.tellAll(resetFrame(view.epoch()));
    hub.endAll((reader) => reader.letGo('the exercise began anew'));
  });
  return hub;
};

const feedOf = (view: View, { policy, clock }: Pick<StreamParts, 'policy' | 'clock'>): Feed => {
  const feed = createFeed({
    read: (duty) => noticesFor(policy, duty, view.ledger, new Date(clock.now()).toISOString()),
    concerns: (org, { parties }) => maySee(org, parties),
    later: (call, ms) => void setTimeout(call, ms).unref(),
    now: () => performance.now(),
  });
  view.onRow(feed.changed);
  return feed;
};

const parameter = (about: string) => ({ type: 'array', items: { type: 'string' }, description: about });

const description = {
  tags: ['events'],
  summary: 'Events as they happen (Server-Sent Events)',
  operationId: 'stream',
  description:
    'CloudEvents as JSON; the id of each is its place in the ledger, from which Last-Event-ID resumes. Begins with a snapshot. Other events: snapshot, live, position (a sign of life), reset, notices (with notices=true: all that waits for you, whenever it has changed), resume (you were too slow), end.',
  params: modeParameter,
  querystring: {
    type: 'object',
    properties: {
      as: { type: 'string' },
      force: parameter('Host, donor or addressee is one of these.'),
      region: parameter('One of them is of one of these regions.'),
      code: parameter('A capability code, or its first part: of any line of the request that it is about.'),
      request: parameter('Ids of requests.'),
      type: parameter('Event types.'),
      after: { type: 'integer', description: 'As Last-Event-ID.' },
      epoch: {
        type: 'string',
        description:
          'As the event live told it, to resume in: when an exercise has begun anew since, the answer is reset.',
      },
      snapshot: { type: 'string', enum: ['open', 'none'], default: 'open' },
      notices: { type: 'boolean', default: false, description: 'Tell also what waits for you.' },
    },
  },
  response: {
    200: { description: 'The stream.', content: { 'text/event-stream': { schema: { type: 'string' } } } },
    '4xx': problemAnswer,
    503: problemAnswer,
  },
};

export type StreamParts = {
  views: ReadonlyMap<Mode, View>;
  policy: Policy;
  clock: Clock;
  perSessionMax?: number | undefined;
  /** Time between two signs of life. */
  heartbeatMs?: number | undefined;
};

export const openStreams = (of: StreamParts): Streams => {
  const { views, perSessionMax = STREAMS_PER_SESSION_MAX, heartbeatMs = HEARTBEAT_MS } = of;
  const hubs = new Map([...views].map(([mode, view]) => [mode, hubOf(view)]));
  const feeds = new Map([...views].map(([mode, view]) => [mode, feedOf(view, of)]));
  const perSession = new WeakMap<Session, number>();
  let open = 0;
  const beats = setInterval(() => {
    for (const [mode, hub] of hubs) hub.tellAll(positionFrame(views.get(mode)?.log.lastSeq() ?? 0));
    for (const feed of feeds.values()) feed.look();
  }, heartbeatMs);
  beats.unref();

  const checkRoom = (session: Session): void => {
    if ((perSession.get(session) ?? 0) >= perSessionMax) {
      throw new Problem('too-many', `one session may have ${perSessionMax} streams; close one`);
    }
    if (open >= READERS_MAX)
      throw new Problem('unavailable', 'this gateway has as many readers as it can serve; try again');
  };
  const count = (session: Session, by: 1 | -1): void => {
    perSession.set(session, (perSession.get(session) ?? 0) + by);
    open += by;
  };

  return {
    routes: (app, parts) => {
      // Who asks for the headers alone would hold a place that never ends.
      app.get('/v1/:mode/stream', { schema: description, exposeHeadRoute: false }, async (request, reply) => {
        const mode = modeOf(request);
        const { session, duty } = parts.guard.acting(request, 'stream');
        const view = parts.viewOf(mode);
        const hub = hubs.get(mode);
        const { notices, ...asked } = askedOf(request);
        const feed = notices ? feeds.get(mode) : undefined;
        checkRoom(session);
        if (!hub || !view.isReady())
          throw new Problem('unavailable', 'the gateway is reading the streams; try again');
        for (const [name, value] of Object.entries(reply.getHeaders())) {
          if (value !== undefined) reply.raw.setHeader(name, value);
        }
        reply.hijack();
        reply.raw.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-accel-buffering': 'no',
        });
        const now = (): string => new Date(parts.clock.now()).toISOString();
        count(session, 1);
        try {
          await serveStream(reply.raw, {
            ...{ view, hub, org: duty.org, ...asked, ended: session.ended, now },
            joinFeed: (reader) => feed?.join(duty, reader),
          });
        } catch (error) {
          request.log.warn({ err: error }, 'a stream was broken off; its reader takes it up again');
          reply.raw.destroy();
        } finally {
          count(session, -1);
        }
        return reply;
      });
    },
    readers: () => open,
    letGo: () => [...hubs.values()].reduce((sum, hub) => sum + hub.letGo(), 0),
    end: (because) => {
      clearInterval(beats);
      for (const hub of hubs.values()) hub.endAll(endStream(because));
    },
  };
};
