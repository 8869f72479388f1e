// Care round: a tap means done, now; a second tap within eight seconds undoes; the sheet says the rest.

import { heure } from '../coeur/horloge.js';
import { accord, h, icone } from '../dom.js';
import { champTexte, choixPuces, feuille } from '../elements/feuille.js';
import { DELAI_ANNULER } from '../elements/toast.js';
import { groupables, nomDe } from '../recouvrement.js';
import { laTablette, mesEchos, noter } from './contexte.js';
import { ouvrirMesure } from './pesee.js';
import { MOTIFS } from './referentiels.js';

/** @typedef {import('../types').Echo} Echo */

const ISSUES = /** @type {[string, string][]} */ ([
  ['fait', 'Fait'], ['fait_en_partie', 'Fait en partie'], ['refuse', 'Refusé'], ['absent', 'Absent'], ['reporte', 'Reporté à…'], ['non_necessaire', 'Non nécessaire']]);
const PHRASES = /** @type {Record<string, string>} */ ({
  fait: 'Fait.', fait_en_partie: 'Fait en partie.', refuse: 'Refus noté.', absent: 'Absence notée.', reporte: 'Report noté.', non_necessaire: 'Noté non nécessaire.' });

/** @param {Element} pres any element of a line of care @returns {HTMLElement | null} the element which describes the care */
export function soinDe(pres) {
  const ligne = pres.closest('.ligne-soin');
  return ligne?.querySelector('[data-soin]') ?? null;
}

/** @param {HTMLElement} soin @returns {string | undefined} whose */
export const residentDe = (soin) => /** @type {HTMLElement | null} */ (soin.closest('[data-resident]'))?.dataset.resident;

/** @param {HTMLElement} soin @returns {string} */
const issueDe = (soin) => /** @type {HTMLElement} */ (soin.closest('.ligne-soin'))?.dataset.issue ?? soin.dataset.etat ?? 'a_faire';

/** @param {string | undefined} cible @returns {Echo | undefined} my last validation of this care */
const derniere = (cible) => mesEchos().findLast((e) => e.operation.type === 'soin.valider' && e.operation.cible === cible);

/**
 * @param {HTMLElement} soin @param {string} issue
 * @param {{ fait_a?: Date, plus?: Record<string, import('../types').Json>, silencieux?: boolean }} [options]
 */
export async function valider(soin, issue, { fait_a, plus = {}, silencieux = false } = {}) {
  const { soin: cible, version } = soin.dataset;
  const fait = await noter({
    type: 'soin.valider', resident: residentDe(soin) ?? null, cible: cible ?? null, fait_a, vu_a_la_version: version ?? null,
    donnees: sansNuls({ issue, groupe: false, ...plus }), libelle: `${nomDe(soin)} : ${mot(issue)}`,
  }, silencieux ? {} : { phrase: PHRASES[issue] ?? 'Noté.', annuler: (e) => void annuler(soin, e, 'annulation immédiate') });
  if (fait && issue === 'refuse') proposerTransmission(soin);
  return fait;
}

/** @param {string} issue */
const mot = (issue) => (ISSUES.find(([v]) => v === issue)?.[1] ?? issue).replace(' à…', '').toLowerCase();

/** @param {Record<string, import('../types').Json>} donnees @returns {Record<string, import('../types').Json>} without what was left empty */
const sansNuls = (donnees) => Object.fromEntries(Object.entries(donnees).filter(([, v]) => v !== null && v !== ''));

/** @param {HTMLElement} soin @param {Echo} fait @param {string} motif */
export function annuler(soin, fait, motif) {
  return noter({
    type: 'soin.annuler', resident: fait.operation.resident, cible: fait.id, apres: [fait.id],
    donnees: { validation: fait.id, prevu: fait.operation.cible, motif }, libelle: `Annulé : ${nomDe(soin)}`,
  }, { phrase: 'Annulé.' });
}

/** Tap on a tick. @param {HTMLElement} soin */
export async function toucher(soin) {
  if (issueDe(soin) === 'a_faire') {
    if (soin.dataset.mesure) return ouvrirMesure(soin, residentDe(soin) ?? '', (plus) => valider(soin, 'fait', { plus }));
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
  if (soins.length > 0) feuilleIssue('Refus ou absent', ISSUES.slice(2, 4), (issue, plus, fait_a) => { for (const soin of soins) void valider(soin, issue, { fait_a, plus }); });
}

/** The sheet « ⋯ »: real hour in one tap, outcome, reason, note, with whom. @param {HTMLElement} soin */
export function ouvrirFeuille(soin) {
  const mien = derniere(soin.dataset.soin);
  const dit = mien && issueDe(soin) !== 'a_faire' ? mien : null;
  const { fermer, dialogue } = feuilleIssue(nomDe(soin), ISSUES, (issue, plus, fait_a) => {
    if (dit) void corriger(soin, dit, issue, plus, fait_a);
    else void valider(soin, issue, { fait_a, plus });
  });
  if (!dit) return;
  dialogue.append(h('div', { class: 'boutons' }, h('button', { type: 'button', class: 'bouton bouton--danger', onclick: () => { fermer(); void annuler(soin, dit, 'annulé par son auteur'); } },
    icone('undo-2'), 'Annuler ma saisie')));
}

/**
 * Hour, outcome, then the reason: choosing it is enough.
 * @param {string} titre @param {[string, string][]} issues
 * @param {(issue: string, plus: Record<string, import('../types').Json>, fait_a: Date | undefined) => void} suite
 */
function feuilleIssue(titre, issues, suite) {
  const raisons = h('div', { class: 'terrain-raisons', 'aria-live': 'polite' });
  const forme = h('form', {}, heures(), h('div', { class: 'boutons', role: 'group', 'aria-label': 'Issue' }, issues.map(([v, libelle]) =>
    h('button', { type: 'button', value: v, class: v === 'fait' ? 'bouton bouton--valider' : 'bouton', 'aria-pressed': v === 'fait' ? null : 'false', onclick: (/** @type {Event} */ e) => choisir(v, /** @type {HTMLElement} */ (e.currentTarget)) }, libelle))),
  raisons, champTexte('note', 'Note'),
  h('div', { class: 'champ' }, h('label', {}, 'Fait avec ', h('span', { class: 'champ-facultatif' }, 'facultatif'), h('input', { class: 'saisie', name: 'avec', maxlength: 80 }))));
  const { fermer, dialogue } = feuille(titre, forme);
  forme.addEventListener('submit', (e) => e.preventDefault());
  const enregistrer = (/** @type {string} */ issue, /** @type {string | null} */ motif) => {
    const lu = new FormData(forme);
    fermer();
    const a = issue === 'reporte' ? new Date(aHeure(String(lu.get('a')), 1).getTime() - (laTablette().horloge.decalage ?? 0)).toISOString() : null;
    suite(issue, { motif, a, note: texteOuNul(lu.get('note')), avec: texteOuNul(lu.get('avec')) }, instantChoisi(lu));
  };
  const choisir = (/** @type {string} */ issue, /** @type {HTMLElement} */ bouton) => {
    if (issue === 'fait') { enregistrer(issue, null); return; }
    for (const b of forme.querySelectorAll('[aria-pressed]')) b.setAttribute('aria-pressed', String(b === bouton));
    raisons.replaceChildren(h('p', { class: 'legende' }, 'Raison : la toucher enregistre'),
      issue === 'reporte' ? h('label', { class: 'champ' }, 'Reporté à ', h('input', { class: 'saisie saisie--court', type: 'time', name: 'a', value: heure(laTablette().horloge.auServeur() + 3_600_000) })) : '',
      h('div', { class: 'boutons' }, (MOTIFS[issue] ?? []).map(([code, libelle]) => h('button', { type: 'button', class: 'bouton', onclick: () => enregistrer(issue, code) }, libelle)),
        h('button', { type: 'button', class: 'bouton bouton--discret', onclick: () => enregistrer(issue, null) }, 'Sans raison précise')));
    raisons.querySelector('button')?.focus();
  };
  return { fermer, dialogue };
}

const texteOuNul = (/** @type {FormDataEntryValue | null} */ v) => (typeof v === 'string' && v.trim() ? v.trim() : null);

/** @param {HTMLElement} soin @param {Echo} mien @param {string} issue @param {Record<string, import('../types').Json>} plus @param {Date | undefined} fait_a */
const corriger = (soin, mien, issue, plus, fait_a) => noter({
  type: 'soin.corriger', resident: mien.operation.resident, cible: mien.id, apres: [mien.id], fait_a,
  donnees: sansNuls({ validation: mien.id, prevu: mien.operation.cible, issue, ...plus }), libelle: `Corrigé : ${nomDe(soin)}`,
}, { phrase: 'Corrigé. L’ancienne saisie reste lisible.' });

function heures() {
  const maintenant = laTablette().horloge.auServeur();
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
  return aHeure(String(lu.get('heure')), -1);
}

/**
 * An hour of the clock as an instant: 23:50 chosen at 00:10 is yesterday when it tells the past, 00:10 put off at 23:50 is tomorrow.
 * @param {string} texte @param {1 | -1} sens
 */
function aHeure(texte, sens) {
  const { horloge } = laTablette();
  const maintenant = horloge.auServeur();
  const [hh, mm] = texte.split(':').map(Number);
  const choisi = new Date(maintenant);
  choisi.setHours(hh || 0, mm || 0, 0, 0);
  if (sens < 0 && choisi.getTime() > maintenant + 60_000) choisi.setDate(choisi.getDate() - 1);
  if (sens > 0 && choisi.getTime() < maintenant) choisi.setDate(choisi.getDate() + 1);
  // The operation carries the device's own hours, with their gap.
  return new Date(choisi.getTime() + (horloge.decalage ?? 0));
}

/** Two refusals running of the same care: offers a transmission with its theme. @param {HTMLElement} soin */
function proposerTransmission(soin) {
  if (!soin.dataset.refusPrecedent) return;
  const { theme = '', libelle = '' } = soin.dataset;
  const resident = residentDe(soin) ?? '';
  void import('../elements/toast.js').then(({ toast }) => toast(`Deuxième refus de suite : ${libelle}.`, {
    lien: { href: `/transmissions/nouvelle?${new URLSearchParams({ resident, theme, texte: `Refus répété : ${libelle}.` })}`, mot: 'Écrire une transmission' } }));
}
