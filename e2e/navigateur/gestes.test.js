// Number of gestures of the main jobs, on the real product, without network: more than the target fails.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { attente, lancer, pret, tablette } from './navigateur.js';
import { aFaire, compteGestes, preparer } from './gestes.js';
import { Serveur } from './serveur.js';

let nav;
let serveur;
let t;
before(async () => {
  nav = await lancer();
  serveur = await Serveur.neuf({ maintenant: '2026-11-21T09:12:00+01:00' });
  t = await tablette(nav);
  await preparer(t.page, serveur.url, 'sophie', '/accueil');
  await t.ctx.setOffline(true);
}, { timeout: 240_000 });
after(async () => { await nav.close(); await serveur.effacer(); });

/** From the unlocked home page of the profession. */
async function accueil() {
  await t.page.goto(`${serveur.url}/accueil`);
  await pret(t.page);
}

const tour = () => t.page.locator('.barre-basse-lien[href^="/tour/soins"], .barre-basse-lien[href="/tour/soins"]').first();

test('one care: 2 gestures', async () => {
  await accueil();
  const g = compteGestes();
  await g.toucher(tour());
  await g.toucher(aFaire(t.page).first());
  await t.page.getByText('Fait.', { exact: true }).waitFor();
  assert.ok(g.total <= 2, String(g.total));
});

test('a round of ten acts: 12 gestures at most', async () => {
  await accueil();
  const avant = Number(await t.page.evaluate(() => document.body.dataset.attente));
  const g = compteGestes();
  await g.toucher(tour());
  for (let i = 0; i < 10; i++) {
    await g.toucher(aFaire(t.page).first());
    await attente(t.page, avant + i + 1);
  }
  assert.ok(g.total <= 12, String(g.total));
});

test('a refusal with its reason: 4 gestures from the home page, 3 on the round', async () => {
  await accueil();
  const g = compteGestes();
  await g.toucher(tour());
  await g.toucher(aFaire(t.page).first().locator('xpath=ancestor::*[contains(@class,"ligne-soin")]').first().locator('.ligne-soin-suite'));
  await g.toucher(t.page.getByRole('button', { name: 'Refusé', exact: true }));
  await g.toucher(t.page.getByRole('button', { name: 'Fatigue', exact: true }));
  await t.page.getByText('Refus noté.').waitFor();
  assert.ok(g.total <= 4, String(g.total));
});

test('a transmission from the card of a resident: 4 gestures', async () => {
  await accueil();
  const g = compteGestes();
  await g.toucher(tour());
  await g.toucher(t.page.getByRole('link', { name: 'Transmission' }).first());
  await g.ecrire(t.page.locator('textarea[name=donnees]'), 'Grimace au transfert, se tient la hanche droite.');
  await g.toucher(t.page.getByRole('button', { name: 'Enregistrer', exact: true }));
  await t.page.getByText('Transmission enregistrée.').waitFor();
  assert.ok(g.total <= 4, String(g.total));
});

test('all of it leaves when the network is back', { timeout: 120_000 }, async () => {
  await t.ctx.setOffline(false);
  await attente(t.page, 0, 90_000);
  await t.page.goto(`${serveur.url}/mes-saisies`);
  await t.page.getByText('0 à revoir').waitFor();
});

test('the night: a resident by room number, 4 gestures, without network', { timeout: 180_000 }, async () => {
  const n = await tablette(nav);
  await preparer(n.page, serveur.url, 'karim', '/tour/nuit');
  await n.ctx.setOffline(true);
  await n.page.goto(`${serveur.url}/tour/nuit`);
  await pret(n.page);
  const chambre = await n.page.evaluate(async () => {
    const { lister } = await import('/terrain/coeur/instantane.js');
    const { laTablette } = await import('/terrain/gestes/contexte.js');
    const tous = (await lister(laTablette().cles, 'resident/')).map((e) => e.d);
    return tous.find((r) => /^\d/.test(r.chambre)).chambre.split(' ')[0];
  });
  const g = compteGestes();
  await g.ecrire(n.page.locator('[data-aller-chambre] input[name=chambre]'), chambre);
  await g.toucher(n.page.getByRole('button', { name: 'Ouvrir la chambre' }));
  const choix = n.page.locator('dialog[open] a.liste-ligne').first();
  await n.page.waitForTimeout(400);
  if (await choix.count()) await g.toucher(choix);
  await n.page.waitForURL(/\/residents\/[0-9a-f-]{36}/, { timeout: 5_000 });
  await n.page.locator('.bandeau-resident-nom').first().waitFor();
  assert.ok(g.total <= 4, String(g.total));
  await n.ctx.close();
});
