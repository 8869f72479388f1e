// Behaviour of interface.js and brouillons.js in a browser, under the strict policy of the product.
// Usage: cargo run -p ui --example catalogue -- <folder of pages>
//        NODE_PATH=<folder>/node_modules node interface.mjs <folder of pages>
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const require = createRequire(join(process.env.NODE_PATH ?? '.', 'x.js'));
const { chromium } = require('playwright-core');
const pages = process.argv[2];
const TYPES = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', woff2: 'font/woff2', html: 'text/html; charset=utf-8' };
const CSP = "default-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types grappe";

// The sample pages do not load htmx here: it cannot run under Trusted Types, the rest can.
const sansHtmx = (/** @type {string} */ html) => html.replace(/<script defer[^>]*><\/script>/, '');
const suivi = (/** @type {number} */ version, pilule = '') => `<section id="liste" data-suivre="soins" data-source="/fragment" ${pilule}><p>version ${version}</p></section>`;
let version = 1;
/** @type {import('node:http').ServerResponse[]} */
const flux = [];
const recu = [];
const serveur = createServer((requete, reponse) => {
  const url = new URL(requete.url, 'http://x');
  recu.push(`${requete.method} ${url.pathname}${url.search}`);
  if (url.pathname === '/direct') { requete.on('data', (octets) => recu.push(String(octets))); reponse.writeHead(200, { 'content-type': 'text/event-stream' }); reponse.write(':\n\n'); flux.push(reponse); return; }
  if (url.pathname === '/fragment') { reponse.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(suivi(version)); return; }
  const fichier = join(pages, url.pathname.startsWith('/s/') ? url.pathname : `${url.pathname}.html`);
  if (!existsSync(fichier)) { reponse.writeHead(404).end(); return; }
  let corps = readFileSync(fichier);
  if (fichier.endsWith('.html')) {
    const reglages = url.searchParams.get('reglages') ?? '';
    corps = sansHtmx(corps.toString()).replace('<body', `<body ${reglages}`).replace('</main>', `${suivi(version, url.searchParams.get('pilule') ?? '')}</main>`);
  }
  reponse.writeHead(200, { 'content-type': TYPES[fichier.split('.').pop()], 'content-security-policy': CSP }).end(corps);
}).listen(0, '127.0.0.1');
await new Promise((pret) => serveur.once('listening', pret));
const base = `http://127.0.0.1:${serveur.address().port}`;
const navigateur = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await navigateur.newPage({ viewport: { width: 1440, height: 900 } });
const erreurs = [];
page.on('pageerror', (e) => { if (!/Transition was skipped/.test(e.message)) erreurs.push(e.message); });
page.on('console', (m) => { if (m.type() === 'error' && !/404|INTERNET_DISCONNECTED/.test(m.text())) erreurs.push(m.text()); });
const actif = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent?.trim());
const pret = (adresse) => page.goto(base + adresse, { waitUntil: 'load' });
const tests = {
  async 'Ctrl+K et / donnent le focus à la recherche'() {
    await pret('/tour');
    await page.keyboard.press('Control+k');
    assert.equal(await actif(), 'recherche-globale');
    await page.keyboard.type('a/b');
    assert.equal(await page.inputValue('#recherche-globale'), 'a/b');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('/');
    assert.equal(await actif(), 'recherche-globale');
  },
  async '? liste les raccourcis, qui se coupent'() {
    await pret('/tour');
    await page.keyboard.press('?');
    assert.ok(await page.isVisible('#raccourcis[open]'));
    await page.uncheck('#raccourcis input');
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    assert.equal(await page.isVisible('[data-menu-creer] .menu-corps'), false);
    await page.evaluate(() => localStorage.clear());
    await page.keyboard.press('c');
    assert.ok(await page.isVisible('[data-menu-creer] .menu-corps'));
    await page.keyboard.press('Escape');
    assert.equal(await page.isVisible('[data-menu-creer] .menu-corps'), false);
    await page.keyboard.press('j');
    assert.match(await actif(), /BRUMELLE/);
  },
  async 'un brouillon revient, propre à sa personne, et s’efface'() {
    await pret('/composants');
    await page.fill('#transmission', 'Se plaint de la hanche');
    await page.waitForTimeout(500);
    await page.reload();
    assert.equal(await page.inputValue('#transmission'), 'Se plaint de la hanche');
    assert.match(await page.textContent('.champ-brouillon'), /Brouillon de \d\d:\d\d retrouvé/);
    await page.click('.champ-brouillon button');
    assert.match(await page.inputValue('#transmission'), /^Grimace/);
    await page.fill('#transmission', 'À nouveau');
    await page.waitForTimeout(500);
    await page.evaluate(() => { document.body.dataset.utilisateur = 'autre'; });
    const cles = await page.evaluate(() => Object.keys(sessionStorage));
    assert.ok(cles.every((cle) => cle.startsWith('brouillon:nadia:')), cles.join());
  },
  async 'un brouillon part avec son formulaire, mais revient si le réseau a manqué'() {
    await pret('/composants?essai=1');
    await page.fill('#transmission', 'Écrit sans réseau');
    for (const [nom, valeur] of [['nom-erreur', 'Marguerite'], ['unite', 'volcans'], ['trop', 'x']]) {
      await page.evaluate(([n, v]) => { document.getElementById(n).value = v; }, [nom, valeur]);
    }
    await page.context().setOffline(true);
    await page.evaluate(() => document.getElementById('transmission').form.requestSubmit());
    await page.waitForTimeout(600);
    await page.context().setOffline(false);
    await page.goBack();
    await page.waitForFunction(() => document.getElementById('transmission')?.value === 'Écrit sans réseau');
    await pret('/composants?essai=1');
    await page.fill('#transmission', 'Écrit avec réseau');
    for (const [nom, valeur] of [['nom-erreur', 'Marguerite'], ['unite', 'volcans'], ['trop', 'x']]) {
      await page.evaluate(([n, v]) => { document.getElementById(n).value = v; }, [nom, valeur]);
    }
    await page.evaluate(() => document.getElementById('transmission').form.requestSubmit());
    await page.waitForTimeout(600);
    assert.match(await page.inputValue('#transmission'), /^Grimace/);
  },
  async 'le compteur annonce ce qui reste'() {
    await pret('/composants');
    await page.fill('#trop', 'x'.repeat(300));
    assert.equal(await page.textContent('[data-compte-de="trop"]'), '20 caractères de trop');
  },
  async 'le pavé remplit le code et ses points'() {
    await pret('/verrou');
    for (const chiffre of '12') await page.click(`[data-chiffre="${chiffre}"]`);
    await page.click('[data-effacer]');
    assert.equal(await page.inputValue('#code'), '1');
    assert.equal(await page.locator('.pave-point--plein').count(), 1);
  },
  async 'une confirmation s’ouvre, se ferme, et reste fermable au clavier'() {
    await pret('/composants');
    await page.click('button[commandfor="arret"]');
    assert.ok(await page.isVisible('#arret'));
    await page.keyboard.press('Escape');
    assert.equal(await page.isVisible('#arret'), false);
    await page.click('button[commandfor="saisie"]');
    assert.ok((await page.locator('#saisie').boundingBox()).x > 700);
  },
  async 'une liste suivie se relit, sur place ou derrière une pilule'() {
    await pret('/tour?reglages=data-flux=/direct');
    await page.waitForFunction(() => document.readyState === 'complete');
    await page.waitForTimeout(150);
    assert.ok(recu.includes('POST /direct') && recu.includes('liste=soins'), 'abonnement');
    version = 2;
    flux.at(-1).write('data: soins\n\n');
    await page.waitForSelector('text=version 2');
    await pret('/tour?reglages=data-flux=/direct&pilule=data-pilule');
    await page.waitForTimeout(150);
    version = 3;
    flux.at(-1).write('data: soins\n\ndata: soins\n\n');
    await page.waitForSelector('.pilule');
    assert.equal(await page.textContent('.pilule'), '2 nouveaux');
    assert.ok(await page.isVisible('text=version 2'), 'rien ne bouge avant le geste');
    await page.click('.pilule');
    await page.waitForSelector('text=version 3');
  },
  async 'l’inactivité mène au verrou, avec le retour'() {
    await pret('/tour?reglages=data-verrou=1');
    await page.waitForURL(/\/verrou\?retour=%2Ftour/, { timeout: 4000 });
  },
  async 'le toast part après 8 s, pas sous le doigt'() {
    await page.clock.install();
    await pret('/tour');
    assert.equal(await page.locator('[data-toast]').count(), 1);
    await page.focus('[data-toast] button');
    await page.clock.runFor(9000);
    assert.equal(await page.locator('[data-toast]').count(), 1);
    await page.evaluate(() => document.activeElement.blur());
    await page.clock.runFor(9000);
    assert.equal(await page.locator('[data-toast]').count(), 0);
  },
};
let fautes = 0;
for (const [nom, essai] of Object.entries(tests)) {
  try { await essai(); console.error('ok  ', nom); } catch (e) { fautes += 1; console.error('FAUX', nom, '\n    ', e.message.split('\n').slice(0, 6).join('\n     ')); }
}
if (erreurs.length > 0) { fautes += 1; console.error('erreurs de la page :', [...new Set(erreurs)].join('\n')); }
await navigateur.close();
for (const reponse of flux) reponse.destroy();
serveur.close();
process.exit(fautes === 0 ? 0 : 1);
