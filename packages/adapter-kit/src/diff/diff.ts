import { createHash } from 'node:crypto';
import type { CapabilityAdvertised, CapabilityWithdrawn } from '@muster/contracts';
import { type AdvertDraft, advertDraft } from '../roster/draft.ts';

/** Share of a force's live adverts that one reading may withdraw without being confirmed. */
export const WITHDRAW_SHARE_MAX_DEFAULT = 0.3;
/** Fewer withdrawals than this go out whatever their share. */
export const WITHDRAW_HELD_MIN = 3;

/** What the mesh last heard of a capability from this force. */
export type Published = { advert: CapabilityAdvertised; withdrawn: boolean };

export type DiffInput = {
  published: ReadonlyMap<string, Published>;
  drafts: readonly AdvertDraft[];
  /** Capabilities whose row is bad at present: what was published of them stands. */
  kept: ReadonlySet<string>;
  /** False when part of the roster could not be read: then absence proves nothing. */
  complete: boolean;
  /** From 0 (every withdrawal of {@link WITHDRAW_HELD_MIN} or more is held) to 1 (none is). */
  withdrawShareMax: number;
  /** Digests of withdrawals that a person confirmed. */
  confirmed: ReadonlySet<string>;
  now: string;
  /** Expiry that new adverts get. */
  expiresAt: string;
};

/** Withdrawals that wait for a person. `digest` names exactly this set of adverts. */
export type Held = { capabilityIds: string[]; live: number; digest: string; why: 'share' | 'incomplete' };

export type Diff = {
  advertise: CapabilityAdvertised[];
  withdraw: CapabilityWithdrawn[];
  held: Held | undefined;
  unchanged: number;
};

const DIGEST_CHARS = 12;

/** Two adverts say the same when their drafts read the same; schema order makes the text comparable. */
const contentOf = (draft: AdvertDraft): string => JSON.stringify(advertDraft.parse(draft));

const digestOf = (adverts: readonly CapabilityAdvertised[]): string =>
  createHash('sha256')
    .update(adverts.map((advert) => `${advert.capabilityId}@${advert.revision}`).join('\n'))
    .digest('hex')
    .slice(0, DIGEST_CHARS);

const heldOf = (gone: readonly CapabilityAdvertised[], live: number, input: DiffInput): Held | undefined => {
  if (gone.length === 0) return undefined;
  const digest = digestOf(gone);
  if (input.confirmed.has(digest)) return undefined;
  const tooMany = gone.length >= WITHDRAW_HELD_MIN && gone.length > live * input.withdrawShareMax;
  if (input.complete && !tooMany) return undefined;
  return {
    capabilityIds: gone.map((advert) => advert.capabilityId),
    live,
    digest,
    why: input.complete ? 'share' : 'incomplete',
  };
};

/** What has to be published so that the mesh says what the roster says. Pure. */
export const diffRoster = (input: DiffInput): Diff => {
  const { published, drafts, kept, expiresAt } = input;
  const advertise: CapabilityAdvertised[] = [];
  let unchanged = 0;
  const listed = new Set<string>();
  const isOver = ({ advert, withdrawn }: Published): boolean => !withdrawn && advert.expiresAt <= input.now;
  for (const draft of drafts) {
    listed.add(draft.capabilityId);
    const before = published.get(draft.capabilityId);
    if (before && !before.withdrawn && contentOf(before.advert) === contentOf(draft)) {
      // One that ran out while the force was away says the same again: its revision stays.
      if (isOver(before)) advertise.push({ ...before.advert, expiresAt });
      else unchanged += 1;
      continue;
    }
    advertise.push({ ...draft, revision: (before?.advert.revision ?? 0) + 1, expiresAt });
  }
  for (const capabilityId of kept) {
    const before = published.get(capabilityId);
    if (before && isOver(before) && !listed.has(capabilityId))
      advertise.push({ ...before.advert, expiresAt });
  }
  const live = [...published.values()]
    .filter(({ advert, withdrawn }) => !withdrawn && advert.expiresAt > input.now)
    .map(({ advert }) => advert);
  const gone = live
    .filter((advert) => !listed.has(advert.capabilityId) && !kept.has(advert.capabilityId))
    .sort((a, b) => (a.capabilityId < b.capabilityId ? -1 : 1));
  const held = heldOf(gone, live.length, input);
  const withdraw = held
    ? []
    : gone.map(({ force, capabilityId, revision }) => ({
        force,
        capabilityId,
        revision: revision + 1,
        reasonCode: 'gone-from-roster' as const,
      }));
  return { advertise, withdraw, held, unchanged };
};
