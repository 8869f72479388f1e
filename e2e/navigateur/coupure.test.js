// What the tablet said it keeps is there after a power cut, and reaches the server once: on Chromium's own storage, through the screens.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { chromium } from 'playwright-core';

import { Cable } from './cable.js';
import { Disque, tuerNavigateur } from './disque.js';
import { aFaire, preparer } from './gestes.js';
import { attendreQue, attente, boite, pret, taperCode } from './navigateur.js';
import { MOT_DE_PASSE, Serveur } from './serveur.js';

const GRAINE = Number(process.env.GRAINE ?? Date.now() % 1_000_000);
/** Cuts after which a control which lost nothing is called blind: something else may have flushed just before the cut. */
const ESSAIS_TEMOIN = 5;
const ROUND = '/tour/soins';

/** Random delays which can be played again: GRAINE=n. */
let etat = GRAINE;
const hasard = (max) => { etat = (etat * 1_103_515_245 + 12_345) % 2_147_483_648; return etat % max; };

const disque = await Disque.neuf().catch((cause) => cause);
const skip = disque instanceof Disque ? false : `aucun disque d’essai sur cette machine (mkfs.ext4, périphérique loop, droits) : ${disque.message.split('\n')[0]}`;

const pause = (ms) => new Promise((r) => { setTimeout(r, ms); });

let serveur;
let cable;
/** The tablet: one browser folder for all the runs. */
const profil = skip ? '' : join(disque.racine, 'profil');
let ctx;
let page;
/** Every act the screen said it keeps, since the last cut. @type {Set<string>} */
let dits;

/** Starts the browser on what is on the disk. @param {{ relache?: boolean }} [options] `relache`: the control */
async function allumer({ relache = false } = {}) {
  dits = new Set();
  ctx = await chromium.launchPersistentContext(profil, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'],
    viewport: { width: 800, height: 1280 }, hasTouch: true, isMobile: true, locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce',
  });
  const journal = dits;
  await ctx.exposeFunction('direGarde', (soin) => { journal.add(soin); });
  await ctx.addInitScript(() => {
    new MutationObserver(() => {
      for (const ligne of document.querySelectorAll('.ligne-soin[data-issue=fait]:has(.coche--attente) [data-soin]')) {
        /** @type {any} */ (window).direGarde(/** @type {HTMLElement} */ (ligne).dataset.soin);
      }
    }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-issue'] });
  });
  if (relache) {
    await ctx.addInitScript(() => {
      const transaction = IDBDatabase.prototype.transaction;
      IDBDatabase.prototype.transaction = function relachee(magasins, mode) { return transaction.call(this, magasins, mode, { durability: 'relaxed' }); };
    });
  }
  page = ctx.pages()[0] ?? await ctx.newPage();
}

/** Sophie takes the tablet again, without network. */
async function deverrouiller() {
  await page.goto(`${cable.url}/verrou?retour=${ROUND}`);
  await page.locator('.pave').waitFor();
  await taperCode(page);
  await page.waitForURL(cable.url + ROUND);
  await pret(page);
}

/** Does care after care until the power goes, at a random instant after n acts were acknowledged. */
async function travailler(n, couper) {
  let fini = false;
  const tour = (async () => {
    while (!fini) {
      const vus = dits.size;
      await aFaire(page).first().tap();
      while (!fini && dits.size === vus) await pause(5);
    }
  })().catch(() => undefined);
  await attendreQue(() => dits.size >= n, 40_000, `${n} actes`);
  await pause(hasard(400));
  await couper();
  fini = true;
  await tour;
  await ctx.close().catch(() => undefined);
  return [...dits];
}

/** @returns {Promise<Set<string>>} what the screen of the restarted tablet shows as kept */
async function retrouves() {
  await allumer();
  await deverrouiller();
  const lus = await page.locator('.ligne-soin[data-issue=fait]:has(.coche--attente) [data-soin]').evaluateAll((l) => l.map((e) => e.dataset.soin));
  return new Set(lus);
}

async function cookie(identifiant) {
  const r = await fetch(`${serveur.url}/connexion`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ identifiant, mot_de_passe: MOT_DE_PASSE }) });
  return r.headers.get('set-cookie').split(';')[0];
}

let lectrice;
/** What the server holds: done care of the round, and the number of validations its journal counts. */
async function auServeur() {
  lectrice ??= { soins: await cookie('sophie'), journal: await cookie('directrice') };
  const lire = async (chemin, qui) => (await fetch(serveur.url + chemin, { headers: { Cookie: qui } })).text();
  const html = await lire(`${ROUND}?filtre=tous&metier=tous`, lectrice.soins);
  const faits = new Set([...html.matchAll(/data-soin="([^"]+)"[^>]*data-etat="fait"/g)].map(([, soin]) => soin.replaceAll('&gt;', '>')));
  const journal = await lire('/admin/traces/export', lectrice.journal);
  return { faits, lignes: [...journal.matchAll(/"Sophie VERNISSAGE";[^\n]*"soin\.valide[a-z_]*";/g)].length };
}

/** The network is back: everything leaves, and every act is on the server once. @param {string[]} actes */
async function toutArrive(actes) {
  const avant = await auServeur();
  const restaient = await boite(page);
  assert.ok(restaient >= actes.length, `${restaient} dans la boîte pour ${actes.length} dits`);
  cable.retablir();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await attente(page, 0, 60_000);
  const apres = await auServeur();
  assert.deepEqual(actes.filter((soin) => !apres.faits.has(soin)), [], 'dits gardés, absents du serveur');
  assert.equal(apres.lignes - avant.lignes, restaient, 'une ligne de journal par acte');
  assert.equal([...apres.faits].filter((soin) => !avant.faits.has(soin)).length, restaient, 'un soin par acte');
  await page.goto(`${cable.url}/mes-saisies`);
  await page.getByText('0 à revoir').waitFor();
}

const couperCourant = () => disque.couper(profil);
const tuer = () => tuerNavigateur(profil);

/** Works, loses the power or the browser, starts again, sends. */
async function tour(n, coupure) {
  const actes = await travailler(n, coupure);
  const gardes = await retrouves();
  assert.deepEqual(actes.filter((soin) => !gardes.has(soin)), [], `perdus (GRAINE=${GRAINE})`);
  await toutArrive(actes);
  cable.couper();
  await page.goto(cable.url + ROUND);
  await pret(page);
  dits.clear();
  return actes.length;
}

before(async () => {
  if (skip) return;
  serveur = await Serveur.neuf({ maintenant: '2026-11-21T09:12:00+01:00' });
  cable = await Cable.neuf(serveur.port);
  await allumer();
  await preparer(page, cable.url, 'sophie', ROUND);
  cable.couper();
  await page.reload();
  await pret(page);
}, { timeout: 240_000 });
after(async () => {
  await ctx?.close().catch(() => undefined);
  cable?.retirer();
  await serveur?.effacer();
  if (!skip) await disque.effacer();
});

test('power cut: what was acknowledged is on the tablet, then on the server, once', { skip, timeout: 240_000 }, async (t) => {
  disque.synchroniser();
  for (const n of [4, 12]) t.diagnostic(`${await tour(n, couperCourant)} actes, aucun perdu`);
});

test('kill of the browser at random instants: the same', { skip, timeout: 120_000 }, async (t) => {
  for (const n of [1, 5]) t.diagnostic(`${await tour(n, tuer)} actes, aucun perdu`);
});

test('control: with relaxed durability a power cut loses acknowledged acts', { skip, timeout: 240_000 }, async (t) => {
  let perdus = 0;
  for (let essai = 0; essai < ESSAIS_TEMOIN && perdus === 0; essai++) {
    await ctx.close();
    disque.synchroniser();
    await allumer({ relache: true });
    await deverrouiller();
    const actes = await travailler(10, couperCourant);
    const gardes = await retrouves();
    perdus = actes.filter((soin) => !gardes.has(soin)).length;
    t.diagnostic(`${perdus} perdus sur ${actes.length}`);
  }
  assert.ok(perdus > 0, 'le témoin n’a rien perdu : la coupure ne coupe rien');
});
