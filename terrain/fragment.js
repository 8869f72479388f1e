// The server's HTML, drawn from the device. The only door from a string to the page, behind Trusted Types.

/** @type {{ createHTML(s: string): any, createScriptURL(s: string): any }} */
const politique = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('grappe-terrain', {
  createHTML: (/** @type {string} */ html) => html,
  createScriptURL: (/** @type {string} */ adresse) => {
    if (adresse !== '/sw.js') throw new TypeError('adresse de script refusée');
    return adresse;
  },
}) ?? { createHTML: (s) => s, createScriptURL: (s) => s };

const INTERDITS = 'script,iframe,object,embed,link,meta,base,style,frame,template';

/**
 * Parses a fragment and removes whatever could act by itself. The server wrote it; a damaged or forged one still does nothing.
 * @param {string} html
 * @returns {DocumentFragment}
 */
export function fragment(html) {
  const lu = new DOMParser().parseFromString(politique.createHTML(html), 'text/html');
  for (const element of lu.querySelectorAll(INTERDITS)) element.remove();
  for (const element of lu.querySelectorAll('*')) {
    for (const { name, value } of [...element.attributes]) {
      const adresse = name === 'href' || name === 'src' || name === 'action' || name === 'formaction' || name === 'xlink:href';
      if (name.startsWith('on') || name === 'style' || (adresse && !/^([/?#]|tel:)/.test(value.trim()))) element.removeAttribute(name);
    }
  }
  const sortie = document.createDocumentFragment();
  sortie.append(...[...lu.body.childNodes].map((noeud) => document.importNode(noeud, true)));
  return sortie;
}

/** Registers the service worker. @returns {Promise<ServiceWorkerRegistration | null>} null when the browser has none */
export async function inscrireService() {
  if (!navigator.serviceWorker) return null;
  return navigator.serviceWorker.register(politique.createScriptURL('/sw.js')).catch(() => null);
}
