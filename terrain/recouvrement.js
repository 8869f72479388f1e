// What the device knows and the server's fragment does not show yet, drawn over the fragment.

import { h, icone, puce } from './dom.js';
import { heureDe } from './coeur/horloge.js';
import { recouvrirUrgence } from './urgence.js';

/** @typedef {import('./types').Echo} Echo */

/** Outcomes of a care: tone of the chip, icon, word, look of the tick. @type {Record<string, [string, string, string, string]>} */
export const ISSUES = {
  fait: ['fait', 'check', 'fait', 'coche--fait'],
  fait_en_partie: ['fait', 'check', 'fait en partie', 'coche--fait'],
  refuse: ['refus', 'ban', 'refusé', 'coche--refus'],
  absent: ['refus', 'door-open', 'absent', 'coche--refus'],
  reporte: ['retard', 'clock', 'reporté', 'coche--refus'],
  non_necessaire: ['refus', 'minus', 'non nécessaire', 'coche--refus'],
};

/**
 * The entry which stands for each planned care. A settled one gives way as soon as the server's own line says something.
 * @param {Echo[]} echos oldest first
 * @returns {Map<string, { echo: Echo, issue: string | null }>} by planned-care id; `issue` null = annulled
 */
export function etatsDesSoins(echos) {
  /** @type {Map<string, { echo: Echo, issue: string | null }>} */
  const parSoin = new Map();
  /** @type {Map<string, string>} */
  const soinDe = new Map();
  for (const e of echos) {
    const { type, cible, donnees, id } = e.operation;
    if (type === 'soin.valider' && cible) {
      soinDe.set(id, cible);
      parSoin.set(cible, { echo: e, issue: String(donnees.issue ?? 'fait') });
    } else if (type === 'soin.corriger' || type === 'soin.annuler') {
      const soin = (typeof donnees.prevu === 'string' && donnees.prevu) || (cible && soinDe.get(cible));
      if (soin) parSoin.set(soin, { echo: e, issue: type === 'soin.annuler' ? null : String(donnees.issue ?? 'fait') });
    }
  }
  return parSoin;
}

/** What was last drawn on each line: drawing it again would cost for nothing. @type {WeakMap<HTMLElement, string>} */
const dessines = new WeakMap();

const enRoute = (/** @type {Echo} */ e) => e.etat === 'en_attente' || e.etat === 'plus_tard';
const aRevoir = (/** @type {Echo} */ e) => e.etat === 'refusee' || e.etat === 'conflit';

/**
 * @param {HTMLElement} soin an element with `data-soin` @param {{ echo: Echo, issue: string | null } | undefined} etat
 */
export function recouvrirSoin(soin, etat) {
  const ligne = soin.closest('.ligne-soin');
  if (!(ligne instanceof HTMLElement)) return;
  const serveur = soin.dataset.etat ?? 'a_faire';
  memoriser(ligne);
  const utile = etat && (enRoute(etat.echo) || aRevoir(etat.echo) || (serveur === 'a_faire' && etat.issue !== null) || (serveur !== 'a_faire' && etat.issue === null));
  const vu = utile ? `${etat.echo.id}|${etat.echo.etat}|${etat.issue}` : 'serveur';
  if (dessines.get(ligne) === vu) return;
  dessines.set(ligne, vu);
  ligne.dataset.issue = utile ? (etat.issue ?? 'a_faire') : serveur;
  if (!utile) return restituer(ligne);
  const coche = /** @type {HTMLElement} */ (ligne.querySelector('.coche'));
  const place = /** @type {HTMLElement} */ (ligne.querySelector('.ligne-soin-etat'));
  const attend = enRoute(etat.echo);
  coche.className = 'coche';
  if (etat.issue === null) {
    coche.replaceChildren(icone(soin.dataset.signe ?? 'circle-dashed', 'icone icone--grande'), lecteur(soin, 'à faire'));
    place.replaceChildren(...(attend ? [puce('attente', 'cloud-upload', 'annulé, en attente d’envoi')] : []));
    return;
  }
  const [ton, signe, mot, classe] = ISSUES[etat.issue] ?? ISSUES.fait;
  coche.classList.add(classe);
  if (attend) coche.classList.add('coche--attente');
  coche.replaceChildren(icone(signe, 'icone icone--grande'), lecteur(soin, attend ? `${mot}, en attente d’envoi` : mot));
  const quand = `${mot} ${heureDe(etat.echo.operation)}`;
  place.replaceChildren(aRevoir(etat.echo)
    ? h('a', { class: 'puce puce--danger', href: '/mes-saisies' }, icone('circle-x'), 'à revoir')
    : attend ? puce('attente', 'cloud-upload', `${quand}, en attente d’envoi`) : puce(ton, signe, quand));
}

/** @param {HTMLElement} soin @returns {string} the name of the act: that of its line, unless the line says more */
export const nomDe = (soin) => soin.dataset.libelle ?? soin.closest('.ligne-soin')?.querySelector('.ligne-soin-nom')?.textContent ?? 'Soin';

/** @param {HTMLElement} soin @param {string} mot */
const lecteur = (soin, mot) => h('span', { class: 'lecteur' }, `${nomDe(soin)}, ${mot}`);

/** Server's look of each line, to be given back. @type {WeakMap<HTMLElement, { classe: string, coche: Node[], etat: Node[] }>} */
const origines = new WeakMap();

/** @param {HTMLElement} ligne */
function memoriser(ligne) {
  if (origines.has(ligne)) return;
  const coche = ligne.querySelector('.coche');
  const etat = ligne.querySelector('.ligne-soin-etat');
  if (!coche || !etat) return;
  origines.set(ligne, { classe: coche.className, coche: [...coche.childNodes].map((n) => n.cloneNode(true)), etat: [...etat.childNodes].map((n) => n.cloneNode(true)) });
}

/** @param {HTMLElement} ligne */
function restituer(ligne) {
  const origine = origines.get(ligne);
  const coche = ligne.querySelector('.coche');
  if (!origine || !coche) return;
  coche.className = origine.classe;
  coche.replaceChildren(...origine.coche.map((n) => n.cloneNode(true)));
  ligne.querySelector('.ligne-soin-etat')?.replaceChildren(...origine.etat.map((n) => n.cloneNode(true)));
}

/**
 * Draws the entries of the person over every care of the page.
 * @param {ParentNode} racine @param {Echo[]} echos
 */
export function recouvrir(racine, echos) {
  const etats = etatsDesSoins(echos);
  for (const soin of racine.querySelectorAll('[data-soin]')) {
    if (soin instanceof HTMLElement) recouvrirSoin(soin, etats.get(soin.dataset.soin ?? ''));
  }
  const soins = [...racine.querySelectorAll('.ligne-soin[data-issue]')];
  const faits = soins.filter((l) => l instanceof HTMLElement && l.dataset.issue !== 'a_faire').length;
  for (const lieu of racine.querySelectorAll('[data-avancement]')) {
    lieu.querySelector('[data-faits]')?.replaceChildren(String(faits));
    const barre = lieu.querySelector('progress');
    if (barre) barre.value = faits;
  }
  for (const tout of racine.querySelectorAll('[data-tout-fait]')) compterGroupe(/** @type {HTMLElement} */ (tout));
  recouvrirUrgence(racine, echos);
}

/** Brings « Tout est fait (n) » up to date. @param {HTMLElement} tout what holds its button */
function compterGroupe(tout) {
  const n = groupables(tout).length;
  const bouton = tout.querySelector('button');
  const mots = bouton?.querySelector('span:not(.lecteur)');
  if (mots) mots.textContent = (mots.textContent ?? '').replace(/\(\d+\)/, `(${n})`);
  bouton?.toggleAttribute('disabled', n === 0);
}

/**
 * Routine care of the same card, still to do: what « Tout est fait » ticks.
 * @param {HTMLElement} bouton
 * @returns {HTMLElement[]} elements with `data-soin`
 */
export function groupables(bouton) {
  const carte = bouton.closest('.carte-resident');
  return /** @type {HTMLElement[]} */ ([...(carte?.querySelectorAll('[data-soin][data-groupe]') ?? [])]).filter((s) => {
    const ligne = s.closest('.ligne-soin');
    return ligne instanceof HTMLElement && (ligne.dataset.issue ?? s.dataset.etat ?? 'a_faire') === 'a_faire';
  });
}
