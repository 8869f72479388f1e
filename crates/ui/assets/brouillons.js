// @ts-check
// Drafts of text fields, kept on the device per user and per page while the tab lives.
// A draft is written at each pause of 400 ms and offered back, never imposed over a value of the server.

const PAUSE = 400;
const utilisateur = document.body.dataset.utilisateur ?? 'anonyme';

const navigation = performance.getEntriesByType('navigation')[0];
const revenu = navigation instanceof PerformanceNavigationTiming && navigation.type !== 'navigate';

/** @param {HTMLInputElement | HTMLTextAreaElement} champ */
const cle = (champ) => `brouillon:${utilisateur}:${location.pathname}${location.search}:${champ.form?.id ?? ''}:${champ.name}`;

/** @param {HTMLInputElement | HTMLTextAreaElement} champ @param {string} heure @param {string} valeurServeur */
function proposer(champ, heure, valeurServeur) {
  const note = document.createElement('p');
  note.className = 'champ-brouillon';
  note.setAttribute('role', 'status');
  note.textContent = `Brouillon de ${heure} retrouvé. `;
  const bouton = document.createElement('button');
  bouton.type = 'button';
  bouton.className = 'bouton bouton--discret bouton--petit';
  bouton.textContent = 'Effacer le brouillon';
  bouton.addEventListener('click', () => {
    sessionStorage.removeItem(cle(champ));
    champ.value = valeurServeur;
    champ.dispatchEvent(new Event('input', { bubbles: true }));
    sessionStorage.removeItem(cle(champ));
    note.remove();
    champ.focus();
  });
  note.append(bouton);
  champ.after(note);
}

/** @param {HTMLInputElement | HTMLTextAreaElement} champ */
function suivre(champ) {
  if (champ.dataset.brouillonSuivi !== undefined) return;
  champ.dataset.brouillonSuivi = '';
  const valeurServeur = champ.value;
  const { heure, texte, envoye } = JSON.parse(sessionStorage.getItem(cle(champ)) ?? '{}');
  if (envoye && !revenu) sessionStorage.removeItem(cle(champ));
  else if (texte && texte !== valeurServeur) {
    champ.value = texte;
    proposer(champ, heure, valeurServeur);
  }
  let minuterie = 0;
  champ.addEventListener('input', () => {
    clearTimeout(minuterie);
    minuterie = window.setTimeout(() => garder(champ), PAUSE);
  });
}

/** @param {HTMLInputElement | HTMLTextAreaElement} champ */
function garder(champ) {
  if (champ.form?.dataset.envoye !== undefined) return;
  const heure = new Date().toLocaleTimeString('fr-FR', { hour: '2-digit', minute: '2-digit' });
  if (champ.value === '') sessionStorage.removeItem(cle(champ));
  else sessionStorage.setItem(cle(champ), JSON.stringify({ heure, texte: champ.value }));
}

const CHAMPS = '[data-brouillon]';

/** Starts keeping the drafts of the fields under `racine`. @param {ParentNode} racine */
export function installer(racine) {
  for (const champ of racine.querySelectorAll(CHAMPS)) {
    if (champ instanceof HTMLInputElement || champ instanceof HTMLTextAreaElement) suivre(champ);
  }
}

/** Writes all drafts now: before a lock, before leaving. */
export function toutGarder() {
  for (const champ of document.querySelectorAll(CHAMPS)) {
    if (champ instanceof HTMLInputElement || champ instanceof HTMLTextAreaElement) {
      if (champ.value !== champ.defaultValue) garder(champ);
    }
  }
}

/** @param {HTMLFormElement} formulaire @param {(champ: HTMLInputElement | HTMLTextAreaElement) => void} geste */
function pourChaque(formulaire, geste) {
  for (const champ of formulaire.querySelectorAll(CHAMPS)) {
    if (champ instanceof HTMLInputElement || champ instanceof HTMLTextAreaElement) geste(champ);
  }
}

// A draft that left with its form is kept aside until a page answers: if the network failed, coming
// back to the form finds it again.
document.addEventListener('submit', (evenement) => {
  const formulaire = evenement.target;
  if (!(formulaire instanceof HTMLFormElement) || evenement.defaultPrevented) return;
  pourChaque(formulaire, (champ) => {
    garder(champ);
    const garde = JSON.parse(sessionStorage.getItem(cle(champ)) ?? 'null');
    if (garde) sessionStorage.setItem(cle(champ), JSON.stringify({ ...garde, envoye: true }));
  });
  formulaire.dataset.envoye = '';
});

document.addEventListener('htmx:after:request', (evenement) => {
  const { sourceElement, response } = /** @type {CustomEvent} */ (evenement).detail?.ctx ?? {};
  const formulaire = sourceElement instanceof Element ? sourceElement.closest('form') : null;
  if (formulaire && response?.raw?.ok) pourChaque(formulaire, (champ) => sessionStorage.removeItem(cle(champ)));
});

window.addEventListener('pagehide', toutGarder);
window.addEventListener('pageshow', (evenement) => {
  if (evenement.persisted) for (const formulaire of document.forms) delete formulaire.dataset.envoye;
});
