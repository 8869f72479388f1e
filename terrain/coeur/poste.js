// The device: its enrolment and the signature of its requests.

import { ecrireReglage, lireReglage } from './base.js';
import { cleHmac } from './chiffre.js';
import { deBase64, hasard, octets, versBase64 } from './octets.js';

/** @typedef {import('../types').Poste} Poste */

/** @returns {Promise<Poste | null>} the device, null while it is not enrolled */
export const lirePoste = async () => (await lireReglage('poste')) ?? null;

/**
 * Keeps the device after the server accepted it. Its two keys are not exportable by a script.
 * @param {{ id: string, nom: string, etablissement: string, cle: string, cle_publique: import('../types').ClePublique }} reponse
 * @param {number} maintenant
 * @returns {Promise<Poste>}
 */
export async function garderPoste(reponse, maintenant) {
  const poste = {
    id: reponse.id, nom: reponse.nom, etablissement: reponse.etablissement,
    cle: await cleHmac(deBase64(reponse.cle)), secret: await cleHmac(hasard(32)),
    cle_publique: reponse.cle_publique, enrole_a: maintenant,
  };
  await ecrireReglage('poste', poste);
  return poste;
}

/** Takes the establishment's new key, which the server gives with its answers. @param {Poste} poste @param {import('../types').ClePublique} cle */
export async function changerClePublique(poste, cle) {
  if (cle.kid === poste.cle_publique.kid) return;
  poste.cle_publique = cle;
  await ecrireReglage('poste', poste);
}

/**
 * Signature of a request by the device, and by the person when her keys are open.
 * The signed text is `METHOD\npath\ninstant\nhex(sha256(body))`.
 * @param {{ poste: Poste, cles: import('../types').Cles | null }} identite
 * @param {string} methode @param {string} chemin path and query
 * @param {string} corps @param {number} instant server's hour, milliseconds
 * @returns {Promise<Record<string, string>>} headers
 */
export async function signer({ poste, cles }, methode, chemin, corps, instant) {
  const empreinte = new Uint8Array(await crypto.subtle.digest('SHA-256', octets(corps)));
  const hexa = Array.from(empreinte, (x) => x.toString(16).padStart(2, '0')).join('');
  const signe = octets(`${methode}\n${chemin}\n${Math.round(instant)}\n${hexa}`);
  const mac = versBase64(await crypto.subtle.sign('HMAC', poste.cle, signe));
  /** @type {Record<string, string>} */
  const entetes = { Authorization: `Terrain poste=${poste.id},instant=${Math.round(instant)},mac=${mac}` };
  if (cles) {
    entetes['Terrain-Session'] = `session=${cles.session},mac=${versBase64(await crypto.subtle.sign('HMAC', cles.hmac, signe))}`;
  }
  return entetes;
}
