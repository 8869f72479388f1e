// Emptying the outbox: one sender at a time, in order, nothing lost whatever the network does.

import { acquitter, enAttente, lot } from './boite.js';
import { noterMessages } from './echo.js';
import { allure } from './etat-reseau.js';
import { changerClePublique } from './poste.js';
import { HorsLigne, Refus } from './reseau.js';

/** @typedef {{ etat: 'vide' | 'occupe' | 'hors_ligne' | 'a_suivre' | 'refuse', partis: number, reste: number, reponses: import('../types').Reponse[], refus?: Refus }} Bilan */

/**
 * Sends what waits. Another tab already sending answers `occupe`.
 * @param {object} p
 * @param {import('./reseau.js').Reseau} p.reseau
 * @param {import('../types').Poste} p.poste
 * @param {import('../types').Cles | null} p.cles keys of the person present, if any; others' entries leave all the same
 * @param {LockManager} [p.verrous]
 * @returns {Promise<Bilan>}
 */
export async function vider({ reseau, poste, cles, verrous = globalThis.navigator?.locks }) {
  const travail = async () => {
    reseau.noter('envoi');
    try {
      return await vidage(reseau, poste, cles);
    } finally {
      reseau.noter('fin_envoi');
    }
  };
  if (!verrous) return travail();
  return verrous.request('grappe-boite-vider', { ifAvailable: true }, async (verrou) =>
    verrou ? travail() : { etat: /** @type {const} */ ('occupe'), partis: 0, reste: await enAttente(), reponses: [] });
}

/**
 * @param {import('./reseau.js').Reseau} reseau @param {import('../types').Poste} poste @param {import('../types').Cles | null} cles
 * @returns {Promise<Bilan>}
 */
async function vidage(reseau, poste, cles) {
  /** @type {Bilan} */
  const bilan = { etat: 'vide', partis: 0, reste: 0, reponses: [] };
  let apres = 0;
  let lenteurs = 0;
  for (;;) {
    const { taille, patience } = allure(lenteurs);
    const lignes = await lot(taille, apres);
    if (lignes.length === 0) break;
    let reponses;
    try {
      reponses = await envoyer(reseau, poste, lignes, patience);
    } catch (cause) {
      if (cause instanceof HorsLigne && cause.lent && lenteurs < 4 && !reseau.coupe) {
        lenteurs += 1;
        continue;
      }
      bilan.etat = cause instanceof Refus ? 'refuse' : 'hors_ligne';
      if (cause instanceof Refus) bilan.refus = cause;
      if (!(cause instanceof Refus || cause instanceof HorsLigne)) throw cause;
      break;
    }
    bilan.partis += await acquitter(reponses);
    if (cles) await noterMessages(cles, reponses);
    bilan.reponses.push(...reponses);
    // What the server asked to keep for later is passed over, not waited for: one entry never blocks the next ones.
    apres = lignes[lignes.length - 1].seq;
  }
  bilan.reste = await enAttente();
  if (bilan.etat === 'vide' && bilan.reste > 0) bilan.etat = 'a_suivre';
  return bilan;
}

/**
 * @param {import('./reseau.js').Reseau} reseau @param {import('../types').Poste} poste
 * @param {import('../types').LigneBoite[]} lignes @param {number} patience
 * @returns {Promise<import('../types').Reponse[]>}
 */
async function envoyer(reseau, poste, lignes, patience) {
  const operations = lignes.map(({ id, poste: p, seq, kid, epk, iv, ct }) => ({ id, poste: p, seq, kid, epk, iv, ct }));
  const { texte } = await reseau.demander('POST', '/api/terrain/operations', { corps: { v: 1, operations }, patience });
  const lu = /** @type {{ reponses?: import('../types').Reponse[], cle_publique?: import('../types').ClePublique }} */ (JSON.parse(texte));
  if (lu.cle_publique) await changerClePublique(poste, lu.cle_publique);
  const demandes = new Set(operations.map((o) => o.id));
  return (lu.reponses ?? []).filter((r) => demandes.has(r.id));
}
