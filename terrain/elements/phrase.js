// The words of the network band.

import { accord } from '../dom.js';
import { heure } from '../coeur/horloge.js';

/**
 * The sentence of the band; null when there is nothing to say.
 * @param {{ etat: import('../types').EtatReseau, depuis: number | null, attente: number, coupe: boolean }} m
 * @returns {string | null}
 */
export function phraseReseau({ etat, depuis, attente, coupe }) {
  const reste = attente > 0 ? ` ${accord(attente, 'saisie')} en attente d’envoi.` : '';
  if (coupe) return `Réseau coupé pour l’essai. Vous pouvez continuer.${reste}`;
  switch (etat) {
    case 'hors_ligne': return `Hors ligne${depuis ? ` depuis ${heure(depuis)}` : ''}. Vous pouvez continuer.${reste}`;
    case 'incertain': return depuis || attente > 0 ? `Réseau incertain. Vos saisies sont gardées sur la tablette.${reste}` : null;
    case 'synchronisation': return attente > 0 ? `Envoi en cours : ${accord(attente, 'saisie')}.` : null;
    case 'en_ligne': return attente > 0 ? `${accord(attente, 'saisie')} en attente d’envoi.` : null;
  }
}
