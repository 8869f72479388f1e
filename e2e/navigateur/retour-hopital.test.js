// Back from the hospital: the letter beside the treatments of the record, line by line, on a telephone and on a PC.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { lancer } from './navigateur.js';
import { parcourir } from './clavier.js';
import { connecter } from './gestes.js';
import { residents } from './etats.js';
import { recevoirLettre } from './lettre.js';
import { ouvrir, regarder } from './marche.js';
import { Serveur } from './serveur.js';

const ID = '[0-9a-f]{8}-[0-9a-f-]{27}';

let nav;
let serveur;
let ctx;
let page;
let lignes;
before(async () => {
  nav = await lancer();
  serveur = await Serveur.neuf({ maintenant: '2026-11-21T09:12:00+01:00' });
  ctx = await nav.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce', serviceWorkers: 'block' });
  page = await ctx.newPage();
  await connecter(page, serveur.url, 'idec');
  const [, , , resident] = residents(await (await ctx.request.get(`${serveur.url}/residents`)).text());
  for (const [libelle, detail] of [['Apixaban 2,5 mg', '1 matin et soir'], ['Furosémide 40 mg', '1 le matin']]) {
    const formulaire = await (await ctx.request.get(`${serveur.url}${resident}/medical/nouveau?nature=traitement`)).text();
    const [, action] = new RegExp(`action="(${resident}/medical/${ID})"`).exec(formulaire) ?? [];
    await ctx.request.post(`${serveur.url}${action}`, { form: { nature: 'traitement', libelle, detail }, headers: { origin: serveur.url } });
  }
  ({ lignes } = await recevoirLettre(ctx, serveur.url, resident));
}, { timeout: 240_000 });
after(async () => { await nav.close(); await serveur.effacer(); });

/** The row of a treatment. @param {string} nom */
const rangee = (nom) => page.locator('#traitements tbody tr', { hasText: nom });

test('before anything is taken: axe, width, console, keyboard, at 390 and 1440 px', { timeout: 120_000 }, async () => {
  const fautes = await regarder(page, serveur.url + lignes, true);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: width === 390 ? 800 : 900 });
    await ouvrir(page, serveur.url + lignes);
    fautes.push(...(await parcourir(page)).map((faute) => `${width} : ${faute}`));
    if (process.env.CAPTURES) await page.screenshot({ path: `${process.env.CAPTURES}/retour-hopital-${width}.png`, fullPage: true });
  }
  assert.deepEqual(fautes, []);
});

test('what changed, what is new, what stopped, and what the letter does not name', { timeout: 60_000 }, async () => {
  await page.goto(serveur.url + lignes);
  await page.getByText("1 ligne du document n'a pas pu être lue : lisez-le.").or(page.getByText('1 ligne du document n’a pas pu être lue : lisez-le.')).first().waitFor();
  for (const [nom, mots] of [['APIXABAN', ['changé', 'Apixaban 2,5 mg']], ['TRAMADOL', ['nouveau', 'absent du dossier']], ['FUROSEMIDE', ['arrêté', 'Furosémide 40 mg']]]) {
    const texte = await rangee(nom).innerText();
    for (const mot of mots) assert.match(texte, new RegExp(mot), `${nom} : ${texte}`);
  }
  assert.equal(await page.getByText('Diabète', { exact: true }).count(), 0);
});

for (const width of [390, 1440]) {
  test(`a nurse takes lines one by one at ${width} px`, { timeout: 60_000 }, async () => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(serveur.url + lignes);
    const [nom, verbe, apres] = width === 390 ? ['APIXABAN', /^Remplacer/, 'TRAMADOL'] : ['FUROSEMIDE', /^Arrêter/, 'TRAMADOL'];
    await rangee(nom).getByRole('button', { name: verbe }).click();
    await page.getByText('Ligne acceptée').first().waitFor();
    assert.match(await rangee(nom).innerText(), /acceptée par/);
    assert.equal(await rangee(nom).getByRole('button').count(), 0, 'a line taken is taken once');
    assert.equal(await rangee(apres).count(), 1);
  });
}

test('one document alone tells what was decided, and prints without its buttons', { timeout: 60_000 }, async () => {
  await page.goto(serveur.url + lignes);
  await page.locator('.liste-ligne[href*="document="]').first().click();
  const texte = await rangee('APIXABAN').innerText();
  assert.match(texte, /terminé le/);
  assert.match(texte, /acceptée par/);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await rangee('TRAMADOL').isVisible());
  assert.equal(await page.locator('#traitements button:visible').count(), 0);
  await page.emulateMedia({ media: null });
  await page.goto(`${serveur.url}/propositions?quoi=traitements`);
  await page.getByText('Lettre de sortie').first().waitFor();
});
