import { z } from 'zod';
import { commandId, token } from '../tokens.ts';
import { name, orgId, text } from '../values.ts';

/** Another desk of the host looks after the request from now on. */
export const requestDeskTaken = z.object({
  host: orgId,
  requestId: commandId,
  from: name,
  to: token,
  /** Post that took it over. */
  by: token,
  note: text.min(1),
});
