import type { ActorRole, Mode } from '@muster/contracts';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { get, post } from './http.ts';

/** What a person does for one organisation: from which post, and in which roles. */
export type Duty = { org: string; post: string; roles: ActorRole[] };

export type Me = {
  person: { name: string; id: string };
  duties: Duty[];
  csrf: string;
  modes: Mode[];
  expiresAt: string;
  /** True where everyone may sign in as anyone. */
  demo: boolean;
};

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => get<Me>('/v1/me', {}, signal),
  staleTime: 60_000,
});

/** Who has signed in; screens are shown to those who have. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Leaves for the sign-in page, and comes back to where the person is now. */
export const signIn = (): void => {
  const { pathname, search } = window.location;
  window.location.assign(`/auth/login?return=${encodeURIComponent(`${pathname}${search}`)}`);
};

export const signOut = async (csrf: string): Promise<void> => {
  await post('/auth/logout', csrf);
  window.location.assign('/');
};
