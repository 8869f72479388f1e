// The outbox: an act is sealed and on stable storage before the screen says so; it leaves only when the server has answered.

import { StockageRefuse, attendre, transaction } from './base.js';
import { chiffrer } from './chiffre.js';
import { composer } from './operation.js';
import { sceller } from './scellement.js';

/** @typedef {import('../types').LigneBoite} LigneBoite */

/** Entries kept at most before the tablet says it is full: 14 days of a busy team. */
export const BOITE_MAX = 20_000;

/** Room asked of the browser before an act is accepted (bytes). */
const PLACE_MIN = 2_000_000;

/**
 * Says, before any act, whether what is noted here will be kept.
 * @returns {Promise<{ sur: boolean, accepte: boolean, message: string | null }>} `accepte` false: acts are refused;
 * `sur` false: accepted, with `message` shown
 */
export async function verifierStockage() {
  try {
    await transaction(['boite'], 'readonly', (tx) => attendre(tx.objectStore('boite').count()));
  } catch (cause) {
    const message = cause instanceof StockageRefuse ? cause.message : 'La tablette ne peut rien garder.';
    return { sur: false, accepte: false, message: `${message} Notez sur papier et prévenez votre cadre.` };
  }
  const gestion = typeof navigator === 'undefined' ? undefined : navigator.storage;
  const { quota, usage } = (await gestion?.estimate?.().catch(() => undefined)) ?? {};
  if (quota !== undefined && usage !== undefined && quota - usage < PLACE_MIN) {
    return { sur: false, accepte: false, message: 'La tablette n’a plus de place. Notez sur papier et prévenez votre cadre.' };
  }
  const tenace = (await gestion?.persisted?.().catch(() => false)) || (await gestion?.persist?.().catch(() => false)) || false;
  return tenace
    ? { sur: true, accepte: true, message: null }
    : { sur: false, accepte: true, message: 'Ce navigateur peut effacer les saisies en attente s’il manque de place. Envoyez-les dès que le réseau revient.' };
}

/**
 * Writes an act. When the promise is kept, the act survives a power cut.
 * @param {import('../types').Saisie} saisie
 * @param {object} contexte
 * @param {import('../types').Poste} contexte.poste
 * @param {import('../types').Cles} contexte.cles
 * @param {import('./horloge.js').SuiviHorloge} contexte.horloge
 * @param {boolean} contexte.horsLigne
 * @returns {Promise<import('../types').Echo>} the author's readable copy; rejects with {@link StockageRefuse}
 */
export function deposer(saisie, { poste, cles, horloge, horsLigne }) {
  return serie(async () => {
    const seq = (await dernierNumero()) + 1;
    const operation = await composer(saisie, { poste, cles, horloge, seq, horsLigne });
    const cle_echo = cles.compartiments.perso;
    if (!cle_echo) throw new StockageRefuse('Vos clés ne sont pas ouvertes. Déverrouillez la tablette.');
    const scelle = await sceller(operation, poste.cle_publique);
    const cree_a = horloge.maintenant();
    const clair = { operation, libelle: saisie.libelle, message: null };
    const ct = await chiffrer(cle_echo, clair, `echo|${operation.id}`);
    const commun = { id: operation.id, auteur: operation.auteur, cree_a };
    await transaction(['boite', 'echo', 'poste'], 'readwrite', async (tx) => {
      const boite = tx.objectStore('boite');
      if ((await attendre(boite.count())) >= BOITE_MAX) {
        throw new StockageRefuse('La tablette garde déjà trop de saisies en attente. Rapprochez-vous du réseau.');
      }
      await attendre(boite.add({ ...scelle, auteur: operation.auteur, cree_a }));
      await attendre(tx.objectStore('poste').put(seq, 'seq'));
      await attendre(tx.objectStore('echo').put({ ...commun, etat: 'en_attente', voir: null, ct }));
    });
    return { ...commun, etat: 'en_attente', voir: null, message: null, operation, libelle: saisie.libelle };
  });
}

/** @returns {Promise<number>} number of the last act of this device */
const dernierNumero = () => transaction(['poste'], 'readonly', async (tx) => (await attendre(tx.objectStore('poste').get('seq'))) ?? 0);

/** @type {Promise<unknown>} */
let file = Promise.resolve();

/**
 * One act at a time across tabs, so that numbers follow one another without a gap.
 * @template T @param {() => Promise<T>} travail @returns {Promise<T>}
 */
function serie(travail) {
  const verrous = typeof navigator === 'undefined' ? undefined : navigator.locks;
  const suite = () => (verrous ? /** @type {Promise<T>} */ (verrous.request('grappe-boite-ecrire', travail)) : travail());
  const resultat = file.then(suite, suite);
  file = resultat.catch(() => undefined);
  return resultat;
}

/**
 * @param {number} n
 * @param {number} [apres] only those whose number is above
 * @returns {Promise<LigneBoite[]>} the oldest entries, in order
 */
export const lot = (n, apres = 0) => transaction(['boite'], 'readonly', (tx) =>
  attendre(tx.objectStore('boite').getAll(IDBKeyRange.lowerBound(apres, true), n)));

/** @returns {Promise<number>} acts not yet acknowledged, whoever wrote them */
export const enAttente = () => transaction(['boite'], 'readonly', (tx) => attendre(tx.objectStore('boite').count()));

/**
 * Applies the server's answers: only a settled act leaves the outbox.
 * @param {import('../types').Reponse[]} reponses
 * @returns {Promise<number>} how many acts left
 */
export const acquitter = (reponses) => transaction(['boite', 'echo'], 'readwrite', async (tx) => {
  let partis = 0;
  const boite = tx.objectStore('boite');
  const echo = tx.objectStore('echo');
  for (const reponse of reponses) {
    const copie = await attendre(echo.get(reponse.id));
    if (copie) await attendre(echo.put({ ...copie, etat: reponse.etat, voir: reponse.voir ?? null }));
    if (!ACQUITTENT.has(reponse.etat)) continue;
    const seq = await attendre(boite.index('id').getKey(reponse.id));
    if (seq === undefined) continue;
    await attendre(boite.delete(seq));
    partis += 1;
  }
  return partis;
});

const ACQUITTENT = new Set(['appliquee', 'deja', 'conflit', 'refusee']);
