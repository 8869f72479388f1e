// Start of the bedside application on a page of the server, or on the shell when there is no network.

import * as boite from './coeur/boite.js';
import { ecouter } from './coeur/flux.js';
import { veiller } from './coeur/relais.js';
import { Tablette } from './coeur/tablette.js';
import { actualiser, dater, dessiner } from './dessin.js';
import { h } from './dom.js';
import * as bande from './elements/grappe-reseau.js';
import { brancherEvenements } from './evenements.js';
import * as contexte from './gestes/contexte.js';
import { mesSaisies } from './ecrans/mes-saisies.js';
import { verrou } from './ecrans/verrou.js';
import { horsLigne } from './ecrans/hors-ligne.js';
import { inscrireService } from './fragment.js';
import * as routeur from './routeur.js';
import * as version from './version.js';

const tablette = new Tablette();
contexte.brancher(tablette);

const surVerrou = () => location.pathname === '/verrou';
/** What is on screen came from the server for the person present; otherwise the device draws. */
let pageDuServeur = document.querySelector('[data-coquille]') === null;
/** The account of the server's page; null on the shell. */
const compte = document.body.dataset.utilisateur || null;

/** Leaves for the lock; the page's memory goes with it. */
function verrouiller() {
  if (surVerrou()) return;
  tablette.verrouiller();
  location.assign(`/verrou?retour=${encodeURIComponent(location.pathname + location.search)}`);
}

/** The style of what the device draws. */
function habiller() {
  if (document.querySelector('link[href="/terrain/terrain.css"]')) return;
  document.head.append(h('link', { rel: 'stylesheet', href: '/terrain/terrain.css' }));
}

async function demarrer() {
  habiller();
  const enrole = await tablette.demarrer().catch(() => false);
  bande.brancher(tablette);
  if (!enrole) {
    if (surVerrou() || document.querySelector('[data-preparer]')) await verrou(compte);
    else if (!pageDuServeur) horsLigne();
    return;
  }
  version.suivre(await inscrireService());
  if (!(await accorderSession())) return;
  if (surVerrou() || !tablette.cles) {
    tablette.verrouiller();
    if (!surVerrou()) { location.replace(`/verrou?retour=${encodeURIComponent(location.pathname + location.search)}`); return; }
    await verrou(compte);
    cadencer();
    document.body.dataset.terrain = 'verrou';
    return;
  }
  await ouvrirPage();
  cadencer();
}

/**
 * The tablet was unlocked without network: the server still thinks of the former person. Her page is asked again under the right
 * name; while it cannot be, the device draws its own.
 * @returns {Promise<boolean>} false when the page is about to be loaded again
 */
async function accorderSession() {
  if (!tablette.cles || !compte || tablette.cles.personne.id === compte || surVerrou()) return true;
  if (!history.state?.annonce && await tablette.annoncer().then(() => true, () => false)) {
    history.replaceState({ annonce: true }, '');
    location.reload();
    return false;
  }
  pageDuServeur = false;
  return true;
}

async function ouvrirPage() {
  const unites = document.querySelector('[data-unites]')?.getAttribute('data-unites');
  if (unites) await tablette.choisirUnites(unites);
  bande.avertir((await boite.verifierStockage()).message);
  brancherEvenements();
  contexte.surveiller();
  routeur.brancher(async (adresse) => adresse.pathname === '/mes-saisies' && mesSaisies());
  tablette.addEventListener('donnees', (e) => void actualiser(/** @type {CustomEvent<string[]>} */ (e).detail));
  tablette.addEventListener('envoi', () => void (location.pathname === '/mes-saisies' ? mesSaisies() : contexte.rafraichir()));
  tablette.addEventListener('inconnu', () => bande.avertir('Le serveur ne connaît plus ce poste. Vos saisies y restent gardées : préparez-le de nouveau, ou prévenez votre référent.'));
  tablette.addEventListener('saisie', (e) => { if (!(/** @type {CustomEvent} */ (e).detail)) void contexte.rafraichir(); });
  tablette.addEventListener('cles', () => { if (!tablette.cles) verrouiller(); });
  const ici = new URL(location.href);
  if (ici.pathname === '/mes-saisies') await mesSaisies();
  else if (!pageDuServeur) { if (!(await dessiner(ici))) horsLigne(); }
  await contexte.rafraichir();
  document.dispatchEvent(new CustomEvent('terrain:ecran'));
  inactivite();
  document.body.dataset.terrain = 'pret';
}

/** Locks after the idle delay. */
function inactivite() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let minuterie;
  let dernier = 0;
  const repartir = () => {
    const t = performance.now();
    if (t - dernier < 1_000) return;
    dernier = t;
    veiller();
    clearTimeout(minuterie);
    minuterie = setTimeout(verrouiller, tablette.parametres.verrou_s * 1000);
  };
  for (const geste of ['pointerdown', 'keydown', 'scroll']) addEventListener(geste, repartir, { passive: true, capture: true });
  repartir();
}

/** Sends and reads at the right moments: now, at each return of the network or of the person, and at a pace which slows down. */
function cadencer() {
  const tour = () => void tablette.synchroniser()?.catch(() => undefined);
  for (const [cible, type] of /** @type {[EventTarget, string][]} */ ([[window, 'online'], [window, 'pageshow'], [window, 'focus']])) cible.addEventListener(type, tour);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) tour(); });
  navigator.serviceWorker?.addEventListener('message', ({ data }) => { if (data?.type === 'vider') tour(); });
  const battre = () => setTimeout(() => {
    tablette.reseau.noter('tic');
    void dater();
    if (!document.hidden && tablette.cles) veillerSiActif();
    tour();
    battre();
  }, tablette.reseau.prochain());
  battre();
  tour();
  void suivreFlux(tour);
}

/** The worker lives a little longer while the page is shown; the idle delay stays its own. */
const veillerSiActif = () => navigator.serviceWorker?.controller?.postMessage({ type: 'present' });

/** Listens to the invalidations while the page is shown. @param {() => void} tour */
async function suivreFlux(tour) {
  let arret = new AbortController();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) arret.abort();
  });
  for (;;) {
    if (!document.hidden && tablette.cles && !tablette.reseau.coupe) {
      arret = new AbortController();
      await ecouter(tablette.reseau, ({ type }) => {
        if (type === 'cle-revoquee') void tablette.revoquer();
        else tour();
      }, arret.signal).catch(() => undefined);
    }
    await new Promise((r) => { setTimeout(r, tablette.reseau.mesure.echecs > 0 ? tablette.reseau.prochain() : 3_000); });
  }
}

void demarrer();
