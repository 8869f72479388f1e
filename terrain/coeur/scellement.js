// Sealing to the establishment's public key: whoever holds the tablet, even its owner, cannot read what waits to leave.

import { concat, deBase64, hasard, octets, versBase64 } from './octets.js';

const COURBE = /** @type {const} */ ({ name: 'ECDH', namedCurve: 'P-256' });

/**
 * What the seal is bound to: a sealed operation moved under another id, device or sequence number does not open.
 * @param {string} id @param {string} poste @param {number} seq @param {string} kid
 * @returns {Uint8Array<ArrayBuffer>}
 */
const lien = (id, poste, seq, kid) => octets(`grappe-terrain|1|${id}|${poste}|${seq}|${kid}`);

/**
 * Seals an operation: ephemeral ECDH P-256, HKDF-SHA-256, AES-256-GCM.
 * @param {import('../types').Operation} operation
 * @param {import('../types').ClePublique} destinataire
 * @returns {Promise<import('../types').Scelle>}
 */
export async function sceller(operation, destinataire) {
  const point = deBase64(destinataire.point);
  const [publique, ephemere] = await Promise.all([
    crypto.subtle.importKey('raw', point, COURBE, false, []),
    crypto.subtle.generateKey(COURBE, false, ['deriveBits']),
  ]);
  const epk = new Uint8Array(await crypto.subtle.exportKey('raw', ephemere.publicKey));
  const commun = await crypto.subtle.deriveBits({ name: 'ECDH', public: publique }, ephemere.privateKey, 256);
  const base = await crypto.subtle.importKey('raw', commun, 'HKDF', false, ['deriveKey']);
  const cle = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: concat(epk, point), info: octets('grappe terrain scelle 1') },
    base, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
  const iv = hasard(12);
  const additionalData = lien(operation.id, operation.poste, operation.seq, destinataire.kid);
  const ct = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, cle, octets(JSON.stringify(operation)));
  return {
    id: operation.id, poste: operation.poste, seq: operation.seq, kid: destinataire.kid,
    epk: versBase64(epk), iv: versBase64(iv), ct: versBase64(ct),
  };
}
