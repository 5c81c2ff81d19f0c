import type { Mode } from '@muster/contracts';
import { TO_DO } from '../words/requests.ts';
import { dayAndTime } from '../words/time.ts';
import type { Notice } from './notices.ts';

/** As many at one time are told of one by one; more are told of together. */
export const ONE_BY_ONE_MAX = 3;

/** What a person is told at one time, and where it leads. Nothing in it was written by a person. */
export type Telling = { id: string; title: string; body: string; about: Notice | undefined };

export const tellingsOf = (
  fresh: readonly Notice[],
  { mode, org }: { mode: Mode; org: string },
  nameOf: (org: string) => string,
): Telling[] => {
  const mark = mode === 'exercise' ? 'EXERCISE: ' : '';
  if (fresh.length > ONE_BY_ONE_MAX) {
    const late = fresh.filter(({ isLate }) => isLate).length;
    return [
      {
        id: `many ${fresh[0]?.id}`,
        title: `${mark}${fresh.length} things wait for you`,
        body: [nameOf(org), ...(late > 0 ? [`${late} late`] : [])].join(', '),
        about: undefined,
      },
    ];
  }
  return fresh.map((notice) => ({
    id: notice.id,
    title: `${mark}${TO_DO[notice.kind]}`,
    body: [
      notice.host === org ? nameOf(org) : `${nameOf(org)}, for ${nameOf(notice.host)}`,
      ...(notice.by === undefined ? [] : [`by ${dayAndTime(notice.by)}`]),
      ...(notice.isLate ? ['late'] : []),
    ].join(', '),
    about: notice,
  }));
};
