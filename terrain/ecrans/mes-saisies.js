// « Mes saisies »: what waits, what left, what must be looked at again; end of shift; the demonstration's switches.

import { enAttente } from '../coeur/boite.js';
import { compter } from '../coeur/echo.js';
import { heureDe } from '../coeur/horloge.js';
import { accord, h, icone, puce } from '../dom.js';
import { contenu, laTablette, mesEchos, rafraichir } from '../gestes/contexte.js';

/** @typedef {import('../types').Echo} Echo */

const ETATS = /** @type {Record<string, [string, string, string]>} */ ({
  en_attente: ['attente', 'cloud-upload', 'en attente d’envoi'], plus_tard: ['attente', 'clock', 'le serveur la reprendra'],
  appliquee: ['fait', 'check', 'envoyée'], deja: ['fait', 'check', 'envoyée'],
  conflit: ['danger', 'circle-x', 'à vérifier'], refusee: ['danger', 'circle-x', 'à revoir'],
});

const EXPLICATIONS = /** @type {Record<string, string>} */ ({
  conflit: 'Gardée. Elle ne s’accorde pas avec une autre saisie : l’équipe vérifie.',
  refusee: 'Gardée, mais pas inscrite au dossier. Relisez-la et corrigez-la, ou parlez-en à votre cadre.',
});

/** @param {Echo} e @returns {HTMLElement} */
function ligne(e) {
  const [ton, signe, mot] = ETATS[e.etat] ?? ETATS.en_attente;
  const { fait_source, heure_a_confirmer } = e.operation;
  const quand = fait_source === 'choisi' ? `fait ${heureDe(e.operation)}, saisi ${heureDe(e.operation, 'saisi_a')}` : heureDe(e.operation, 'saisi_a');
  return h('li', {}, h('div', { class: 'liste-ligne' }, h('span', { class: 'liste-texte' }, h('span', { class: 'liste-titre' }, e.libelle),
    h('span', { class: 'liste-detail' }, [quand, heure_a_confirmer && 'heure à confirmer', e.message ?? EXPLICATIONS[e.etat]].filter(Boolean).join(' · ')),
    e.voir && h('a', { href: e.voir }, 'Voir')), puce(ton, signe, mot)));
}

/** @param {string} titre @param {Echo[]} echos @param {string} vide @returns {HTMLElement} */
function section(titre, echos, vide) {
  return h('section', { class: 'bloc' }, h('div', { class: 'bloc-entete' }, h('h2', {}, titre), h('span', { class: 'compteur' }, echos.length)),
    h('div', { class: 'bloc-corps' }, echos.length > 0 ? h('ul', { class: 'liste' }, [...echos].reverse().map(ligne)) : h('p', { class: 'vide' }, icone('check'), vide)));
}

/** Draws the screen from the device. @returns {Promise<boolean>} */
export async function mesSaisies() {
  const t = laTablette();
  if (!t.cles) return false;
  await rafraichir();
  const echos = mesEchos();
  const { attente, envoyees, a_revoir } = compter(echos);
  const total = await enAttente();
  const parEtat = (/** @type {(e: Echo) => boolean} */ f) => echos.filter(f);
  const vue = h('div', { class: 'pile', 'data-mes-saisies': '' },
    h('div', { class: 'entete-page' }, h('div', { class: 'entete-page-titre' }, h('h1', {}, 'Mes saisies'),
      h('p', {}, `${accord(attente, 'en attente', 'en attente')} · ${accord(envoyees, 'envoyée')} · ${a_revoir} à revoir`)),
    h('div', { class: 'entete-page-actions' }, h('button', { type: 'button', class: 'bouton bouton--principal', onclick: () => void t.synchroniser() }, icone('send'), 'Envoyer maintenant'),
      h('button', { type: 'button', class: 'bouton', onclick: () => void finir() }, icone('log-out'), 'Fin de poste'))),
    total > attente && h('p', { class: 'alerte' }, icone('info'), h('span', { class: 'alerte-corps' }, `${accord(total - attente, 'saisie')} d’autres personnes en attente sur cette tablette. Elles partiront seules ; vous ne pouvez pas les lire.`)),
    section('En attente d’envoi', parEtat((e) => e.etat === 'en_attente' || e.etat === 'plus_tard'), 'Rien n’attend.'),
    a_revoir > 0 && section('À revoir', parEtat((e) => e.etat === 'conflit' || e.etat === 'refusee'), ''),
    section('Envoyées', parEtat((e) => e.etat === 'appliquee' || e.etat === 'deja'), 'Rien d’envoyé depuis cette tablette aujourd’hui.'),
    essai());
  const bande = contenu().querySelector('grappe-reseau') ?? document.createElement('grappe-reseau');
  contenu().replaceChildren(bande, vue);
  document.title = 'Mes saisies · Grappe';
  return true;
}

async function finir() {
  await laTablette().finDePoste();
  location.assign('/verrou');
}

/** Switches of the demonstration, to see the care round without network and with two tablets. */
function essai() {
  const t = laTablette();
  return h('section', { class: 'bloc bloc--calme' }, h('div', { class: 'bloc-entete' }, icone('wifi-off'), h('h2', {}, 'Essayer sans réseau')),
    h('div', { class: 'bloc-corps boutons' },
      h('button', { type: 'button', class: 'bouton', 'aria-pressed': String(t.reseau.coupe), onclick: async () => { await t.couper(!t.reseau.coupe); await mesSaisies(); } },
        icone(t.reseau.coupe ? 'wifi' : 'wifi-off'), t.reseau.coupe ? 'Rétablir le réseau' : 'Couper le réseau'),
      h('button', { type: 'button', class: 'bouton', onclick: () => { open('/tour/soins', 'grappe-tablette-B', 'popup,width=820,height=1180'); } }, icone('tablet'), 'Deux tablettes')));
}
