import { actorRole, orgId, token } from '@muster/contracts';
import { z } from 'zod';

/** Duties of one person. */
const DUTIES_MAX = 16;

/** The roles that people hold; software has its own. */
export const personRole = actorRole.exclude(['adapter', 'broker']);
export type PersonRole = z.infer<typeof personRole>;

/** What a person does for one organisation: from a post, which is all that the mesh records, in one or more roles. */
export const duty = z.object({ org: orgId, post: token, roles: z.array(personRole).min(1) });
export type Duty = z.infer<typeof duty>;

/** Who has signed in. */
export const person = z.object({
  id: z.string().min(1).max(255),
  name: z.string().min(1).max(120),
  duties: z.array(duty).min(1).max(DUTIES_MAX),
});
export type Person = z.infer<typeof person>;

/** The claim of the identity server that tells the duties. */
export const DUTIES_CLAIM = 'muster_duties';

/** A person out of the claims of an ID token; undefined when the identity server gives them no duty on the mesh. */
export const personOf = (claims: Readonly<Record<string, unknown>>): Person | undefined => {
  const { sub, name, preferred_username: username } = claims;
  const read = person.safeParse({ id: sub, name: name ?? username ?? sub, duties: claims[DUTIES_CLAIM] });
  return read.success ? read.data : undefined;
};
