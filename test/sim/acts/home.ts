import type { HomeInput } from '@muster/domain';
import { CAPABILITIES, moved } from '../cast.ts';
import type { Dice } from '../dice.ts';
import type { Mesh } from '../mesh.ts';

type Kind = HomeInput['kind'];
export type AtHome = { donor: string; capabilityId: string; input: HomeInput };
type Name = { donor: string; capabilityId: string };

const nameOf = ({ force, capabilityId }: (typeof CAPABILITIES)[number]): Name => ({
  donor: force,
  capabilityId,
});
const NAMES: readonly Name[] = CAPABILITIES.map(nameOf);

/** What the hub has said of a capability and its force has not taken in yet. */
export const unseen = (mesh: Mesh, { donor, capabilityId }: Name) => {
  const seen = mesh.ledger.view.home(donor, capabilityId)?.seenVersion ?? 0;
  return mesh.bookingsOf(donor, capabilityId).filter(({ bookingVersion }) => bookingVersion > seen);
};

/** Bookings on which the desk has not decided, of all capabilities. */
const undecided = (mesh: Mesh): (Name & { bookingId: string })[] =>
  NAMES.flatMap((name) => {
    const home = mesh.ledger.view.home(name.donor, name.capabilityId);
    const open = [...(home?.bookings.values() ?? [])].filter(
      ({ bookingId }) => !home?.verdicts.has(bookingId),
    );
    return open.map(({ bookingId }) => ({ ...name, bookingId }));
  });

const some = (mesh: Mesh, dice: Dice): Name => {
  const used = NAMES.filter(({ donor, capabilityId }) => mesh.bookingsOf(donor, capabilityId).length > 0);
  return dice.pick(dice.once(4) ? NAMES : used) ?? { donor: 'sussex', capabilityId: 'pool' };
};

/** A booking to decide on, and now and then one that there is not. */
const onDesk = (mesh: Mesh, dice: Dice): Name & { bookingId: string } =>
  (dice.once(10) ? undefined : dice.pick(undecided(mesh))) ?? { ...some(mesh, dice), bookingId: 'none' };

/** For each thing that a home ledger takes in, one such thing; news of the hub come late, early and again too. */
export const AT_HOME: {
  [K in Kind]: (mesh: Mesh, dice: Dice, now: string, id: string) => AtHome | undefined;
} = {
  open: (mesh, dice) => {
    const name = some(mesh, dice);
    return { ...name, input: { kind: 'open', ...name } };
  },
  hub: (mesh, dice) => {
    const name = dice.pick(NAMES.filter((each) => unseen(mesh, each).length > 0)) ?? some(mesh, dice);
    const [next] = unseen(mesh, name);
    const any = dice.pick(mesh.bookingsOf(name.donor, name.capabilityId));
    const event = dice.once(6) ? any : (next ?? any);
    return event && { ...name, input: { kind: 'hub', event } };
  },
  confirm: (mesh, dice) => {
    const { bookingId, ...name } = onDesk(mesh, dice);
    return { ...name, input: { kind: 'confirm', bookingId } };
  },
  refuse: (mesh, dice) => {
    const { bookingId, ...name } = onDesk(mesh, dice);
    return { ...name, input: { kind: 'refuse', bookingId, reasonCode: 'own-demand' } };
  },
  use: (mesh, dice, now, useId) => ({
    ...some(mesh, dice),
    input: {
      ...{ kind: 'use', useId, quantity: 1 + dice.below(2), from: now },
      to: moved(now, 30 + dice.below(400)),
    },
  }),
  'use-return': (mesh, dice, now) => {
    const used = NAMES.flatMap((name) =>
      [...(mesh.ledger.view.home(name.donor, name.capabilityId)?.uses.keys() ?? [])].map((useId) => ({
        ...name,
        useId,
      })),
    );
    const { useId = 'none', ...name } = (dice.once(6) ? undefined : dice.pick(used)) ?? {
      ...some(mesh, dice),
      useId: 'none',
    };
    return { ...name, input: { kind: 'use-return', useId, at: now } };
  },
};
