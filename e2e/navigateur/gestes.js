// Gestures of a person on the real product.

import { taperCode, pret, CODE } from './navigateur.js';
import { MOT_DE_PASSE } from './serveur.js';

/** @param {import('playwright-core').Page} page */
export async function connecter(page, url, identifiant) {
  await page.goto(`${url}/connexion`);
  await page.locator('[name=identifiant]').fill(identifiant);
  await page.locator('[name=mot_de_passe]').fill(MOT_DE_PASSE);
  await Promise.all([page.waitForURL((u) => !u.pathname.startsWith('/connexion')), page.keyboard.press('Enter')]);
}

/** Enrols the device if needed and prepares the person's keys. */
export async function preparer(page, url, identifiant, vers = '/tour/soins', code = CODE) {
  await connecter(page, url, identifiant);
  await page.goto(`${url}/verrou?retour=${encodeURIComponent(vers)}`);
  await page.locator('.terrain-verrou').waitFor();
  const bouton = page.getByRole('button', { name: 'Préparer ce poste' });
  if (await bouton.count()) await bouton.tap();
  await page.getByRole('heading', { name: 'Choisissez un code' }).waitFor();
  await taperCode(page, code);
  await page.getByRole('heading', { name: 'Entrez le même code' }).waitFor();
  await taperCode(page, code);
  await page.waitForURL((u) => u.pathname + u.search === vers || u.pathname === vers, { timeout: 120_000 });
  await pret(page);
}

/** Counts gestures: taps, and one for each text typed. */
export function compteGestes() {
  let n = 0;
  return {
    async toucher(locator) { n += 1; await locator.tap(); },
    async ecrire(locator, texte) { n += 1; await locator.fill(texte); },
    get total() { return n; },
  };
}

/** Ticks still to do, as the page shows them. */
export const aFaire = (page) => page.locator('.ligne-soin:has([data-soin]:not([data-mesure])):not([data-issue]):has([data-etat=a_faire]) .coche:not([disabled]), .ligne-soin[data-issue=a_faire]:has([data-soin]:not([data-mesure])) .coche:not([disabled])');
