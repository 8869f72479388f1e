// How old what is on screen is, said next to it.

import { heure } from './coeur/horloge.js';
import { h, icone } from './dom.js';

/** @typedef {'frais' | 'gris' | 'barre' | 'vieux' | 'bloque'} Niveau */

const MIN = 60_000;
const H = 3_600_000;

/**
 * @param {number} ageMs milliseconds since the server last confirmed the data
 * @param {{ medicament_alerte_h: number, medicament_blocage_h: number }} seuils
 * @returns {Niveau}
 */
export function niveau(ageMs, { medicament_alerte_h, medicament_blocage_h }) {
  if (ageMs < 2 * MIN) return 'frais';
  if (ageMs < 30 * MIN) return 'gris';
  if (ageMs < medicament_alerte_h * H) return 'barre';
  if (ageMs < medicament_blocage_h * H) return 'vieux';
  return 'bloque';
}

/** @param {Niveau} n @param {number} depuis instant of the data @param {number} ageMs @returns {string} */
export function mots(n, depuis, ageMs) {
  const heures = Math.floor(ageMs / H);
  switch (n) {
    case 'frais': return '';
    case 'gris': return `à jour à ${heure(depuis)}`;
    case 'barre': return `Données de ${heure(depuis)}`;
    case 'vieux': return `Données de ${heure(depuis)}, il y a ${heures} h`;
    case 'bloque': return `Vieux de ${heures} h`;
  }
}

/**
 * Marks a page drawn from the device: a line at the top, a tag on treatment, vital signs and presence (`data-sensible`), and the
 * writing of medication closed when the data is too old (`data-medicament`).
 * @param {HTMLElement} racine @param {number} depuis @param {number} maintenant server's hour
 * @param {{ medicament_alerte_h: number, medicament_blocage_h: number }} seuils
 */
export function marquer(racine, depuis, maintenant, seuils) {
  const ageMs = maintenant - depuis;
  const n = depuis ? niveau(ageMs, seuils) : 'frais';
  for (const ancienne of racine.querySelectorAll('[data-age-terrain]')) ancienne.remove();
  const bloque = n === 'bloque';
  for (const champ of racine.querySelectorAll('[data-medicament] :is(button, input, select, textarea)')) champ.toggleAttribute('disabled', bloque);
  if (n === 'frais') return;
  const classe = n === 'vieux' ? 'age-donnee age-donnee--vieux' : bloque ? 'age-donnee age-donnee--bloque' : 'age-donnee';
  const signe = n === 'gris' || n === 'barre' ? 'clock' : bloque ? 'octagon-alert' : 'clock-alert';
  const dit = mots(n, depuis, ageMs);
  const marque = () => h('span', { class: classe, 'data-age-terrain': '' }, icone(signe), dit);
  const titre = racine.querySelector('.entete-page-titre') ?? racine.querySelector('h1');
  if (n === 'gris') titre?.append(marque());
  else racine.querySelector('grappe-reseau')?.after(h('p', { class: 'terrain-age', 'data-age-terrain': '' }, marque()));
  if (n === 'vieux' || bloque) for (const bloc of racine.querySelectorAll('[data-sensible]')) bloc.prepend(marque());
  if (bloque) {
    for (const bloc of racine.querySelectorAll('[data-medicament]')) {
      bloc.prepend(h('p', { class: 'alerte alerte--danger', 'data-age-terrain': '' }, icone('octagon-alert'),
        h('span', { class: 'alerte-corps' }, `Traitement ${dit.toLowerCase()} : la saisie est fermée. Utilisez le plan imprimé du classeur de secours.`)));
    }
  }
}
