// Any form of the server marked `data-operation` becomes an act: kept here first, sent when the network is there.

import { h } from '../dom.js';
import { garder, jeter, retrouver } from '../coeur/brouillons.js';
import { heure } from '../coeur/horloge.js';
import { laTablette, noter } from './contexte.js';

/** Fields which are not part of the act: token, technical ones. */
const TECHNIQUE = /^(_|jeton$|fait_a$|resident$|cible$|version$)/;

/**
 * @param {HTMLFormElement} forme
 * @param {HTMLElement | null} [bouton] the button which sent it
 * @returns {{ [cle: string]: import('../types').Json }} `a[]` and repeated names become lists, empty texts null
 */
export function donnees(forme, bouton = null) {
  /** @type {{ [cle: string]: import('../types').Json }} */
  const sortie = {};
  const lu = new FormData(forme, bouton);
  for (const cle of new Set(lu.keys())) {
    if (TECHNIQUE.test(cle)) continue;
    const valeurs = lu.getAll(cle).filter((v) => typeof v === 'string').map((v) => /** @type {string} */ (v).trim());
    const nom = cle.replace(/\[\]$/, '');
    sortie[nom] = cle.endsWith('[]') || valeurs.length > 1 ? valeurs : (valeurs[0] || null);
  }
  return sortie;
}

/** Keeps what the form says. @param {HTMLFormElement} forme @param {HTMLElement | null} bouton @returns {Promise<boolean>} kept */
export async function envoyer(forme, bouton) {
  const champ = (/** @type {string} */ nom) => {
    const v = new FormData(forme).get(nom);
    return typeof v === 'string' && v ? v : null;
  };
  const heureChoisie = champ('fait_a');
  const fait = await noter({
    type: forme.dataset.operation ?? '', v: Number(forme.dataset.v ?? '1'),
    resident: champ('resident') ?? forme.dataset.resident ?? null, cible: champ('cible') ?? forme.dataset.cible ?? null,
    vu_a_la_version: forme.dataset.version ?? null, fait_a: heureChoisie ? new Date(heureChoisie) : undefined,
    donnees: donnees(forme, bouton), libelle: libelle(forme),
  }, { phrase: forme.dataset.phrase ?? 'Enregistré.' });
  if (!fait) return false;
  const { cles } = laTablette();
  if (cles) await jeter(cles, cleBrouillon(forme));
  delete forme.dataset.touche;
  forme.reset();
  return true;
}

/** @param {HTMLFormElement} forme */
function libelle(forme) {
  const texte = [...forme.querySelectorAll('textarea, input[type="text"]')]
    .map((c) => /** @type {HTMLInputElement} */ (c).value.trim()).find(Boolean) ?? '';
  return [forme.dataset.libelle ?? 'Saisie', texte.slice(0, 120)].filter(Boolean).join(' : ');
}

/** @param {HTMLFormElement} forme */
const cleBrouillon = (forme) => `${forme.dataset.operation}|${forme.dataset.resident ?? new FormData(forme).get('resident') ?? ''}|${forme.dataset.cible ?? ''}`;

/** Gives back the draft of a form and keeps it at each pause of 400 ms. @param {HTMLFormElement} forme */
export async function suivreBrouillon(forme) {
  if (forme.dataset.suivi) return;
  forme.dataset.suivi = 'oui';
  const { cles } = laTablette();
  if (!cles) return;
  const garde = await retrouver(cles, cleBrouillon(forme));
  if (garde && !forme.dataset.touche) {
    remplir(forme, garde.valeurs);
    const avis = h('p', { class: 'champ-brouillon', role: 'status' }, `Brouillon de ${heure(garde.a)} retrouvé.`,
      h('button', { type: 'button', class: 'bouton bouton--discret bouton--petit', onclick: () => { forme.reset(); avis.remove(); void jeter(cles, cleBrouillon(forme)); } }, 'Repartir de zéro'));
    forme.prepend(avis);
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;
  forme.addEventListener('input', () => {
    forme.dataset.touche = 'oui';
    clearTimeout(pause);
    pause = setTimeout(() => {
      const { cles: presentes } = laTablette();
      if (presentes && forme.dataset.touche) void garder(presentes, cleBrouillon(forme), donnees(forme), laTablette().horloge.maintenant());
    }, 400);
  });
}

/** @param {HTMLFormElement} forme @param {Record<string, any>} valeurs */
function remplir(forme, valeurs) {
  for (const champ of forme.elements) {
    if (!(champ instanceof HTMLInputElement || champ instanceof HTMLTextAreaElement || champ instanceof HTMLSelectElement)) continue;
    const v = valeurs[champ.name.replace(/\[\]$/, '')];
    if (v === undefined || v === null || champ.type === 'hidden') continue;
    if (champ instanceof HTMLInputElement && (champ.type === 'radio' || champ.type === 'checkbox')) champ.checked = [v].flat().includes(champ.value);
    else champ.value = String(v);
  }
}
