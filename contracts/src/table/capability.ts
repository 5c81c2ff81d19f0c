import { capabilityAdvertised, capabilityWithdrawn } from '../capability/v1.ts';
import { capability, row } from './row.ts';

/** Events of a capability’s own force about what it would lend. */
export const CAPABILITY_EVENTS = {
  'muster.capability.advertised.v1': row({
    schema: capabilityAdvertised,
    stream: 'CAPABILITY',
    aggregate: capability,
    actors: ['adapter'],
    edxl: 'none (nearest: OfferUnsolicitedResource with BeginAvailable)',
    about: 'Full state of one capability, from its own force.',
  }),
  'muster.capability.withdrawn.v1': row({
    schema: capabilityWithdrawn,
    stream: 'CAPABILITY',
    aggregate: capability,
    actors: ['adapter'],
    edxl: 'MessageRecall Cancel',
    about: 'The force takes a capability off the mesh.',
  }),
};
