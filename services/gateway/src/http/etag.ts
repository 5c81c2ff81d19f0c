import { createHash } from 'node:crypto';

/** Characters of the digest in an ETag: 132 bits. */
const DIGEST_LENGTH = 22;

/** A strong ETag of an answer's bytes, for one organisation: what one may see is not what another may. */
export const etagOf = (org: string, text: string): string =>
  `"${createHash('sha256').update(org).update('\0').update(text).digest('base64url').slice(0, DIGEST_LENGTH)}"`;

/** Whether a header such as If-None-Match or If-Match names this ETag. */
export const names = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag));
