// A page of the whole house is live behind a proxy which refuses long addresses, and stays so after a restart of the server.

import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { after, before, test } from 'node:test';

import { attendreQue, lancer } from './navigateur.js';
import { connecter } from './gestes.js';
import { Serveur } from './serveur.js';

/** Longest target the proxy of the test lets through: nginx refuses beyond 8 kB as it comes. */
const CIBLE_MAX = 2_000;

let nav;
let serveur;
/** @type {import('node:http').Server} */
let facade;
let url = '';
/** Targets asked through the proxy. @type {string[]} */
const cibles = [];
/** Streams opened. */
let flux = 0;
/** The network between page and server is cut. */
let coupee = false;

before(async () => {
  nav = await lancer();
  serveur = await Serveur.neuf({ maintenant: '2026-11-21T09:12:00+01:00' });
  facade = createServer((demande, reponse) => {
    cibles.push(demande.url ?? '');
    if (coupee) { demande.socket.destroy(); return; }
    if ((demande.url ?? '').length > CIBLE_MAX) { reponse.writeHead(414).end(); return; }
    const suite = request({ port: serveur.port, host: '127.0.0.1', method: demande.method, path: demande.url, headers: demande.headers }, (lue) => {
      if (demande.url === '/direct' && lue.statusCode === 200) flux += 1;
      reponse.writeHead(lue.statusCode ?? 502, lue.headers);
      lue.on('error', () => reponse.destroy());
      lue.pipe(reponse);
    });
    // What nginx says while the server is down.
    suite.on('error', () => { if (reponse.headersSent) reponse.destroy(); else reponse.writeHead(502).end(); });
    reponse.on('close', () => suite.destroy());
    demande.pipe(suite);
  });
  await new Promise((r) => { facade.listen(0, '127.0.0.1', () => r(undefined)); });
  url = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (facade.address()).port}`;
}, { timeout: 240_000 });
after(async () => { await nav.close(); facade.closeAllConnections(); facade.close(); await serveur.effacer(); });

/** @param {string} qui @param {string} adresse */
async function entrer(qui, adresse) {
  const ctx = await nav.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce', serviceWorkers: 'block', viewport: { width: 1280, height: 900 } });
  const page = await ctx.newPage();
  await connecter(page, url, qui);
  await page.goto(`${url}${adresse}`, { waitUntil: 'domcontentloaded', timeout: 120_000 });
  return page;
}

/** Does the next care of her round, and says which. @param {import('playwright-core').Page} page */
async function faire(page) {
  await page.goto(`${url}/tour/soins`);
  const coche = page.locator('.ligne-soin:has([data-soin][data-etat=a_faire]:not([data-mesure])) .coche').first();
  const soin = await coche.locator('xpath=ancestor::*[contains(@class,"ligne-soin")]').first().locator('[data-soin]').getAttribute('data-soin');
  await coche.click();
  await page.locator(`[data-soin="${soin}"][data-etat=fait]`).first().waitFor({ state: 'attached' });
  return soin;
}

test('the round of the whole house is live, asks no long address, and finds its stream again', { timeout: 240_000 }, async () => {
  const maison = await entrer('idec', '/tour/soins?unite=toutes&metier=tous');
  const suivies = await maison.evaluate(() => [...document.querySelectorAll('[data-suivre]')].flatMap((zone) => (zone.getAttribute('data-suivre') ?? '').split(' ')));
  assert.ok(suivies.length > 200 && suivies.join('').length > 8_192, `${suivies.length} listes`);
  await attendreQue(() => flux > 0, 20_000, 'flux ouvert');
  const sophie = await entrer('sophie', '/accueil');
  const vu = (soin) => maison.locator(`[data-soin="${soin}"][data-etat=fait]`).first().waitFor({ state: 'attached', timeout: 10_000 });
  const bar = () => maison.locator('#avancement').innerText();
  const [faits, dus] = (await bar()).match(/\d+/g) ?? [];
  await vu(await faire(sophie));
  await attendreQue(async () => Number.parseInt(await bar(), 10) === Number(faits) + 1, 10_000, 'la barre compte le soin');
  assert.match(await bar(), new RegExp(`^\\d+\\ssoins? faits? sur ${dus}\\b`), 'la barre compte toujours toute la maison');

  await sophie.close();
  const [ouverts, demandes] = [flux, cibles.length];
  await serveur.arreter();
  await attendreQue(() => cibles.slice(demandes).includes('/direct'), 30_000, 'flux redemandé pendant l’arrêt');
  await serveur.demarrer();
  await attendreQue(() => flux > ouverts, 60_000, 'flux rouvert');
  await maison.getByText('La connexion a été coupée : cette page peut dater.').waitFor({ timeout: 10_000 });
  await maison.getByRole('button', { name: 'Actualiser' }).click();
  await maison.waitForLoadState('domcontentloaded');
  await maison.locator('#reprise').waitFor({ state: 'detached' });
  await attendreQue(() => flux > ouverts + 1, 60_000, 'flux de la page actualisée');
  await vu(await faire(await entrer('sophie', '/accueil')));

  const longue = cibles.reduce((a, b) => (a.length > b.length ? a : b));
  assert.ok(longue.length < CIBLE_MAX, longue.slice(0, 200));
  assert.ok(!cibles.some((cible) => cible.startsWith('/direct?')), 'rien dans l’adresse du flux');
});

test('what moved while the network was cut is on the list once it is back', { timeout: 240_000 }, async () => {
  const page = await entrer('nadia', '/transmissions');
  const ouverts = flux;
  await page.reload();
  await attendreQue(() => flux > ouverts, 20_000, 'liste suivie');
  coupee = true;
  facade.closeAllConnections();
  const autre = await (await nav.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', serviceWorkers: 'block', viewport: { width: 1280, height: 900 } })).newPage();
  await connecter(autre, serveur.url, 'nadia');
  await autre.goto(`${serveur.url}/transmissions/nouvelle`);
  await autre.locator('input[name=resident]').first().check({ force: true });
  await autre.locator('textarea[name=donnees]').fill('Vue pendant la coupure, dort paisiblement.');
  await autre.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await autre.getByText('Transmission enregistrée.').waitFor();
  assert.equal(await page.getByText('Vue pendant la coupure').count(), 0, 'la page coupée ne peut pas la montrer');
  coupee = false;
  await page.getByText('Vue pendant la coupure').first().waitFor({ timeout: 60_000 });
});
