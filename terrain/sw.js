// Service worker. The server writes before this text: VERSION, and FICHIERS, the addresses of the shell.
// It keeps files without personal data, answers navigations when the network does not, and touches nothing but GET.

/** @type {import('./types').PorteeService} */
const sw = /** @type {any} */ (self);
const CACHE = `coquille-${VERSION}`;
const COQUILLE = '/terrain/coquille.html';
/** Time left to the network before a bedside screen is drawn from the device (milliseconds). */
const PATIENCE = 1_500;
const TERRAIN = /^\/(verrou|accueil|tour\/|residents(\/|$)|transmissions(\/|$)|mes-saisies|releve|urgence)/;
const JAMAIS = /^\/(api\/|connexion|deconnexion|sw\.js|etat)/;

/** @type {Map<string, { cles: unknown, delai: number, jusqua: number }>} */
const gardees = new Map();
let coupe = false;

sw.addEventListener('install', (evenement) => {
  evenement.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FICHIERS.map((f) => new Request(f, { cache: 'reload' })))));
});

sw.addEventListener('activate', (evenement) => {
  evenement.waitUntil((async () => {
    for (const nom of await caches.keys()) if (nom.startsWith('coquille-') && nom !== CACHE) await caches.delete(nom);
    await sw.clients.claim();
  })());
});

sw.addEventListener('message', ({ data, ports }) => {
  const base = data?.base ?? '';
  const gardee = gardees.get(base);
  switch (data?.type) {
    case 'cles': gardees.set(base, { cles: data.cles, delai: data.delai, jusqua: Date.now() + data.delai }); break;
    case 'cles?': {
      const valable = gardee && gardee.jusqua > Date.now();
      if (!valable) gardees.delete(base);
      ports[0].postMessage({ cles: valable ? gardee.cles : null });
      break;
    }
    case 'veille': if (gardee) gardee.jusqua = Date.now() + gardee.delai; break;
    case 'oublier': gardees.delete(base); break;
    case 'coupure': coupe = data.coupe === true; break;
    case 'activer': void sw.skipWaiting(); break;
  }
});

sw.addEventListener('sync', (evenement) => {
  evenement.waitUntil(sw.clients.matchAll({ type: 'window' }).then((pages) => {
    for (const page of pages) page.postMessage({ type: 'vider' });
  }));
});

sw.addEventListener('fetch', (evenement) => {
  /** @type {Request} */
  const demande = evenement.request;
  const adresse = new URL(demande.url);
  // Whoever goes to the login page leaves: her keys do not wait for the next person.
  if (/^\/(de)?connexion/.test(adresse.pathname)) gardees.clear();
  if (demande.method !== 'GET' || adresse.origin !== sw.location.origin) return;
  if (demande.mode === 'navigate') {
    if (!JAMAIS.test(adresse.pathname)) evenement.respondWith(naviguer(demande, adresse));
  } else if (FICHIERS.includes(adresse.pathname + adresse.search) || FICHIERS.includes(adresse.pathname)) {
    evenement.respondWith(fichier(demande));
  } else if (coupe && !adresse.pathname.startsWith('/api/')) {
    evenement.respondWith(Response.error());
  }
});

/** @param {Request} demande @returns {Promise<Response>} */
async function fichier(demande) {
  const cache = await caches.open(CACHE);
  return (await cache.match(demande)) ?? (await cache.match(demande, { ignoreSearch: true })) ?? fetch(demande);
}

/** @param {Request} demande @param {URL} adresse @returns {Promise<Response>} */
async function naviguer(demande, adresse) {
  const coquille = async () => (await (await caches.open(CACHE)).match(COQUILLE)) ?? Response.error();
  if (coupe) return coquille();
  const reponse = fetch(demande).catch(coquille);
  if (!TERRAIN.test(adresse.pathname)) return reponse;
  const attente = new Promise((resoudre) => { setTimeout(() => resoudre(coquille()), PATIENCE); });
  return /** @type {Promise<Response>} */ (Promise.race([reponse, attente]));
}
