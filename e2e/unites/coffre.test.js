import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as brouillons from '../../terrain/coeur/brouillons.js';
import * as coffre from '../../terrain/coeur/coffre.js';
import { chiffrer, dechiffrer } from '../../terrain/coeur/chiffre.js';
import { KARIM, SOPHIE, T0, session, tablette } from './preparer.js';

test('the right code opens the same keys', async () => {
  const { poste, cles } = await tablette();
  const ct = await chiffrer(cles.compartiments.soins, { secret: 1 }, 'ici');
  const rouvertes = await coffre.deverrouiller(poste, SOPHIE.id, '274951', T0);
  assert.deepEqual(await dechiffrer(rouvertes.compartiments.soins, ct, 'ici'), { secret: 1 });
  assert.equal(rouvertes.compartiments.medical, undefined);
});

test('five wrong codes destroy that envelope and no other', async () => {
  const { poste, deks } = await tablette();
  await coffre.deposer(poste, session(KARIM, deks), '903817', T0);
  for (const restants of [4, 3, 2, 1, 0]) {
    await assert.rejects(coffre.deverrouiller(poste, SOPHIE.id, '111112', T0), (e) => e instanceof coffre.CodeIncorrect && e.restants === restants);
  }
  await assert.rejects(coffre.deverrouiller(poste, SOPHIE.id, '274951', T0), coffre.CodeIncorrect);
  assert.equal((await coffre.deverrouiller(poste, KARIM.id, '903817', T0)).personne.prenom, 'Karim');
});

test('a good code gives the tries back', async () => {
  const { poste } = await tablette();
  for (let i = 0; i < 4; i++) await coffre.deverrouiller(poste, SOPHIE.id, '111112', T0).catch(() => 0);
  await coffre.deverrouiller(poste, SOPHIE.id, '274951', T0);
  await assert.rejects(coffre.deverrouiller(poste, SOPHIE.id, '111112', T0), (e) => e.restants === 4);
});

test('the envelope of another device does not open here', async () => {
  const a = await tablette();
  const volee = (await coffre.enveloppes())[0];
  const b = await tablette();
  const { transaction, attendre } = await import('../../terrain/coeur/base.js');
  await transaction(['enveloppes'], 'readwrite', (tx) => attendre(tx.objectStore('enveloppes').put(volee)));
  await assert.rejects(coffre.deverrouiller(b.poste, SOPHIE.id, '274951', T0), coffre.CodeIncorrect);
  assert.ok(a.poste);
});

test('guessable codes are refused', () => {
  for (const code of ['111111', '123456', '987654', '12345', 'abcdef']) assert.ok(coffre.codeRefuse(code), code);
  assert.equal(coffre.codeRefuse('274951'), null);
});

test('14 hours without contact destroy every envelope', async () => {
  await tablette();
  assert.equal(await coffre.perimer(T0 + 9 * 3_600_000, T0, 14), false);
  assert.equal((await coffre.enveloppes()).length, 1);
  assert.equal(await coffre.perimer(T0 + 14 * 3_600_000 + 1, T0, 14), true);
  assert.equal((await coffre.enveloppes()).length, 0);
});

test('a draft is found again by its author only', async () => {
  const { cles, poste, deks } = await tablette();
  await brouillons.garder(cles, 'transmission|r1', { donnees: 'Grimace au transfert' }, T0);
  assert.equal((await brouillons.retrouver(cles, 'transmission|r1')).valeurs.donnees, 'Grimace au transfert');
  const karim = await coffre.deposer(poste, session(KARIM, deks), '903817', T0);
  assert.equal(await brouillons.retrouver(karim, 'transmission|r1'), null);
  await brouillons.jeter(cles, 'transmission|r1');
  assert.equal(await brouillons.retrouver(cles, 'transmission|r1'), null);
});
