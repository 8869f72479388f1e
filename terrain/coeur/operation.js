// Making an operation of the public contract from what a screen says.

import { canonique } from './canonique.js';
import { isoLocal } from './horloge.js';
import { uuid7 } from './identifiant.js';
import { octets, versBase64 } from './octets.js';

/** @typedef {import('../types').Operation} Operation */

/**
 * Proof that the author's session made exactly this operation: HMAC-SHA-256 of its canonical form without `preuve`.
 * @param {CryptoKey} cle
 * @param {Record<string, unknown>} operation
 * @returns {Promise<string>} base64url
 */
export async function preuve(cle, operation) {
  const { preuve: _, ...corps } = operation;
  return versBase64(await crypto.subtle.sign('HMAC', cle, octets(canonique(corps))));
}

/**
 * @param {import('../types').Saisie} saisie
 * @param {object} contexte
 * @param {import('../types').Poste} contexte.poste
 * @param {import('../types').Cles} contexte.cles
 * @param {import('./horloge.js').SuiviHorloge} contexte.horloge
 * @param {number} contexte.seq number of this operation on this device
 * @param {boolean} contexte.horsLigne
 * @returns {Promise<Operation>} complete, with its proof
 */
export async function composer(saisie, { poste, cles, horloge, seq, horsLigne }) {
  const maintenant = horloge.maintenant();
  const choisi = saisie.fait_a !== undefined;
  const operation = {
    id: uuid7(maintenant),
    type: saisie.type,
    v: saisie.v ?? 1,
    poste: poste.id,
    seq,
    apres: saisie.apres ?? [],
    auteur: cles.personne.id,
    session: cles.session,
    etablissement: poste.etablissement,
    resident: saisie.resident ?? null,
    cible: saisie.cible ?? null,
    fait_a: isoLocal(saisie.fait_a ?? new Date(maintenant)),
    fait_source: /** @type {'choisi' | 'maintenant'} */ (choisi ? 'choisi' : 'maintenant'),
    saisi_a: isoLocal(new Date(maintenant)),
    horloge_decalage_ms: horloge.decalage ?? 0,
    heure_a_confirmer: horloge.verifier(),
    vu_a_la_version: saisie.vu_a_la_version ?? null,
    hors_ligne: horsLigne,
    donnees: saisie.donnees,
    preuve: '',
  };
  operation.preuve = await preuve(cles.hmac, operation);
  return operation;
}
