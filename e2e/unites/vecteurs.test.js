import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { cleHmac } from '../../terrain/coeur/chiffre.js';
import { canonique } from '../../terrain/coeur/canonique.js';
import { deBase64 } from '../../terrain/coeur/octets.js';
import { signer } from '../../terrain/coeur/poste.js';

const vecteurs = JSON.parse(await readFile(new URL('../../crates/terrain/tests/vecteurs/interop.json', import.meta.url), 'utf8'));

test('the vectors of the server are still those of the tablet', async () => {
  for (const v of vecteurs.scelles) assert.equal(canonique(JSON.parse(v.canonique)), v.canonique);
  const { requete } = vecteurs;
  const identite = {
    poste: { id: '018f0000-0000-7000-8000-000000000007', cle: await cleHmac(deBase64(vecteurs.cle_poste)) },
    cles: { session: '018f0000-0000-7000-8000-0000000000a1', hmac: await cleHmac(deBase64(vecteurs.cle_session)) },
  };
  assert.deepEqual(await signer(identite, requete.methode, requete.chemin, requete.corps, requete.instant), requete.entetes);
});
