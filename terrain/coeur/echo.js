// Readable copies of one's own entries: drawn over the server's fragments until the server's version arrives.

import { attendre, transaction } from './base.js';
import { chiffrer, dechiffrer } from './chiffre.js';

/** @typedef {import('../types').Echo} Echo */

/** A settled copy is kept this long for « Mes saisies » (milliseconds). */
export const GARDE = 36 * 3_600_000;

/**
 * @param {import('../types').Cles} cles
 * @returns {Promise<Echo[]>} this person's entries, oldest first; others' stay sealed
 */
export async function miens(cles) {
  const cle = cles.compartiments.perso;
  if (!cle) return [];
  const lignes = await transaction(['echo'], 'readonly', (tx) =>
    attendre(tx.objectStore('echo').index('auteur').getAll(cles.personne.id)));
  const lus = await Promise.all(lignes.map((ligne) => lire(cle, ligne)));
  return lus.filter((e) => e !== null).sort((a, b) => a.operation.seq - b.operation.seq);
}

/** @param {CryptoKey} cle @param {any} ligne @returns {Promise<Echo | null>} */
async function lire(cle, ligne) {
  try {
    const { ct, ...reste } = ligne;
    return { ...reste, ...(await dechiffrer(cle, ct, `echo|${ligne.id}`)) };
  } catch {
    return null;
  }
}

/**
 * Keeps the server's sentence with the entry. Only its author's key can write it: a sentence about a resident is never left
 * readable for the next person.
 * @param {import('../types').Cles} cles
 * @param {import('../types').Reponse[]} reponses
 * @returns {Promise<void>}
 */
export async function noterMessages(cles, reponses) {
  const cle = cles.compartiments.perso;
  const utiles = new Map(reponses.filter((r) => r.message).map((r) => [r.id, r.message]));
  if (!cle || utiles.size === 0) return;
  for (const e of await miens(cles)) {
    if (!utiles.has(e.id)) continue;
    const ct = await chiffrer(cle, { operation: e.operation, libelle: e.libelle, message: utiles.get(e.id) }, `echo|${e.id}`);
    await transaction(['echo'], 'readwrite', async (tx) => {
      const magasin = tx.objectStore('echo');
      const ligne = await attendre(magasin.get(e.id));
      if (ligne) await attendre(magasin.put({ ...ligne, ct }));
    });
  }
}

/**
 * Forgets settled copies which are old. What waits or was refused stays.
 * @param {number} maintenant
 * @returns {Promise<void>}
 */
export const oublier = (maintenant) => transaction(['echo'], 'readwrite', async (tx) => {
  const magasin = tx.objectStore('echo');
  for (const ligne of await attendre(magasin.getAll())) {
    const regle = ligne.etat === 'appliquee' || ligne.etat === 'deja';
    if (regle && maintenant - ligne.cree_a > GARDE) await attendre(magasin.delete(ligne.id));
  }
});

/** Counts by state for one author. @param {Echo[]} echos @returns {{ attente: number, envoyees: number, a_revoir: number }} */
export function compter(echos) {
  const compte = { attente: 0, envoyees: 0, a_revoir: 0 };
  for (const { etat } of echos) {
    if (etat === 'en_attente' || etat === 'plus_tard') compte.attente += 1;
    else if (etat === 'conflit' || etat === 'refusee') compte.a_revoir += 1;
    else compte.envoyees += 1;
  }
  return compte;
}
