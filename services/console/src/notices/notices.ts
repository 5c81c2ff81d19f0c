import type { BoardAction, CommandName } from '@muster/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { type Place, read } from '../api/http.ts';
import { usePlace } from '../shell/place.ts';

/** Something that waits for the person, under an id that never comes again. */
export type Notice = Omit<BoardAction, 'isMine' | 'waitsFor' | 'id'> & {
  id: string;
  commands: CommandName[];
};
export type NoticesAnswer = { notices: Notice[]; leftOut: number };

/** What waits for the person. The stream tells it anew as it changes, so that it need not be read again. */
export const noticesQuery = (place: Place) =>
  queryOptions({
    queryKey: ['notices', place.mode, place.org],
    queryFn: ({ signal }) => read<NoticesAnswer>(place, 'notices', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useNotices = () => useQuery(noticesQuery(usePlace()));
