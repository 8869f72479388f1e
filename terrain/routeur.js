// Moving between bedside screens without loading a page: painted from the device, in the same address space as the server's.

import { dessiner } from './dessin.js';
import { contenu, laTablette } from './gestes/contexte.js';

/** Screens drawn by the device when it can. */
const ECRANS = /^\/(accueil|tour\/[a-z-]+|residents(\/[^?]*)?|transmissions(\/nouvelle)?|mes-saisies|releve|urgence(\/[^?]*)?)$/;

/** @type {(adresse: URL) => Promise<boolean>} */
let ecranPropre = async () => false;

/** @param {URL} adresse @returns {boolean} */
export const estEcran = (adresse) => adresse.origin === location.origin && ECRANS.test(adresse.pathname);

/**
 * Goes to an address: drawn from the device when it holds it, by a real navigation otherwise.
 * @param {string | URL} vers @param {{ remplacer?: boolean }} [options]
 */
export async function aller(vers, { remplacer = false } = {}) {
  const adresse = new URL(vers, location.href);
  if (laTablette().cles && estEcran(adresse)) {
    history.replaceState({ ...history.state, y: scrollY }, '');
    const avant = location.href;
    history[remplacer ? 'replaceState' : 'pushState']({ terrain: true }, '', adresse);
    if (await montrer(adresse)) {
      scrollTo(0, 0);
      contenu().focus({ preventScroll: true });
      return;
    }
    history.replaceState(null, '', avant);
  }
  location.assign(adresse);
}

/** @param {URL} adresse @returns {Promise<boolean>} */
async function montrer(adresse) {
  const fait = (await ecranPropre(adresse)) || (await dessiner(adresse));
  if (fait) {
    affichee = adresse.pathname + adresse.search;
    for (const feuille of document.querySelectorAll('dialog.terrain-feuille[open]')) /** @type {HTMLDialogElement} */ (feuille).close();
    marquerNavigation(adresse.pathname);
    document.dispatchEvent(new CustomEvent('terrain:ecran'));
  }
  return fait;
}

/**
 * Marks one place in each menu: the closest, as the server does. A round has only one place in the bottom bar, whatever its name.
 * @param {string} chemin
 */
function marquerNavigation(chemin) {
  for (const menu of document.querySelectorAll('.rail, .barre-basse')) {
    const liens = [...menu.querySelectorAll('.rail-lien, .barre-basse-lien')];
    const base = (/** @type {Element} */ lien) => lien.getAttribute('href')?.split('?')[0] ?? '';
    const couvrants = liens.filter((l) => base(l) && (chemin === base(l) || chemin.startsWith(`${base(l)}/`))).sort((a, b) => base(b).length - base(a).length);
    const choisi = couvrants[0] ?? (chemin.startsWith('/tour/') ? liens.find((l) => base(l).startsWith('/tour/')) : undefined);
    for (const lien of liens) {
      if (lien === choisi) lien.setAttribute('aria-current', 'page');
      else lien.removeAttribute('aria-current');
    }
  }
}

/** What is on screen, without its anchor. */
let affichee = location.pathname + location.search;

/** @param {typeof ecranPropre} propre screens which have no fragment (« Mes saisies ») */
export function brancher(propre) {
  ecranPropre = propre;
  document.addEventListener('click', (e) => {
    if (e.defaultPrevented || e.button !== 0 || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    const lien = e.target instanceof Element ? e.target.closest('a[href]') : null;
    if (!(lien instanceof HTMLAnchorElement) || lien.target || lien.hasAttribute('download')) return;
    const adresse = new URL(lien.href);
    if (!laTablette().cles || !estEcran(adresse) || (adresse.pathname === location.pathname && adresse.hash)) return;
    e.preventDefault();
    void aller(adresse);
  });
  addEventListener('popstate', (e) => {
    // An anchor of the same page, the skip link for one, changes nothing to draw.
    if (location.pathname + location.search === affichee) return;
    void montrer(new URL(location.href)).then((fait) => {
      if (!fait) location.reload();
      else scrollTo(0, e.state?.y ?? 0);
    });
  });
}

export { montrer };
