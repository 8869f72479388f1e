// Writing a transmission: theme proposed from the words, openings in one tap, banned abbreviations written out.

import { h } from '../dom.js';
import { sansAbreviation, themePropose } from './lexique.js';

/** @param {HTMLFormElement} forme a form `data-operation="transmission.creer"` */
export function enrichir(forme) {
  if (forme.dataset.enrichi) return;
  forme.dataset.enrichi = 'oui';
  const texte = /** @type {HTMLTextAreaElement | null} */ (forme.querySelector('textarea[name="donnees"], textarea[name="texte"]'));
  if (!texte) return;
  preremplir(forme, texte);
  forme.addEventListener('change', (e) => {
    if (/** @type {HTMLInputElement} */ (e.target).name === 'theme' && e.isTrusted) forme.dataset.themeChoisi = 'oui';
  });
  texte.addEventListener('input', () => proposer(forme, texte.value));
  texte.addEventListener('change', () => {
    const propre = sansAbreviation(texte.value);
    if (propre !== texte.value) texte.value = propre;
  });
  proposer(forme, texte.value);
}

/** @param {HTMLFormElement} forme @param {HTMLTextAreaElement} texte */
function preremplir(forme, texte) {
  const question = new URL(location.href).searchParams;
  const voulu = question.get('texte');
  if (voulu && !texte.value) texte.value = voulu;
  for (const nom of ['resident', 'theme']) {
    const v = question.get(nom);
    if (!v) continue;
    const caseResident = forme.querySelector(`input[type="checkbox"][name="${nom}"][value="${CSS.escape(v)}"]`);
    if (caseResident instanceof HTMLInputElement) {
      choisirResident(caseResident);
      continue;
    }
    const champ = forme.elements.namedItem(nom);
    if (champ instanceof RadioNodeList || champ instanceof HTMLSelectElement || champ instanceof HTMLInputElement) champ.value = v;
    if (nom === 'theme' && champ) forme.dataset.themeChoisi = 'oui';
  }
}

/** The resident asked for is said in words; the list of the others folds. @param {HTMLInputElement} choisie */
function choisirResident(choisie) {
  choisie.checked = true;
  const groupe = choisie.closest('fieldset');
  if (!groupe || groupe.closest('details')) return;
  const nom = choisie.closest('label')?.textContent?.trim() ?? '';
  const pli = h('details', { class: 'depliant' }, h('summary', {}, 'Autre résident'));
  groupe.before(h('p', {}, h('strong', {}, nom)), pli);
  pli.append(groupe);
}

/** @param {HTMLFormElement} forme @param {string} texte */
function proposer(forme, texte) {
  if (forme.dataset.themeChoisi) return;
  const theme = themePropose(texte);
  if (!theme) return;
  for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (forme.querySelectorAll('input[name="theme"]'))) {
    radio.checked = radio.value === theme;
  }
}

/**
 * Puts an opening where the cursor is. @param {HTMLElement} bouton an element with `data-amorce`
 */
export function amorcer(bouton) {
  const texte = /** @type {HTMLTextAreaElement | null | undefined} */ (bouton.closest('form')?.querySelector('textarea'));
  if (!texte) return;
  const avant = texte.value.slice(0, texte.selectionStart);
  const espace = avant && !/\s$/.test(avant) ? ' ' : '';
  texte.setRangeText(`${espace}${bouton.dataset.amorce} `, texte.selectionStart, texte.selectionEnd, 'end');
  texte.dispatchEvent(new Event('input', { bubbles: true }));
  texte.focus();
}
