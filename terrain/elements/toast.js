// « Fait. Annuler », eight seconds, in the page's own place for messages.

import { h, icone } from '../dom.js';

/** How long an undo is offered (milliseconds). */
export const DELAI_ANNULER = 8_000;

/** @returns {HTMLElement} */
function place() {
  const existante = document.getElementById('toasts');
  if (existante) return existante;
  const neuve = h('div', { class: 'toasts', id: 'toasts', role: 'status', 'aria-live': 'polite' });
  document.body.append(neuve);
  return neuve;
}

/**
 * @param {string} phrase
 * @param {{ annuler?: () => void, danger?: boolean, lien?: { href: string, mot: string } }} [options]
 * @returns {() => void} removes it
 */
export function toast(phrase, { annuler, danger = false, lien } = {}) {
  const retirer = () => { clearTimeout(minuterie); boite.remove(); };
  const boite = h('div', { class: 'toast terrain-toast' }, icone(danger ? 'octagon-alert' : 'circle-check'), h('span', {}, phrase));
  if (annuler) {
    boite.append(h('button', { type: 'button', class: 'bouton bouton--discret bouton--petit', onclick: () => { retirer(); annuler(); } },
      icone('undo-2'), 'Annuler'));
  }
  if (lien) boite.append(h('a', { class: 'bouton bouton--discret bouton--petit', href: lien.href }, lien.mot));
  const ici = place();
  while (ici.querySelectorAll('.terrain-toast').length > 1) ici.querySelector('.terrain-toast')?.remove();
  ici.append(boite);
  // Whoever holds it, by finger or by keyboard, has the time to read and to press.
  const finir = () => { if (boite.matches(':hover, :focus-within')) minuterie = setTimeout(finir, DELAI_ANNULER); else retirer(); };
  let minuterie = setTimeout(finir, danger ? 30_000 : DELAI_ANNULER);
  return retirer;
}
