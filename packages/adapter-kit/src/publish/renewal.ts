import { createHash } from 'node:crypto';
import type { CapabilityAdvertised } from '@muster/contracts';

/** Renewals fall between these shares of an advert's life, so that those made together do not renew together. */
const RENEW_SHARE_MIN = 0.4;
const RENEW_SHARE_MAX = 0.6;
const SPREAD_STEPS = 65_536;

const spreadOf = (advert: CapabilityAdvertised): number =>
  createHash('sha256').update(`${advert.force}.${advert.capabilityId}`).digest().readUInt16BE(0) /
  SPREAD_STEPS;

/** When an advert is to be renewed, in epoch milliseconds: about half of its life before its expiry. */
export const renewAt = (advert: CapabilityAdvertised, ttlSeconds: number): number => {
  const share = RENEW_SHARE_MIN + (RENEW_SHARE_MAX - RENEW_SHARE_MIN) * spreadOf(advert);
  return Date.parse(advert.expiresAt) - ttlSeconds * 1_000 * share;
};

/** The instant at which an advert published now expires. */
export const expiryFrom = (now: number, ttlSeconds: number): string =>
  new Date(now + ttlSeconds * 1_000).toISOString();
