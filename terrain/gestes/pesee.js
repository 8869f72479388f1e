// A care which measures something: numeric pad, last value, a question when the value is doubtful.

import { h, icone } from '../dom.js';
import { feuille } from '../elements/feuille.js';
import { paveMesure } from '../elements/pave.js';
import { aller } from '../routeur.js';
import { noter } from './contexte.js';
import { plausible } from './mesure.js';
import { GRANDEURS } from './referentiels.js';

/**
 * Opens the pad; the value is an act of its own, then the care is said done.
 * @param {HTMLElement} soin element with `data-soin` and `data-mesure` (codes, separated by spaces) @param {string} resident
 * @param {(plus: Record<string, import('../types').Json>) => Promise<unknown>} valider
 */
export function ouvrirMesure(soin, resident, valider) {
  const { libelle = 'Mesure', mesure = '', dernier, dernierLe } = soin.dataset;
  const [code, ...autres] = mesure.split(' ');
  const grandeur = GRANDEURS[code];
  // A pair of values, or several quantities: the whole form of vital signs.
  if (!grandeur || autres.length > 0 || code === 'ta_systolique') {
    void aller(`/residents/${resident}/constantes/saisir`);
    return;
  }
  const [nom, unite, decimales, min, max] = grandeur;
  const pave = paveMesure(nom, unite, decimales);
  const avis = h('p', { class: 'champ-aide', role: 'status' }, dernier ? `Dernier : ${dernier} ${unite}${dernierLe ? ` le ${dernierLe}` : ''}` : '');
  const forme = h('form', {}, avis, pave.element, h('button', { type: 'submit', class: 'bouton bouton--valider bouton--large' }, icone('check'), 'Enregistrer'));
  const { fermer } = feuille(libelle, forme);
  let confirme = '';
  forme.addEventListener('submit', async (e) => {
    e.preventDefault();
    const valeur = pave.valeur();
    const doute = plausible(valeur, { min, max, dernier, unite });
    if (doute && (confirme !== valeur || valeur === '')) {
      avis.replaceChildren(h('span', { class: 'champ-erreur' }, icone('triangle-alert'), doute));
      confirme = valeur;
      return;
    }
    fermer();
    const fait = await noter({
      type: 'constante.ajouter', resident, cible: soin.dataset.soin ?? null, libelle: `${nom} : ${valeur} ${unite}`,
      donnees: { type: code, valeur: valeur.replace(',', '.'), verifiee: doute !== null },
    });
    if (fait) await valider({ note: `${valeur} ${unite}` });
  });
  pave.champ.focus();
}
