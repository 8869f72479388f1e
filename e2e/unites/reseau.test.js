import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as boite from '../../terrain/coeur/boite.js';
import { vider } from '../../terrain/coeur/envoi.js';
import { allure, inconnu, recul, suivant } from '../../terrain/coeur/etat-reseau.js';
import { decoupeur } from '../../terrain/coeur/flux.js';
import { SuiviHorloge, isoLocal } from '../../terrain/coeur/horloge.js';
import { Reseau } from '../../terrain/coeur/reseau.js';
import { HorlogeTest, T0, tablette } from './preparer.js';

const suite = (...types) => types.reduce((m, [type, a]) => suivant(m, { type, a }), inconnu());

test('two failures mean off line, one success brings it back', () => {
  assert.equal(suite(['succes', 1]).etat, 'en_ligne');
  assert.equal(suite(['succes', 1], ['echec', 2]).etat, 'incertain');
  const perdu = suite(['succes', 1], ['echec', 2], ['echec', 3]);
  assert.equal(perdu.etat, 'hors_ligne');
  assert.equal(perdu.depuis, 2);
  assert.deepEqual(suivant(perdu, { type: 'succes', a: 9 }), { etat: 'en_ligne', echecs: 0, dernierSucces: 9, depuis: null, vide: false });
});

test('slowness and silence are doubt, not absence', () => {
  assert.equal(suite(['succes', 1], ['lent', 2]).etat, 'incertain');
  assert.equal(suite(['succes', 0], ['tic', 34_000]).etat, 'en_ligne');
  assert.equal(suite(['succes', 0], ['tic', 36_000]).etat, 'incertain');
  assert.equal(suite(['succes', 1], ['envoi', 2]).etat, 'synchronisation');
  assert.equal(suite(['succes', 1], ['envoi', 2], ['fin_envoi', 3]).etat, 'en_ligne');
});

test('delays grow to a minute, jittered', () => {
  assert.deepEqual([1, 2, 3, 4, 9].map((n) => recul(n, 0.5)), [5_000, 10_000, 30_000, 60_000, 60_000]);
  assert.equal(recul(1, 0), 3_750);
  assert.equal(recul(1, 1), 6_250);
  assert.deepEqual([0, 1, 2, 3, 4].map((n) => allure(n).taille), [50, 12, 3, 1, 1]);
  assert.ok(allure(4).patience > allure(3).patience);
});

test('a clock moved by hand makes hours doubtful until the server answers', () => {
  const mur = new HorlogeTest();
  const suivi = new SuiviHorloge(mur);
  suivi.apprendre(new Date(T0).toUTCString(), 0);
  assert.ok(Math.abs(suivi.decalage) <= 1_000);
  mur.avancer(3_600_000);
  assert.equal(suivi.verifier(), false);
  mur.mur -= 86_400_000;
  assert.equal(suivi.verifier(), true);
  suivi.apprendre(new Date(T0 + 3_600_000).toUTCString(), 0);
  assert.equal(suivi.verifier(), false);
  assert.ok(Math.abs(suivi.auServeur() - (T0 + 3_600_000)) <= 1_000);
});

test('a local hour keeps its offset', () => {
  assert.match(isoLocal(new Date(T0)), /^2026-11-21T\d\d:00:00[+-]\d\d:\d\d$/);
  assert.equal(Date.parse(isoLocal(new Date(T0))), T0);
});

test('server-sent events are cut where they end', () => {
  const recus = [];
  const avaler = decoupeur((e) => recus.push(e));
  avaler(': battement\n\nevent: invalide\nda');
  avaler('ta: {"id":1}\r\n\r\ndata: a\ndata: b\n\n');
  assert.deepEqual(recus, [{ type: 'invalide', data: '{"id":1}' }, { type: 'message', data: 'a\nb' }]);
});

/** A server in memory, with the ways a network lies. */
function serveur(mode = { nom: 'juste' }) {
  const recues = new Map();
  const requetes = [];
  const appel = async (chemin, init) => {
    requetes.push(init);
    if (mode.nom === 'coupe') throw new TypeError('fetch failed');
    if (mode.nom === 'muet') {
      return new Promise((_, non) => init.signal.addEventListener('abort', () => non(new DOMException('', 'AbortError'))));
    }
    if (mode.nom === '503') return new Response('', { status: 503 });
    const { operations } = JSON.parse(init.body);
    const reponses = operations.map(({ id }) => {
      const etat = mode.refuse === id ? 'refusee' : mode.retarde === id ? 'plus_tard' : recues.has(id) ? 'deja' : 'appliquee';
      if (etat === 'appliquee') recues.set(id, true);
      return { id, etat, message: null, voir: null };
    });
    if (mode.nom === 'ack-perdu') throw new TypeError('connexion coupée');
    return Response.json({ reponses });
  };
  return { recues, requetes, mode, appel };
}

async function banc(mode) {
  const t = await tablette();
  const s = serveur(mode);
  const reseau = new Reseau({ horloge: t.horloge, identite: () => ({ poste: t.poste, cles: t.cles }), appel: s.appel });
  const saisir = (n) => Promise.all(Array.from({ length: n }, (_, i) =>
    boite.deposer({ type: 'soin.valider', donnees: { issue: 'fait' }, libelle: `Soin ${i}` }, { ...t, horsLigne: true })));
  return { ...t, s, reseau, saisir, vider: () => vider({ reseau, poste: t.poste, cles: t.cles }) };
}

test('120 acts leave in order, in batches of 50, signed by the device', async () => {
  const b = await banc();
  await b.saisir(120);
  assert.deepEqual(await b.vider().then(({ etat, partis, reste }) => ({ etat, partis, reste })), { etat: 'vide', partis: 120, reste: 0 });
  assert.deepEqual(b.s.requetes.map((r) => JSON.parse(r.body).operations.length), [50, 50, 20]);
  assert.match(b.s.requetes[0].headers.Authorization, /^Terrain poste=018f.*,instant=\d+,mac=/);
});

test('an acknowledgement lost: the same ids are sent again, once each on the server', async () => {
  const b = await banc({ nom: 'ack-perdu' });
  await b.saisir(5);
  assert.equal((await b.vider()).etat, 'hors_ligne');
  assert.equal(await boite.enAttente(), 5);
  b.s.mode.nom = 'juste';
  const bilan = await b.vider();
  assert.deepEqual(bilan.reponses.map((r) => r.etat), Array(5).fill('deja'));
  assert.equal(b.s.recues.size, 5);
  assert.equal(await boite.enAttente(), 0);
});

test('a server stopped keeps everything, a gateway error too', async () => {
  const b = await banc({ nom: 'coupe' });
  await b.saisir(3);
  await b.vider();
  await b.vider();
  assert.equal(b.reseau.mesure.etat, 'hors_ligne');
  b.s.mode.nom = '503';
  await b.vider();
  assert.equal(await boite.enAttente(), 3);
});

test('one act refused or put off never blocks the next ones', async () => {
  const b = await banc();
  const faits = await b.saisir(60);
  b.s.mode.refuse = faits[0].id;
  b.s.mode.retarde = faits[1].id;
  const bilan = await b.vider();
  assert.deepEqual({ etat: bilan.etat, partis: bilan.partis, reste: bilan.reste }, { etat: 'a_suivre', partis: 59, reste: 1 });
  b.s.mode.retarde = null;
  assert.equal((await b.vider()).partis, 1);
});

test('a network which accepts and never answers is abandoned at 4 s', { timeout: 90_000 }, async () => {
  const b = await banc({ nom: 'muet' });
  await b.saisir(1);
  const debut = performance.now();
  await assert.rejects(b.reseau.demander('POST', '/api/terrain/operations', { corps: { operations: [] } }), (e) => e.lent === true);
  assert.ok(performance.now() - debut < 4_500);
  assert.equal(await boite.enAttente(), 1);
});

test('the cut of the demonstration stops everything at once', async () => {
  const b = await banc();
  await b.saisir(2);
  b.reseau.couper(true);
  assert.equal((await b.vider()).etat, 'hors_ligne');
  assert.equal(b.s.requetes.length, 0);
  b.reseau.couper(false);
  assert.equal((await b.vider()).partis, 2);
});
