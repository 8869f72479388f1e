import assert from 'node:assert/strict';
import { test } from 'node:test';

import { traduire } from '../../terrain/gestes/traduire.js';

const MAINTENANT = new Date('2026-11-21T09:12:00');

test('a transmission on two residents is two acts, with what the module reads', () => {
  const actes = traduire('transmission.creer', {
    resident: ['r1', 'r2', 'r1'], theme: ['douleur'], donnees: ['Grimace'], actions: [''], importance: ['alerte'], a_revoir: ['demain'], propose: ['douleur'],
    consigne: ['Revoir la hanche'], consigne_jusquau: [''], consigne_pour: ['ide'], id: ['x'], fait_heure: ['08:30'], fait_jour: [''],
  }, MAINTENANT);
  assert.deepEqual(actes?.map((a) => a.resident), ['r1', 'r2']);
  const [{ donnees, fait_a }] = actes ?? [];
  assert.deepEqual(donnees, {
    theme: 'douleur', donnees: 'Grimace', importance: 'alerte', a_revoir: new Date('2026-11-22T09:00:00').toISOString(),
    consigne: { texte: 'Revoir la hanche', jusquau: '2026-11-21', pour: ['ide'] },
  });
  assert.equal(fait_a?.getTime(), new Date('2026-11-21T08:30:00').getTime());
});

test('vital signs are one act each, a blood pressure is one', () => {
  const actes = traduire('constante.ajouter', {
    resident: ['r1'], poids: ['52,4'], ta_systolique: ['142'], ta_diastolique: ['78'], temperature: [''], le: ['2026-11-21'], a: ['09:12'], contexte: ['assis'],
  }, MAINTENANT);
  assert.deepEqual(actes?.map((a) => a.donnees), [
    { type: 'poids', valeur: '52.4', contexte: 'assis', verifiee: false },
    { type: 'ta_systolique', valeur: '142', valeur2: '78', contexte: 'assis', verifiee: false },
  ]);
  assert.equal(actes?.[0].fait_a, undefined);
});

test('a night round carries its exceptions as a list', () => {
  const [acte] = traduire('ronde.valider', { unite: ['u'], jour: ['2026-11-21'], passage: ['milieu'], sauf: ['r1'], id: ['x'], retour: ['/'] }, MAINTENANT) ?? [];
  assert.deepEqual(acte.donnees, { unite: 'u', jour: '2026-11-21', passage: 'milieu', sauf: ['r1'] });
});

test('an hour to come is not kept as done', () => {
  const [acte] = traduire('transmission.creer', { resident: ['r'], donnees: ['x'], fait_heure: ['23:50'], fait_jour: ['2026-11-21'] }, MAINTENANT) ?? [];
  assert.equal(acte.fait_a, undefined);
});
