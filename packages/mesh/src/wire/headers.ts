import type { MsgHdrs } from '@nats-io/nats-core';
import { MsgHdrsImpl } from '@nats-io/nats-core/internal';

const LINE_BREAK = /[\r\n]/;

/** Encodes into Node's pool of buffers: the client's own encoder allocates for each message, which costs nine times as much. */
class PooledHeaders extends MsgHdrsImpl {
  override encode(): Uint8Array {
    return Buffer.from(this.toString());
  }
}

/**
 * Message headers from names and values that are already encoded. Fills the map directly: the client's `set`
 * checks every name again and costs more than the rest of a publish.
 * @throws RangeError when a value holds a line break.
 */
export const headersOf = (pairs: readonly (readonly [string, string])[]): MsgHdrs => {
  const made = new PooledHeaders();
  for (const [name, value] of pairs) {
    if (LINE_BREAK.test(value)) throw new RangeError(`header ${name} holds a line break`);
    made.headers.set(name, [value]);
  }
  return made;
};

/** Reads headers by name in constant time; the client's `get` walks through all of them. */
export const headerReader = (of: MsgHdrs | undefined): ((name: string) => string | undefined) => {
  if (of instanceof MsgHdrsImpl) {
    const map = of.headers;
    return (name) => map.get(name)?.[0];
  }
  return (name) => of?.get(name) || undefined;
};

/** Headers as names and first values, in the order in which they were sent. */
export const headerPairs = (of: MsgHdrs | undefined): [string, string][] =>
  of === undefined ? [] : [...of].map(([name, values]) => [name, values[0] ?? '']);
