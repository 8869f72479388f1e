// Drawing a page from the snapshot: the same fragments as the server's page, at the same places.

import { h, icone } from './dom.js';
import { fragment } from './fragment.js';
import { contenu, laTablette, rafraichir } from './gestes/contexte.js';
import * as instantane from './coeur/instantane.js';
import { marquer } from './age.js';

/** @param {URL} adresse @returns {string} key of the page's fragment */
export const clePage = (adresse) => `page:${adresse.pathname.replace(/\/+$/, '') || '/'}`;

/**
 * Draws a page from the device.
 * @param {URL} adresse
 * @returns {Promise<boolean>} false when the device does not hold it
 */
export async function dessiner(adresse) {
  const { cles } = laTablette();
  if (!cles) return false;
  const page = await instantane.lire(cles, clePage(adresse));
  if (page?.t !== 'f') return false;
  const noeuds = fragment(page.html);
  for (const place of noeuds.querySelectorAll('[data-fragments]')) await remplir(/** @type {HTMLElement} */ (place));
  remplacer(noeuds);
  document.title = `${contenu().querySelector('h1')?.textContent?.trim() ?? 'Grappe'} · Grappe`;
  document.body.dataset.dessin = 'tablette';
  await rafraichir();
  await dater();
  return true;
}

/** Replaces the content of the page; the band of the network stays. @param {Node} noeuds */
export function remplacer(noeuds) {
  const main = contenu();
  const bande = main.querySelector('grappe-reseau') ?? document.createElement('grappe-reseau');
  main.replaceChildren(bande, noeuds);
}

/** @param {HTMLElement} place */
async function remplir(place) {
  const { cles } = laTablette();
  if (!cles) return;
  const prefixe = place.dataset.fragments ?? '';
  for (const e of await instantane.lister(cles, prefixe)) if (e.t === 'f') place.append(portion(e.cle, e.html));
}

/** @param {string} cle @param {string} html @returns {DocumentFragment} its first element carries its key */
function portion(cle, html) {
  const noeuds = fragment(html);
  noeuds.firstElementChild?.setAttribute('data-fragment', cle);
  return noeuds;
}

/**
 * Changes in place the fragments which changed; what is new gathers behind a pill, nothing moves under the finger.
 * @param {string[]} changees keys
 */
export async function actualiser(changees) {
  const { cles } = laTablette();
  if (!cles) return;
  const neuves = new Map();
  for (const cle of new Set(changees)) {
    const ici = contenu().querySelector(`[data-fragment="${CSS.escape(cle)}"]`);
    if (ici) await remplacerEnPlace(ici, cle);
    else {
      const place = [...contenu().querySelectorAll('[data-fragments]')].find((p) => cle.startsWith(/** @type {HTMLElement} */ (p).dataset.fragments ?? ' '));
      if (place) neuves.set(place, (neuves.get(place) ?? 0) + 1);
      else if (cle === clePage(new URL(location.href)) && document.body.dataset.dessin === 'tablette' && !(await suivreEnPlace(cle))) proposerPage();
    }
  }
  for (const [place, nombre] of neuves) pilule(/** @type {HTMLElement} */ (place), nombre);
  await rafraichir();
  await dater();
}

/**
 * Changes in place the parts of the page which follow the person, as the server's page does by itself.
 * @param {string} cle
 * @returns {Promise<boolean>} false when the page has none, or when something is being written there
 */
async function suivreEnPlace(cle) {
  const { cles } = laTablette();
  const zones = [...contenu().querySelectorAll('[data-suivre][id]')];
  const lu = cles && zones.length > 0 && !zones.some(enSaisie) ? await instantane.lire(cles, cle) : null;
  if (lu?.t !== 'f') return false;
  await doigtLeve();
  const page = fragment(lu.html);
  for (const zone of zones) {
    const neuve = page.querySelector(`#${CSS.escape(zone.id)}`);
    const focus = neuve && zone.contains(document.activeElement) ? chemin(zone, document.activeElement) : null;
    if (neuve) zone.replaceWith(neuve);
    const cible = focus && neuve ? suivre(neuve, focus) : null;
    if (cible instanceof HTMLElement) cible.focus({ preventScroll: true });
  }
  return true;
}

/** Words not sent yet, or a fold the person opened. @param {Element} zone */
const enSaisie = (zone) => zone.querySelector('details[open]') !== null || [...zone.querySelectorAll('input:not([type=hidden]), textarea')].some((champ) =>
  (champ instanceof HTMLInputElement || champ instanceof HTMLTextAreaElement) && (champ === document.activeElement || champ.value !== champ.defaultValue));

let doigtPose = false;
for (const [geste, pose] of /** @type {[string, boolean][]} */ ([['pointerdown', true], ['pointerup', false], ['pointercancel', false]])) {
  globalThis.addEventListener?.(geste, () => { doigtPose = pose; }, { capture: true, passive: true });
}

/** A button replaced under a finger would lose the tap. */
async function doigtLeve() {
  for (let tours = 0; doigtPose && tours < 40; tours += 1) await new Promise((r) => { setTimeout(r, 50); });
}

/** @param {Element} ici @param {string} cle */
async function remplacerEnPlace(ici, cle) {
  const { cles } = laTablette();
  const lu = cles ? await instantane.lire(cles, cle) : null;
  if (lu?.t !== 'f') {
    ici.classList.add('terrain-parti');
    return;
  }
  const actif = ici.contains(document.activeElement) ? document.activeElement : null;
  const focus = actif && chemin(ici, actif);
  const soin = actif?.closest('.ligne-soin')?.querySelector('[data-soin]')?.getAttribute('data-soin');
  const suite = actif?.matches('.coche') ? '.coche' : '.ligne-soin-suite';
  const neuf = portion(cle, lu.html);
  const premier = neuf.firstElementChild;
  ici.replaceWith(neuf);
  if (!focus || !premier) return;
  // The same care may have moved in its card.
  const ligne = soin ? premier.querySelector(`[data-soin="${CSS.escape(soin)}"]`)?.closest('.ligne-soin') : null;
  const cible = ligne?.querySelector(suite) ?? suivre(premier, focus);
  if (cible instanceof HTMLElement) cible.focus({ preventScroll: true });
}

/** @param {Element} racine @param {Element | null} cible @returns {number[]} */
function chemin(racine, cible) {
  const rangs = [];
  for (let e = cible; e && e !== racine; e = e.parentElement) rangs.unshift([...(e.parentElement?.children ?? [])].indexOf(e));
  return rangs;
}

/** @param {Element} racine @param {number[]} rangs @returns {Element | undefined} */
const suivre = (racine, rangs) => rangs.reduce((/** @type {Element | undefined} */ e, i) => e?.children[i], racine);

/** @param {HTMLElement} place @param {number} nombre */
function pilule(place, nombre) {
  place.querySelector(':scope > .pilule')?.remove();
  const total = Number(place.dataset.nouveaux ?? 0) + nombre;
  place.dataset.nouveaux = String(total);
  place.prepend(h('button', { type: 'button', class: 'pilule', onclick: async () => {
    place.replaceChildren();
    delete place.dataset.nouveaux;
    await remplir(place);
    await rafraichir();
  } }, total > 1 ? `${total} nouveaux, afficher` : '1 nouveau, afficher'));
}

function proposerPage() {
  if (contenu().querySelector(':scope > .pilule')) return;
  contenu().querySelector('grappe-reseau')?.after(h('button', { type: 'button', class: 'pilule', onclick: () => void dessiner(new URL(location.href)) },
    icone('refresh-cw'), 'Mis à jour, afficher'));
}

/** Says the age of what is on screen. */
export async function dater() {
  const t = laTablette();
  if (!t.poste || document.body.dataset.dessin !== 'tablette') return;
  marquer(contenu(), await instantane.age(), t.horloge.auServeur(), t.parametres);
}
