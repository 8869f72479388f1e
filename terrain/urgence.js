// The steps of an emergency which wait on the device, drawn over the call sheet: a tap is seen at once, network or not.

import { h } from './dom.js';
import { heureDe } from './coeur/horloge.js';

/** @typedef {import('./types').Echo} Echo */

/** An emergency without a step for so long is over (milliseconds); the server's rule. */
const SILENCE = 12 * 3_600_000;

/**
 * @param {ParentNode} racine @param {Echo[]} echos entries of the person present, oldest first
 */
export function recouvrirUrgence(racine, echos) {
  const fiche = racine.querySelector('.urgence[data-resident]');
  const liste = fiche?.querySelector('[data-chronologie]');
  if (!(fiche instanceof HTMLElement) || !liste) return;
  const connues = new Set([...liste.querySelectorAll('[data-etape]')].map((e) => e.getAttribute('data-etape')));
  const miennes = echos.filter((e) => e.operation.type.startsWith('urgence.') && e.operation.resident === fiche.dataset.resident
    && !connues.has(e.id) && Date.now() - e.cree_a < SILENCE);
  for (const ancienne of liste.querySelectorAll('[data-echo]')) ancienne.remove();
  for (const e of miennes) liste.prepend(ligne(e));
  for (const e of miennes) marquer(fiche, e);
  fiche.querySelector('[data-chronologie-vide]')?.toggleAttribute('hidden', liste.childElementCount > 0);
}

/** @param {Echo} e */
function ligne(e) {
  const mot = e.etat === 'refusee' || e.etat === 'conflit' ? 'à revoir dans « Mes saisies »'
    : e.etat === 'en_attente' || e.etat === 'plus_tard' ? 'en attente d’envoi' : 'envoyé';
  return h('li', { 'data-echo': e.id }, h('strong', {}, heureDe(e.operation)), ` ${e.libelle}`, h('br', {}), h('small', { class: 'secondaire' }, mot));
}

/** The button just tapped looks tapped. @param {HTMLElement} fiche @param {Echo} e */
function marquer(fiche, e) {
  for (const forme of fiche.querySelectorAll(`form[data-operation="${e.operation.type}"]`)) {
    const caches = [...forme.querySelectorAll('input[type="hidden"]')].filter((c) => c.getAttribute('name') !== 'id');
    const pareil = caches.length > 0 && !forme.querySelector('textarea, input:not([type="hidden"])') && caches.every((c) => e.operation.donnees[c.getAttribute('name') ?? ''] === c.getAttribute('value'));
    if (!pareil) continue;
    const groupe = forme.parentElement?.querySelectorAll(':scope > form .bouton--principal') ?? [];
    for (const autre of groupe) autre.classList.remove('bouton--principal');
    forme.querySelector('button')?.classList.add('bouton--principal');
    if (forme.matches('[data-une-fois]')) forme.toggleAttribute('hidden', true);
  }
}
