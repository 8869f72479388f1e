// Scenarios 1 to 8 of the offline protocol, against the peer server of these tests.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';

import { CODE, attendreQue, attente, boite, coche, lancer, preparer, pret, tablette, taperCode } from './navigateur.js';
import { Pair } from './pair.js';

let nav;
let pair;
before(async () => { nav = await lancer(); });
after(async () => { await nav.close(); });
beforeEach(async () => { await pair?.arreter().catch(() => 0); pair = await new Pair().demarrer(); });
after(async () => { await pair.arreter(); });

async function enService(qui) {
  const t = await tablette(nav);
  await preparer(t.page, pair.url, qui);
  return t;
}

test('0. one tap is done, it leaves at once, a second tap undoes', async () => {
  const { page, ctx, erreurs } = await enService();
  await coche(page, 'Toilette').tap();
  await page.getByText('Fait.', { exact: true }).waitFor();
  await attendreQue(() => pair.ops.size === 1, 3_000, 'arrivée en moins de 3 s');
  await coche(page, 'Toilette').tap();
  await attendreQue(() => pair.ops.size === 2);
  assert.deepEqual([...pair.ops.values()].map((o) => o.type), ['soin.valider', 'soin.annuler']);
  await page.locator('.ligne-soin[data-issue="a_faire"]').first().waitFor();
  assert.deepEqual(erreurs, []);
  await ctx.close();
});

test('1. network cut in the browser: tap, reload, still there; sent on return', async () => {
  const { page, ctx } = await enService();
  await ctx.setOffline(true);
  await coche(page, 'Toilette').tap();
  await attente(page, 1);
  await page.reload();
  await pret(page);
  await page.getByText('en attente d’envoi').first().waitFor();
  assert.equal(await coche(page, 'Toilette').getAttribute('class'), 'coche coche--fait coche--attente');
  await ctx.setOffline(false);
  await attente(page, 0, 40_000);
  assert.equal(pair.ops.size, 1);
  await ctx.close();
});

test('2. server stopped for good, then started again: nothing lost, in order', async () => {
  const { page, ctx } = await enService();
  await pair.arreter();
  for (const n of [0, 1, 2]) await coche(page, 'Toilette', n).tap();
  await page.getByRole('button', { name: /Tout est fait/ }).first().tap();
  await page.getByText('2 soins faits.').waitFor();
  await attente(page, 5);
  assert.equal(await page.evaluate(() => navigator.onLine), true);
  await page.goto(`${pair.url}/residents`);
  await page.getByRole('heading', { name: 'Résidents' }).waitFor();
  await page.getByText(/Hors ligne depuis|Réseau incertain/).waitFor();
  await pair.demarrer();
  await attente(page, 0, 90_000);
  assert.deepEqual([...pair.ops.values()].map((o) => o.seq), [1, 2, 3, 4, 5]);
  await ctx.close();
});

test('3. a network which accepts and never answers: 4 s, nothing lost', async () => {
  const { page, ctx } = await enService();
  pair.mode('muet');
  await coche(page, 'Toilette').tap();
  await page.getByText('Fait.', { exact: true }).waitFor({ timeout: 1_000 });
  await page.getByText(/incertain|Hors ligne/).waitFor({ timeout: 15_000 });
  assert.equal(await boite(page), 1);
  pair.mode('juste');
  await attente(page, 0, 60_000);
  assert.equal(pair.ops.size, 1);
  await ctx.close();
});

test('4. acknowledgement lost: sent again, one line on the server', async () => {
  const { page, ctx } = await enService();
  pair.mode('ack-perdu');
  await coche(page, 'Toilette').tap();
  await attendreQue(() => pair.brutes >= 1);
  await attente(page, 1);
  pair.mode('juste');
  await attente(page, 0, 60_000);
  assert.equal(pair.ops.size, 1);
  assert.ok(pair.brutes >= 2);
  await ctx.close();
});

test('5. two tablets, same care: two facts kept, one alert, both authors told', async () => {
  const a = await enService('sophie');
  const b = await enService('karim');
  await a.ctx.setOffline(true);
  await b.ctx.setOffline(true);
  await coche(a.page, 'Toilette').tap();
  await coche(b.page, 'Toilette').tap();
  await attente(a.page, 1);
  await attente(b.page, 1);
  await a.ctx.setOffline(false);
  await attente(a.page, 0, 40_000);
  await b.ctx.setOffline(false);
  await attente(b.page, 0, 40_000);
  assert.equal(pair.ops.size, 2);
  assert.equal(pair.alertes.length, 1);
  await b.page.goto(`${pair.url}/mes-saisies`);
  await b.page.getByText('Aussi saisi par Sophie V.').waitFor();
  await a.ctx.close();
  await b.ctx.close();
});

test('6. two tabs: one sends', async () => {
  const { page, ctx } = await enService();
  const autre = await ctx.newPage();
  await autre.goto(`${pair.url}/tour/soins`);
  await pret(autre);
  await ctx.setOffline(true);
  for (const n of [0, 1, 2]) { await coche(page, 'Toilette', n).tap(); await coche(autre, 'Prévention', n).tap(); }
  await attente(page, 6);
  const avant = pair.brutes;
  await ctx.setOffline(false);
  await attente(page, 0, 40_000);
  assert.equal(pair.ops.size, 6);
  assert.equal(pair.brutes - avant, 6);
  assert.equal(new Set([...pair.ops.values()].map((o) => o.seq)).size, 6);
  await ctx.close();
});

test('7. change of person with entries waiting: they leave, the next one cannot read them', async () => {
  const { page, ctx } = await enService('sophie');
  await page.goto(`${pair.url}/connexion?qui=karim&retour=/verrou?retour=/tour/soins`);
  await page.getByRole('heading', { name: 'Choisissez un code' }).waitFor();
  await taperCode(page, '903817');
  await page.getByRole('heading', { name: 'Entrez le même code' }).waitFor();
  await taperCode(page, '903817');
  await pret(page);
  await ctx.setOffline(true);
  const changer = async (prenom, code) => {
    await page.goto(`${pair.url}/verrou?retour=/tour/soins`);
    await page.getByRole('button', { name: prenom }).tap();
    await taperCode(page, code);
    await page.waitForURL(`${pair.url}/tour/soins`);
    await pret(page);
  };
  await changer('Sophie', CODE);
  await coche(page, 'Toilette').tap();
  await attente(page, 1);
  await changer('Karim', '903817');
  assert.equal(await coche(page, 'Toilette').getAttribute('class'), 'coche');
  await page.goto(`${pair.url}/mes-saisies`);
  await page.getByText(/1 saisie d’autres personnes/).waitFor();
  assert.equal(await page.getByText('Toilette').count(), 0);
  await ctx.setOffline(false);
  await attente(page, 0, 40_000);
  assert.equal([...pair.ops.values()][0].auteur, '018f0000-0000-7000-8000-000000000084');
  await ctx.close();
});

test('7b. five wrong codes destroy the keys, the entries still leave', async () => {
  const { page, ctx } = await enService('sophie');
  await ctx.setOffline(true);
  await coche(page, 'Toilette').tap();
  await attente(page, 1);
  await page.goto(`${pair.url}/verrou`);
  await page.getByRole('heading', { name: 'Code de Sophie' }).waitFor();
  for (let i = 0; i < 5; i++) {
    await taperCode(page, '111112');
    await page.getByText(i < 4 ? `Encore ${4 - i} essai` : 'effacées de cette tablette').waitFor();
  }
  await ctx.setOffline(false);
  await attendreQue(() => pair.ops.size === 1, 40_000);
  await ctx.close();
});

test('8. slow device: the tap is painted and kept', async () => {
  const { page, ctx } = await enService();
  const cdp = await ctx.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await ctx.setOffline(true);
  const debut = Date.now();
  await coche(page, 'Toilette').tap();
  await page.locator('.coche--fait').first().waitFor();
  assert.ok(Date.now() - debut < 1_500);
  await attente(page, 1);
  await ctx.close();
});

test('9. transmission, measure, refusal, night round without network', async () => {
  const { page, ctx, erreurs } = await enService();
  await ctx.setOffline(true);
  await page.getByRole('link', { name: 'Transmission' }).first().tap();
  await page.getByLabel('Ce que je vois').fill('Grimace au transfert, se tient la hanche droite');
  assert.equal(await page.getByLabel('douleur').isChecked(), true);
  await page.getByRole('button', { name: 'Enregistrer' }).tap();
  await page.getByText('Transmission enregistrée.').waitFor();
  await page.getByRole('heading', { name: 'Tour de soins' }).waitFor();
  await coche(page, 'Pesée').tap();
  for (const t of ['2', '5', ',', '4']) await page.locator('dialog .pave-touche', { hasText: new RegExp(`^${t}$`) }).tap();
  await page.getByRole('button', { name: 'Enregistrer' }).tap();
  await page.getByText('25,4 kg ? Dernier : 52,4 kg.').waitFor();
  await page.getByRole('button', { name: 'Enregistrer' }).tap();
  await page.getByText('25,4 kg enregistré.').waitFor();
  await page.getByRole('link', { name: 'Préciser : Toilette' }).first().tap();
  await page.getByRole('button', { name: 'Refusé' }).tap();
  await page.getByText('Refus noté.').waitFor();
  await page.goto(`${pair.url}/tour/nuit`);
  await page.getByRole('button', { name: 'Tout RAS sauf' }).tap();
  await page.getByRole('checkbox', { name: '214 BRUMELLE' }).tap();
  await page.getByRole('button', { name: 'RAS pour 2 résidents' }).tap();
  await page.locator('[data-faits]', { hasText: '2' }).waitFor();
  await page.getByLabel('Aller à la chambre').fill('215');
  await page.getByRole('button', { name: 'Ouvrir' }).tap();
  await page.getByRole('heading', { name: /CHANTARAUDE/ }).waitFor();
  await attente(page, 5);
  await ctx.setOffline(false);
  await attente(page, 0, 40_000);
  const types = [...pair.ops.values()].map((o) => o.type);
  assert.deepEqual(types, ['transmission.creer', 'soin.valider', 'soin.valider', 'ronde.valider', 'ronde.valider']);
  assert.deepEqual([...pair.ops.values()][1].donnees.mesure, { type: 'poids', valeur: '25,4', unite: 'kg', a_confirmer: true });
  assert.deepEqual(erreurs, []);
  await ctx.close();
});

test('10. the record is prepared once, then painted from the device in less than 300 ms', async () => {
  const { page, ctx } = await enService();
  await page.getByRole('link', { name: /BRUMELLE/ }).tap();
  await page.getByText('Préfère la toilette').waitFor({ timeout: 300 });
  assert.equal(new URL(page.url()).pathname.startsWith('/residents/'), true);
  await page.goBack();
  await page.getByRole('heading', { name: 'Tour de soins' }).waitFor();
  await ctx.close();
});
