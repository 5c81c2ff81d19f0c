import { randomBytes } from 'node:crypto';

/** The gateway, as the identity server of the demo knows it. */
export const CLIENT_ID = 'muster-gateway';
const SECRET_BYTES = 32;

/** A secret that nobody has had before. */
export const secret = (): string => randomBytes(SECRET_BYTES).toString('base64url');
