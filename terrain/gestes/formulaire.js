// Any form of the server marked `data-operation` becomes an act: kept here first, sent when the network is there.

import { h } from '../dom.js';
import { garder, jeter, retrouver } from '../coeur/brouillons.js';
import { heure } from '../coeur/horloge.js';
import { toast } from '../elements/toast.js';
import { laTablette, noter } from './contexte.js';
import { traduire } from './traduire.js';

/** Fields which are not part of the act: token, technical ones. */
const TECHNIQUE = /^(_|jeton$|id$|retour$|fait_a$|resident$|cible$|version$)/;

/**
 * @param {HTMLFormElement} forme
 * @param {HTMLElement | null} [bouton] the button which sent it
 * @returns {{ [cle: string]: import('../types').Json }} `a[]` and repeated names become lists, empty texts are left out
 */
export function donnees(forme, bouton = null) {
  /** @type {{ [cle: string]: import('../types').Json }} */
  const sortie = {};
  const lu = new FormData(forme, bouton);
  for (const cle of new Set(lu.keys())) {
    if (TECHNIQUE.test(cle)) continue;
    const valeurs = lu.getAll(cle).filter((v) => typeof v === 'string').map((v) => /** @type {string} */ (v).trim());
    const nom = cle.replace(/\[\]$/, '');
    if (cle.endsWith('[]') || valeurs.length > 1) sortie[nom] = valeurs;
    else if (valeurs[0]) sortie[nom] = valeurs[0];
  }
  return sortie;
}

/** @param {HTMLFormElement} forme @param {HTMLElement | null} bouton @returns {Record<string, string[]>} every field, as typed */
function champs(forme, bouton) {
  /** @type {Record<string, string[]>} */
  const sortie = {};
  for (const [nom, v] of new FormData(forme, bouton)) if (typeof v === 'string') (sortie[nom] ??= []).push(v);
  if (forme.dataset.resident) sortie.resident ??= [forme.dataset.resident];
  return sortie;
}

/**
 * Keeps what the form says.
 * @param {HTMLFormElement} forme @param {HTMLElement | null} bouton
 * @returns {Promise<boolean>} kept
 */
export async function envoyer(forme, bouton) {
  const lus = champs(forme, bouton);
  const type = forme.dataset.operation ?? '';
  const { horloge } = laTablette();
  const maintenant = new Date(horloge.auServeur());
  const brut = () => [{
    resident: lus.resident?.[0] || null, donnees: donnees(forme, bouton), fait_a: lus.fait_a?.[0] ? new Date(lus.fait_a[0]) : undefined,
  }];
  const actes = traduire(type, lus, maintenant) ?? brut();
  const vide = actes.length === 0 || (type === 'transmission.creer' && !['donnees', 'actions', 'resultat'].some((c) => actes[0].donnees[c]));
  if (vide) {
    toast('Rien à enregistrer : complétez la saisie.', { danger: true });
    return false;
  }
  for (const [rang, acte] of actes.entries()) {
    const fait = await noter({
      type, v: Number(forme.dataset.v ?? '1'), resident: acte.resident, cible: lus.cible?.[0] || forme.dataset.cible || null,
      vu_a_la_version: forme.dataset.version ?? null, donnees: acte.donnees,
      fait_a: acte.fait_a && new Date(acte.fait_a.getTime() + (horloge.decalage ?? 0)),
      libelle: ('libelle' in acte && acte.libelle) || libelle(forme),
    }, rang === actes.length - 1 ? { phrase: forme.dataset.phrase ?? 'Enregistré.' } : {});
    if (!fait) return false;
  }
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
