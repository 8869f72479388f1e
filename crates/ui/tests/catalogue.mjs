// Screenshots and accessibility of the catalogue and of the sample screens.
// Usage: cargo run -p ui --example catalogue -- <folder of pages>
//        NODE_PATH=<folder>/node_modules node catalogue.mjs <folder of pages> <folder of images>
// needs playwright-core, axe-core and a Chromium (CHROMIUM, default /usr/bin/chromium).
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { readFileSync, mkdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(join(process.env.NODE_PATH ?? '.', 'x.js'));
const { chromium } = require('playwright-core');
const axe = require.resolve('axe-core/axe.min.js');
const [pages, images, seules] = process.argv.slice(2);
mkdirSync(images, { recursive: true });

const TYPES = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', woff2: 'font/woff2', html: 'text/html; charset=utf-8' };
const CSP = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types grappe";
const serveur = createServer((requete, reponse) => {
  const chemin = requete.url.split('?')[0];
  const fichier = join(pages, chemin.startsWith('/s/') ? chemin : `${chemin}.html`);
  if (!existsSync(fichier)) { reponse.writeHead(404).end(); return; }
  const type = TYPES[fichier.split('.').pop()];
  reponse.writeHead(200, { 'content-type': type, 'content-security-policy': CSP.replace(/; require.*/, chemin.startsWith('/s/') ? '' : ';') });
  reponse.end(readFileSync(fichier));
}).listen(0, '127.0.0.1');
await new Promise((pret) => serveur.once('listening', pret));
const base = `http://127.0.0.1:${serveur.address().port}`;

const navigateur = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
let fautes = 0;
const dire = (...mots) => { fautes += 1; console.error(...mots); };

const ECRANS = seules ? seules.split(',') : ['composants', 'accueil', 'tour', 'dossier', 'connexion', 'verrou'];
for (const [largeur, hauteur] of [[390, 844], [800, 1280], [1440, 900]]) {
  for (const theme of ['clair', 'nuit']) {
    const contexte = await navigateur.newContext({ viewport: { width: largeur, height: hauteur }, bypassCSP: false, reducedMotion: 'reduce', hasTouch: largeur < 1024, colorScheme: theme === 'nuit' ? 'dark' : 'light' });
    const page = await contexte.newPage();
    page.on('console', (m) => { if (m.type() === 'error' && !/404/.test(m.text())) dire(largeur, theme, 'console:', m.text()); });
    page.on('pageerror', (e) => dire(largeur, theme, 'script:', e.message));
    for (const ecran of ECRANS) {
      await page.goto(`${base}/${ecran}`, { waitUntil: 'networkidle' });
      await page.evaluate(async (t) => { document.documentElement.dataset.theme = t; await document.fonts.ready; }, theme);
      const police = await page.evaluate(() => document.fonts.check('16px "Atkinson Hyperlegible Next"'));
      if (!police) dire(ecran, 'police absente');
      const depasse = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (depasse > 0) dire(ecran, largeur, `défilement horizontal de ${depasse} px`);
      const petites = largeur >= 1024 ? [] : await page.evaluate(() => [...document.querySelectorAll('button, select, summary, .bouton, input:not([type=hidden])')]
        .filter((e) => e.checkVisibility()).map((e) => [e, e.closest('label')?.getBoundingClientRect() ?? e.getBoundingClientRect()])
        .filter(([, r]) => r.width > 0 && r.height < 43.5).map(([e, r]) => `${e.className || e.tagName} ${Math.round(r.height)}px`));
      if (petites.length > 0) dire(ecran, largeur, 'cibles trop petites :', [...new Set(petites)].join(', '));
      await page.screenshot({ path: join(images, `${ecran}-${largeur}-${theme}.png`), fullPage: true });
      await page.evaluate(() => scrollTo(0, 0));
      await page.evaluate(readFileSync(axe, 'utf8'));
      const resultat = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      for (const v of resultat.violations) dire(ecran, largeur, theme, v.id, v.nodes.length, v.nodes.slice(0, 3).map((n) => `${n.target} ${n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? ''}`).join(' | '));
    }
    await contexte.close();
  }
}
await navigateur.close();
serveur.close();
console.error(fautes === 0 ? 'Aucune faute.' : `${fautes} fautes.`);
process.exit(fautes === 0 ? 0 : 1);
