// What every gesture needs: the device, the entries of the person present, and a way to redraw.

import { miens } from '../coeur/echo.js';
import { StockageRefuse } from '../coeur/base.js';
import { vibrer } from '../dom.js';
import { toast } from '../elements/toast.js';
import { recouvrir } from '../recouvrement.js';

/** @typedef {import('../types').Echo} Echo */

/** @type {import('../coeur/tablette.js').Tablette} */
let tablette;
/** @type {Echo[]} */
let echos = [];

/** @param {import('../coeur/tablette.js').Tablette} t */
export function brancher(t) {
  tablette = t;
}

export const laTablette = () => tablette;
/** @returns {Echo[]} entries of the person present, oldest first */
export const mesEchos = () => echos;
/** @returns {HTMLElement} */
export const contenu = () => /** @type {HTMLElement} */ (document.getElementById('contenu') ?? document.body);

/** Reads the entries again and draws them over the page. */
export async function rafraichir() {
  echos = tablette.cles ? await miens(tablette.cles) : [];
  dessinerDessus();
}

function dessinerDessus() {
  recouvrir(contenu(), echos);
}

/** Draws again over what the page's own script has just replaced. */
export function surveiller() {
  let prevu = false;
  new MutationObserver((mutations) => {
    const neuf = mutations.some((m) => [...m.addedNodes].some((n) => n instanceof Element && (n.matches('[data-soin]') || n.querySelector('[data-soin]'))));
    if (!neuf || prevu) return;
    prevu = true;
    queueMicrotask(() => { prevu = false; dessinerDessus(); });
  }).observe(contenu(), { childList: true, subtree: true });
}

/**
 * Keeps an act, draws it, offers to undo it. When it could not be kept the person is told so, and how to go on.
 * @param {import('../types').Saisie} saisie
 * @param {{ phrase?: string, annuler?: (fait: Echo) => void }} [options]
 * @returns {Promise<Echo | null>} null when it was not kept
 */
export async function noter(saisie, { phrase, annuler } = {}) {
  try {
    const fait = await tablette.saisir(saisie);
    echos = [...echos, fait];
    dessinerDessus();
    vibrer('fait');
    if (phrase) toast(phrase, annuler ? { annuler: () => annuler(fait) } : {});
    return fait;
  } catch (cause) {
    vibrer('refus');
    const mots = cause instanceof StockageRefuse || cause instanceof Error ? cause.message : 'La saisie n’est pas gardée.';
    toast(`Non enregistré. ${mots}`, { danger: true });
    return null;
  }
}
