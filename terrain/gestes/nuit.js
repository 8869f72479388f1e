// Night round: any room of the house by its number.

import { h } from '../dom.js';
import { feuille } from '../elements/feuille.js';
import { toast } from '../elements/toast.js';
import { lister } from '../coeur/instantane.js';
import { aller } from '../routeur.js';
import { laTablette } from './contexte.js';

/** Goes to a room typed on the keypad. @param {HTMLFormElement} forme */
export async function allerChambre(forme) {
  const { cles } = laTablette();
  const voulue = String(new FormData(forme).get('chambre') ?? '').trim().toLowerCase();
  if (!cles || !voulue) return;
  const trouves = (await lister(cles, 'resident/')).filter((e) => e.t === 'd' && estChambre(String(/** @type {any} */ (e.d).chambre ?? ''), voulue));
  if (trouves.length === 1) { await aller(`/residents/${/** @type {any} */ (trouves[0]).d.id}`); return; }
  if (trouves.length === 0) { toast(`Pas de chambre ${voulue} sur cette tablette.`, { danger: true }); return; }
  feuille(`Chambre ${voulue}`, h('ul', { class: 'liste' }, trouves.map((e) => h('li', {},
    h('a', { class: 'liste-ligne', href: `/residents/${/** @type {any} */ (e).d.id}` }, h('span', { class: 'liste-texte' }, /** @type {any} */ (e).d.nom))))));
}

/** « 214 » is room 214, and both beds of it: « 214 F », « 214 P ». @param {string} chambre @param {string} voulue */
function estChambre(chambre, voulue) {
  const c = chambre.toLowerCase();
  return c === voulue || c.startsWith(`${voulue} `);
}
