// Drafts: any text field is kept at each pause, encrypted with the author's key.

import { attendre, transaction } from './base.js';
import { chiffrer, dechiffrer } from './chiffre.js';

/** @typedef {import('../types').Cles} Cles */

/**
 * @param {Cles} cles @param {string} cle which form, e.g. `transmission|<resident>`
 * @param {Record<string, unknown>} valeurs @param {number} maintenant
 * @returns {Promise<void>}
 */
export async function garder(cles, cle, valeurs, maintenant) {
  const clef = cles.compartiments.perso;
  if (!clef) return;
  const auteur = cles.personne.id;
  const ct = await chiffrer(clef, { valeurs, a: maintenant }, `brouillon|${auteur}|${cle}`);
  await transaction(['brouillons'], 'readwrite', (tx) => attendre(tx.objectStore('brouillons').put({ auteur, cle, ct })));
}

/** @param {Cles} cles @param {string} cle @returns {Promise<{ valeurs: Record<string, any>, a: number } | null>} */
export async function retrouver(cles, cle) {
  const clef = cles.compartiments.perso;
  if (!clef) return null;
  const auteur = cles.personne.id;
  const ligne = await transaction(['brouillons'], 'readonly', (tx) => attendre(tx.objectStore('brouillons').get([auteur, cle])));
  return ligne ? dechiffrer(clef, ligne.ct, `brouillon|${auteur}|${cle}`).catch(() => null) : null;
}

/** @param {Cles} cles @param {string} cle @returns {Promise<void>} */
export const jeter = (cles, cle) => transaction(['brouillons'], 'readwrite', async (tx) => {
  await attendre(tx.objectStore('brouillons').delete([cles.personne.id, cle]));
});
