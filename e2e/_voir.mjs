import { lancer } from './navigateur/navigateur.js';
import { connecter } from './navigateur/gestes.js';
import { mkdirSync } from 'node:fs';
const url = 'http://localhost:8099'; mkdirSync('/tmp/voir', { recursive: true });
const nav = await lancer();
const vues = JSON.parse(process.argv[2]);
for (const [qui, pages] of Object.entries(vues)) {
  for (const [w, h] of [[1280, 800], [390, 800]]) {
    const ctx = await nav.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: { width: w, height: h }, reducedMotion: 'reduce', serviceWorkers: 'block' });
    const page = await ctx.newPage();
    await connecter(page, url, qui);
    for (const [nom, chemin] of Object.entries(pages)) {
      await page.goto(url + chemin, { waitUntil: 'networkidle' }).catch(() => undefined);
      await page.screenshot({ path: `/tmp/voir/${nom}-${w}.png`, fullPage: true });
    }
    await ctx.close();
  }
}
await nav.close();
