import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { createUser, fromSeed } from '@nats-io/nkeys';

/** The two halves of a user's nkey. The library derives and signs in plain JavaScript, 100 times slower. */
export type Nkey = { publicKey: string; sign(challenge: Uint8Array): Uint8Array };

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** First byte of the text form of a user's public key: it makes the text start with "U". */
const USER_PREFIX = 20 << 3;
/** What stands before the 32 bytes of an Ed25519 private key in PKCS 8 (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Bytes of an Ed25519 public key, at the end of its SPKI form. */
const PUBLIC_KEY_BYTES = 32;

const crc16 = (bytes: Uint8Array): number => {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
};

const base32 = (bytes: Uint8Array): string => {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += BASE32[(held >>> bits) & 31];
    }
    held &= 0xff;
  }
  return bits > 0 ? text + BASE32[(held << (5 - bits)) & 31] : text;
};

const publicText = (key: KeyObject): string => {
  const raw = createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-PUBLIC_KEY_BYTES);
  const body = Buffer.concat([Buffer.from([USER_PREFIX]), raw]);
  const check = Buffer.alloc(2);
  check.writeUInt16LE(crc16(body));
  return base32(Buffer.concat([body, check]));
};

/** The 32 secret bytes in a user's seed. The class that the library returns has them, its interface does not. */
const secretOf = (seed: string): Uint8Array => {
  const pair: { getRawSeed?: () => Uint8Array } & object = fromSeed(new TextEncoder().encode(seed));
  if (!seed.startsWith('SU') || !pair.getRawSeed) throw new RangeError('not the seed of a user ("SU…")');
  return pair.getRawSeed();
};

/** A new seed, as text that starts with "SU". */
export const newSeed = (): string => new TextDecoder().decode(createUser().getSeed());

/**
 * The key that a seed stands for.
 * @throws Error when the text is not the seed of a user.
 */
export const nkeyOf = (seed: string): Nkey => {
  const der = Buffer.concat([PKCS8_HEAD, secretOf(seed)]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { publicKey: publicText(key), sign: (challenge) => sign(null, challenge, key) };
};
