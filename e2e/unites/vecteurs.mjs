// Writes crates/terrain/tests/vecteurs/interop.json: what the tablet's code seals, proves and signs, for the server's code to open.
// Run by hand when the protocol changes: node unites/vecteurs.mjs

import { writeFile } from 'node:fs/promises';

import { canonique } from '../../terrain/coeur/canonique.js';
import { cleHmac } from '../../terrain/coeur/chiffre.js';
import { deBase64, versBase64 } from '../../terrain/coeur/octets.js';
import { preuve } from '../../terrain/coeur/operation.js';
import { signer } from '../../terrain/coeur/poste.js';
import { sceller } from '../../terrain/coeur/scellement.js';

const paire = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
const privee = (await crypto.subtle.exportKey('jwk', paire.privateKey)).d;
const point = versBase64(await crypto.subtle.exportKey('raw', paire.publicKey));
const octetsSession = crypto.getRandomValues(new Uint8Array(32));
const octetsPoste = crypto.getRandomValues(new Uint8Array(32));
const hmac = await cleHmac(octetsSession);

const uuid = (/** @type {string} */ fin) => `018f0000-0000-7000-8000-${fin.padStart(12, '0')}`;
const modele = {
  type: 'soin.valider', v: 1, poste: uuid('7'), apres: [], auteur: uuid('84'), session: uuid('a1'), etablissement: uuid('1'),
  resident: uuid('214'), cible: 'sp_99120', fait_a: '2026-11-21T08:51:00+01:00', fait_source: 'maintenant', saisi_a: '2026-11-21T08:51:03+01:00',
  horloge_decalage_ms: -1200, heure_a_confirmer: false, vu_a_la_version: 'cur_88121', hors_ligne: true,
};
const donnees = [
  { issue: 'fait', note: null, groupe: false },
  { issue: 'refusé', note: 'œdème “suspect” \u2028 – 0,5 µg\t\n"\\/ \u0001\u001f\u007f 😀', mesures: [1, -2, { b: '52,4', a: 'kg' }] },
  { Z: 1, a: 2, _: 3, A: 4, 9: 5, é: 6 },
];

const scelles = [];
for (const [rang, d] of donnees.entries()) {
  // A field from a release of the tablet newer than this server: ignored, and still covered by the proof.
  const operation = { ...modele, id: uuid(`b${rang}`), seq: 412 + rang, donnees: d, preuve: '', champ_d_une_version_future: { x: 'y' } };
  operation.preuve = await preuve(hmac, operation);
  const { preuve: _, ...corps } = operation;
  scelles.push({ scelle: await sceller(operation, { kid: 'k1', point }), canonique: canonique(corps), donnees: d });
}

const corps = JSON.stringify({ v: 1, operations: [] });
const identite = { poste: { id: uuid('7'), cle: await cleHmac(octetsPoste) }, cles: { session: uuid('a1'), hmac } };
const requete = {
  methode: 'POST', chemin: '/api/terrain/operations?essai=é', corps, instant: 1795248000000,
  entetes: await signer(/** @type {any} */ (identite), 'POST', '/api/terrain/operations?essai=é', corps, 1795248000000),
};

const sortie = { privee, point, cle_session: versBase64(octetsSession), cle_poste: versBase64(octetsPoste), scelles, requete };
if (deBase64(point).length !== 65) throw new Error('point');
await writeFile(new URL('../../crates/terrain/tests/vecteurs/interop.json', import.meta.url), `${JSON.stringify(sortie, null, 1)}\n`);
