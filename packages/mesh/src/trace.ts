import { randomFillSync } from 'node:crypto';

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;
const NO_TRACE = '0'.repeat(32);
const TRACE_BYTES = 16;
const SPAN_BYTES = 8;
const SAMPLED = '01';

/** Random bytes in store: drawn one by one they cost more than the whole of a message. */
const POOL = Buffer.alloc((TRACE_BYTES + SPAN_BYTES) * 256);
let drawn = POOL.length;

const randomHex = (bytes: number): string => {
  if (drawn + bytes > POOL.length) {
    randomFillSync(POOL);
    drawn = 0;
  }
  drawn += bytes;
  return POOL.toString('hex', drawn - bytes, drawn);
};

/** A W3C `traceparent` that starts a new trace. */
export const newTraceparent = (): string =>
  `00-${randomHex(TRACE_BYTES)}-${randomHex(SPAN_BYTES)}-${SAMPLED}`;

/** Goes on with the trace of the sender under a span of our own, or starts one when there is none that can be read. */
export const continueTrace = (received: string | undefined): string => {
  const [, trace, flags] = TRACEPARENT.exec(received ?? '') ?? [];
  if (trace === undefined || flags === undefined || trace === NO_TRACE) return newTraceparent();
  return `00-${trace}-${randomHex(SPAN_BYTES)}-${flags}`;
};
