// UUIDv7 (RFC 9562): the client id of an act is its idempotency key.

import { hasard } from './octets.js';

let dernierInstant = 0;
let compteur = 0;

/**
 * A fresh UUIDv7. Ordered by creation within the page even when the clock goes back or several are made in a millisecond.
 * @param {number} instant milliseconds since 1970
 * @returns {string}
 */
export function uuid7(instant) {
  const alea = hasard(10);
  const voulu = Math.max(0, Math.floor(instant));
  if (voulu > dernierInstant) {
    dernierInstant = voulu;
    compteur = alea[0] & 0x7f;
  } else if (++compteur > 0xfff) {
    dernierInstant += 1;
    compteur = 0;
  }
  const b = new Uint8Array(16);
  let reste = dernierInstant;
  for (let i = 5; i >= 0; i--) {
    b[i] = reste % 256;
    reste = Math.floor(reste / 256);
  }
  b[6] = 0x70 | (compteur >> 8);
  b[7] = compteur & 0xff;
  b.set(alea.subarray(2), 8);
  b[8] = (b[8] & 0x3f) | 0x80;
  const hexa = Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('');
  return `${hexa.slice(0, 8)}-${hexa.slice(8, 12)}-${hexa.slice(12, 16)}-${hexa.slice(16, 20)}-${hexa.slice(20)}`;
}
