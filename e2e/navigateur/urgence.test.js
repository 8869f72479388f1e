// An emergency at night on the real product: the call sheet in two gestures, without network, and what the house then reads.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { attente, lancer, pret, tablette } from './navigateur.js';
import { compteGestes, connecter, preparer } from './gestes.js';
import { Serveur } from './serveur.js';

let nav;
let serveur;
let t;
before(async () => {
  nav = await lancer();
  serveur = await Serveur.neuf({ maintenant: '2026-11-21T03:12:00+01:00' });
  t = await tablette(nav);
  await preparer(t.page, serveur.url, 'karim', '/tour/nuit');
}, { timeout: 240_000 });
after(async () => { await nav.close(); await serveur.effacer(); });

const fiche = () => t.page.locator('.urgence[data-resident]');
const chronologie = () => t.page.locator('[data-chronologie]');

test('from any screen: 2 gestures to the call sheet, one text typed', { timeout: 60_000 }, async () => {
  await t.page.goto(`${serveur.url}/urgence`);
  await pret(t.page);
  await t.page.goto(`${serveur.url}/accueil`);
  await pret(t.page);
  await t.ctx.setOffline(true);
  const g = compteGestes();
  await g.toucher(t.page.getByRole('link', { name: 'Urgence' }).first());
  await t.page.locator('#urgence-qui').fill('214');
  await g.toucher(t.page.locator('.urgence-liste a:visible').first());
  await fiche().waitFor();
  assert.equal(g.total, 2);
  await t.page.getByText('Allergie : pénicilline').waitFor();
});

test('without network: each tap is on the sheet at once, in the order it happened', { timeout: 60_000 }, async () => {
  const page = t.page;
  await page.getByRole('button', { name: 'Chute', exact: true }).tap();
  await page.getByRole('button', { name: "Noter l'appel" }).tap();
  await page.getByRole('button', { name: 'Non Bouge les quatre membres' }).or(page.getByRole('button', { name: /Non.*Bouge/ })).first().tap();
  await page.getByRole('button', { name: 'Ambulance', exact: true }).tap();
  await attente(page, 4);
  const lignes = await chronologie().locator('li').allInnerTexts();
  assert.deepEqual(lignes.map((l) => /en attente d’envoi/.test(l)), [true, true, true, true]);
  assert.match(lignes[3], /Chute/);
  assert.match(lignes[0], /Réponse du 15/);
  assert.ok(await page.getByRole('button', { name: "Noter l'appel" }).isHidden(), 'the call is noted once');
});

test('the server stops, the tablet is put down: nothing is lost, the bed is held, the team reads it', { timeout: 180_000 }, async () => {
  const page = t.page;
  await serveur.arreter();
  await page.getByRole('button', { name: "Départ à l'hôpital" }).tap();
  await attente(page, 5);
  await serveur.demarrer();
  await t.ctx.setOffline(false);
  await attente(page, 0, 90_000);
  const ctx = await nav.newContext({ locale: 'fr-FR' });
  const bureau = await ctx.newPage();
  await connecter(bureau, serveur.url, 'idec');
  await bureau.goto(`${serveur.url}/urgence`);
  await bureau.getByText('En cours').waitFor();
  await bureau.locator('.bloc a[href$="/urgence"]').first().click();
  await bureau.getByText('Départ noté').first().waitFor();
  assert.equal(await bureau.locator('[data-etape]').count(), 5);
  await bureau.getByRole('button', { name: /Terminer/ }).click();
  await bureau.getByText('Urgence terminée').waitFor();
  await bureau.goto(`${serveur.url}/transmissions?q=chute`);
  await bureau.getByText(/Appel au 15\..*Départ à l’hôpital|Appel au 15\..*Départ à l'hôpital/).first().waitFor();
  await ctx.close();
});

test('from the lock: the code of the person, then the emergency sheets', { timeout: 60_000 }, async () => {
  await t.ctx.setOffline(true);
  await t.page.goto(`${serveur.url}/verrou`);
  await t.page.getByRole('link', { name: /Urgence/ }).tap();
  await t.page.getByRole('heading', { name: /Code de/ }).waitFor();
  for (const c of '274951') await t.page.locator('.pave-touche', { hasText: new RegExp(`^${c}$`) }).tap();
  await t.page.locator('#urgence-qui').waitFor();
  assert.deepEqual(t.erreurs, []);
});
