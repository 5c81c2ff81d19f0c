import { ADVERT_TTL_SECONDS_MAX, type CapabilityAdvertised, type MusterEvent } from '@muster/contracts';
import { newTraceparent } from '@muster/mesh';
import { diffRoster, type Held, type Published } from '../diff/diff.ts';
import { type ForceLink, isoNow, writerOf } from '../force/link.ts';
import { derivedId } from '../ids.ts';
import { inParallel } from '../parallel.ts';
import type { RosterReading } from '../roster/read.ts';
import { expiryFrom, renewAt } from './renewal.ts';

/** Adverts of one force on their way to the broker at once. */
export const PUBLISHING_MAX = 16;
/** Times that one advert is sent before the pass gives up on it; the next pass tries again. */
const TRIES_MAX = 3;
/** Seconds for which a message outlives its advert, so that a force that was away goes on with its revisions. */
const KEPT_AFTER_EXPIRY_SECONDS = 86_400;

export type AdvertiserOptions = {
  /** Life of an advert in seconds, up to 31 days; renewed at about half of it. */
  ttlSeconds: number;
  withdrawShareMax: number;
};

/** What one pass published, and what it could not. */
export type Pass = {
  advertised: number;
  renewed: number;
  withdrawn: number;
  unchanged: number;
  held: Held | undefined;
  /** Adverts that the broker did not acknowledge; they are tried again in the next pass. */
  unsent: { capabilityId: string; because: string }[];
};

export type Advertiser = {
  /** Publishes what differs between the roster and the mesh. */
  apply(reading: RosterReading, confirmed: ReadonlySet<string>): Promise<Pass>;
  /** Publishes again what comes to the half of its life. */
  renew(): Promise<Pass>;
  advert(capabilityId: string): CapabilityAdvertised | undefined;
  /** Adverts that stand: neither withdrawn nor expired. */
  live(): CapabilityAdvertised[];
};

const nothing = (): Pass => ({
  advertised: 0,
  renewed: 0,
  withdrawn: 0,
  unchanged: 0,
  held: undefined,
  unsent: [],
});

type Announced = Extract<
  MusterEvent,
  { type: 'muster.capability.advertised.v1' | 'muster.capability.withdrawn.v1' }
>;

/** Sends one advert event; undefined when it is stored, else why it may not be. */
const send = async (
  link: ForceLink,
  event: Announced,
  ttlSeconds: number,
  traceparent: string,
): Promise<string | undefined> => {
  const until = 'expiresAt' in event.data ? event.data.expiresAt : '';
  const commandId = derivedId('ad', event.data.capabilityId, event.data.revision, event.type, until);
  let because = '';
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const writer = writerOf(link, commandId, { traceparent });
    const outcome = await link.appender.publishState(link.mode, event, writer, ttlSeconds);
    switch (outcome.kind) {
      case 'stored':
      case 'already-stored':
        return undefined;
      case 'conflict':
        throw new Error(`an advert of ${event.data.capabilityId} met a guard, and adverts have none`);
      case 'refused':
        return outcome.because;
      case 'unknown':
        because = outcome.because;
    }
  }
  return because;
};

/**
 * Keeps the adverts of one force on the mesh: publishes differences only, renews, withdraws.
 * @param published what the mesh already has (see `resumeAdverts`); owned by the advertiser from here on.
 * @param open makes sure that a capability has its record in the home ledger before it is advertised, or says
 * why it has none yet.
 */
export const createAdvertiser = (
  link: ForceLink,
  options: AdvertiserOptions,
  published: Map<string, Published>,
  open: (capabilityId: string, traceparent: string) => Promise<string | undefined>,
): Advertiser => {
  if (!(options.ttlSeconds >= 1 && options.ttlSeconds <= ADVERT_TTL_SECONDS_MAX)) {
    throw new RangeError(
      `an advert's life must be 1 to ${ADVERT_TTL_SECONDS_MAX} seconds, not ${options.ttlSeconds}`,
    );
  }
  const keptSeconds = Math.min(options.ttlSeconds + KEPT_AFTER_EXPIRY_SECONDS, ADVERT_TTL_SECONDS_MAX);
  const expiresAt = (): string => expiryFrom(link.clock.now(), options.ttlSeconds);
  /** Adverts that the roster still backs; others are left to run out. */
  let standing: ReadonlySet<string> = new Set();

  const advertise = async (advert: CapabilityAdvertised, pass: Pass, trace: string): Promise<boolean> => {
    const event = { type: 'muster.capability.advertised.v1', data: advert } as const;
    const because = await send(link, event, keptSeconds, trace);
    if (because === undefined) published.set(advert.capabilityId, { advert, withdrawn: false });
    else pass.unsent.push({ capabilityId: advert.capabilityId, because });
    return because === undefined;
  };

  const apply: Advertiser['apply'] = async (reading, confirmed) => {
    const pass = nothing();
    // Nothing on the mesh caused what a roster says: a pass begins a trace.
    const trace = newTraceparent();
    const diff = diffRoster({
      published,
      drafts: reading.rows.map((row) => row.draft),
      kept: reading.kept,
      complete: reading.complete,
      withdrawShareMax: options.withdrawShareMax,
      confirmed,
      now: isoNow(link.clock),
      expiresAt: expiresAt(),
    });
    pass.unchanged = diff.unchanged;
    pass.held = diff.held;
    standing = new Set([
      ...reading.rows.map((row) => row.draft.capabilityId),
      ...reading.kept,
      ...(diff.held?.capabilityIds ?? []),
    ]);
    await inParallel(diff.advertise, PUBLISHING_MAX, async (advert) => {
      const because = await open(advert.capabilityId, trace);
      if (because !== undefined) pass.unsent.push({ capabilityId: advert.capabilityId, because });
      else if (await advertise(advert, pass, trace)) pass.advertised += 1;
    });
    await inParallel(diff.withdraw, PUBLISHING_MAX, async (data) => {
      const because = await send(link, { type: 'muster.capability.withdrawn.v1', data }, keptSeconds, trace);
      const before = published.get(data.capabilityId);
      if (because !== undefined) pass.unsent.push({ capabilityId: data.capabilityId, because });
      else if (before) {
        const advert = { ...before.advert, revision: data.revision };
        published.set(data.capabilityId, { advert, withdrawn: true });
        pass.withdrawn += 1;
      }
    });
    return pass;
  };

  const renew: Advertiser['renew'] = async () => {
    const pass = nothing();
    const trace = newTraceparent();
    const now = link.clock.now();
    const due = [...published.values()].filter(
      ({ advert, withdrawn }) =>
        !withdrawn && standing.has(advert.capabilityId) && renewAt(advert, options.ttlSeconds) <= now,
    );
    await inParallel(due, PUBLISHING_MAX, async ({ advert }) => {
      if (await advertise({ ...advert, expiresAt: expiresAt() }, pass, trace)) pass.renewed += 1;
    });
    return pass;
  };

  return {
    apply,
    renew,
    advert: (capabilityId) => {
      const entry = published.get(capabilityId);
      return entry && !entry.withdrawn ? entry.advert : undefined;
    },
    live: () => {
      const now = isoNow(link.clock);
      return [...published.values()]
        .filter(({ advert, withdrawn }) => !withdrawn && advert.expiresAt > now)
        .map(({ advert }) => advert);
    },
  };
};
