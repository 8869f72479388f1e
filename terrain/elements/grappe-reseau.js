// <grappe-reseau>: the band which says the measured state of the network, and how many entries wait.

import { h, icone } from '../dom.js';
import * as boite from '../coeur/boite.js';
import { phraseReseau } from './phrase.js';

/** @type {import('../coeur/tablette.js').Tablette | null} */
let tablette = null;
/** @type {Set<GrappeReseau>} */
const bandes = new Set();
/** Sentence about the storage of the device, said before any act. @type {string | null} */
let avertissement = null;

export class GrappeReseau extends HTMLElement {
  connectedCallback() {
    bandes.add(this);
    this.setAttribute('role', 'status');
    void this.dessiner();
  }

  disconnectedCallback() {
    bandes.delete(this);
  }

  async dessiner() {
    if (!tablette?.poste) return;
    const attente = await boite.enAttente().catch(() => 0);
    const { mesure, reseau } = { mesure: tablette.reseau.mesure, reseau: tablette.reseau };
    const mots = phraseReseau({ etat: mesure.etat, depuis: mesure.depuis === null ? null : mesure.depuis - (tablette.horloge.decalage ?? 0), attente, coupe: reseau.coupe });
    document.body.dataset.reseau = reseau.coupe ? 'coupe' : mesure.etat;
    document.body.dataset.attente = String(attente);
    if (this.dataset.dit === `${mots}|${avertissement}`) return;
    this.dataset.dit = `${mots}|${avertissement}`;
    this.replaceChildren();
    if (mots) this.append(bande(mesure.etat === 'en_ligne' || mesure.etat === 'synchronisation' ? 'cloud-upload' : 'wifi-off', mots, reseau.coupe));
    if (avertissement) this.append(h('div', { class: 'alerte alerte--attention' }, icone('triangle-alert'), h('span', { class: 'alerte-corps' }, avertissement)));
  }
}

/** @param {string} signe @param {string} mots @param {boolean} coupe */
function bande(signe, mots, coupe) {
  return h('div', { class: 'alerte alerte--reseau terrain-bande' }, icone(signe), h('span', { class: 'alerte-corps' }, mots, ' ',
    h('a', { href: '/mes-saisies' }, 'Voir mes saisies')),
  coupe && h('button', { type: 'button', class: 'bouton bouton--petit', onclick: () => void tablette?.couper(false) }, icone('wifi'), 'Rétablir le réseau'));
}

/** Draws every band again. */
export function redessiner() {
  for (const b of bandes) void b.dessiner();
}

/** @param {string | null} mots what the person must know of this device's storage */
export function avertir(mots) {
  avertissement = mots;
  redessiner();
}

/** @param {import('../coeur/tablette.js').Tablette} t */
export function brancher(t) {
  tablette = t;
  for (const type of ['reseau', 'saisie', 'envoi', 'cles']) t.addEventListener(type, redessiner);
  if (!customElements.get('grappe-reseau')) customElements.define('grappe-reseau', GrappeReseau);
  redessiner();
}
