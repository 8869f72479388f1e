// The pictures of docs/captures. Set GRAPPE_CAPTURES=docs/captures to renew them; otherwise they go to a folder which is erased.

import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';

import { connecter, aFaire, preparer } from './gestes.js';
import { attente, lancer, tablette } from './navigateur.js';
import { Serveur } from './serveur.js';

const RACINE = fileURLToPath(new URL('../..', import.meta.url));
const GARDER = process.env.GRAPPE_CAPTURES;

let nav;
let serveur;
let dossier;
before(async () => {
  dossier = GARDER ? resolve(RACINE, GARDER) : await mkdtemp(join(tmpdir(), 'grappe-captures-'));
  nav = await lancer();
  serveur = await Serveur.neuf({ jours: GARDER ? 60 : 3, maintenant: '2026-11-21T09:12:00+01:00' });
}, { timeout: 240_000 });
after(async () => {
  await nav.close();
  await serveur.effacer();
  if (!GARDER) await rm(dossier, { recursive: true, force: true });
});

async function prendre(page, nom) {
  await page.evaluate(() => document.fonts.ready);
  const chemin = join(dossier, `${nom}.png`);
  await page.screenshot({ path: chemin });
  assert.ok((await stat(chemin)).size > 20_000, `${nom} : image presque vide`);
}

/** A screen of an office, signed in as somebody. */
async function bureau(identifiant, taille = { width: 1440, height: 900 }) {
  const ctx = await nav.newContext({ viewport: taille, locale: 'fr-FR', timezoneId: 'Europe/Paris' });
  const page = await ctx.newPage();
  await connecter(page, serveur.url, identifiant);
  return { ctx, page };
}

test('the round on a tablet, two cares validated', { timeout: 120_000 }, async () => {
  const t = await tablette(nav);
  await preparer(t.page, serveur.url, 'sophie');
  await aFaire(t.page).first().tap();
  await aFaire(t.page).first().tap();
  await attente(t.page, 0, 30_000);
  await t.page.evaluate(() => scrollTo(0, 0));
  await prendre(t.page, 'tour-soins');
  await t.ctx.close();
});

test('the night on a tablet', { timeout: 60_000 }, async () => {
  const { ctx, page } = await bureau('karim', { width: 800, height: 1280 });
  await page.goto(`${serveur.url}/tour/nuit`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await prendre(page, 'nuit');
  await ctx.close();
});

test('the home page, the residents, a record and the relève in an office', { timeout: 90_000 }, async () => {
  const { ctx, page } = await bureau('nadia');
  await page.goto(`${serveur.url}/accueil`);
  await prendre(page, 'accueil');
  await page.goto(`${serveur.url}/residents`);
  await prendre(page, 'residents');
  await page.locator('main a[href^="/residents/"]').first().click();
  await page.waitForURL(/\/residents\/[0-9a-f-]{36}/);
  await prendre(page, 'dossier');
  await page.goto(`${serveur.url}/releve`);
  await prendre(page, 'releve');
  await ctx.close();
});

test('the composer of a transmission on a phone', { timeout: 60_000 }, async () => {
  const { ctx, page } = await bureau('sophie', { width: 390, height: 844 });
  await page.goto(`${serveur.url}/transmissions/nouvelle`);
  await page.locator('textarea[name=donnees]').waitFor();
  await prendre(page, 'transmission');
  await ctx.close();
});
