// A page read with the Tab key only: what is reached, in which order, and whether one sees where one is.

/** Stops walked at most on a page: beyond, lists repeat themselves. */
const ARRETS_MAX = 120;

/**
 * Walks the page from its top. @param {import('playwright-core').Page} page
 * @returns {Promise<string[]>} what is wrong
 */
export async function parcourir(page) {
  const attendus = await page.evaluate(preparer);
  const nombre = Math.min(attendus.length, ARRETS_MAX);
  // A date or an hour has a stop for each of its parts.
  const parties = await page.evaluate(() => document.querySelectorAll('input:is([type=date], [type=time], [type=datetime-local])').length * 6);
  for (let pas = 0; pas < nombre + parties; pas++) await page.keyboard.press('Tab');
  const arrets = await page.evaluate(revoir);
  const fautes = [];
  if (!arrets[0]?.evitement) fautes.push(`le premier arrêt n’est pas « Aller au contenu » : ${arrets[0]?.nom}`);
  const atteints = new Set();
  let avant = -1;
  for (const { rang, nom, visible, aVue } of arrets) {
    if (atteints.size >= nombre) break;
    if (rang >= 0 && rang < avant) fautes.push(`ordre : ${nom}, rang ${rang} après ${avant}`);
    if (!visible) fautes.push(`focus invisible : ${nom}`);
    if (!aVue) fautes.push(`focus caché : ${nom}`);
    atteints.add(rang);
    avant = rang;
  }
  const jamais = [...Array(nombre).keys()].filter((rang) => !atteints.has(rang));
  if (jamais.length > 0) fautes.push(`jamais atteint : ${jamais.map((rang) => attendus[rang]).join(', ')} ; arrêts : ${arrets.map((a) => `${a.rang} ${a.nom}`).join(', ')}`);
  return fautes;
}

/** Marks what a person must reach, and remembers how each looks without focus. Runs in the page. */
function preparer() {
  const w = /** @type {any} */ (window);
  w.apparence = (/** @type {Element} */ e) => [e, e.parentElement, e.nextElementSibling, e.closest('label')].map((x) => {
    if (!x) return '';
    const s = getComputedStyle(x);
    return `${s.outlineStyle === 'none' ? '' : s.outlineWidth + s.outlineColor}|${s.boxShadow}`;
  }).join('§');
  w.nom = (/** @type {Element} */ e) => `${e.localName}${e.id ? `#${e.id}` : ''}${[...e.classList].map((c) => `.${c}`).join('')} « ${(e.getAttribute('aria-label') ?? e.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40)} »`;
  // From the top, even on a page which opens in its first field.
  document.documentElement.tabIndex = -1;
  document.documentElement.focus();
  document.documentElement.removeAttribute('tabindex');
  scrollTo(0, 0);
  const tous = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((e) => {
    if (/** @type {any} */ (e).disabled || e.getAttribute('tabindex') === '-1' || e.closest('[inert]')) return false;
    if (e instanceof HTMLInputElement && e.type === 'hidden') return false;
    return e.checkVisibility({ visibilityProperty: true }) && (e.getClientRects().length > 0);
  });
  const radios = new Set();
  w.arrets = tous.filter((e) => {
    if (!(e instanceof HTMLInputElement) || e.type !== 'radio') return true;
    // A group of radios is one stop: the chosen one, else the first.
    const groupe = [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(e.name)}"]`)].filter((r) => /** @type {any} */ (r).form === e.form && !(/** @type {any} */ (r).disabled));
    if (radios.has(groupe[0])) return false;
    radios.add(groupe[0]);
    return true;
  });
  w.groupes = w.arrets.map((e) => (e instanceof HTMLInputElement && e.type === 'radio' ? [...document.querySelectorAll(`input[type=radio][name="${CSS.escape(e.name)}"]`)] : [e]));
  w.sans = new Map(w.groupes.flat().map((e) => [e, w.apparence(e)]));
  w.pas = [];
  w.finie = false;
  /** True if something of the element can be seen: neither out of the window nor under a bar. */
  w.aVue = (/** @type {Element} */ e) => {
    const cible = e instanceof HTMLInputElement && /radio|checkbox|file/.test(e.type) ? e.labels?.[0] ?? e : e;
    // A link may hold several lines: one of them is enough.
    return [...cible.getClientRects()].some((r) => {
      const [x0, y0, x1, y1] = [Math.max(r.left, 0), Math.max(r.top, 0), Math.min(r.right, innerWidth), Math.min(r.bottom, innerHeight)];
      const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].map(([x, y]) => document.elementFromPoint(x0 + (x1 - x0) * x, y0 + (y1 - y0) * y));
      return x1 > x0 && y1 > y0 && points.some((p) => p && (cible.contains(p) || p.closest('label')?.contains(cible)));
    });
  };
  document.addEventListener('focusin', (evenement) => {
    if (w.finie) return;
    const e = /** @type {Element} */ (evenement.target);
    const arret = { rang: w.groupes.findIndex((/** @type {Element[]} */ g) => g.includes(e)), nom: w.nom(e), evitement: e.classList.contains('evitement'), visible: w.sans.get(e) !== w.apparence(e), aVue: true };
    w.pas.push(arret);
    // The page scrolls after the event.
    requestAnimationFrame(() => { if (document.activeElement === e) arret.aVue = w.aVue(e); });
  });
  return w.arrets.map((e) => w.nom(e));
}

/**
 * What seemed hidden at the first frame is looked at again by somebody who stays there: keys pressed without a pause leave a slow
 * machine no time to scroll. Runs in the page.
 */
async function revoir() {
  const w = /** @type {any} */ (window);
  w.finie = true;
  for (const arret of w.pas.filter((/** @type {any} */ a) => !a.aVue && a.rang >= 0)) {
    const e = w.groupes[arret.rang][0];
    e.focus();
    await new Promise((r) => { requestAnimationFrame(() => setTimeout(r, 100)); });
    arret.aVue = w.aVue(e);
  }
  return w.pas;
}

/**
 * Opens each dialog and menu of the page with Enter, closes it with Escape: the focus is back where it was.
 * @param {import('playwright-core').Page} page @returns {Promise<string[]>}
 */
export async function ouvrirEtFermer(page) {
  const fautes = [];
  const boutons = page.locator('button[commandfor][command="show-modal"]:visible, details.menu > summary:visible, button[popovertarget]:not([popovertargetaction="hide"]):visible');
  const nombre = Math.min(await boutons.count(), 6);
  for (let i = 0; i < nombre; i++) {
    const bouton = boutons.nth(i);
    const nom = (await bouton.innerText()).trim() || `bouton ${i}`;
    await bouton.focus();
    await page.keyboard.press('Enter');
    const ouvert = () => page.evaluate(() => document.querySelector('dialog[open], details.menu[open], :popover-open') !== null);
    if (!await ouvert()) { fautes.push(`« ${nom} » n’ouvre rien`); continue; }
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    if (await ouvert()) fautes.push(`« ${nom} » : Échap ne ferme pas`);
    if (!await bouton.evaluate((b) => document.activeElement === b)) fautes.push(`« ${nom} » : le focus n’est pas rendu`);
  }
  return fautes;
}
