// Every page, for every role, followed from link to link: axe, width, console, refusals; then the same pages by keyboard.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { lancer } from './navigateur.js';
import { connecter } from './gestes.js';
import { ouvrirEtFermer, parcourir } from './clavier.js';
import { preparerEtats, residents } from './etats.js';
import { Carte, marcher, ouvrir, regarder } from './marche.js';
import { MOT_DE_PASSE, Serveur } from './serveur.js';

/** Profile → account of the demonstration the other stories know too; the other professions are found on the page of accounts. @type {Record<string, string>} */
const ROLES = {
  idec: 'idec', as: 'sophie', ide: 'nadia', as_nuit: 'karim', medecin: 'largentiere', pharmacien: 'pharmacienne', cuisine: 'cuisine', technique: 'eric',
  direction: 'directrice', ash: 'lina', famille: 'claire', directrice_projet: 'projet', admin_grappe: 'admin', lecteur_urgence: 'samu',
};
/** Held in no account of the demonstration: remote consultation belongs to a hospital's physician. */
const SANS_COMPTE = ['consultation_distance', 'partenaire_hospitalier', 'partenaire_tracabilite'];

/** Every profession the page of accounts knows, each with somebody. @returns {Promise<string[]>} those nobody holds */
async function completerRoles() {
  const ctx = await entrer('admin');
  const lire = async (/** @type {string} */ suite) => (await ctx.request.get(`${serveur.url}/admin/comptes${suite}`)).text();
  const liste = /<select[^>]*name="profil".*?<\/select>/s.exec(await lire(''))?.[0] ?? '';
  const sans = [];
  for (const [, profil] of liste.matchAll(/value="([a-z_]+)"/g)) {
    if (ROLES[profil]) continue;
    const trouve = /data-nom="Identifiant">(?:<div[^>]*>)?<code>([^<]+)/.exec(await lire(`?profil=${profil}`))?.[1];
    if (trouve) ROLES[profil] = trouve;
    else sans.push(profil);
  }
  await ctx.close();
  return sans;
}

let nav;
let serveur;
/** Addresses of the states prepared, by profile. @type {Record<string, string[]>} */
let etats = {};
/** Professions nobody holds in the demonstration. @type {string[]} */
let personne = [];
const carte = new Carte();
before(async () => {
  nav = await lancer();
  serveur = await Serveur.neuf({ maintenant: '2026-11-21T09:12:00+01:00' });
  etats = await preparerEtats(serveur, entrer, () => nav.newContext({ locale: 'fr-FR' }));
  personne = await completerRoles();
}, { timeout: 240_000 });
after(async () => { await nav.close(); await serveur.effacer(); });

/** @param {string} qui */
async function entrer(qui) {
  const ctx = await nav.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce', serviceWorkers: 'block' });
  const page = await ctx.newPage();
  await connecter(page, serveur.url, qui);
  await page.close();
  return ctx;
}

/** Two at a time. @template T @param {T[]} choses @param {(chose: T) => Promise<void>} faire */
async function parDeux(choses, faire) {
  const file = [...choses];
  await Promise.all([0, 1].map(async () => { for (let c = file.shift(); c !== undefined; c = file.shift()) await faire(c); }));
}

/** Pages no link reaches in this demonstration: they need a record in a given state. */
const SUR_MESURE = (carte) => {
  const resident = /\/residents\/[0-9a-f-]{36}/.exec(carte.vues.get('/residents/{usager}')?.chemin ?? '')?.[0];
  const pages = ['photo/modifier', 'sejour/fin-prevue', 'sejour/reprendre'].map((suite) => `${resident}/${suite}`);
  return carte.fiche ? [...pages, `${carte.fiche}/modifier`] : pages;
};
/** Not pages: fragments read inside one, the state for machines, where preferences are sent, PDF files, an address which leads elsewhere; `/confirmer` has its own story below. */
const SANS_PAGE = ['/residents/{usager}/dlu/pdf', '/residents/{usager}/documents/{id}/pdf', '/urgence/{usager}', '/confirmer', '/preferences', '/lecture/{lecture}/pdf', '/residents/{usager}/transfert/{transfert}/resume', '/transferts/{transfert}/resume', '/tour/nuit/unite/{unite}', '/tour/soins/resident/{usager}', '/etat'];

/** One page of each person, kept for the run. */
async function pagesDe(roles, faire) {
  await parDeux(roles, async (role) => {
    const ctx = await entrer(ROLES[role]);
    await faire(role, await ctx.newPage(), ctx);
    await ctx.close();
  });
}

test('every route, for every role: what is offered opens, what is refused says so in French', { timeout: 400_000 }, async (t) => {
  const fautes = [];
  const choisis = process.env.ROLES ? process.env.ROLES.split(',') : Object.keys(ROLES);
  t.diagnostic(`${choisis.length} professions`);
  assert.deepEqual(personne, SANS_COMPTE, 'professions que personne n’exerce');
  await pagesDe(choisis, async (qui, _page, ctx) => {
    fautes.push(...await marcher(ctx, { url: serveur.url, qui, carte, plus: () => [...SUR_MESURE(carte), ...(etats[qui] ?? [])] }));
  });
  t.diagnostic(`${carte.pages} pages, ${carte.refus} refus, ${carte.aRegarder.length} à regarder`);
  assert.deepEqual(fautes, []);
  if (!process.env.ROLES) assert.deepEqual(carte.jamais.filter((m) => !SANS_PAGE.includes(m)), [], 'routes que personne n’atteint');
});

test('every page which shows something new: axe in both themes, three widths, console', { timeout: 900_000 }, async (t) => {
  const fautes = [];
  await pagesDe([...new Set(carte.aRegarder.map(({ qui }) => qui))], async (role, page) => {
    for (const { motif, chemin, premiere } of carte.aRegarder.filter(({ qui }) => qui === role)) {
      for (const faute of await regarder(page, serveur.url + chemin, premiere)) fautes.push(`${motif} (${role}) ${faute}`);
    }
  });
  t.diagnostic(`${carte.aRegarder.length} pages regardées`);
  assert.deepEqual(fautes, []);
});

test('every page by keyboard: reached, in order, visible, without trap', { timeout: 600_000 }, async (t) => {
  const fautes = [];
  const html = [...carte.vues].filter(([motif]) => carte.aspects.has(motif));
  await pagesDe([...new Set(html.map(([, { qui }]) => qui))], async (role, page) => {
    for (const [motif, { chemin }] of html.filter(([, { qui }]) => qui === role)) {
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: width === 390 ? 800 : 900 });
        await ouvrir(page, serveur.url + chemin);
        for (const faute of [...await parcourir(page), ...await ouvrirEtFermer(page)]) fautes.push(`${motif} (${role}, ${width} px) ${faute}`);
      }
    }
  });
  t.diagnostic(`${carte.vues.size} routes`);
  assert.deepEqual(fautes, []);
});

test('an account past the number of records of its profession: asked who it is, told to the direction, let go', { timeout: 180_000 }, async (t) => {
  const fautes = [];
  const medecin = await entrer('largentiere');
  const page = await medecin.newPage();
  const tous = residents(await (await medecin.request.get(`${serveur.url}/residents`)).text());
  let ferme;
  for (const resident of tous) {
    if ((await medecin.request.get(serveur.url + resident)).status() === 403) { ferme = resident; break; }
  }
  assert.ok(ferme, `${tous.length} dossiers ouverts sans question`);
  t.diagnostic(`arrêtée au ${tous.indexOf(ferme) + 1}e dossier`);
  fautes.push(...await regarder(page, serveur.url + ferme, true).then((f) => f.filter((faute) => !faute.includes('403'))));
  await page.setViewportSize({ width: 390, height: 800 });
  await page.getByRole('link', { name: 'Confirmer que c\'est moi' }).click();
  fautes.push(...await parcourir(page), ...await regarder(page, page.url(), true));
  if (process.env.CAPTURES) await page.screenshot({ path: `${process.env.CAPTURES}/confirmer.png` });
  await page.locator('[name=mot_de_passe]').fill(MOT_DE_PASSE);
  await page.keyboard.press('Enter');
  await page.waitForURL(serveur.url + ferme);
  const direction = await entrer('directrice');
  const bureau = await direction.newPage();
  await bureau.goto(`${serveur.url}/accueil`);
  await bureau.getByRole('heading', { name: /Lectures en nombre/ }).waitFor();
  await bureau.getByRole('link', { name: /Examiner ces lectures/ }).click();
  fautes.push(...await regarder(bureau, bureau.url(), true));
  if (process.env.CAPTURES) await bureau.screenshot({ path: `${process.env.CAPTURES}/lectures.png`, fullPage: true });
  await bureau.getByRole('radio', { name: 'Oui' }).first().check();
  await bureau.locator('form[action*="/lectures/"] button').first().click();
  await bureau.getByText('L\'accès est rouvert.').waitFor();
  assert.deepEqual(fautes, []);
  await Promise.all([medecin.close(), direction.close()]);
});
