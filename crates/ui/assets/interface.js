// @ts-check
// Comfort of the pages; every page works without it.

import { installer as installerBrouillons, toutGarder } from './brouillons.js';
import { suivre } from './direct.js';

const corps = document.body;
const racine = document.documentElement;

/** The only way a text becomes HTML here: answers of our own server, under a named Trusted Types policy. */
const politique = /** @type {any} */ (window).trustedTypes?.createPolicy('grappe', { createHTML: (/** @type {string} */ texte) => texte });

/** @param {string} texte */
function fragment(texte) {
  const modele = document.createElement('template');
  modele.innerHTML = politique ? politique.createHTML(texte) : texte;
  return modele.content;
}

/** @param {EventTarget | null} cible */
const enSaisie = (cible) => cible instanceof HTMLElement && (cible.isContentEditable || /^(TEXTAREA|SELECT)$/.test(cible.tagName)
  || (cible instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(cible.type)));

// ---- Shortcuts (ux.md §2.4) -------------------------------------------------------------------

const AIDE = [
  ['?', 'Afficher cette liste'],
  ['Ctrl K ou /', 'Chercher'],
  ['C', 'Créer'],
  ['T', 'Écrire une transmission'],
  ['J et K', 'Résident suivant, précédent'],
  ['Ctrl Entrée', 'Enregistrer le formulaire'],
  ['Échap', 'Fermer'],
];

function lettresActives() {
  return corps.dataset.lettres !== 'non' && localStorage.getItem('lettres') !== 'non';
}

function montrerRaccourcis() {
  const dialogue = document.getElementById('raccourcis') ?? construireRaccourcis();
  if (dialogue instanceof HTMLDialogElement && !dialogue.open) dialogue.showModal();
}

function construireRaccourcis() {
  const dialogue = document.createElement('dialog');
  dialogue.id = 'raccourcis';
  dialogue.className = 'dialogue';
  const titre = document.createElement('h2');
  titre.id = 'raccourcis-titre';
  titre.textContent = 'Raccourcis du clavier';
  dialogue.setAttribute('aria-labelledby', titre.id);
  const liste = document.createElement('dl');
  liste.className = 'raccourcis';
  const propres = [...document.querySelectorAll('[data-touche]')].map((e) => [e.getAttribute('data-touche')?.toUpperCase() ?? '', e.textContent?.trim().replace(/\s+/g, ' ') ?? '']);
  for (const [touche, mots] of [...AIDE, ...propres]) {
    const dt = document.createElement('dt');
    const kbd = document.createElement('kbd');
    kbd.textContent = touche;
    dt.append(kbd);
    const dd = document.createElement('dd');
    dd.textContent = mots;
    liste.append(dt, dd);
  }
  const etiquette = document.createElement('label');
  etiquette.className = 'case';
  const caseLettres = document.createElement('input');
  caseLettres.type = 'checkbox';
  caseLettres.checked = lettresActives();
  caseLettres.addEventListener('change', () => localStorage.setItem('lettres', caseLettres.checked ? 'oui' : 'non'));
  etiquette.append(caseLettres, 'Raccourcis d’une seule lettre');
  const fermer = document.createElement('button');
  fermer.type = 'button';
  fermer.className = 'bouton';
  fermer.textContent = 'Fermer la liste';
  fermer.addEventListener('click', () => dialogue.close());
  dialogue.append(titre, liste, etiquette, fermer);
  corps.append(dialogue);
  return dialogue;
}

function chercher() {
  const champ = document.querySelector('[data-recherche]');
  if (champ instanceof HTMLInputElement) { champ.focus(); champ.select(); }
}

/** Moves the focus from resident to resident. @param {number} sens */
function voisin(sens) {
  const cartes = [...document.querySelectorAll('[data-resident]')];
  const ici = cartes.findIndex((carte) => carte.contains(document.activeElement));
  const carte = cartes[ici < 0 ? (sens > 0 ? 0 : cartes.length - 1) : ici + sens];
  carte?.querySelector('a')?.focus();
}

/** @param {string} lettre */
function lettre(lettre) {
  const element = document.querySelector(`[data-touche="${CSS.escape(lettre)}"]`);
  if (element instanceof HTMLElement) return element.click(), true;
  const menu = document.querySelector('[data-menu-creer]');
  if (lettre === 'c' && menu instanceof HTMLDetailsElement) {
    menu.open = !menu.open;
    (menu.open ? menu.querySelector('a') : menu.querySelector('summary'))?.focus();
    return true;
  }
  if (lettre === 't') return location.assign(corps.dataset.transmission ?? '/transmissions/nouvelle'), true;
  if (lettre === 'j' || lettre === 'k') return voisin(lettre === 'j' ? 1 : -1), true;
  return false;
}

document.addEventListener('keydown', (e) => {
  if (e.isComposing) return;
  if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'k') { e.preventDefault(); chercher(); return; }
  if ((e.ctrlKey || e.metaKey) && e.key === 'Enter' && e.target instanceof HTMLElement) {
    const formulaire = e.target.closest('form');
    if (formulaire && !formulaire.hasAttribute('data-signature')) { e.preventDefault(); formulaire.requestSubmit(); }
    return;
  }
  if (e.key === 'Escape') fermerMenus(null);
  if (e.ctrlKey || e.metaKey || e.altKey || enSaisie(e.target) || document.querySelector('dialog[open]')) return;
  const fleche = e.key === 'ArrowRight' ? 'droite' : e.key === 'ArrowLeft' ? 'gauche' : '';
  const voisine = fleche && document.querySelector(`[data-fleche="${fleche}"]`);
  if (voisine instanceof HTMLElement) { e.preventDefault(); voisine.click(); return; }
  if (!lettresActives() && e.key !== '?') return;
  if (e.key === '?') { e.preventDefault(); montrerRaccourcis(); }
  else if (e.key === '/') { e.preventDefault(); chercher(); }
  else if (e.key.length === 1 && lettre(e.key.toLowerCase())) e.preventDefault();
});

// ---- Menus, dialogs, theme ---------------------------------------------------------------------

/** @param {Node | null} cible */
function fermerMenus(cible) {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (cible && menu.contains(cible)) continue;
    const dedans = menu.contains(document.activeElement);
    /** @type {HTMLDetailsElement} */ (menu).open = false;
    if (dedans && !cible) menu.querySelector('summary')?.focus();
  }
}

const THEMES = ['auto', 'clair', 'nuit'];

/** Changes the theme here and tells the server, which keeps it on the account. */
function themeSuivant() {
  const suivant = THEMES[(THEMES.indexOf(racine.dataset.theme ?? 'auto') + 1) % THEMES.length];
  racine.dataset.theme = suivant;
  const envoi = new URLSearchParams({ theme: suivant, jeton: corps.dataset.jeton ?? '' });
  fetch('/preferences', { method: 'POST', body: envoi, headers: { 'X-Jeton': corps.dataset.jeton ?? '' } }).catch(() => undefined);
}

document.addEventListener('click', (e) => {
  if (!(e.target instanceof Element)) return;
  fermerMenus(e.target);
  if (e.target.closest('[data-theme-suivant]')) themeSuivant();
  if (e.target.closest('[data-raccourcis]')) montrerRaccourcis();
  const touche = e.target.closest('[data-chiffre], [data-effacer]');
  if (touche instanceof HTMLElement) taper(touche);
  const bouton = e.target.closest('button[commandfor]');
  if (bouton && !('commandForElement' in HTMLButtonElement.prototype)) {
    const dialogue = document.getElementById(bouton.getAttribute('commandfor') ?? '');
    if (dialogue instanceof HTMLDialogElement) bouton.getAttribute('command') === 'close' ? dialogue.close() : dialogue.showModal();
  }
});

document.addEventListener('submit', (e) => {
  const question = e.target instanceof HTMLElement && e.target.dataset.confirmer;
  if (question && !window.confirm(question)) { e.preventDefault(); e.stopImmediatePropagation(); }
}, true);

document.addEventListener('change', (e) => {
  if (e.target instanceof HTMLElement && e.target.dataset.envoiDirect !== undefined) e.target.closest('form')?.requestSubmit();
});

// ---- Keypad, counters, toasts ------------------------------------------------------------------

/** @param {HTMLElement} touche */
function taper(touche) {
  const champ = document.getElementById(touche.closest('[data-pave]')?.getAttribute('data-pave') ?? '');
  if (!(champ instanceof HTMLInputElement)) return;
  if (touche.dataset.effacer !== undefined) champ.value = champ.value.slice(0, -1);
  else if (champ.maxLength < 0 || champ.value.length < champ.maxLength) champ.value += touche.dataset.chiffre;
  champ.dispatchEvent(new Event('input', { bubbles: true }));
  navigator.vibrate?.(10);
}

document.addEventListener('input', (e) => {
  const champ = e.target;
  if (!(champ instanceof HTMLInputElement || champ instanceof HTMLTextAreaElement)) return;
  champ.closest('[data-pave]')?.querySelectorAll('.pave-point').forEach((point, rang) => point.classList.toggle('pave-point--plein', rang < champ.value.length));
  compter(champ);
  if (champ.dataset.filtre) filtrer(champ, champ.dataset.filtre);
});

const sansAccent = (/** @type {string} */ s) => s.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe');

/**
 * Keeps the lines of a list which hold every word typed: letters of a name, a room number. What is ticked stays.
 * @param {HTMLInputElement | HTMLTextAreaElement} champ @param {string} liste selector of the list
 */
function filtrer(champ, liste) {
  const mots = sansAccent(champ.value).split(/\s+/).filter(Boolean);
  const lignes = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`${liste} [data-cherche]`));
  for (const ligne of lignes) {
    const texte = sansAccent(ligne.dataset.cherche ?? '');
    ligne.hidden = !ligne.querySelector('input:checked') && !mots.every((mot) => texte.includes(mot));
  }
  const n = [...lignes].filter((ligne) => !ligne.hidden).length;
  document.querySelector('[data-filtre-compte]')?.replaceChildren(mots.length > 0 ? `${n} trouvé${n > 1 ? 's' : ''}` : '');
}

/** @param {HTMLInputElement | HTMLTextAreaElement} champ */
function compter(champ) {
  const compte = document.querySelector(`[data-compte-de="${CSS.escape(champ.name)}"]`);
  if (!compte || !champ.dataset.maximum) return;
  const reste = Number(champ.dataset.maximum) - [...champ.value].length;
  compte.textContent = reste >= 0 ? `Encore ${reste} caractères` : `${-reste} caractères de trop`;
  compte.classList.toggle('champ-compte--depasse', reste < 0);
}

/** Hides a toast after 8 s, unless it holds the focus or the pointer. @param {Element} toast */
function minuter(toast) {
  window.setTimeout(() => (toast.matches(':hover, :focus-within') ? minuter(toast) : toast.remove()), 8000);
}

// ---- Live lists: rows never move under the finger -----------------------------------------------

/** @param {HTMLElement} zone */
async function relire(zone) {
  const reponse = await fetch(zone.dataset.source ?? location.href, { headers: { 'X-Fragment': 'oui' } });
  if (!reponse.ok) return;
  const neuf = fragment(await reponse.text());
  const meme = zone.id ? neuf.getElementById(zone.id) : neuf.querySelector(`[data-suivre="${CSS.escape(zone.dataset.suivre ?? '')}"]`);
  zone.replaceWith(meme ?? neuf);
  if (meme) preparer(meme);
}

/** @param {HTMLElement} zone */
function annoncer(zone) {
  const nombre = Number(zone.dataset.nouveaux ?? 0) + 1;
  zone.dataset.nouveaux = String(nombre);
  let pilule = zone.querySelector(':scope > .pilule');
  if (!pilule) {
    pilule = document.createElement('button');
    pilule.setAttribute('type', 'button');
    pilule.className = 'pilule';
    pilule.addEventListener('click', () => relire(zone));
    zone.prepend(pilule);
  }
  pilule.textContent = nombre > 1 ? `${nombre} nouveaux` : '1 nouveau';
}

/** @param {Element} zone @returns {string[]} the lists it follows, separated by spaces */
const suivies = (zone) => (zone.getAttribute('data-suivre') ?? '').split(' ');

/** @param {string[]} bougees */
function rafraichir(bougees) {
  for (const zone of document.querySelectorAll('[data-suivre]')) {
    if (!(zone instanceof HTMLElement) || !suivies(zone).some((liste) => bougees.includes(liste))) continue;
    if (zone.dataset.pilule !== undefined || zone.contains(document.activeElement)) annoncer(zone);
    else relire(zone).catch(() => undefined);
  }
}

/** After a cut a few lists are read again; hundreds of cards would be hundreds of openings: the person is told. */
function reprendre() {
  const zones = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-suivre]')]);
  if (zones.length <= 12 && !zones.some((zone) => zone.contains(document.activeElement))) {
    for (const zone of zones) relire(zone).catch(() => undefined);
    return;
  }
  const bouton = Object.assign(document.createElement('button'), { type: 'button', className: 'bouton bouton--petit', textContent: 'Actualiser', onclick: () => location.reload() });
  const mot = Object.assign(document.createElement('span'), { textContent: 'La connexion a été coupée : cette page peut dater.' });
  const avis = Object.assign(document.createElement('div'), { className: 'toast', id: 'reprise' });
  avis.append(mot, bouton);
  document.getElementById('reprise')?.remove();
  document.getElementById('toasts')?.append(avis);
}

function ecouter() {
  const listes = () => [...new Set([...document.querySelectorAll('[data-suivre]')].flatMap(suivies))];
  if (corps.dataset.flux && listes().length > 0) void suivre(corps.dataset.flux, listes, rafraichir, reprendre);
}

// ---- Idle lock ----------------------------------------------------------------------------------

function verrouiller() {
  const secondes = Number(corps.dataset.verrou ?? 0);
  if (!secondes) return;
  let minuterie = 0;
  const repartir = () => {
    clearTimeout(minuterie);
    minuterie = window.setTimeout(() => { toutGarder(); location.assign(`/verrou?retour=${encodeURIComponent(location.pathname + location.search)}`); }, secondes * 1000);
  };
  for (const geste of ['pointerdown', 'keydown', 'scroll']) addEventListener(geste, repartir, { passive: true, capture: true });
  repartir();
}

/** @param {ParentNode} zone */
function preparer(zone) {
  installerBrouillons(zone);
  zone.querySelectorAll('[data-toast]').forEach(minuter);
  zone.querySelectorAll('textarea[data-maximum]').forEach((champ) => compter(/** @type {HTMLTextAreaElement} */ (champ)));
  const erreurs = zone.querySelector('[data-focus]');
  if (erreurs instanceof HTMLElement) erreurs.focus();
}

document.querySelectorAll('[data-imprimer]').forEach((bouton) => {
  bouton.removeAttribute('hidden');
  bouton.addEventListener('click', () => print());
});

preparer(document);
ecouter();
verrouiller();
document.addEventListener('htmx:after:swap', () => preparer(document));
