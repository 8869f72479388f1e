import assert from 'node:assert/strict';
import { test } from 'node:test';

import { mots, niveau } from '../../terrain/age.js';
import { phraseReseau } from '../../terrain/elements/phrase.js';
import { sansAbreviation, themePropose } from '../../terrain/gestes/lexique.js';
import { plausible } from '../../terrain/gestes/mesure.js';
import { etatsDesSoins } from '../../terrain/recouvrement.js';

const SEUILS = { medicament_alerte_h: 4, medicament_blocage_h: 12 };
const H = 3_600_000;

test('the age of data has the levels of the field rule', () => {
  const ages = [60_000, 3 * 60_000, 31 * 60_000, 4 * H, 11.9 * H, 12 * H, 13 * H];
  assert.deepEqual(ages.map((a) => niveau(a, SEUILS)), ['frais', 'gris', 'barre', 'vieux', 'vieux', 'bloque', 'bloque']);
  assert.equal(mots('bloque', 0, 13 * H), 'Vieux de 13 h');
  assert.match(mots('vieux', Date.parse('2026-11-21T08:42:00'), 5 * H), /^Données de 08:42, il y a 5 h$/);
});

test('the band says what is measured and what waits, never an error', () => {
  const depuis = Date.parse('2026-11-21T09:04:00');
  assert.equal(phraseReseau({ etat: 'hors_ligne', depuis, attente: 7, coupe: false }), 'Hors ligne depuis 09:04. Vous pouvez continuer. 7 saisies en attente d’envoi.');
  assert.equal(phraseReseau({ etat: 'en_ligne', depuis: null, attente: 0, coupe: false }), null);
  assert.equal(phraseReseau({ etat: 'incertain', depuis: null, attente: 0, coupe: false }), null);
  assert.match(phraseReseau({ etat: 'hors_ligne', depuis, attente: 1, coupe: true }), /^Réseau coupé pour l’essai.*1 saisie en attente/);
});

test('a theme is proposed from the words', () => {
  assert.equal(themePropose('Grimace au transfert, se tient la hanche droite'), 'douleur');
  assert.equal(themePropose('Trouvée au sol à 3 h, pas de plaie'), 'chute');
  assert.equal(themePropose('N’a presque rien mangé au repas de midi'), 'alimentation');
  assert.equal(themePropose('Rougeur au talon droit'), 'peau');
  assert.equal(themePropose('Selles molles ce matin'), 'elimination');
  assert.equal(themePropose('RAS'), null);
});

test('abbreviations which have harmed are written out, the rest is left', () => {
  assert.equal(sansAbreviation('50 µg de lévothyroxine, 12 UI d’insuline, suivi par l’UI'), '50 microgrammes de lévothyroxine, 12 unités d’insuline, suivi par l’UI');
});

test('a doubtful measure is a question, a plausible one is not', () => {
  const poids = { min: '30', max: '120', dernier: '52,4', unite: 'kg' };
  assert.match(plausible('25,4', poids), /^25,4 kg \? Dernier : 52,4 kg\./);
  assert.match(plausible('62,4', poids), /62,4 kg \?/);
  assert.equal(plausible('52,1', poids), null);
  assert.equal(plausible('', poids), 'Entrez une valeur.');
  assert.equal(plausible('38,1', { min: '34', max: '42' }), null);
});

const echo = (id, type, cible, donnees = {}) => ({ id, etat: 'en_attente', operation: { id, type, cible, donnees } });

test('the last word on a care is drawn, an annulment gives it back', () => {
  const etats = etatsDesSoins([
    echo('1', 'soin.valider', 's1', { issue: 'fait' }), echo('2', 'soin.valider', 's2', { issue: 'refuse' }),
    echo('3', 'soin.annuler', '1'), echo('4', 'soin.corriger', '2', { issue: 'fait', soin: 's2' }), echo('5', 'transmission.creer', null),
  ]);
  assert.deepEqual([...etats].map(([soin, e]) => [soin, e.issue]), [['s1', null], ['s2', 'fait']]);
});
