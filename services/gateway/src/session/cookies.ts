import type { CookieSerializeOptions } from '@fastify/cookie';
import { SESSION_MS_MAX, SIGN_IN_MS_MAX } from '../limits.ts';

/** The cookies of the gateway, which only its own pages send and no script reads. */
export type Cookies = {
  session: { name: string; options: CookieSerializeOptions };
  ticket: { name: string; options: CookieSerializeOptions };
};

const MS_PER_SECOND = 1_000;

/**
 * On https the names carry the prefix that makes a browser refuse a cookie set for or by another host. Plain
 * http is spoken on the loopback address only, where no browser would keep such a cookie for certain.
 */
export const cookiesFor = (publicUrl: string): Cookies => {
  const secure = new URL(publicUrl).protocol === 'https:';
  const prefix = secure ? '__Host-' : '';
  const base = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  return {
    session: { name: `${prefix}muster`, options: { ...base, maxAge: SESSION_MS_MAX / MS_PER_SECOND } },
    ticket: { name: `${prefix}muster-sign-in`, options: { ...base, maxAge: SIGN_IN_MS_MAX / MS_PER_SECOND } },
  };
};
