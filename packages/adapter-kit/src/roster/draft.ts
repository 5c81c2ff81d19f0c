import { capabilityAdvertised } from '@muster/contracts';
import type { z } from 'zod';

/** What a roster row says of a capability; the publisher adds revision and expiry. */
export const advertDraft = capabilityAdvertised.omit({ revision: true, expiresAt: true });
export type AdvertDraft = z.infer<typeof advertDraft>;
