// Care round: a tap means done, now; a second tap within eight seconds undoes; the sheet says the rest.

import { heure } from '../coeur/horloge.js';
import { accord, h, icone } from '../dom.js';
import { champTexte, choixPuces, feuille } from '../elements/feuille.js';
import { paveMesure } from '../elements/pave.js';
import { DELAI_ANNULER } from '../elements/toast.js';
import { groupables } from '../recouvrement.js';
import { laTablette, mesEchos, noter } from './contexte.js';
import { plausible } from './mesure.js';

/** @typedef {import('../types').Echo} Echo */

const MOTIFS = /** @type {[string, string][]} */ ([
  ['ne_souhaite_pas', 'Ne souhaite pas'], ['fatigue', 'Fatigue'], ['douleur', 'Douleur'], ['endormi', 'Dort'], ['agitation', 'Agitation'],
  ['deja_fait_seul', 'L’a fait seul·e'], ['famille', 'Famille présente'], ['materiel', 'Matériel manquant'], ['autre', 'Autre']]);
const ISSUES = /** @type {[string, string][]} */ ([
  ['fait', 'Fait'], ['en_partie', 'Fait en partie'], ['refuse', 'Refusé'], ['absent', 'Absent'], ['reporte', 'Reporté'], ['non_necessaire', 'Non nécessaire']]);
const PHRASES = /** @type {Record<string, string>} */ ({
  fait: 'Fait.', en_partie: 'Fait en partie.', refuse: 'Refus noté.', absent: 'Absence notée.', reporte: 'Report noté.', non_necessaire: 'Noté non nécessaire.' });

/** @param {Element} pres any element of a line of care @returns {HTMLElement | null} the element which describes the care */
export function soinDe(pres) {
  const ligne = pres.closest('.ligne-soin');
  return ligne?.querySelector('[data-soin]') ?? null;
}

/** @param {HTMLElement} soin @returns {string} */
const issueDe = (soin) => /** @type {HTMLElement} */ (soin.closest('.ligne-soin'))?.dataset.issue ?? soin.dataset.etat ?? 'a_faire';

/** @param {string | undefined} cible @returns {Echo | undefined} my last validation of this care */
const derniere = (cible) => mesEchos().findLast((e) => e.operation.type === 'soin.valider' && e.operation.cible === cible);

/**
 * @param {HTMLElement} soin @param {string} issue
 * @param {{ fait_a?: Date, plus?: Record<string, import('../types').Json>, silencieux?: boolean }} [options]
 */
export async function valider(soin, issue, { fait_a, plus = {}, silencieux = false } = {}) {
  const { soin: cible, resident, libelle = 'Soin', version } = soin.dataset;
  const fait = await noter({
    type: 'soin.valider', resident: resident ?? null, cible: cible ?? null, fait_a, vu_a_la_version: version ?? null,
    donnees: { issue, groupe: false, note: null, ...plus }, libelle: `${libelle} : ${ISSUES.find(([v]) => v === issue)?.[1].toLowerCase() ?? issue}`,
  }, silencieux ? {} : { phrase: PHRASES[issue] ?? 'Noté.', annuler: (e) => void annuler(soin, e, 'annulation immédiate') });
  if (fait && issue === 'refuse') proposerTransmission(soin);
  return fait;
}

/** @param {HTMLElement} soin @param {Echo} fait @param {string} motif */
export function annuler(soin, fait, motif) {
  return noter({
    type: 'soin.annuler', resident: fait.operation.resident, cible: fait.id, apres: [fait.id],
    donnees: { soin: fait.operation.cible, motif }, libelle: `Annulé : ${soin.dataset.libelle ?? fait.libelle}`,
  }, { phrase: 'Annulé.' });
}

/** Tap on a tick. @param {HTMLElement} soin */
export async function toucher(soin) {
  if (issueDe(soin) === 'a_faire') {
    if (soin.dataset.mesure) return ouvrirMesure(soin);
    await valider(soin, 'fait');
    return;
  }
  const mien = derniere(soin.dataset.soin);
  if (mien && laTablette().horloge.maintenant() - mien.cree_a < DELAI_ANNULER) await annuler(soin, mien, 'annulation immédiate');
  else ouvrirFeuille(soin);
}

/** « Tout est fait (n) » of a card: routine care only, never a measure nor care at risk. @param {HTMLElement} bouton */
export async function toutEstFait(bouton) {
  const soins = groupables(bouton);
  /** @type {[HTMLElement, Echo][]} */
  const faits = [];
  for (const soin of soins) {
    const fait = await valider(soin, 'fait', { plus: { groupe: true }, silencieux: true });
    if (fait) faits.push([soin, fait]);
  }
  if (faits.length === 0) return;
  const { toast } = await import('../elements/toast.js');
  toast(`${accord(faits.length, 'soin')} ${faits.length > 1 ? 'faits' : 'fait'}.`, {
    annuler: () => { for (const [soin, fait] of faits) void annuler(soin, fait, 'annulation immédiate'); } });
}

/** Refusal or absence for all that remains of a card, with one reason. @param {HTMLElement} bouton */
export function refusOuAbsent(bouton) {
  const carte = bouton.closest('.carte-resident');
  const soins = /** @type {HTMLElement[]} */ ([...(carte?.querySelectorAll('[data-soin]') ?? [])]).filter((s) => issueDe(s) === 'a_faire');
  if (soins.length === 0) return;
  const choix = h('div', { class: 'cases', role: 'group', 'aria-label': 'Soins concernés' }, soins.map((s, i) => h('label', { class: 'case' },
    h('input', { type: 'checkbox', name: 'soin', value: String(i), checked: true }), h('span', { class: 'case-texte' }, s.dataset.libelle ?? 'Soin'))));
  const forme = h('form', {}, choixPuces('issue', 'Issue', [['refuse', 'Refusé'], ['absent', 'Absent']], 'refuse'), choix,
    choixPuces('motif', 'Raison', MOTIFS), champTexte('note', 'Précision'),
    h('div', { class: 'boutons' }, h('button', { type: 'submit', class: 'bouton bouton--principal' }, 'Enregistrer')));
  const { fermer } = feuille('Refus ou absent', forme);
  forme.addEventListener('submit', (e) => {
    e.preventDefault();
    const lu = new FormData(forme);
    fermer();
    const plus = { motif: texteOuNul(lu.get('motif')), note: texteOuNul(lu.get('note')) };
    for (const i of lu.getAll('soin')) void valider(soins[Number(i)], String(lu.get('issue')), { plus });
  });
}

const texteOuNul = (/** @type {FormDataEntryValue | null} */ v) => (typeof v === 'string' && v.trim() ? v.trim() : null);

/** The sheet « ⋯ »: real hour in one tap, outcome, reason, note, with whom. @param {HTMLElement} soin */
export function ouvrirFeuille(soin) {
  const mien = derniere(soin.dataset.soin);
  const forme = h('form', {}, heures(), h('div', { class: 'boutons', role: 'group', 'aria-label': 'Issue' },
    ISSUES.map(([v, mot]) => h('button', { type: 'submit', value: v, class: v === 'fait' ? 'bouton bouton--valider' : 'bouton' }, mot))),
  choixPuces('motif', 'Raison, si ce n’est pas fait', MOTIFS), champTexte('note', 'Note'),
  h('div', { class: 'champ' }, h('label', {}, 'Fait avec ', h('span', { class: 'champ-facultatif' }, 'facultatif'), h('input', { class: 'saisie', name: 'avec', maxlength: 80 }))));
  const actuelle = issueDe(soin);
  const retour = mien && actuelle !== 'a_faire' && h('div', { class: 'boutons' },
    h('button', { type: 'button', class: 'bouton bouton--danger', onclick: () => { fermer(); void annuler(soin, mien, 'annulé par son auteur'); } },
      icone('undo-2'), 'Annuler ma saisie'));
  const { fermer } = feuille(soin.dataset.libelle ?? 'Soin', forme, ...(retour ? [retour] : []));
  forme.addEventListener('submit', (e) => {
    e.preventDefault();
    const issue = /** @type {HTMLButtonElement} */ (e.submitter)?.value ?? 'fait';
    const lu = new FormData(forme);
    fermer();
    const plus = { motif: texteOuNul(lu.get('motif')), note: texteOuNul(lu.get('note')), avec: texteOuNul(lu.get('avec')) };
    const fait_a = instantChoisi(lu);
    if (mien && actuelle !== 'a_faire') void corriger(soin, mien, issue, plus, fait_a);
    else void valider(soin, issue, { fait_a, plus });
  });
}

/** @param {HTMLElement} soin @param {Echo} mien @param {string} issue @param {Record<string, import('../types').Json>} plus @param {Date | undefined} fait_a */
const corriger = (soin, mien, issue, plus, fait_a) => noter({
  type: 'soin.corriger', resident: mien.operation.resident, cible: mien.id, apres: [mien.id], fait_a,
  donnees: { soin: mien.operation.cible, issue, ...plus }, libelle: `Corrigé : ${soin.dataset.libelle ?? mien.libelle}`,
}, { phrase: 'Corrigé. L’ancienne saisie reste lisible.' });

function heures() {
  const maintenant = laTablette().horloge.maintenant();
  return h('div', {}, choixPuces('quand', 'Quand', [['0', 'à l’instant'], ['15', `il y a 15 min (${heure(maintenant - 900_000)})`],
    ['60', `il y a 1 h (${heure(maintenant - 3_600_000)})`], ['heure', 'à une autre heure']], '0'),
  h('label', { class: 'champ terrain-autre-heure' }, h('span', { class: 'lecteur' }, 'Heure'),
    h('input', { class: 'saisie saisie--court', type: 'time', name: 'heure', value: heure(maintenant) })));
}

/** @param {FormData} lu @returns {Date | undefined} undefined = now */
export function instantChoisi(lu) {
  const quand = lu.get('quand');
  const maintenant = laTablette().horloge.maintenant();
  if (quand === '0' || quand === null) return undefined;
  if (quand !== 'heure') return new Date(maintenant - Number(quand) * 60_000);
  const [hh, mm] = String(lu.get('heure')).split(':').map(Number);
  const choisi = new Date(maintenant);
  choisi.setHours(hh, mm, 0, 0);
  // 23:50 chosen at 00:10 is yesterday, never tomorrow.
  if (choisi.getTime() > maintenant + 60_000) choisi.setDate(choisi.getDate() - 1);
  return choisi;
}

/** Numeric pad of a measure, with the last value and a soft warning. @param {HTMLElement} soin */
export function ouvrirMesure(soin) {
  const { libelle = 'Mesure', mesure = '', unite = '', dernier, resident, soin: cible, version } = soin.dataset;
  const pave = paveMesure(libelle, unite, Number(soin.dataset.decimales ?? '0'));
  const avis = h('p', { class: 'champ-aide', role: 'status' }, dernier ? `Dernier : ${dernier} ${unite}${soin.dataset.dernierLe ? ` le ${soin.dataset.dernierLe}` : ''}` : '');
  const valider_ = h('button', { type: 'submit', class: 'bouton bouton--valider bouton--large' }, icone('check'), 'Enregistrer');
  const forme = h('form', {}, avis, pave.element, valider_);
  const { fermer } = feuille(libelle, forme);
  let confirme = '';
  forme.addEventListener('submit', (e) => {
    e.preventDefault();
    const valeur = pave.valeur();
    const doute = plausible(valeur, { ...soin.dataset, unite });
    if (doute && confirme !== valeur) {
      avis.replaceChildren(h('span', { class: 'champ-erreur' }, icone('triangle-alert'), doute));
      confirme = valeur === '' ? 'jamais' : valeur;
      return;
    }
    fermer();
    void noter({
      type: 'soin.valider', resident: resident ?? null, cible: cible ?? null, vu_a_la_version: version ?? null,
      donnees: { issue: 'fait', groupe: false, note: null, mesure: { type: mesure, valeur, unite, a_confirmer: doute !== null } },
      libelle: `${libelle} : ${valeur} ${unite}`,
    }, { phrase: `${valeur} ${unite} enregistré.`, annuler: (f) => void annuler(soin, f, 'annulation immédiate') });
  });
  pave.champ.focus();
}

/** Two refusals running of the same care: offers a transmission with its theme. @param {HTMLElement} soin */
function proposerTransmission(soin) {
  if (!soin.dataset.refusPrecedent) return;
  const { resident = '', theme = '', libelle = '' } = soin.dataset;
  void import('../elements/toast.js').then(({ toast }) => toast(`Deuxième refus de suite : ${libelle}.`, {
    lien: { href: `/transmissions/nouvelle?${new URLSearchParams({ resident, theme, texte: `Refus répété : ${libelle}.` })}`, mot: 'Écrire une transmission' } }));
}
