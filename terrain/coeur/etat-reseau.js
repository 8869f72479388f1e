// Measured state of the network: a pure machine, fed with what happened to real requests.

/** @typedef {import('../types').EtatReseau} EtatReseau */

/** Without a success for this long, « en ligne » is no longer known (milliseconds). */
export const FRAICHEUR = 35_000;
/** A request is abandoned after this (milliseconds): a network which accepts and never answers is not a network. */
export const ABANDON = 4_000;
/** Failures in a row which mean « hors ligne ». */
export const ECHECS = 2;
/** Delays between tries (milliseconds); the last one repeats. */
export const RECULS = [5_000, 10_000, 30_000, 60_000];

/**
 * @typedef {object} Mesure
 * @property {EtatReseau} etat
 * @property {number} echecs failures in a row
 * @property {number} dernierSucces milliseconds, 0 before the first
 * @property {number | null} depuis since when the network is lost, null when it is there
 * @property {boolean} vide the outbox is being sent
 */

/**
 * @typedef {{ type: 'succes' | 'echec' | 'lent' | 'tic' | 'envoi' | 'fin_envoi', a: number }} Evenement
 */

/** @returns {Mesure} before anything was measured */
export const inconnu = () => ({ etat: 'incertain', echecs: 0, dernierSucces: 0, depuis: null, vide: false });

/**
 * @param {Mesure} m @param {Evenement} evenement
 * @returns {Mesure} the same object when nothing changes
 */
export function suivant(m, { type, a }) {
  switch (type) {
    case 'succes':
      return { etat: m.vide ? 'synchronisation' : 'en_ligne', echecs: 0, dernierSucces: a, depuis: null, vide: m.vide };
    case 'lent':
      return m.etat === 'en_ligne' || m.etat === 'synchronisation' ? { ...m, etat: 'incertain' } : m;
    case 'echec': {
      const echecs = m.echecs + 1;
      const perdu = echecs >= ECHECS;
      return { ...m, echecs, etat: perdu ? 'hors_ligne' : 'incertain', depuis: m.depuis ?? a };
    }
    case 'tic':
      return m.etat === 'en_ligne' && a - m.dernierSucces > FRAICHEUR ? { ...m, etat: 'incertain' } : m;
    case 'envoi':
      return { ...m, vide: true, etat: m.etat === 'en_ligne' ? 'synchronisation' : m.etat };
    case 'fin_envoi':
      return { ...m, vide: false, etat: m.etat === 'synchronisation' ? 'en_ligne' : m.etat };
  }
}

/**
 * Delay before the next try, jittered by ±25 % so that a corridor of tablets does not knock together.
 * @param {number} echecs failures in a row, 0 = the ordinary pace of 15 s
 * @param {number} alea between 0 and 1
 * @returns {number} milliseconds
 */
export function recul(echecs, alea) {
  const base = echecs === 0 ? 15_000 : RECULS[Math.min(echecs - 1, RECULS.length - 1)];
  return Math.round(base * (0.75 + alea / 2));
}

/**
 * How long to wait for one sending. A batch which fails by slowness is retried smaller, then with more patience, so that a very
 * slow line still empties the outbox.
 * @param {number} echecs failures in a row by slowness
 * @returns {{ taille: number, patience: number }} operations in the batch, milliseconds
 */
export function allure(echecs) {
  const taille = Math.max(1, Math.floor(50 / 4 ** echecs));
  const patience = taille > 1 ? ABANDON : Math.min(ABANDON * 2 ** Math.max(0, echecs - 3), 32_000);
  return { taille, patience };
}
