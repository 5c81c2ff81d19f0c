/** Longest path to return to, in characters. */
const PATH_LENGTH_MAX = 2_048;
const BASE = 'http://gateway.invalid';

/**
 * A path of our own to return to after signing in; anything that could lead elsewhere is `/`. What a browser
 * would make of it decides, not how it looks: `//host`, `/\host` and a tab in between all lead to another host.
 */
export const returnPath = (given: unknown): string => {
  if (typeof given !== 'string' || given.length > PATH_LENGTH_MAX || !given.startsWith('/')) return '/';
  if (given.includes('\\') || /\p{Cc}/u.test(given)) return '/';
  if (!URL.canParse(given, BASE)) return '/';
  const { origin, pathname, search, hash } = new URL(given, BASE);
  const path = `${pathname}${search}${hash}`;
  // Dot segments are gone now, and may have left two slashes in front.
  return origin === BASE && !path.startsWith('//') && !path.startsWith('/auth/') ? path : '/';
};
