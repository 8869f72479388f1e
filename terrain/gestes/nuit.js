// Night round: any room by its number, « RAS » one by one, « Tout RAS sauf… » for a corridor.

import { accord, h, puce } from '../dom.js';
import { feuille } from '../elements/feuille.js';
import { toast } from '../elements/toast.js';
import { lister } from '../coeur/instantane.js';
import { aller } from '../routeur.js';
import { laTablette, mesEchos, noter } from './contexte.js';

/** @param {HTMLElement} ligne an element with `data-ronde-resident` @param {boolean} groupee @param {boolean} muet */
function ras(ligne, groupee, muet) {
  const ronde = ligne.closest('[data-ronde]');
  const { rondeResident: resident = '', nom = '' } = ligne.dataset;
  const cle = ronde instanceof HTMLElement ? ronde.dataset.ronde ?? '' : ligne.dataset.rondeCle ?? '';
  return noter({
    type: 'ronde.valider', resident, cible: `${cle}/${resident}`, donnees: { ronde: cle, constat: 'ras', groupee }, libelle: `Ronde, RAS : ${nom}`,
  }, muet ? {} : { phrase: `RAS, ${nom}.`, annuler: (f) => void annuler(f) });
}

/** @param {import('../types').Echo} fait */
const annuler = (fait) => noter({
  type: 'ronde.annuler', resident: fait.operation.resident, cible: fait.id, apres: [fait.id], donnees: { motif: 'annulation immédiate' }, libelle: `Annulé : ${fait.libelle}`,
}, { phrase: 'Annulé.' });

/** Draws my rounds over the page. @param {ParentNode} racine */
export function recouvrirRondes(racine) {
  const vus = new Map();
  for (const { operation: o, etat } of mesEchos()) {
    if (o.type === 'ronde.valider') vus.set(o.cible, { id: o.id, etat });
    if (o.type === 'ronde.annuler') for (const [cible, v] of vus) if (v.id === o.cible) vus.delete(cible);
  }
  for (const ronde of /** @type {NodeListOf<HTMLElement>} */ (racine.querySelectorAll('[data-ronde]'))) {
    const lignes = /** @type {HTMLElement[]} */ ([...ronde.querySelectorAll('[data-ronde-resident]')]);
    let n = 0;
    for (const ligne of lignes) {
      const vu = vus.get(`${ronde.dataset.ronde}/${ligne.dataset.rondeResident}`);
      const fait = vu || ligne.dataset.etat === 'vu';
      if (fait) n += 1;
      ligne.classList.toggle('terrain-vu', Boolean(fait));
      const place = ligne.querySelector('[data-ronde-etat]');
      if (vu && place) place.replaceChildren(vu.etat === 'en_attente' ? puce('attente', 'cloud-upload', 'RAS, en attente d’envoi') : puce('fait', 'check', 'RAS'));
    }
    ronde.querySelector('[data-faits]')?.replaceChildren(String(n));
    const barre = ronde.querySelector('progress');
    if (barre) barre.value = n;
  }
}

/** « RAS » of one resident. @param {HTMLElement} bouton */
export function unRas(bouton) {
  const ligne = /** @type {HTMLElement | null} */ (bouton.closest('[data-ronde-resident]'));
  if (ligne) void ras(ligne, false, false);
}

/** « Tout RAS sauf… »: the exceptions first, then one confirmation. @param {HTMLElement} bouton */
export function toutRasSauf(bouton) {
  const ronde = bouton.closest('[data-ronde]');
  if (!(ronde instanceof HTMLElement)) return;
  const restants = /** @type {HTMLElement[]} */ ([...ronde.querySelectorAll('[data-ronde-resident]:not(.terrain-vu)')]);
  if (restants.length === 0) { toast('Tout le monde a été vu.'); return; }
  const forme = h('form', {}, h('div', { class: 'choix terrain-chambres', role: 'group', 'aria-label': 'Sauf' }, restants.map((l, i) => h('label', { class: 'choix-puce choix-puce--danger' },
    h('input', { type: 'checkbox', name: 'sauf', value: String(i) }), h('span', {}, `${l.dataset.chambre ?? ''} ${l.dataset.nom ?? ''}`.trim())))));
  const compte = h('button', { type: 'submit', class: 'bouton bouton--valider bouton--large' });
  const recompter = () => { compte.textContent = `RAS pour ${accord(restants.length - new FormData(forme).getAll('sauf').length, 'résident')}`; };
  forme.append(compte);
  forme.addEventListener('change', recompter);
  recompter();
  const { fermer } = feuille(`${ronde.dataset.libelle ?? 'Ronde'} : tout RAS, sauf…`, forme);
  forme.addEventListener('submit', (e) => {
    e.preventDefault();
    const sauf = new Set(new FormData(forme).getAll('sauf').map(Number));
    fermer();
    void grouper(restants.filter((_, i) => !sauf.has(i)), restants.filter((_, i) => sauf.has(i)));
  });
}

/** @param {HTMLElement[]} bons @param {HTMLElement[]} autres */
async function grouper(bons, autres) {
  /** @type {import('../types').Echo[]} */
  const faits = [];
  for (const ligne of bons) {
    const fait = await ras(ligne, true, true);
    if (fait) faits.push(fait);
  }
  const suite = autres[0];
  toast(`RAS pour ${accord(faits.length, 'résident')}.`, {
    annuler: () => { for (const f of faits) void annuler(f); },
    ...(suite ? { lien: { href: `/transmissions/nouvelle?resident=${suite.dataset.rondeResident}`, mot: `Noter pour ${suite.dataset.nom}` } } : {}) });
}

/** Goes to a room typed on the keypad. @param {HTMLFormElement} forme */
export async function allerChambre(forme) {
  const { cles } = laTablette();
  const voulue = String(new FormData(forme).get('chambre') ?? '').trim().toLowerCase();
  if (!cles || !voulue) return;
  const trouves = (await lister(cles, 'resident/')).filter((e) => e.t === 'd' && String(/** @type {any} */ (e.d).chambre ?? '').toLowerCase() === voulue);
  if (trouves.length === 1) { await aller(`/residents/${/** @type {any} */ (trouves[0]).d.id}`); return; }
  if (trouves.length === 0) { toast(`Pas de chambre ${voulue} sur cette tablette.`, { danger: true }); return; }
  feuille(`Chambre ${voulue}`, h('ul', { class: 'liste' }, trouves.map((e) => h('li', {},
    h('a', { class: 'liste-ligne', href: `/residents/${/** @type {any} */ (e).d.id}` }, h('span', { class: 'liste-texte' }, /** @type {any} */ (e).d.nom))))));
}
