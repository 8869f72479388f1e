// The safe: a person's keys on this device, wrapped by her 6-digit code and the device secret; opened in memory only.

import { attendre, transaction } from './base.js';
import { cleAes, cleHmac } from './chiffre.js';
import { concat, deBase64, hasard, octets, texte } from './octets.js';

/** @typedef {import('../types').Enveloppe} Enveloppe */
/** @typedef {import('../types').Cles} Cles */
/** @typedef {import('../types').Poste} Poste */
/** @typedef {import('../types').Compartiment} Compartiment */

/** Iterations of PBKDF2-HMAC-SHA-256. */
export const ITERATIONS = 600_000;
/** Wrong codes before an envelope is destroyed. */
export const ESSAIS_MAX = 5;

/** The code was wrong; `restants` tries are left, 0 when the envelope has just been destroyed. */
export class CodeIncorrect extends Error {
  /** @param {number} restants */
  constructor(restants) {
    super(restants > 0
      ? `Code incorrect. Encore ${restants} essai${restants > 1 ? 's' : ''}.`
      : 'Code incorrect 5 fois : vos clés ont été effacées de cette tablette. Connectez-vous avec votre mot de passe.');
    this.name = 'CodeIncorrect';
    this.restants = restants;
  }
}

/**
 * Key which wraps an envelope. Knowing the code is not enough without the device secret, and the reverse.
 * @param {string} code six digits
 * @param {Uint8Array<ArrayBuffer>} sel 16 bytes
 * @param {CryptoKey} secret HMAC key of the device, not exportable
 * @param {string} auteur
 * @returns {Promise<CryptoKey>}
 */
async function cleEnveloppe(code, sel, secret, auteur) {
  const saisie = await crypto.subtle.importKey('raw', octets(code), 'PBKDF2', false, ['deriveBits']);
  const etire = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: sel, iterations: ITERATIONS }, saisie, 256);
  const part = await crypto.subtle.sign('HMAC', secret, concat(octets('enveloppe|'), sel));
  const base = await crypto.subtle.importKey('raw', etire, 'HKDF', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: part, info: octets(`grappe terrain enveloppe 1|${auteur}`) },
    base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** @param {string} code @returns {string | null} why the code is refused, in French; null when it is accepted */
export function codeRefuse(code) {
  if (!/^\d{6}$/.test(code)) return 'Le code a six chiffres.';
  if (/^(\d)\1{5}$/.test(code)) return 'Six fois le même chiffre se devine. Choisissez un autre code.';
  if ('0123456789'.includes(code) || '9876543210'.includes(code)) return 'Une suite de chiffres se devine. Choisissez un autre code.';
  return null;
}

/**
 * Keeps a person's keys on this device.
 * @param {Poste} poste
 * @param {import('../types').ReponseSession} session what the server gave after an online login
 * @param {string} code six digits
 * @param {number} maintenant milliseconds
 * @returns {Promise<Cles>} the opened keys
 */
export async function deposer(poste, session, code, maintenant) {
  const refus = codeRefuse(code);
  if (refus) throw new RangeError(refus);
  const sel = hasard(16);
  const iv = hasard(12);
  const kek = await cleEnveloppe(code, sel, poste.secret, session.personne.id);
  const contenu = {
    session: session.session,
    cle_session: session.cle_session,
    deks: session.deks,
    droits: session.droits,
    groupe: session.groupe,
  };
  const ct = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, kek, octets(JSON.stringify(contenu))));
  const expire = Date.parse(session.expire_a);
  await transaction(['enveloppes'], 'readwrite', (tx) => attendre(tx.objectStore('enveloppes').put({
    auteur: session.personne.id, personne: session.personne, sel, iv, ct, essais: 0, ouverte_a: maintenant, expire_a: expire,
  })));
  return clesDe(session.personne, contenu, expire);
}

/**
 * @param {import('../types').Personne} personne
 * @param {any} contenu
 * @param {number} expire
 * @returns {Promise<Cles>}
 */
async function clesDe(personne, contenu, expire) {
  /** @type {Cles['compartiments']} */
  const compartiments = {};
  for (const [nom, brute] of Object.entries(contenu.deks)) {
    compartiments[/** @type {Compartiment} */ (nom)] = await cleAes(deBase64(/** @type {string} */ (brute)));
  }
  return {
    personne, session: contenu.session, hmac: await cleHmac(deBase64(contenu.cle_session)), compartiments,
    droits: contenu.droits, groupe: contenu.groupe, expire_a: expire,
  };
}

/**
 * Opens a person's keys. The try is counted on stable storage before the code is checked: switching the tablet off does not
 * give tries back.
 * @param {Poste} poste
 * @param {string} auteur
 * @param {string} code
 * @param {number} maintenant
 * @returns {Promise<Cles>} rejects with {@link CodeIncorrect}
 */
export async function deverrouiller(poste, auteur, code, maintenant) {
  const e = await compterEssai(auteur);
  if (!e) throw new CodeIncorrect(0);
  const kek = await cleEnveloppe(code, /** @type {Uint8Array<ArrayBuffer>} */ (e.sel), poste.secret, auteur);
  let clair;
  try {
    clair = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: /** @type {BufferSource} */ (e.iv) }, kek, /** @type {BufferSource} */ (e.ct));
  } catch {
    if (e.essais >= ESSAIS_MAX) await detruire(auteur);
    throw new CodeIncorrect(Math.max(0, ESSAIS_MAX - e.essais));
  }
  await transaction(['enveloppes'], 'readwrite', (tx) =>
    attendre(tx.objectStore('enveloppes').put({ ...e, essais: 0, ouverte_a: maintenant })));
  return clesDe(e.personne, JSON.parse(texte(clair)), e.expire_a);
}

/** @param {string} auteur @returns {Promise<Enveloppe | undefined>} the envelope with this try already counted */
const compterEssai = (auteur) => transaction(['enveloppes'], 'readwrite', async (tx) => {
  const magasin = tx.objectStore('enveloppes');
  const e = /** @type {Enveloppe | undefined} */ (await attendre(magasin.get(auteur)));
  if (!e) return undefined;
  e.essais += 1;
  await attendre(magasin.put(e));
  return e;
});

/** @returns {Promise<Enveloppe[]>} people known on this device, last seen first */
export const enveloppes = () => transaction(['enveloppes'], 'readonly', async (tx) => {
  const toutes = /** @type {Enveloppe[]} */ (await attendre(tx.objectStore('enveloppes').getAll()));
  return toutes.sort((a, b) => b.ouverte_a - a.ouverte_a);
});

/** Destroys a person's envelope: her keys cannot be opened here again. @param {string} auteur @returns {Promise<void>} */
export const detruire = (auteur) => transaction(['enveloppes'], 'readwrite', async (tx) => {
  await attendre(tx.objectStore('enveloppes').delete(auteur));
});

/**
 * Destroys what has outlived its time: every envelope when the device has had no contact for too long.
 * @param {number} maintenant
 * @param {number} dernierContact
 * @param {number} contactMaxHeures
 * @returns {Promise<boolean>} true when all keys are gone
 */
export async function perimer(maintenant, dernierContact, contactMaxHeures) {
  const tout = maintenant - dernierContact > contactMaxHeures * 3_600_000;
  for (const e of await enveloppes()) if (tout || e.expire_a < maintenant) await detruire(e.auteur);
  return tout;
}
