import type { StoredEventView } from '@muster/contracts';
import { decodeEvent, type Mesh } from '@muster/mesh';
import type { Fetch } from './archive.ts';

/** Last sequence of the stream, as its leader says. */
export const lastSequence = async (mesh: Mesh, stream: string): Promise<number> => {
  const info = await mesh.jsm.streams.info(stream);
  return info.state.last_seq;
};

/** Reads single messages from the stream's leader: a follower may lag behind what this replica has read. */
export const fetchFrom =
  (mesh: Mesh, stream: string): Fetch =>
  async (seq): Promise<StoredEventView | undefined> => {
    const message = await mesh.jsm.streams.getMessage(stream, { seq });
    if (!message) return undefined;
    const { subject, header: headers, data, timestamp } = message;
    const decoded = decodeEvent({ seq, subject, headers, data, storedAt: Date.parse(timestamp) });
    if (!decoded.ok) return undefined;
    const { stored } = decoded;
    return { seq: stored.seq, subject: stored.subject, envelope: stored.envelope, data: stored.event.data };
  };
