import type { BoardRequest } from '@muster/contracts';

/** Whether a request has all the words in it: of its force, its reason, its codes, its urgency. */
export const isFound = (
  { host, requestId, reason, lines, urgency, threatCategory, status }: BoardRequest,
  find: string,
  nameOf: (org: string) => string,
): boolean => {
  const words = find
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const text = [
    host,
    nameOf(host),
    requestId,
    reason,
    urgency,
    threatCategory,
    status,
    ...lines.map(({ code }) => code),
  ]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
};
