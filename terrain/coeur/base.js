// The one IndexedDB of the device. Stores: poste, enveloppes, boite, echo, instantane, brouillons, releves.

const VERSION = 1;

/** Refusal of the browser to keep data, in words for the person who holds the tablet. */
export class StockageRefuse extends Error {
  /** @param {string} message @param {unknown} [cause] */
  constructor(message, cause) {
    super(message, { cause });
    this.name = 'StockageRefuse';
  }
}

/**
 * Two demonstration tablets live in one browser: a window named `grappe-tablette-B` keeps its own base.
 * @returns {string}
 */
export function nomDeBase() {
  const fenetre = typeof window === 'undefined' ? '' : window.name;
  const suffixe = /^grappe-tablette-([B-D])$/.exec(fenetre)?.[1];
  return suffixe ? `grappe-terrain-${suffixe}` : 'grappe-terrain';
}

/** @param {IDBDatabase} base */
function construire(base) {
  base.createObjectStore('poste');
  base.createObjectStore('enveloppes', { keyPath: 'auteur' });
  base.createObjectStore('boite', { keyPath: 'seq' }).createIndex('id', 'id', { unique: true });
  base.createObjectStore('echo', { keyPath: 'id' }).createIndex('auteur', 'auteur');
  base.createObjectStore('instantane', { keyPath: ['c', 'cle'] });
  base.createObjectStore('brouillons', { keyPath: ['auteur', 'cle'] });
  base.createObjectStore('releves', { autoIncrement: true });
}

/** @type {Promise<IDBDatabase> | undefined} */
let ouverte;

/**
 * Opens the base once for the page.
 * @returns {Promise<IDBDatabase>} rejects with {@link StockageRefuse} when the browser refuses (private mode, full disk)
 */
export function ouvrirBase() {
  ouverte ??= new Promise((resoudre, rejeter) => {
    const refus = (/** @type {unknown} */ cause) =>
      rejeter(new StockageRefuse('Ce navigateur refuse de garder des données (navigation privée ou disque plein).', cause));
    try {
      const demande = indexedDB.open(nomDeBase(), VERSION);
      demande.onupgradeneeded = () => construire(demande.result);
      demande.onerror = () => refus(demande.error);
      demande.onsuccess = () => {
        demande.result.onversionchange = () => fermerBase();
        resoudre(demande.result);
      };
    } catch (cause) {
      refus(cause);
    }
  });
  ouverte.catch(() => { ouverte = undefined; });
  return ouverte;
}

/** Closes the base, so that another page may upgrade or a test may start afresh. */
export function fermerBase() {
  const base = ouverte;
  ouverte = undefined;
  base?.then((b) => b.close(), () => undefined);
}

/**
 * Runs `travail` in one transaction and answers once it is complete; writes are on stable storage by then
 * (`durability: 'strict'`: the default loses everything at a power cut).
 * @template T
 * @param {string[]} magasins
 * @param {IDBTransactionMode} mode
 * @param {(tx: IDBTransaction) => T | Promise<T>} travail must only await requests of this transaction
 * @returns {Promise<T>}
 */
export async function transaction(magasins, mode, travail) {
  const base = await ouvrirBase();
  const tx = base.transaction(magasins, mode, { durability: 'strict' });
  const fin = new Promise((resoudre, rejeter) => {
    tx.oncomplete = () => resoudre(undefined);
    tx.onabort = () => rejeter(traduire(tx.error));
    tx.onerror = () => undefined;
  });
  fin.catch(() => undefined);
  let resultat;
  try {
    resultat = await travail(tx);
  } catch (cause) {
    try { tx.abort(); } catch { /* already over */ }
    throw traduire(cause);
  }
  await fin;
  return resultat;
}

/** @param {unknown} cause @returns {unknown} */
function traduire(cause) {
  const nom = /** @type {{ name?: string } | null} */ (cause)?.name;
  if (nom === 'QuotaExceededError') {
    return new StockageRefuse('La tablette n’a plus de place : la saisie n’est pas gardée. Notez-la sur papier et prévenez votre cadre.', cause);
  }
  return cause ?? new StockageRefuse('La tablette n’a pas pu garder la saisie.');
}

/**
 * @template T
 * @param {IDBRequest<T>} demande
 * @returns {Promise<T>}
 */
export function attendre(demande) {
  return new Promise((resoudre, rejeter) => {
    demande.onsuccess = () => resoudre(demande.result);
    demande.onerror = () => rejeter(demande.error);
  });
}

/**
 * @param {string} cle a key of the `poste` store
 * @returns {Promise<any>} its value, undefined when absent
 */
export const lireReglage = (cle) => transaction(['poste'], 'readonly', (tx) => attendre(tx.objectStore('poste').get(cle)));

/**
 * @param {string} cle
 * @param {unknown} valeur undefined erases it
 * @returns {Promise<void>}
 */
export const ecrireReglage = (cle, valeur) => transaction(['poste'], 'readwrite', async (tx) => {
  const magasin = tx.objectStore('poste');
  if (valeur === undefined) await attendre(magasin.delete(cle));
  else await attendre(magasin.put(valeur, cle));
});
