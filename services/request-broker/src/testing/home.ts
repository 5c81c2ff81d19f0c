import { isRefusal, type Mode, type MusterEvent } from '@muster/contracts';
import { decideHome, evolveHome, type HomeInput, type HomePolicy, type HomeState } from '@muster/domain';
import { createAppender } from '@muster/mesh';
import { advertOf } from './samples.ts';
import type { Org } from './world.ts';

/** A home force's ledger of one capability, kept by hand. */
export type HomeDesk = {
  /** Reads what the hub's ledger says of the capability and answers by the policy. */
  read(policy?: HomePolicy['policy']): Promise<void>;
  /** Decides as a person would. */
  decide(input: HomeInput): Promise<void>;
  state(): HomeState | undefined;
};

type Changed = MusterEvent<'muster.booking.changed.v1'>;

export const homeDesk = (
  org: Org,
  mode: Mode,
  donor: string,
  capabilityId: string,
  quantity = 1,
): HomeDesk => {
  const appender = createAppender(org.mesh);
  const aggregate = { kind: 'home', owner: donor, id: capabilityId } as const;
  let state: HomeState | undefined;
  let homeSeq = 0;
  let afterSeq = 0;

  const record = async (input: HomeInput, policy: HomePolicy['policy']): Promise<void> => {
    const now = new Date().toISOString();
    const advert = advertOf(donor, capabilityId, { quantity });
    const decision = decideHome(input, state, { advert, now, policy: { policy } });
    if (isRefusal(decision)) throw new Error(`home refuses: ${JSON.stringify(decision)}`);
    for (const event of decision.events) {
      const outcome = await appender.append({
        mode,
        stream: 'HOME',
        writer: {
          org: donor,
          commandId: `home-${capabilityId}-${event.data.homeVersion}`,
          source: `/muster/${donor}/test`,
          actor: `${donor}/adapter/test`,
          time: now,
          classification: 'OFFICIAL',
        },
        events: [event],
        expect: [{ aggregate, lastSeq: homeSeq }],
      });
      if (outcome.kind !== 'stored') throw new Error(`home record not stored: ${JSON.stringify(outcome)}`);
      homeSeq = outcome.seq;
      state = evolveHome(state, event);
    }
  };

  return {
    state: () => state,
    decide: (input) => record(input, 'person'),
    async read(policy = 'automatic') {
      const { events, lastSeq } = await org.answer('events', { afterSeq, limit: 1_000 });
      afterSeq = lastSeq;
      for (const { envelope, data } of events) {
        const isBooking = envelope.type === 'muster.booking.changed.v1';
        // The broker validates what it answers against the event table.
        const event = data as Changed['data'];
        if (isBooking && event.capabilityId === capabilityId) await record({ kind: 'hub', event }, policy);
      }
    },
  };
};
