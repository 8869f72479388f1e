// One listener a kind for the whole page: the same markup works on the server's page and on the one drawn from the device.

import { contenu } from './gestes/contexte.js';
import * as clavier from './gestes/clavier.js';
import { envoyer, suivreBrouillon } from './gestes/formulaire.js';
import { plausible } from './gestes/mesure.js';
import { allerChambre } from './gestes/nuit.js';
import { ouvrirFeuille, refusOuAbsent, soinDe, toucher, toutEstFait } from './gestes/soin.js';
import { amorcer, enrichir } from './gestes/transmission.js';
import { aller } from './routeur.js';

/** Fingers of the touch under way: three or more are a palm or a bag, not a gesture. */
let doigts = 0;

/** @type {[string, (e: HTMLElement) => unknown][]} */
const CLICS = [
  ['[data-tout-fait] button', toutEstFait], ['[data-refus-absent]', refusOuAbsent], ['[data-amorce]', amorcer],
];

/** @param {MouseEvent} e */
function cliquer(e) {
  if (!(e.target instanceof Element) || e.button !== 0) return;
  const soin = soinDe(e.target);
  if (soin) {
    const coche = e.target.closest('.coche');
    const suite = e.target.closest('.ligne-soin > .ligne-soin-suite');
    if (coche || suite) {
      e.preventDefault();
      if (doigts < 3) void (coche ? toucher(soin) : ouvrirFeuille(soin));
      return;
    }
  }
  for (const [selecteur, geste] of CLICS) {
    const element = e.target.closest(selecteur);
    if (element instanceof HTMLElement) {
      e.preventDefault();
      void geste(element);
      return;
    }
  }
}

/** @param {SubmitEvent} e */
async function soumettre(e) {
  const forme = e.target;
  if (!(forme instanceof HTMLFormElement)) return;
  if (forme.matches('[data-aller-chambre]')) {
    e.preventDefault();
    await allerChambre(forme);
    return;
  }
  if (!forme.dataset.operation || forme.closest('.ligne-soin')) return;
  e.preventDefault();
  if (!confirmer(forme)) return;
  const suite = forme.dataset.suite;
  if ((await envoyer(forme, e.submitter)) && suite) await aller(suite);
}

/** Asks once about a doubtful measure. @param {HTMLFormElement} forme @returns {boolean} */
function confirmer(forme) {
  for (const champ of /** @type {NodeListOf<HTMLInputElement>} */ (forme.querySelectorAll('input[data-mesure]'))) {
    const valeur = champ.value.trim().replace('.', ',');
    if (!valeur) continue;
    champ.value = valeur;
    const doute = plausible(valeur, champ.dataset);
    if (!doute || champ.dataset.confirme === valeur) continue;
    champ.dataset.confirme = valeur;
    champ.setCustomValidity(doute);
    champ.reportValidity();
    champ.addEventListener('input', () => champ.setCustomValidity(''), { once: true });
    setTimeout(() => champ.setCustomValidity(''), 50);
    return false;
  }
  return true;
}

/** Forms of the page which just appeared. */
function preparerEcran() {
  for (const forme of /** @type {NodeListOf<HTMLFormElement>} */ (contenu().querySelectorAll('form[data-operation]'))) {
    if (forme.closest('.ligne-soin')) continue;
    if (forme.dataset.operation === 'transmission.creer') enrichir(forme);
    void suivreBrouillon(forme);
  }
}

/** Listens to the whole page. */
export function brancherEvenements() {
  document.addEventListener('pointerdown', (e) => { doigts = e.isPrimary ? 1 : doigts + 1; }, { passive: true, capture: true });
  document.addEventListener('click', cliquer, true);
  document.addEventListener('submit', (e) => void soumettre(e), true);
  document.addEventListener('terrain:ecran', preparerEcran);
  clavier.brancher();
}
