// A sheet: a side panel on PC, a bottom sheet on tablet; the record stays visible behind.

import { h, icone } from '../dom.js';

let numero = 0;

/**
 * Opens a sheet; the focus comes back to where it was when it closes.
 * @param {string} titre
 * @param {...(Node | string)} contenu
 * @returns {{ dialogue: HTMLDialogElement, fermer: () => void }}
 */
export function feuille(titre, ...contenu) {
  const id = `terrain-feuille-${++numero}`;
  const fermer = () => dialogue.close();
  const dialogue = h('dialog', { class: 'dialogue volet terrain-feuille', 'aria-labelledby': id, closedby: 'any' },
    h('div', { class: 'rangee' }, h('h2', { id }, titre),
      h('span', { class: 'pousse' },
        h('button', { type: 'button', class: 'bouton bouton--discret bouton--icone', onclick: fermer }, icone('x'), h('span', { class: 'lecteur' }, 'Fermer')))),
    contenu);
  dialogue.addEventListener('close', () => dialogue.remove());
  document.body.append(dialogue);
  dialogue.showModal();
  return { dialogue, fermer };
}

/**
 * One choice among chips.
 * @param {string} nom @param {string} legende @param {[string, string][]} choix value, label @param {string} [valeur]
 * @returns {HTMLFieldSetElement}
 */
export function choixPuces(nom, legende, choix, valeur) {
  return h('fieldset', { class: 'champ' }, h('legend', {}, legende),
    h('div', { class: 'choix' }, choix.map(([v, mot]) => h('label', { class: 'choix-puce' },
      h('input', { type: 'radio', name: nom, value: v, checked: v === valeur }), h('span', {}, mot)))));
}

/** @param {string} nom @param {string} libelle @param {string} [valeur] @returns {HTMLElement} */
export function champTexte(nom, libelle, valeur = '') {
  const id = `${nom}-${++numero}`;
  const zone = h('textarea', { class: 'saisie', id, name: nom, rows: 2, maxlength: 2000 });
  zone.value = valeur;
  return h('div', { class: 'champ' }, h('label', { for: id }, libelle, ' ', h('span', { class: 'champ-facultatif' }, 'facultatif')), zone);
}
