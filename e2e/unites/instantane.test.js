import assert from 'node:assert/strict';
import { test } from 'node:test';

import { attendre, transaction } from '../../terrain/coeur/base.js';
import * as boite from '../../terrain/coeur/boite.js';
import * as coffre from '../../terrain/coeur/coffre.js';
import * as instantane from '../../terrain/coeur/instantane.js';
import { uuid7 } from '../../terrain/coeur/identifiant.js';
import { KARIM, T0, session, tablette } from './preparer.js';

async function* flux(...lignes) { for (const ligne of lignes) yield ligne; }
const f = (c, cle, html, ordre) => ({ t: 'f', c, cle, ordre, a: '2026-11-21T08:00:00Z', v: '1', html });

test('fragments are written encrypted and read in the walking order', async () => {
  const { cles } = await tablette();
  await instantane.recevoir(cles, flux(
    { t: 'debut', complet: true, compartiments: ['soins', 'vie'] },
    f('soins', 'tour-soins/r2', '<p>BRUMELLE</p>', '214'), f('soins', 'tour-soins/r1', '<p>ZÉPHIRIN</p>', '9'), f('vie', 'page:/residents', '<p>Liste</p>'),
    { t: 'fin', curseurs: { soins: 's1', vie: 'v1' }, a: '2026-11-21T08:00:00Z' }), 'u1', T0);
  assert.deepEqual((await instantane.lister(cles, 'tour-soins/')).map((e) => e.html), ['<p>ZÉPHIRIN</p>', '<p>BRUMELLE</p>']);
  const brut = await transaction(['instantane'], 'readonly', (tx) => attendre(tx.objectStore('instantane').getAll()));
  assert.equal(brut.length, 3);
  assert.ok(!Buffer.from(brut[0].ct).toString('latin1').includes('BRUMELLE'));
});

test('a delta changes, removes, and asks with a cursor per compartment', async () => {
  const { cles } = await tablette();
  await instantane.recevoir(cles, flux({ t: 'debut', complet: true, compartiments: ['soins'] }, f('soins', 'a', '1'), f('soins', 'b', '2'),
    { t: 'fin', curseurs: { soins: 's1', perso: 'p1' }, a: '' }), 'u1', T0);
  const chemin = new URL(await instantane.adresse(cles, 'u1', T0 + 1), 'http://x');
  assert.deepEqual(chemin.searchParams.get('depuis').split(',').sort(), ['perso:p1', 'soins:s1']);
  await instantane.recevoir(cles, flux({ t: 'debut', complet: false, compartiments: ['soins'] }, f('soins', 'a', '1bis'), { t: 'x', c: 'soins', cle: 'b' },
    { t: 'fin', curseurs: { soins: 's2' }, a: '' }), 'u1', T0);
  assert.equal((await instantane.lire(cles, 'a')).html, '1bis');
  assert.equal(await instantane.lire(cles, 'b'), null);
});

test('another unit, or a day later, is a full reading which removes what is gone', async () => {
  const { cles } = await tablette();
  await instantane.recevoir(cles, flux({ t: 'debut', complet: true, compartiments: ['soins'] }, f('soins', 'a', '1'), f('soins', 'b', '2'),
    { t: 'fin', curseurs: { soins: 's1' }, a: '' }), 'u1', T0);
  assert.ok(!(await instantane.adresse(cles, 'u2', T0)).includes('depuis'));
  assert.ok(!(await instantane.adresse(cles, 'u1', T0 + 24 * 3_600_000 + 1)).includes('depuis'));
  await instantane.recevoir(cles, flux({ t: 'debut', complet: true, compartiments: ['soins'] }, f('soins', 'b', '2'),
    { t: 'fin', curseurs: { soins: 's9' }, a: '' }), 'u2', T0);
  assert.equal(await instantane.lire(cles, 'a'), null);
  assert.equal((await instantane.lire(cles, 'b')).html, '2');
});

test('a reading cut in the middle moves no cursor', async () => {
  const { cles } = await tablette();
  await assert.rejects(instantane.recevoir(cles, flux({ t: 'debut', complet: true, compartiments: ['soins'] }, f('soins', 'a', '1')), 'u1', T0));
  assert.ok(!(await instantane.adresse(cles, 'u1', T0)).includes('depuis'));
});

test('a person reads neither the compartments nor the home page of another', async () => {
  const { cles, poste, deks } = await tablette();
  await instantane.recevoir(cles, flux({ t: 'debut', complet: true, compartiments: ['soins', 'perso'] },
    f('soins', 'tour-soins/r1', 'soins'), f('perso', 'page:/accueil', 'accueil de Sophie'), { t: 'fin', curseurs: {}, a: '' }), 'u1', T0);
  const karim = await coffre.deposer(poste, session(KARIM, { vie: deks.vie }), '903817', T0);
  assert.equal(await instantane.lire(karim, 'tour-soins/r1'), null);
  assert.equal(await instantane.lire(karim, 'page:/accueil'), null);
});

test('purging the snapshot leaves the outbox', async () => {
  const t = await tablette();
  await boite.deposer({ type: 'soin.valider', donnees: {}, libelle: 'x' }, { ...t, horsLigne: true });
  await instantane.recevoir(t.cles, flux({ t: 'debut', complet: true, compartiments: ['soins'] }, f('soins', 'a', '1'), { t: 'fin', curseurs: {}, a: '' }), 'u1', T0);
  await instantane.purger();
  assert.equal(await instantane.lire(t.cles, 'a'), null);
  assert.equal(await boite.enAttente(), 1);
});

test('identifiers are version 7, ordered even when the clock goes back', () => {
  const ids = [T0, T0, T0 - 5_000, T0 + 1].map(uuid7);
  assert.deepEqual([...ids].sort(), ids);
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('NDJSON is read whatever the cuts', async () => {
  const morceaux = ['{"t":"x","c":"vie","cle":"é', '1"}\n{"t":"fin",', '"curseurs":{},"a":""}\n'];
  const corps = new ReadableStream({ start(c) { for (const m of morceaux) c.enqueue(new TextEncoder().encode(m)); c.close(); } });
  const lus = [];
  for await (const l of instantane.lignes(corps)) lus.push(l.t);
  assert.deepEqual(lus, ['x', 'fin']);
});
