// Three jobs done with the keyboard only, on the real product: no mouse, no finger.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { attente, lancer, pret } from './navigateur.js';
import { connecter } from './gestes.js';
import { Serveur } from './serveur.js';

let nav;
let serveur;
before(async () => {
  nav = await lancer();
  serveur = await Serveur.neuf({ maintenant: '2026-11-21T09:12:00+01:00' });
}, { timeout: 240_000 });
after(async () => { await nav.close(); await serveur.effacer(); });

/** @param {string} qui */
async function entrer(qui) {
  const ctx = await nav.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } });
  const page = await ctx.newPage();
  await connecter(page, serveur.url, qui);
  return { ctx, page };
}

/** Presses Tab until the focus is on what is wanted. @param {import('playwright-core').Page} page @param {string} css */
async function allerA(page, css, max = 150) {
  for (let i = 0; i < max; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((c) => document.activeElement?.matches(c), css)) return;
  }
  assert.fail(`jamais atteint au clavier : ${css}`);
}

/** The care whose line holds the focus. */
const soinDuFocus = (page) => page.evaluate(() => document.activeElement?.closest('.ligne-soin')?.querySelector('[data-soin]')?.getAttribute('data-soin'));

/** From the top of the page: the skip link, then the content. */
async function auContenu(page) {
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement?.classList.contains('evitement')));
  await page.keyboard.press('Enter');
}

test('a care of the round, on a page and on a tablet', { timeout: 180_000 }, async () => {
  const { ctx, page } = await entrer('sophie');
  await page.goto(`${serveur.url}/tour/soins`);
  await auContenu(page);
  const faire = '.ligne-soin:has([data-soin][data-etat=a_faire]:not([data-mesure])) .coche';
  await allerA(page, faire);
  const soin = await soinDuFocus(page);
  await page.keyboard.press('Enter');
  await page.locator(`[data-soin="${soin}"][data-etat=fait]`).waitFor({ state: 'attached' });

  await page.goto(`${serveur.url}/verrou?retour=/tour/soins`);
  await page.locator('#nom-poste').waitFor();
  await allerA(page, '#nom-poste');
  await page.keyboard.press('Enter');
  for (const titre of ['Choisissez un code', 'Entrez le même code']) {
    await page.getByRole('heading', { name: titre }).waitFor();
    await page.keyboard.type('274951');
  }
  await page.waitForURL(`${serveur.url}/tour/soins`, { timeout: 60_000 });
  await pret(page);
  await auContenu(page);
  await allerA(page, faire);
  const autre = await soinDuFocus(page);
  await page.keyboard.press('Enter');
  const ligne = page.locator(`.ligne-soin[data-issue=fait]:has([data-soin="${autre}"])`);
  await ligne.waitFor();
  assert.ok(await ligne.locator('.coche').evaluate((e) => document.activeElement === e), 'le focus reste sur le soin');
  await attente(page, 0, 20_000);
  await page.locator(`[data-soin="${autre}"][data-etat=fait]`).waitFor({ state: 'attached' });
  assert.equal(await soinDuFocus(page), autre, 'le focus reste sur le soin quand sa carte est relue');

  // The sheet « ⋯ »: opened, closed with Escape, the focus given back; then a refusal with its reason.
  await allerA(page, '.ligne-soin:has([data-soin][data-etat=a_faire]:not([data-mesure])) .ligne-soin-suite');
  const refuse = await soinDuFocus(page);
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  assert.ok(await page.evaluate(() => document.activeElement?.matches('.ligne-soin-suite')), 'le focus est rendu');
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
  await allerA(page, 'dialog[open] button[value=refuse]', 20);
  await page.keyboard.press('Enter');
  await page.locator('dialog[open] .terrain-raisons button:focus').waitFor();
  await page.keyboard.press('Enter');
  await page.locator(`.ligne-soin[data-issue=refuse]:has([data-soin="${refuse}"])`).waitFor();
  await attente(page, 0, 20_000);
  assert.equal(await page.locator('.rail [aria-current=page]').count(), 1, 'une seule place marquée dans le menu');
  await ctx.close();
});

test('a transmission', { timeout: 90_000 }, async () => {
  const { ctx, page } = await entrer('sophie');
  await page.goto(`${serveur.url}/accueil`);
  await page.keyboard.press('t');
  await page.waitForURL(/transmissions\/nouvelle/);
  await auContenu(page);
  await allerA(page, 'input[name=resident]');
  await page.keyboard.press('Space');
  await allerA(page, 'textarea[name=donnees]');
  await page.keyboard.type('Grimace au transfert, se tient la hanche droite.');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL((u) => !u.pathname.endsWith('/nouvelle'));
  await page.goto(`${serveur.url}/transmissions`);
  await page.getByText('se tient la hanche droite').first().waitFor();
  await ctx.close();
});

test('a resident, by search, to her record', { timeout: 90_000 }, async () => {
  const { ctx, page } = await entrer('sophie');
  await page.goto(`${serveur.url}/residents`);
  const nom = await page.locator('a[href^="/residents/"]').evaluateAll((l) => l.filter((a) => /\/[0-9a-f-]{36}$/.test(a.getAttribute('href') ?? '')).map((a) => a.textContent ?? '')[3]);
  const cherche = nom.trim().split(/[ ,]/)[0];
  await page.goto(`${serveur.url}/accueil`);
  await page.keyboard.press('Control+k');
  await page.keyboard.type(cherche.toLowerCase());
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/(recherche|residents)/);
  if (!/residents\/[0-9a-f-]{36}/.test(page.url())) {
    await auContenu(page);
    await allerA(page, 'main a[href^="/residents/"]');
    await page.keyboard.press('Enter');
  }
  await page.waitForURL(/residents\/[0-9a-f-]{36}/);
  await page.locator('.bandeau-resident-nom', { hasText: cherche }).first().waitFor();
  await ctx.close();
});
