import { instant, type Mode, markSubject, streamName } from '@muster/contracts';
import { z } from 'zod';
import { headersOf } from '../wire/headers.ts';
import type { Link } from '../wire/link.ts';
import { muxOf } from '../wire/mux.ts';

const markSchema = z.object({
  /** Sequence of the ledger up to which somebody has seen what changed. */
  seq: z.int().min(0),
  at: instant,
});

/** How far somebody had got when their duty ended. */
export type Mark = z.infer<typeof markSchema>;

/** Marks of people, each under a key that says nothing of the person. */
export type MarkStore = {
  /** The last one. @throws Error when the server cannot be asked. */
  read(org: string, key: string): Promise<Mark | undefined>;
  /** True when it is stored; else it is not known whether it is. */
  write(org: string, key: string, mark: Mark): Promise<boolean>;
};

/** Milliseconds to wait for the acknowledgement. */
const STORED_MS = 5_000;
/** A refusal carries a sequence too: 0. */
const ack = z.object({ seq: z.int().min(1) });
const utf8 = new TextEncoder();

/** Marks lie where the hub's services remember what is no fact of the ledger; a new exercise has none. */
export const createMarkStore = (mesh: Pick<Link, 'nc' | 'jsm' | 'log'>, mode: Mode): MarkStore => {
  const stream = streamName('ALERTS', mode);
  return {
    read: async (org, key) => {
      const subject = markSubject(mode, org, key);
      const found = await mesh.jsm.direct.getMessage(stream, { last_by_subj: subject });
      if (!found) return undefined;
      const read = markSchema.safeParse(found.json());
      if (!read.success)
        mesh.log.error({ stream, seq: found.seq }, 'a mark cannot be read and counts as none');
      return read.data;
    },
    write: async (org, key, mark) => {
      const body = utf8.encode(JSON.stringify(mark));
      const reply = await muxOf(mesh.nc).request(markSubject(mode, org, key), body, headersOf([]), STORED_MS);
      return typeof reply !== 'string' && ack.safeParse(reply.json()).success;
    },
  };
};
