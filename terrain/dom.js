// Building nodes: text is always text, attributes are always attributes.

/** @typedef {Node | string | number | null | undefined | false} Enfant */

/**
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} nom
 * @param {Record<string, string | number | boolean | null | undefined | ((e: any) => void)>} [attributs] a function is a listener (`onclick`)
 * @param {...(Enfant | Enfant[])} enfants
 * @returns {HTMLElementTagNameMap[N]}
 */
export function h(nom, attributs = {}, ...enfants) {
  const element = document.createElement(nom);
  for (const [cle, valeur] of Object.entries(attributs)) {
    if (valeur === null || valeur === undefined || valeur === false) continue;
    if (typeof valeur === 'function') element.addEventListener(cle.slice(2), valeur);
    else element.setAttribute(cle, valeur === true ? '' : String(valeur));
  }
  for (const enfant of enfants.flat()) {
    if (enfant !== null && enfant !== undefined && enfant !== false) element.append(typeof enfant === 'number' ? String(enfant) : enfant);
  }
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** @returns {string} address of the sprite, told by the page */
function sprite() {
  const dit = document.querySelector('meta[name="grappe-icones"]')?.getAttribute('content');
  return dit ?? document.querySelector('svg.icone use')?.getAttribute('href')?.split('#')[0] ?? '';
}

/** @param {string} nom a symbol of the sprite @param {string} [classe] @returns {SVGSVGElement} hidden from screen readers */
export function icone(nom, classe = 'icone') {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [cle, valeur] of [['class', classe], ['aria-hidden', 'true'], ['focusable', 'false'], ['width', '24'], ['height', '24']]) {
    svg.setAttribute(cle, valeur);
  }
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `${sprite()}#${nom}`);
  svg.append(use);
  return svg;
}

/** @param {string} ton `fait`, `attente`, `refus`, `retard`, `danger`, `info` @param {string} nomIcone @param {string} mot @returns {HTMLElement} */
export const puce = (ton, nomIcone, mot) => h('span', { class: `puce puce--${ton}` }, icone(nomIcone), mot);

/** @param {number} n @param {string} un @param {string} [plusieurs] @returns {string} « 7 saisies » */
export const accord = (n, un, plusieurs = `${un}s`) => `${n.toLocaleString('fr-FR')} ${n > 1 ? plusieurs : un}`;

/**
 * Vibrates where the device can: 20 ms validated, 60-40-60 refused.
 * @param {'fait' | 'refus'} quoi
 */
export const vibrer = (quoi) => { navigator.vibrate?.(quoi === 'fait' ? 20 : [60, 40, 60]); };
