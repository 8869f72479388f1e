// Browser of the runs, and the gestures every run repeats.

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

export const CODE = '274951';

/** @returns {Promise<import('playwright-core').Browser>} */
export const lancer = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

/** @param {import('playwright-core').Browser} nav @param {object} [options] */
export async function tablette(nav, options = {}) {
  const ctx = await nav.newContext({ viewport: { width: 800, height: 1280 }, hasTouch: true, isMobile: true, locale: 'fr-FR', timezoneId: 'Europe/Paris', ...options });
  const page = await ctx.newPage();
  const erreurs = [];
  // The browser reports as an error the view transition it skips when a page leaves before the end.
  page.on('pageerror', (e) => { if (!/Transition was skipped/.test(String(e))) erreurs.push(String(e)); });
  page.on('console', (m) => { if (m.type() === 'error' && /Content Security|Trusted/.test(m.text())) erreurs.push(m.text()); });
  return { ctx, page, erreurs };
}

/** Types a 6-digit code on the pad. */
export async function taperCode(page, code = CODE) {
  for (const c of code) await page.locator('.pave-touche', { hasText: new RegExp(`^${c}$`) }).tap();
}

export const pret = (page) => page.waitForSelector('body[data-terrain=pret]', { timeout: 20_000 });

/** Waits until n entries wait on the device, as the band says. */
export async function attente(page, n, delai = 15_000) {
  await page.waitForFunction((v) => document.body.dataset.attente === String(v), n, { timeout: delai });
}

/** Number of entries of a device's outbox, read from its base. */
export const boite = (page) => page.evaluate(async () => {
  const { enAttente } = await import('/terrain/coeur/boite.js');
  return enAttente();
});

export async function attendreQue(condition, delai = 15_000, quoi = 'condition') {
  const fin = Date.now() + delai;
  while (!(await condition())) {
    assert.ok(Date.now() < fin, `délai dépassé : ${quoi}`);
    await new Promise((r) => { setTimeout(r, 100); });
  }
}
