// The walk of a person through the product: which pages she meets, and what is wrong with each.

import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { BINAIRE } from './serveur.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const REGLES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LARGEURS = [390, 800, 1440];
/** Not pages: data, streams, downloads, exits. */
const AUTRES = /^\/(api\/|direct|deconnexion|s\/|terrain\/|sw\.js)|\.(json|csv|pdf|zip)$|\/(export|fichier|photo|cle)$|^\/secours\/classeur\/|\/piece\/|\/tetes\//;
const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/;

/** Routes read by a browser, the most precise first. @returns {{ motif: string, regle: RegExp }[]} */
export function lesRoutes() {
  const routes = JSON.parse(execFileSync(BINAIRE, ['routes', '--json'], { encoding: 'utf8' }));
  const motifs = [...new Set(routes.filter((r) => r.method === 'GET').map((r) => r.path))].filter((m) => !AUTRES.test(m) && m !== '/');
  const trous = (m) => m.split('{').length;
  return motifs.sort((a, b) => trous(a) - trous(b) || (a < b ? -1 : 1))
    .map((motif) => ({ motif, regle: new RegExp(`^${motif.replace(/\{[^}]+\}/g, '[^/]+')}$`) }));
}

/** One address for all those which differ by an identifier. @param {string} chemin */
const forme = (chemin) => chemin.replaceAll(new RegExp(ID, 'g'), '{id}').replace(/\d{4}-\d{2}-\d{2}[^/]*/g, '{jour}');

/** What has been met and looked at, by everybody. */
export class Carte {
  constructor() {
    this.routes = lesRoutes();
    /** First address met of each route, and who met it. @type {Map<string, { qui: string, chemin: string }>} */
    this.vues = new Map();
    /** Pages which show something new, to be looked at in the browser. @type {{ qui: string, motif: string, chemin: string, premiere: boolean }[]} */
    this.aRegarder = [];
    /** Looks met, by route. @type {Map<string, Set<string>>} */
    this.aspects = new Map();
    /** A sheet of care, the first one met. @type {string | undefined} */
    this.fiche = undefined;
    this.pages = 0;
    this.refus = 0;
  }

  /** @param {string} chemin @returns {string | undefined} */
  motif(chemin) {
    return this.routes.find((r) => r.regle.test(chemin))?.motif;
  }

  /** Addresses without parameter. @returns {string[]} */
  get fixes() {
    return this.routes.map((r) => r.motif).filter((m) => !m.includes('{'));
  }

  /** Routes nobody met. @returns {string[]} */
  get jamais() {
    return this.routes.map((r) => r.motif).filter((m) => !this.vues.has(m));
  }

  /** A page open to somebody: to be looked at when its route shows there kinds of elements not seen yet. */
  noter(qui, motif, chemin, html) {
    if (!this.vues.has(motif)) this.vues.set(motif, { qui, chemin });
    // A fragment is read inside a page, never alone.
    if (!/^\s*<!doctype/i.test(html)) return;
    this.pages += 1;
    const vus = this.aspects.get(motif) ?? new Set();
    this.aspects.set(motif, vus);
    const neufs = aspect(html).filter((e) => !vus.has(e));
    if (neufs.length === 0) return;
    this.aRegarder.push({ qui, motif, chemin, premiere: vus.size === 0 });
    for (const e of neufs) vus.add(e);
  }
}

/** Kinds of elements of a page: a name and a class. @param {string} html @returns {string[]} */
const aspect = (html) => [...new Set([...html.matchAll(/<([a-z][a-z0-9-]*)(?:[^>]*? class="([^" ]*))?/g)].map(([, nom, classe]) => `${nom}.${classe ?? ''}`))];

/**
 * Follows every link from the home page, asks every address without parameter, then those given: over HTTP, as the person.
 * @param {import('playwright-core').BrowserContext} ctx of a person already signed in
 * @param {{ url: string, qui: string, carte: Carte, plus?: (carte: Carte) => string[] }} p
 * @returns {Promise<string[]>} what is wrong
 */
export async function marcher(ctx, { url, qui, carte, plus = () => [] }) {
  const fautes = [];
  /** @type {{ chemin: string, depuis: string | null }[]} */
  const file = [{ chemin: '/accueil', depuis: null }];
  const prevues = new Set(['/accueil']);
  const ajouter = (/** @type {string} */ chemin, /** @type {string | null} */ depuis) => {
    if (prevues.has(forme(chemin)) || AUTRES.test(chemin) || !carte.motif(chemin.split('?')[0])) return;
    prevues.add(forme(chemin));
    file.push({ chemin, depuis });
  };
  const etapes = [() => carte.fixes, () => plus(carte)];
  for (;;) {
    const { chemin, depuis } = file.shift() ?? {};
    if (chemin === undefined) {
      const suite = etapes.shift();
      if (!suite) return fautes;
      for (const c of suite()) ajouter(c, null);
      continue;
    }
    const dire = (/** @type {string} */ faute) => fautes.push(`${qui} ${forme(chemin)} ${faute}`);
    const lu = await ctx.request.get(url + chemin);
    const html = (lu.headers()['content-type'] ?? '').startsWith('text/html') ? await lu.text() : '';
    if (!lu.ok()) {
      carte.refus += 1;
      if (lu.status() >= 500) dire(String(lu.status()));
      // What a link or the menu offers is open.
      else if (depuis !== null) dire(`${lu.status()} : lien offert par ${forme(depuis)}`);
      for (const faute of direRefus(html)) dire(`${lu.status()} : ${faute}`);
      continue;
    }
    const ici = new URL(lu.url());
    const motif = carte.motif(ici.pathname);
    if (!motif || !html) continue;
    carte.noter(qui, motif, chemin, html);
    for (const [, href] of html.matchAll(/<a\b[^>]*? href="([^"#]+)/g)) {
      const lien = new URL(href.replaceAll('&amp;', '&'), ici);
      if (lien.origin === ici.origin) ajouter(lien.pathname, ici.pathname);
    }
    for (const fiche of fiches(html)) {
      carte.fiche ??= fiche;
      ajouter(fiche, ici.pathname);
    }
  }
}

/** Sheets of care behind the buttons « ⋯ » of cards. @param {string} html @returns {string[]} */
function fiches(html) {
  const cartes = [...html.matchAll(/action="(\/residents\/[0-9a-f-]{36})\/soins\/pointer"([^]*?)<\/form>/g)];
  return cartes.flatMap(([, personne, dedans]) => [...dedans.matchAll(/name="ouvrir" value="([0-9a-f-]{36})\|/g)].map(([, soin]) => `${personne}/soins/${soin}`));
}

/** A refusal is a page in French which says why and where to go. @param {string} html */
function direRefus(html) {
  if (!/<html lang="fr"/.test(html)) return ['pas une page en français'];
  const texte = html.replace(/<[^>]+>/g, ' ');
  return [
    ...(/<h1>(Accès non ouvert|Page introuvable|Aucun établissement|Demande non comprise)<\/h1>/.test(html) ? [] : [`titre : ${/<h1>([^<]*)/.exec(html)?.[1]}`]),
    ...(/Revenir|Ouvrir|Demander/.test(texte) ? [] : ['aucune issue']),
  ];
}

/** Opens a page and waits for the part the device draws itself, after the load. @param {import('playwright-core').Page} page @param {string} adresse */
export async function ouvrir(page, adresse) {
  await page.goto(adresse);
  await page.locator('[data-preparer]:empty').waitFor({ state: 'detached' });
}

/**
 * Opens a page in the browser: no error, no horizontal scroll in any width, axe.
 * The first time, in full at both ends; afterwards at 800 px. The theme changes colours only: the second one is read for contrasts.
 * @param {import('playwright-core').Page} page @param {string} adresse @param {boolean} premiere
 * @returns {Promise<string[]>} what is wrong
 */
export async function regarder(page, adresse, premiere) {
  const fautes = [];
  const console_ = (/** @type {any} */ m) => { if (m.type() === 'error') fautes.push(`console : ${m.text()} ${new URL(m.location().url || adresse).pathname}`); };
  const erreur = (/** @type {Error} */ e) => fautes.push(`erreur : ${e}`);
  page.on('console', console_);
  page.on('pageerror', erreur);
  await page.setViewportSize({ width: 390, height: 900 });
  await ouvrir(page, adresse);
  await page.evaluate(AXE);
  /** @type {[number, string, string[] | null][]} */
  const vues = premiere ? [[390, 'nuit', REGLES], [1440, 'clair', REGLES]] : [[800, 'nuit', REGLES], [800, 'clair', null]];
  for (const largeur of LARGEURS) {
    if (largeur !== 390) await page.setViewportSize({ width: largeur, height: 900 });
    const deborde = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (deborde > 0) fautes.push(`${largeur} déborde de ${deborde} px`);
    for (const [, theme, regles] of vues.filter(([ou]) => ou === largeur)) {
      for (const faute of await analyser(page, theme, regles)) fautes.push(`${largeur} ${theme} : ${faute}`);
    }
  }
  page.off('console', console_);
  page.off('pageerror', erreur);
  return fautes;
}

/** @param {import('playwright-core').Page} page @param {string} theme @param {string[] | null} regles null: contrasts only */
const analyser = (page, theme, regles = REGLES) => page.evaluate(async ([theme, regles]) => {
  document.documentElement.dataset.theme = theme;
  const r = await /** @type {any} */ (window).axe.run(document, { resultTypes: ['violations'], runOnly: regles ?? { type: 'rule', values: ['color-contrast'] } });
  return r.violations.map((v) => `${v.id} : ${v.nodes.map((n) => n.target.join(' ')).slice(0, 2).join(' | ')}`);
}, /** @type {[string, any]} */ ([theme, regles]));
