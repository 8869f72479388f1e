// Lock and change of person; first code of a person on this device; enrolment of the device.

import { CodeIncorrect, codeRefuse, enveloppes } from '../coeur/coffre.js';
import { enAttente } from '../coeur/boite.js';
import { HorsLigne, Refus } from '../coeur/reseau.js';
import { accord, h, icone } from '../dom.js';
import { paveCode } from '../elements/pave.js';
import { contenu, laTablette } from '../gestes/contexte.js';
import { nouvelleVersion } from '../version.js';

/** Tiles show who opened this device within this time (milliseconds). */
const RECENT = 14 * 3_600_000;

/** @returns {URL} where the person wanted to go */
function retour() {
  const voulu = new URL(location.href).searchParams.get('retour') ?? '/accueil';
  const adresse = new URL(voulu, location.origin);
  return adresse.origin === location.origin && !adresse.pathname.startsWith('/verrou') ? adresse : new URL('/accueil', location.origin);
}

/** @param {...(Node | string | null | false)} noeuds */
function montrer(...noeuds) {
  const place = document.querySelector('[data-preparer]');
  if (place) {
    place.replaceChildren(h('div', { class: 'terrain-verrou pile' }, noeuds));
    return;
  }
  const main = contenu();
  const bande = main.querySelector('grappe-reseau') ?? document.createElement('grappe-reseau');
  main.replaceChildren(bande, h('div', { class: 'terrain-verrou pile' }, noeuds));
  document.title = 'Verrou · Grappe';
}

/** A heading of the right level: the page may already have its own. @param {string} mots */
const titre = (mots) => h(document.querySelector('[data-preparer]') ? 'h2' : 'h1', {}, mots);

/** The lock screen: who are you? @param {string | null} compte the account of the page, when the server knows one */
export async function verrou(compte) {
  const { poste } = laTablette();
  if (!poste || (compte && !(await laTablette().verifierPoste()))) return preparer(compte);
  const maintenant = laTablette().horloge.maintenant();
  const gens = (await enveloppes()).filter((e) => maintenant - e.ouverte_a < RECENT);
  const sienne = gens.find((e) => e.auteur === compte);
  if (compte && !sienne) return choisirCode();
  const attente = await enAttente();
  const tuiles = h('ul', { class: 'verrou-tuiles', role: 'list' }, gens.map((e) => h('li', {},
    h('button', { type: 'button', class: 'verrou-tuile', 'data-auteur': e.auteur, onclick: () => demanderCode(e, place, tuiles) },
      h('span', { class: 'photo', 'aria-hidden': 'true' }, e.personne.initiales), h('strong', {}, e.personne.prenom),
      h('span', { class: 'secondaire' }, e.personne.profession)))),
  h('li', {}, h('a', { class: 'verrou-tuile', href: `/connexion?${new URLSearchParams({ retour: retour().pathname })}` },
    icone('user-plus', 'icone icone--grande'), h('strong', {}, 'Autre personne'), h('span', { class: 'secondaire' }, 'demande le réseau'))));
  const place = h('div', {});
  montrer(h('div', { class: 'entete-page' }, h('div', { class: 'entete-page-titre' }, h('h1', {}, 'Qui êtes-vous ?'),
    h('p', {}, poste.nom, attente > 0 && ` · ${accord(attente, 'saisie')} en attente d’envoi`))), tuiles, place, urgence(), versionPrete());
  const premier = sienne ?? (gens.length === 1 ? gens[0] : null);
  if (premier) demanderCode(premier, place, tuiles);
}

/** From the lock: one's code, then straight to the emergency sheets, network or not. */
const urgence = () => retour().pathname !== '/urgence' && h('p', {},
  h('a', { class: 'bouton bouton--danger', href: '/verrou?retour=%2Furgence' }, icone('siren'), 'Urgence : votre code ouvre la fiche d’un résident'));

/** @param {import('../types').Enveloppe} e @param {HTMLElement} place @param {HTMLElement} tuiles */
function demanderCode(e, place, tuiles) {
  for (const t of tuiles.querySelectorAll('[data-auteur]')) t.toggleAttribute('aria-current', /** @type {HTMLElement} */ (t).dataset.auteur === e.auteur);
  const avis = h('p', { role: 'alert', class: 'champ-erreur' });
  const pave = paveCode(6, async (code) => {
    place.setAttribute('aria-busy', 'true');
    try {
      await laTablette().deverrouiller(e.auteur, code);
      location.assign(retour());
    } catch (cause) {
      pave.vider();
      avis.textContent = cause instanceof CodeIncorrect ? cause.message : 'La tablette n’a pas pu ouvrir vos clés. Réessayez.';
      if (cause instanceof CodeIncorrect && cause.restants === 0) setTimeout(() => location.reload(), 4_000);
    } finally {
      place.removeAttribute('aria-busy');
    }
  }, `Code de ${e.personne.prenom}`);
  place.replaceChildren(h('h2', {}, `Code de ${e.personne.prenom}`), pave.element, avis,
    h('p', { class: 'secondaire' }, 'Code oublié : ', h('a', { href: `/connexion?${new URLSearchParams({ retour: retour().pathname })}` }, 'connectez-vous avec votre mot de passe'), '.'));
  pave.focus();
}

function versionPrete() {
  return nouvelleVersion() && h('p', { class: 'alerte' }, icone('download'), h('span', { class: 'alerte-corps' }, 'Nouvelle version prête.'),
    h('button', { type: 'button', class: 'bouton bouton--petit', onclick: () => nouvelleVersion()?.postMessage({ type: 'activer' }) }, 'Installer maintenant'));
}

/** First code of the person on this device: asked twice, then her records are prepared. */
export function choisirCode() {
  let premier = '';
  const entete = titre('Choisissez un code à six chiffres');
  const aide = h('p', {}, 'Il ouvre cette tablette, avec ou sans réseau. Il n’est connu que de vous.');
  const avis = h('p', { role: 'alert', class: 'champ-erreur' });
  const barre = h('progress', { max: 100, 'aria-label': 'Préparation de la tablette', hidden: true });
  const pave = paveCode(6, async (code) => {
    pave.vider();
    avis.textContent = '';
    const refus = codeRefuse(code);
    if (refus) { avis.textContent = refus; return; }
    if (!premier) {
      premier = code;
      entete.textContent = 'Entrez le même code une seconde fois';
      return;
    }
    if (code !== premier) {
      premier = '';
      entete.textContent = 'Choisissez un code à six chiffres';
      avis.textContent = 'Les deux codes sont différents. Recommencez.';
      return;
    }
    await installer(code, avis, aide, barre);
  }, 'Nouveau code');
  montrer(entete, aide, pave.element, barre, avis);
  pave.focus();
}

/** @param {string} code @param {HTMLElement} avis @param {HTMLElement} aide @param {HTMLProgressElement} barre */
async function installer(code, avis, aide, barre) {
  const t = laTablette();
  try {
    await t.installer(code);
    barre.hidden = false;
    aide.textContent = 'Première préparation de la tablette. Restez près de la borne Wi-Fi.';
    await t.actualiser((lus, total) => {
      if (total) barre.value = Math.round((lus / total) * 100);
      aide.textContent = `Première préparation de la tablette : ${accord(lus, 'élément')}${total ? ` sur ${total}` : ''}. Restez près de la borne Wi-Fi.`;
    });
    location.assign(retour());
  } catch (cause) {
    barre.hidden = true;
    avis.textContent = dire(cause, 'La tablette n’a pas pu être préparée.');
  }
}

/** @param {unknown} cause @param {string} quoi @returns {string} */
function dire(cause, quoi) {
  if (cause instanceof HorsLigne) return `${quoi} Le réseau ne répond pas : rapprochez-vous d’une borne Wi-Fi et recommencez.`;
  if (cause instanceof Refus && cause.code === 401) return `${quoi} Connectez-vous d’abord avec votre mot de passe.`;
  if (cause instanceof Refus) return `${quoi} Le serveur a refusé (code ${cause.code}). Demandez à votre référent.`;
  return quoi;
}

/** Enrolment of the device. @param {string | null} compte */
export function preparer(compte) {
  const avis = h('p', { role: 'alert', class: 'champ-erreur' });
  const nom = h('input', { class: 'saisie', id: 'nom-poste', name: 'nom', required: true, maxlength: 60, autocomplete: 'off', value: nomPropose() });
  const forme = h('form', { class: 'formulaire' }, h('div', { class: 'champ' }, h('label', { for: 'nom-poste' }, 'Nom de ce poste'), nom),
    h('div', { class: 'boutons' }, h('button', { type: 'submit', class: 'bouton bouton--principal' }, icone('tablet'), 'Préparer ce poste')), avis);
  forme.addEventListener('submit', async (e) => {
    e.preventDefault();
    try {
      await laTablette().enroler(nom.value.trim());
      await inscrire();
      choisirCode();
    } catch (cause) {
      avis.textContent = dire(cause, 'Le poste n’a pas été préparé.');
    }
  });
  montrer(titre('Préparer ce poste pour travailler sans réseau'),
    compte ? h('p', {}, 'Vos soins, vos transmissions et vos résidents restent lisibles et modifiables sans réseau. Les données sont chiffrées sur l’appareil.')
      : h('p', {}, 'Connectez-vous d’abord avec votre mot de passe.'),
    compte ? forme : h('p', {}, h('a', { class: 'bouton bouton--principal', href: '/connexion?retour=%2Fverrou' }, 'Se connecter')));
}

const nomPropose = () => (window.name.startsWith('grappe-tablette-') ? `Tablette ${window.name.slice(-1)}` : 'Tablette 1');

async function inscrire() {
  const { inscrireService } = await import('../fragment.js');
  await inscrireService();
  await Promise.race([navigator.serviceWorker?.ready, new Promise((r) => { setTimeout(r, 5_000); })]);
}
