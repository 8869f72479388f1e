// Every page without parameter, for a nurse: axe, no horizontal scroll, day and night, phone to PC; screenshots on demand.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { lancer } from './navigateur.js';
import { connecter } from './gestes.js';
import { Serveur } from './serveur.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const BINAIRE = process.env.GRAPPE ?? fileURLToPath(new URL('../../target/debug/grappe', import.meta.url));
/** Not pages: data, streams, downloads, exits. */
const AUTRES = /^\/(api|direct|deconnexion|s\/|terrain|sw\.js|fhir|$)|\{|\.(json|csv|pdf|zip)$|\/compte$|export/;
/** Each width and each theme once: the four combinations say nothing more and cost twice the time. */
const VUES = [{ largeur: 390, theme: 'nuit' }, { largeur: 1440, theme: 'clair' }];

let nav;
let serveur;
before(async () => {
  nav = await lancer();
  serveur = await Serveur.neuf({ maintenant: '2026-11-21T09:12:00+01:00' });
}, { timeout: 240_000 });
after(async () => { await nav.close(); await serveur.effacer(); });

/** @returns {string[]} */
function adresses() {
  const routes = JSON.parse(execFileSync(BINAIRE, ['routes', '--json'], { encoding: 'utf8' }));
  const liste = Array.isArray(routes) ? routes : [...(routes.routes ?? []), ...(routes.publiques ?? [])];
  const chemins = liste.filter((r) => (r.method ?? r.methode ?? r.verbe ?? 'GET') === 'GET').map((r) => r.path ?? r.chemin ?? r.adresse).filter(Boolean);
  return [...new Set(chemins)].filter((c) => !AUTRES.test(c)).sort();
}

const lireFautes = async (page) => page.evaluate(async () => {
  const r = await /** @type {any} */ (window).axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
  const deborde = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  return [...r.violations.map((v) => `${v.id} : ${v.nodes.map((n) => n.target.join(' ')).slice(0, 2).join(' | ')}`), ...(deborde > 0 ? [`déborde de ${deborde} px`] : [])];
});

for (const qui of ['idec']) {
  test(`every page, as ${qui}`, { timeout: 360_000 }, async () => {
    const ctx = await nav.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce' });
    const page = await ctx.newPage();
    await connecter(page, serveur.url, qui);
    await page.goto(`${serveur.url}/residents`);
    const resident = await page.locator('a[href^="/residents/"]').evaluateAll((liens) => liens.map((l) => l.getAttribute('href')).find((l) => /\/[0-9a-f-]{36}$/.test(l)));
    const fautes = [];
    for (const chemin of [...adresses(), resident, `${resident}/soins`, `${resident}/transmissions`, `${resident}/constantes`]) {
      const reponse = await page.goto(serveur.url + chemin).catch(() => null);
      if (!reponse || !reponse.ok() || !(reponse.headers()['content-type'] ?? '').startsWith('text/html')) {
        if (reponse && reponse.status() >= 500) fautes.push(`${chemin} ${reponse.status()}`);
        continue;
      }
      // A fragment is read inside a page, never alone.
      if (await page.evaluate(() => document.doctype === null)) continue;
      await page.evaluate(AXE);
      for (const { largeur, theme } of VUES) {
        await page.setViewportSize({ width: largeur, height: 900 });
        await page.evaluate((t) => { document.documentElement.dataset.theme = t; }, theme);
        for (const faute of await lireFautes(page)) fautes.push(`${chemin.replace(/[0-9a-f-]{36}/, '{id}')} ${largeur} ${theme} : ${faute}`);
      }
    }
    await ctx.close();
    assert.deepEqual(fautes, []);
  });
}

test('captures', { skip: !process.env.CAPTURES, timeout: 240_000 }, async () => {
  const dossier = process.env.CAPTURES ?? '';
  await mkdir(dossier, { recursive: true });
  for (const [qui, chemin, nom, largeur, hauteur] of [['sophie', '/tour/soins', 'tour-soins', 800, 1280], ['nadia', '/accueil', 'accueil', 1440, 900], ['nadia', '/releve', 'releve', 1440, 900],
    ['nadia', '/residents', 'residents', 1440, 900], ['karim', '/tour/nuit', 'nuit', 800, 1280], ['sophie', '/transmissions/nouvelle', 'transmission', 390, 844]]) {
    const ctx = await nav.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: { width: largeur, height: hauteur } });
    const page = await ctx.newPage();
    await connecter(page, serveur.url, qui);
    await page.goto(serveur.url + chemin);
    if (nom === 'nuit') await page.evaluate(() => { document.documentElement.dataset.theme = 'nuit'; });
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${dossier}/${nom}.png` });
    if (nom === 'residents') {
      await page.locator('a[href^="/residents/"]').filter({ hasText: /[A-Z]/ }).first().click();
      await page.waitForTimeout(600);
      await page.screenshot({ path: `${dossier}/dossier.png` });
    }
    await ctx.close();
  }
});
