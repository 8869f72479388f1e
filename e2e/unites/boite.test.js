import assert from 'node:assert/strict';
import { test } from 'node:test';

import { StockageRefuse, attendre, transaction } from '../../terrain/coeur/base.js';
import * as boite from '../../terrain/coeur/boite.js';
import * as coffre from '../../terrain/coeur/coffre.js';
import * as echo from '../../terrain/coeur/echo.js';
import { concat, deBase64, octets, texte } from '../../terrain/coeur/octets.js';
import { preuve } from '../../terrain/coeur/operation.js';
import { KARIM, T0, session, tablette } from './preparer.js';

const SOIN = { type: 'soin.valider', resident: '018f0000-0000-7000-8000-000000000214', cible: 'sp-1', donnees: { issue: 'fait' }, libelle: 'Toilette' };

async function ouvrir(scelle, { privee, point }) {
  const epk = deBase64(scelle.epk);
  const publique = await crypto.subtle.importKey('raw', epk, { name: 'ECDH', namedCurve: 'P-256' }, false, []);
  const commun = await crypto.subtle.deriveBits({ name: 'ECDH', public: publique }, privee, 256);
  const base = await crypto.subtle.importKey('raw', commun, 'HKDF', false, ['deriveKey']);
  const cle = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: concat(epk, point), info: octets('grappe terrain scelle 1') },
    base, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
  const lien = octets(`grappe-terrain|1|${scelle.id}|${scelle.poste}|${scelle.seq}|${scelle.kid}`);
  return JSON.parse(texte(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: deBase64(scelle.iv), additionalData: lien }, cle, deBase64(scelle.ct))));
}

test('an act is sealed, numbered without gap, and its author reads it again', async () => {
  const t = await tablette();
  const faits = await Promise.all([1, 2, 3].map((n) => boite.deposer({ ...SOIN, libelle: `Soin ${n}` }, { ...t, horsLigne: true })));
  const lignes = await boite.lot(50);
  assert.deepEqual(lignes.map((l) => l.seq), [1, 2, 3]);
  assert.ok(!JSON.stringify(lignes).includes('fait'));
  const recue = await ouvrir(lignes[0], t.etablissement);
  assert.equal(recue.id, faits[0].id);
  assert.equal(recue.donnees.issue, 'fait');
  assert.equal(recue.preuve, await preuve(t.cles.hmac, recue));
  assert.notEqual(recue.preuve, await preuve(t.cles.hmac, { ...recue, resident: null }));
  assert.deepEqual((await echo.miens(t.cles)).map((e) => e.libelle), ['Soin 1', 'Soin 2', 'Soin 3']);
});

test('the next person cannot read what waits, and it waits all the same', async () => {
  const t = await tablette();
  await boite.deposer(SOIN, { ...t, horsLigne: true });
  const karim = await coffre.deposer(t.poste, session(KARIM, t.deks), '903817', T0);
  assert.equal((await echo.miens(karim)).length, 0);
  assert.equal(await boite.enAttente(), 1);
  const brut = await transaction(['echo', 'boite'], 'readonly', async (tx) => [
    ...(await attendre(tx.objectStore('echo').getAll())), ...(await attendre(tx.objectStore('boite').getAll()))]);
  assert.ok(!JSON.stringify(brut).includes('Toilette'));
});

test('only the four settled answers take an act out of the outbox', async () => {
  const t = await tablette();
  const etats = ['appliquee', 'deja', 'conflit', 'refusee', 'plus_tard'];
  const faits = [];
  for (const _ of etats) faits.push(await boite.deposer(SOIN, { ...t, horsLigne: true }));
  const reponses = etats.map((etat, i) => ({ id: faits[i].id, etat, message: etat === 'refusee' ? 'Le soin a été arrêté à 08:20.' : null, voir: null }));
  assert.equal(await boite.acquitter(reponses), 4);
  await echo.noterMessages(t.cles, reponses);
  assert.deepEqual((await boite.lot(50)).map((l) => l.id), [faits[4].id]);
  const miens = await echo.miens(t.cles);
  assert.deepEqual(miens.map((e) => e.etat), etats);
  assert.equal(miens[3].message, 'Le soin a été arrêté à 08:20.');
  assert.deepEqual(echo.compter(miens), { attente: 1, envoyees: 2, a_revoir: 2 });
});

test('a refusal stays visible for ever, a success is forgotten after a day and a half', async () => {
  const t = await tablette();
  const a = await boite.deposer(SOIN, { ...t, horsLigne: true });
  const b = await boite.deposer(SOIN, { ...t, horsLigne: true });
  await boite.acquitter([{ id: a.id, etat: 'appliquee', message: null, voir: null }, { id: b.id, etat: 'refusee', message: null, voir: null }]);
  await echo.oublier(T0 + echo.GARDE + 1);
  assert.deepEqual((await echo.miens(t.cles)).map((e) => e.id), [b.id]);
});

test('a quantity which is not an integer must travel as text', async () => {
  const t = await tablette();
  await assert.rejects(boite.deposer({ ...SOIN, donnees: { poids: 52.4 } }, { ...t, horsLigne: true }), TypeError);
  await boite.deposer({ ...SOIN, donnees: { poids: '52,4' } }, { ...t, horsLigne: true });
  assert.deepEqual((await boite.lot(5)).map((l) => l.seq), [1]);
});

test('a browser which refuses to keep anything is said before the act', async () => {
  const t = await tablette();
  const { fermerBase } = await import('../../terrain/coeur/base.js');
  fermerBase();
  const vraie = globalThis.indexedDB;
  globalThis.indexedDB = { open() { throw new DOMException('refus', 'SecurityError'); } };
  const avis = await boite.verifierStockage();
  assert.equal(avis.accepte, false);
  assert.match(avis.message, /papier/);
  await assert.rejects(boite.deposer(SOIN, { ...t, horsLigne: true }), StockageRefuse);
  globalThis.indexedDB = vraie;
});

test('a full disk is said, the number is not consumed', async () => {
  const t = await tablette();
  await boite.deposer(SOIN, { ...t, horsLigne: true });
  const { IDBObjectStore } = await import('fake-indexeddb');
  const vrai = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => { throw new DOMException('plein', 'QuotaExceededError'); };
  await assert.rejects(boite.deposer(SOIN, { ...t, horsLigne: true }), (e) => e instanceof StockageRefuse && /plus de place/.test(e.message));
  IDBObjectStore.prototype.add = vrai;
  await boite.deposer(SOIN, { ...t, horsLigne: true });
  assert.deepEqual((await boite.lot(5)).map((l) => l.seq), [1, 2]);
});
