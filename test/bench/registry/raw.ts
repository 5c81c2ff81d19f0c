import { ASKS } from '@muster/contracts';
import type { Mesh } from '@muster/mesh';
import { headers, type Msg } from '@nats-io/nats-core';
import { ANSWER, QUERY } from './answer.ts';

/** A name that no query of the mesh has, in the place where an organisation may ask. */
const NAME = 'raw-search';
const { query, answer } = ASKS['capability-search'];

/** Answers with the client alone: same JSON, same validation. */
export const serveRaw = (mesh: Mesh): void => {
  mesh.nc.subscribe(`ask.exercise.*.${NAME}`, {
    queue: 'raw',
    callback: (_error, msg) => {
      query.parse(msg.json());
      msg.respond(JSON.stringify({ ok: true, answer: answer.parse(ANSWER) }));
    },
  });
};

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/**
 * Asks with the client alone: one shared reply subscription and no timer, since the client's own `request`
 * spends more on its timers than on the rest. Same JSON, same header, same validation; no deadline.
 * @param inboxPrefix the user's own, below which alone the server lets it listen.
 */
export const rawCaller = (mesh: Mesh, inboxPrefix: string): (() => Promise<void>) => {
  const base = `${inboxPrefix}.raw.`;
  const waiting = new Map<string, (msg: Msg) => void>();
  mesh.nc.subscribe(`${base}*`, {
    callback: (_error, msg) => {
      const token = msg.subject.slice(base.length);
      waiting.get(token)?.(msg);
      waiting.delete(token);
    },
  });
  let serial = 0;
  return async () => {
    serial += 1;
    const token = serial.toString(36);
    const carried = headers();
    carried.set('traceparent', TRACEPARENT);
    const msg = await new Promise<Msg>((resolve) => {
      waiting.set(token, resolve);
      mesh.nc.publish(`ask.exercise.kent.${NAME}`, JSON.stringify(QUERY), {
        reply: base + token,
        headers: carried,
      });
    });
    const { ok, answer: found } = msg.json<{ ok: boolean; answer: unknown }>();
    if (!ok) throw new Error(msg.string());
    answer.parse(found);
  };
};
