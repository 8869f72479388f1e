// Keyboard of the care round: arrows between lines of care, Space done, « . » the sheet, « V » validate, « N » not done.

import { ouvrirFeuille, soinDe, toucher } from './soin.js';

/** @param {EventTarget | null} cible */
const enSaisie = (cible) => cible instanceof HTMLElement && (cible.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(cible.tagName));

/** @param {number} sens */
function ligneVoisine(sens) {
  const lignes = [...document.querySelectorAll('.ligne-soin')];
  const ici = lignes.findIndex((l) => l.contains(document.activeElement));
  const cible = lignes[ici < 0 ? 0 : ici + sens]?.querySelector('.coche');
  if (cible instanceof HTMLElement) cible.focus();
  return Boolean(cible);
}

/** @param {KeyboardEvent} e */
function touche(e) {
  if (e.defaultPrevented || e.isComposing || e.ctrlKey || e.metaKey || e.altKey || enSaisie(e.target) || document.querySelector('dialog[open]')) return;
  if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
    if (document.querySelector('.ligne-soin') && ligneVoisine(e.key === 'ArrowDown' ? 1 : -1)) e.preventDefault();
    return;
  }
  const soin = document.activeElement ? soinDe(document.activeElement) : null;
  if (!soin) return;
  const lettres = document.body.dataset.lettres !== 'non';
  const agir = e.key === '.' ? ouvrirFeuille : lettres && e.key.toLowerCase() === 'v' ? toucher : lettres && e.key.toLowerCase() === 'n' ? ouvrirFeuille : null;
  if (!agir) return;
  e.preventDefault();
  void agir(soin);
}

/** Listens to the keyboard. */
export const brancher = () => document.addEventListener('keydown', touche);
