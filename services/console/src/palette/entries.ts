import type { RequestView } from '@muster/contracts';
import type { Place } from '../api/http.ts';
import type { Me } from '../api/me.ts';
import type { Reference } from '../api/reads.ts';
import { pathTo } from '../shell/place.ts';
import { REQUEST_STATUS_WORDS } from '../words/requests.ts';

/** Entries of one group that are shown at a time. */
export const ENTRIES_SHOWN = 8;

/** Somewhere that one can go. */
export type Entry = {
  to: string;
  words: string;
  about: string /** What it is found by beside its words. */;
  also: string;
};
export type Group = { heading: string; entries: readonly Entry[] };

export type Known = {
  place: Place;
  me: Pick<Me, 'duties' | 'modes'>;
  screens: readonly { path: string; nav?: string }[];
  firstScreen: string;
  reference: Pick<Reference, 'forces' | 'capabilities'>;
  requests: readonly Pick<RequestView, 'host' | 'requestId' | 'status' | 'terms' | 'lines'>[];
  nameOf(org: string): string;
};

const withFind = (path: string, key: string, value: string): string =>
  `${path}?${new URLSearchParams({ [key]: value })}`;

/** Everywhere that one can go from a place, in the order in which it is shown. */
export const groupsOf = ({
  place,
  me,
  screens,
  firstScreen,
  reference,
  requests,
  nameOf,
}: Known): Group[] => [
  {
    heading: 'Screens',
    entries: screens.flatMap(({ path, nav }) =>
      nav === undefined ? [] : [{ to: pathTo(place, path), words: nav, about: '', also: path }],
    ),
  },
  {
    heading: 'Requests',
    entries: requests.map(({ host, requestId, status, terms, lines }) => ({
      to: pathTo(place, 'request', host, requestId),
      words: terms.specialDemandReason,
      about: `${nameOf(host)}, ${REQUEST_STATUS_WORDS[status].words.toLowerCase()}, ${requestId}`,
      also: [host, ...lines.map(({ line }) => line.capabilityCode)].join(' '),
    })),
  },
  {
    heading: 'Open requests of a force',
    entries: reference.forces.map(({ id, name, region }) => ({
      to: withFind(pathTo(place, 'board'), 'find', name),
      words: name,
      about: region,
      also: id,
    })),
  },
  {
    heading: 'Who has a capability',
    entries: reference.capabilities
      .filter(({ advertise }) => advertise)
      .map(({ code, name, category }) => ({
        to: withFind(pathTo(place, 'map'), 'code', code),
        words: name,
        about: code,
        also: category,
      })),
  },
  {
    heading: 'Elsewhere',
    entries: [
      ...me.modes
        .filter((mode) => mode !== place.mode)
        .map((mode) => ({
          to: pathTo({ mode, org: place.org }, firstScreen),
          words: mode === 'exercise' ? 'Go to the exercise' : 'Leave the exercise',
          about: '',
          also: `mode ${mode}`,
        })),
      ...me.duties
        .filter(({ org }) => org !== place.org)
        .map(({ org, post }) => ({
          to: pathTo({ mode: place.mode, org }, firstScreen),
          words: `Act for ${nameOf(org)}`,
          about: post,
          also: org,
        })),
    ],
  },
];

/** 0: it is called just that; 1: it begins so; 2: it has it somewhere. */
const farness = ({ words, about, also }: Entry, wanted: string): number =>
  [words, about, also].some((text) => text.toLowerCase() === wanted)
    ? 0
    : words.toLowerCase().startsWith(wanted)
      ? 1
      : 2;

/**
 * The entries that have all the words in them, those that are called so first, then those that begin so. A group with
 * one that is called so comes first; groups without any are left out.
 */
export const found = (groups: readonly Group[], text: string): Group[] => {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/);
  const textOf = ({ words: own, about, also }: Entry): string => `${own} ${about} ${also}`.toLowerCase();
  const isCalledSo = ({ entries }: Group): boolean =>
    wanted !== '' && entries.some((entry) => farness(entry, wanted) === 0);
  return groups
    .flatMap(({ heading, entries }) => {
      const some = entries
        .filter((entry) => words.every((word) => textOf(entry).includes(word)))
        .sort((a, b) => farness(a, wanted) - farness(b, wanted));
      return some.length === 0 ? [] : [{ heading, entries: some.slice(0, ENTRIES_SHOWN) }];
    })
    .sort((a, b) => Number(isCalledSo(b)) - Number(isCalledSo(a)));
};
