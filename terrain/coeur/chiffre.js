// AES-GCM of small records under a compartment key.

import { concat, hasard, octets, texte } from './octets.js';

/**
 * @param {CryptoKey} cle AES-GCM 256
 * @param {unknown} valeur JSON
 * @param {string} lien where the record lives; moving it elsewhere makes it unreadable
 * @returns {Promise<Uint8Array<ArrayBuffer>>} 12 bytes of nonce, then the sealed bytes
 */
export async function chiffrer(cle, valeur, lien) {
  const iv = hasard(12);
  const clair = octets(JSON.stringify(valeur));
  const ct = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: octets(lien) }, cle, clair);
  return concat(iv, new Uint8Array(ct));
}

/**
 * @param {CryptoKey} cle
 * @param {Uint8Array<ArrayBuffer>} donnees
 * @param {string} lien
 * @returns {Promise<any>} rejects when the key, the place or the bytes are not the ones of the record
 */
export async function dechiffrer(cle, donnees, lien) {
  const iv = donnees.subarray(0, 12);
  const clair = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: octets(lien) }, cle, donnees.subarray(12));
  return JSON.parse(texte(clair));
}

/** @param {Uint8Array<ArrayBuffer>} brute 32 bytes @returns {Promise<CryptoKey>} not exportable */
export const cleAes = (brute) => crypto.subtle.importKey('raw', brute, 'AES-GCM', false, ['encrypt', 'decrypt']);

/** @param {Uint8Array<ArrayBuffer>} brute @returns {Promise<CryptoKey>} not exportable */
export const cleHmac = (brute) => crypto.subtle.importKey('raw', brute, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
