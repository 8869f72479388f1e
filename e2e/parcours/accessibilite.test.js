// axe on the bedside screens, drawn by the server and by the device, day and night, phone to PC.

import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { coche, lancer, preparer, pret, tablette } from './navigateur.js';
import { Pair } from './pair.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const IMAGES = process.env.IMAGES;
let nav;
let pair;
before(async () => { nav = await lancer(); pair = await new Pair().demarrer(); });
after(async () => { await nav.close(); await pair.arreter(); });

async function controler(page, nom) {
  await page.evaluate(AXE);
  const vus = await page.evaluate(async () => {
    const r = await /** @type {any} */ (window).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    return r.violations.map((v) => `${v.id} : ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`);
  });
  const deborde = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (IMAGES) {
    await mkdir(IMAGES, { recursive: true });
    await page.screenshot({ path: `${IMAGES}/${nom}.png`, fullPage: false });
  }
  fautes.push(...vus.map((v) => `${nom} ${v}`));
  if (deborde > 0) fautes.push(`${nom} déborde de ${deborde} px`);
}

/** @type {string[]} */
let fautes = [];

for (const [largeur, hauteur] of [[390, 844], [800, 1280], [1440, 900]]) {
  test(`no violation at ${largeur} px, day and night, with and without network`, async () => {
    fautes = [];
    const { page, ctx } = await tablette(nav, { viewport: { width: largeur, height: hauteur } });
    await preparer(page, pair.url);
    await ctx.setOffline(true);
    await coche(page, 'Toilette').tap();
    await page.locator('.coche--attente').first().waitFor();
    for (const theme of ['clair', 'nuit']) {
      const nom = (/** @type {string} */ e) => `${e}-${theme}-${largeur}`;
      const mettre = () => page.evaluate((t) => { document.documentElement.dataset.theme = t; }, theme);
      for (const [chemin, ecran] of [['/tour/soins', 'tour-soins'], ['/tour/nuit', 'tour-nuit'], ['/transmissions/nouvelle', 'transmission'], ['/mes-saisies', 'mes-saisies'], ['/residents', 'residents']]) {
        await page.goto(pair.url + chemin);
        await pret(page);
        await mettre();
        await page.waitForTimeout(150);
        await controler(page, nom(ecran));
      }
      await page.goto(`${pair.url}/tour/soins`);
      await pret(page);
      await mettre();
      await page.getByRole('link', { name: 'Préciser : Toilette' }).nth(1).tap();
      await page.locator('dialog[open]').waitFor();
      await controler(page, nom('feuille'));
      await page.keyboard.press('Escape');
      await coche(page, 'Pesée').tap();
      await controler(page, nom('mesure'));
      await page.goto(`${pair.url}/verrou`);
      await page.getByRole('heading', { name: 'Code de Sophie' }).waitFor();
      await mettre();
      await page.waitForTimeout(150);
      await controler(page, nom('verrou'));
      for (const c of '274951') await page.locator('.pave-touche', { hasText: new RegExp(`^${c}$`) }).tap();
      await page.waitForURL(/accueil/);
      await pret(page);
    }
    await ctx.close();
    assert.deepEqual(fautes, []);
  });
}
