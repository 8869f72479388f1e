// Number pads: a code whose digits are not shown, or a measure with a decimal comma.

import { h, icone } from '../dom.js';

/** @param {(touche: string) => void} appuyer @param {boolean} virgule @param {Node} derniere @returns {HTMLElement} */
function touches(appuyer, virgule, derniere) {
  const touche = (/** @type {string} */ t) => h('button', { type: 'button', class: 'pave-touche', onclick: () => appuyer(t) }, t);
  return h('div', { class: 'pave-touches', role: 'group', 'aria-label': 'Pavé numérique' },
    ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(touche),
    h('button', { type: 'button', class: 'pave-touche', onclick: () => appuyer('⌫') }, icone('delete', 'icone icone--grande'), h('span', { class: 'lecteur' }, 'Effacer')),
    touche('0'), virgule ? touche(',') : derniere);
}

/**
 * A secret code: dots fill, digits are never shown nor read aloud.
 * @param {number} longueur
 * @param {(code: string) => void} entrer called when the code is complete
 * @param {string} [nom] accessible name of the field
 * @returns {{ element: HTMLElement, vider: () => void, focus: () => void }}
 */
export function paveCode(longueur, entrer, nom = 'Code') {
  let code = '';
  const points = Array.from({ length: longueur }, () => h('span', { class: 'pave-point' }));
  const compte = h('span', { class: 'lecteur', role: 'status' });
  const montrer = () => {
    points.forEach((p, i) => p.classList.toggle('pave-point--plein', i < code.length));
    compte.textContent = code.length === 0 ? '' : `${code.length} chiffres sur ${longueur}`;
  };
  const appuyer = (/** @type {string} */ t) => {
    if (t === '⌫') code = code.slice(0, -1);
    else if (/^\d$/.test(t) && code.length < longueur) code += t;
    montrer();
    if (code.length === longueur && t !== '⌫') entrer(code);
  };
  const element = h('div', { class: 'pave', tabindex: 0, role: 'group', 'aria-label': nom },
    h('div', { class: 'pave-code' }, h('div', { class: 'pave-points', 'aria-hidden': 'true' }, points)), compte,
    touches(appuyer, false, h('button', { type: 'button', class: 'pave-touche pave-touche--mot pave-touche--entrer', onclick: () => { if (code.length === longueur) entrer(code); } }, 'Entrer')));
  element.addEventListener('keydown', (e) => {
    if (/^\d$/.test(e.key)) appuyer(e.key);
    else if (e.key === 'Backspace') appuyer('⌫');
    else return;
    e.preventDefault();
  });
  return { element, vider: () => { code = ''; montrer(); }, focus: () => element.focus() };
}

/**
 * A measure as a person types it: `52,4`.
 * @param {string} libelle @param {string} unite @param {number} decimales 0 = no comma
 * @returns {{ element: HTMLElement, valeur: () => string, champ: HTMLInputElement }} `valeur` has a comma and no useless zero
 */
export function paveMesure(libelle, unite, decimales) {
  const id = `mesure-${Math.random().toString(36).slice(2)}`;
  const champ = h('input', { class: 'saisie', id, type: 'text', inputmode: 'none', autocomplete: 'off', 'aria-describedby': `${id}-u` });
  const regle = new RegExp(decimales > 0 ? `^\\d{0,4}(,\\d{0,${decimales}})?$` : '^\\d{0,4}$');
  const appuyer = (/** @type {string} */ t) => {
    const suivant = t === '⌫' ? champ.value.slice(0, -1) : champ.value + t;
    if (regle.test(suivant)) champ.value = suivant;
    champ.dispatchEvent(new Event('input'));
  };
  champ.addEventListener('beforeinput', (e) => {
    if (e.data && !regle.test(champ.value + e.data.replace('.', ','))) e.preventDefault();
  });
  champ.addEventListener('input', () => { champ.value = champ.value.replace('.', ','); });
  const element = h('div', { class: 'pave' },
    h('div', { class: 'champ' }, h('label', { for: id }, libelle),
      h('div', { class: 'pave-affichage' }, champ, h('span', { id: `${id}-u` }, unite))),
    touches(appuyer, decimales > 0, h('span', {})));
  return { element, champ, valeur: () => champ.value.replace(/^0+(?=\d)/, '').replace(/,$/, '').replace(/(,\d*?)0+$/, '$1').replace(/,$/, '') };
}
