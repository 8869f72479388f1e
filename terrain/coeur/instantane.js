// The snapshot: the server's HTML fragments and form data, one encrypted record each, readable without network.

import { attendre, ecrireReglage, lireReglage, transaction } from './base.js';
import { chiffrer, dechiffrer } from './chiffre.js';

/** @typedef {import('../types').Cles} Cles */
/** @typedef {import('../types').Compartiment} Compartiment */
/** @typedef {import('../types').Enregistrement} Enregistrement */
/** @typedef {import('../types').LigneInstantane} LigneInstantane */

/** A snapshot older than this is asked again whole (milliseconds). */
export const RELECTURE = 24 * 3_600_000;
/** Records written per transaction. */
const PAQUET = 60;

/** @param {Cles} cles @param {Compartiment} c @returns {string} whose base this compartment is */
const zone = (cles, c) => (c === 'perso' ? `perso:${cles.personne.id}` : `${c}:${cles.groupe}`);

/** @param {string} c @param {string} cle */
const lien = (c, cle) => `instantane|${c}|${cle}`;

/** @returns {Promise<{ curseurs: Record<string, string>, a: number, unites: string }>} */
const lireCurseurs = async () => (await lireReglage('instantane')) ?? { curseurs: {}, a: 0, unites: '' };

/**
 * What to ask the server: a cursor per compartment the person opens; none when a full reading is due.
 * @param {Cles} cles @param {string} unites comma-separated
 * @param {number} maintenant
 * @returns {Promise<string>} the path
 */
export async function adresse(cles, unites, maintenant) {
  const connu = await lireCurseurs();
  const neuf = connu.unites !== unites || maintenant - connu.a > RELECTURE;
  const depuis = Object.keys(cles.compartiments)
    .map((c) => [c, connu.curseurs[zone(cles, /** @type {Compartiment} */ (c))]])
    .filter(([, curseur]) => !neuf && curseur)
    .map(([c, curseur]) => `${c}:${curseur}`)
    .join(',');
  const question = new URLSearchParams({ unites });
  if (depuis) question.set('depuis', depuis);
  return `/api/terrain/instantane?${question}`;
}

/** @param {ReadableStream<Uint8Array>} corps @returns {AsyncGenerator<LigneInstantane>} */
export async function* lignes(corps) {
  const lecteur = corps.pipeThrough(/** @type {any} */ (new TextDecoderStream())).getReader();
  let reste = '';
  for (;;) {
    const { value, done } = await lecteur.read();
    reste += value ?? '';
    const coupes = reste.split('\n');
    reste = done ? '' : /** @type {string} */ (coupes.pop());
    for (const ligne of coupes) if (ligne.trim()) yield JSON.parse(ligne);
    if (done) return;
  }
}

/**
 * Writes what the server sends. Cursors move only at the end: a reading cut in the middle is asked again, harmlessly.
 * @param {Cles} cles
 * @param {AsyncIterable<LigneInstantane>} source
 * @param {string} unites
 * @param {number} maintenant
 * @param {(lus: number, total: number | undefined) => void} [avance]
 * @returns {Promise<{ recus: number, cles: string[], complet: boolean }>} rejects when the stream stops before its end
 */
export async function recevoir(cles, source, unites, maintenant, avance) {
  /** @type {any[]} */
  let paquet = [];
  /** @type {string[]} */
  const recues = [];
  /** @type {{ complet: boolean, compartiments: Compartiment[], total?: number }} */
  let debut = { complet: false, compartiments: [] };
  const vues = new Set();
  const ecrire = async () => { await appliquer(paquet); paquet = []; };
  for await (const ligne of source) {
    if (ligne.t === 'debut') { debut = ligne; continue; }
    if (ligne.t === 'fin') {
      await ecrire();
      if (debut.complet) await retirerAbsents(debut.compartiments.map((c) => zone(cles, c)), vues);
      await avancer(cles, ligne.curseurs, unites, maintenant);
      return { recus: recues.length, cles: recues, complet: debut.complet };
    }
    const c = zone(cles, ligne.c);
    vues.add(`${c}|${ligne.cle}`);
    recues.push(ligne.cle);
    const clef = cles.compartiments[ligne.c];
    if (ligne.t === 'x') paquet.push({ c, cle: ligne.cle, retire: true });
    else if (clef) paquet.push({ c, cle: ligne.cle, a: ligne.a, ct: await chiffrer(clef, ligne, lien(c, ligne.cle)) });
    if (paquet.length >= PAQUET) { await ecrire(); avance?.(recues.length, debut.total); }
  }
  throw new Error('Instantané interrompu');
}

/** @param {any[]} paquet */
const appliquer = (paquet) => transaction(['instantane'], 'readwrite', async (tx) => {
  const magasin = tx.objectStore('instantane');
  for (const e of paquet) {
    if (e.retire) await attendre(magasin.delete([e.c, e.cle]));
    else await attendre(magasin.put(e));
  }
});

/** @param {string[]} zones @param {Set<unknown>} vues */
const retirerAbsents = (zones, vues) => transaction(['instantane'], 'readwrite', async (tx) => {
  const magasin = tx.objectStore('instantane');
  for (const c of zones) {
    for (const clef of await attendre(magasin.getAllKeys(IDBKeyRange.bound([c], [c, []])))) {
      const [, cle] = /** @type {[string, string]} */ (clef);
      if (!vues.has(`${c}|${cle}`)) await attendre(magasin.delete(clef));
    }
  }
});

/** @param {Cles} cles @param {Partial<Record<Compartiment, string>>} nouveaux @param {string} unites @param {number} maintenant */
async function avancer(cles, nouveaux, unites, maintenant) {
  const connu = await lireCurseurs();
  const curseurs = connu.unites === unites ? { ...connu.curseurs } : {};
  for (const [c, curseur] of Object.entries(nouveaux)) curseurs[zone(cles, /** @type {Compartiment} */ (c))] = curseur;
  await ecrireReglage('instantane', { curseurs, a: maintenant, unites });
}

/**
 * Reads one record, in whichever compartment of hers it lives.
 * @param {Cles} cles @param {string} cle
 * @returns {Promise<Enregistrement | null>}
 */
export async function lire(cles, cle) {
  for (const c of /** @type {Compartiment[]} */ (Object.keys(cles.compartiments))) {
    const ligne = await transaction(['instantane'], 'readonly', (tx) => attendre(tx.objectStore('instantane').get([zone(cles, c), cle])));
    const lu = ligne ? await ouvrir(cles, c, ligne) : null;
    if (lu) return lu;
  }
  return null;
}

/**
 * Reads every record whose key starts with a prefix, ordered by `ordre` then key.
 * @param {Cles} cles @param {string} prefixe e.g. `tour-soins/`
 * @returns {Promise<Enregistrement[]>}
 */
export async function lister(cles, prefixe) {
  const listes = await Promise.all(/** @type {Compartiment[]} */ (Object.keys(cles.compartiments)).map(async (c) => {
    const z = zone(cles, c);
    const trouves = await transaction(['instantane'], 'readonly', (tx) =>
      attendre(tx.objectStore('instantane').getAll(IDBKeyRange.bound([z, prefixe], [z, `${prefixe}\uffff`]))));
    return Promise.all(trouves.map((ligne) => ouvrir(cles, c, ligne)));
  }));
  const lus = /** @type {Enregistrement[]} */ (listes.flat().filter((e) => e !== null));
  return lus.sort((x, y) => comparer(x.ordre ?? x.cle, y.ordre ?? y.cle));
}

/** @param {string} x @param {string} y */
const comparer = (x, y) => x.localeCompare(y, 'fr', { numeric: true });

/** @param {Cles} cles @param {Compartiment} c @param {any} ligne @returns {Promise<Enregistrement | null>} */
async function ouvrir(cles, c, ligne) {
  const clef = cles.compartiments[c];
  if (!clef) return null;
  return dechiffrer(clef, ligne.ct, lien(ligne.c, ligne.cle)).catch(() => null);
}

/** Erases the snapshot and its cursors; the outbox is never touched. @returns {Promise<void>} */
export async function purger() {
  await transaction(['instantane'], 'readwrite', (tx) => attendre(tx.objectStore('instantane').clear()));
  await ecrireReglage('instantane', undefined);
}

/** @returns {Promise<number>} when the server last confirmed the snapshot, 0 when there is none */
export const age = async () => (await lireCurseurs()).a;
