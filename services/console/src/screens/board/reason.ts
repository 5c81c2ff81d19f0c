import type { BoardAction, BoardRequest } from '@muster/contracts';

/** Why the help was asked for about which something waits, by the requests that the page knows. */
export const reasonOf =
  (requests: readonly BoardRequest[] = []) =>
  ({ host, requestId }: Pick<BoardAction, 'host' | 'requestId'>): string | undefined =>
    requests.find((each) => each.host === host && each.requestId === requestId)?.reason;
