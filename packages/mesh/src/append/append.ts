import { setTimeout as delay } from 'node:timers/promises';
import {
  envelopeHeaders,
  type Mode,
  type MusterEvent,
  type StreamKind,
  streamName,
  streamOf,
  subjectOf,
} from '@muster/contracts';
import { newTraceparent } from '../trace.ts';
import type { Link } from '../wire/link.ts';
import { bodyOf, type Draft, draftMessages, envelopeFor, withoutGuards } from './messages.ts';
import { createPublisher } from './publish.ts';
import type { AppendOutcome, AppendRequest, Writer } from './types.ts';

/** Milliseconds to wait for one acknowledgement. */
export const APPEND_DEADLINE_MS = 5_000;
/** Batches that one process may have open at once; the server allows 50 a stream unless told otherwise. */
export const OPEN_BATCHES_MAX = 40;
/** Tries of an append that the server turned down for a passing reason. */
const TRIES_MAX = 6;
/** Longest wait before the second try, in milliseconds; it doubles with each. */
const AGAIN_AFTER_MS = 10;

export type Appender = {
  /**
   * Stores the events together or not at all.
   * @throws when an invariant is broken: an aggregate written without an expectation, events of another
   * stream, data that does not fit its schema, too many messages or too large a body.
   */
  append(request: AppendRequest): Promise<AppendOutcome>;
  /** Publishes the full state of a capability. The stream keeps it for `ttlSeconds`. */
  publishState(
    mode: Mode,
    event: MusterEvent<'muster.capability.advertised.v1' | 'muster.capability.withdrawn.v1'>,
    writer: Writer,
    ttlSeconds: number,
  ): Promise<AppendOutcome>;
};

export type AppenderOptions = {
  deadlineMs?: number;
  openBatchesMax?: number;
  /** Switches compare-and-set off, so that a control run of a race test loses. Exercise mode only. */
  unsafeWithoutGuards?: boolean;
};

/** Events of one append share a trace. */
const traced = (writer: Writer): Writer =>
  writer.traceparent === undefined ? { ...writer, traceparent: newTraceparent() } : writer;

export const createAppender = (mesh: Pick<Link, 'nc'>, options: AppenderOptions = {}): Appender => {
  const { deadlineMs = APPEND_DEADLINE_MS, openBatchesMax = OPEN_BATCHES_MAX } = options;
  const publish = createPublisher(mesh, deadlineMs, openBatchesMax);

  const store = async (drafts: readonly Draft[], stream: string): Promise<AppendOutcome> => {
    for (let tries = 1; ; tries += 1) {
      const verdict = await publish(drafts, stream);
      if ('done' in verdict) return verdict.done;
      const { code, because } = verdict.again;
      if (tries === TRIES_MAX) {
        return { kind: 'refused', code, because: `given up after ${tries} tries: ${because}` };
      }
      // Spread out, so that those turned down together do not come back together.
      await delay(Math.random() * AGAIN_AFTER_MS * 2 ** tries);
    }
  };

  return {
    append: async (request) => {
      const drafts = draftMessages({ ...request, writer: traced(request.writer) });
      const checked = options.unsafeWithoutGuards ? withoutGuards(drafts, request.mode) : drafts;
      return store(checked, streamName(request.stream, request.mode));
    },
    publishState: async (mode, event, writer, ttlSeconds) => {
      const kind: StreamKind = streamOf(event.type);
      if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1) {
        throw new RangeError(`a time to live of ${ttlSeconds} s: use whole seconds from 1`);
      }
      const envelope = envelopeFor(traced(writer), event, 1);
      const headers = envelopeHeaders(envelope);
      headers.push(['Nats-TTL', `${ttlSeconds}s`]);
      const draft = { id: envelope.id, subject: subjectOf(mode, event), body: bodyOf(event), headers };
      return store([draft], streamName(kind, mode));
    },
  };
};
