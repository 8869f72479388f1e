// A server in memory for the browser runs: the protocol of ux.md §4.4 with the ways a network lies. It is not the product.

import { createServer } from 'node:http';
import { readFile, readdir } from 'node:fs/promises';
import { randomUUID, webcrypto as wc } from 'node:crypto';

import { cleHmac } from '../../terrain/coeur/chiffre.js';
import { concat, deBase64, hasard, octets, texte, versBase64 } from '../../terrain/coeur/octets.js';
import { preuve } from '../../terrain/coeur/operation.js';
import * as vues from './vues.js';

const TERRAIN = new URL('../../terrain/', import.meta.url);
const UI = new URL('../../crates/ui/assets/', import.meta.url);
const CSP = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; frame-ancestors 'none'; "
  + "base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types grappe-terrain grappe";
const TYPES = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', woff2: 'font/woff2', html: 'text/html' };

async function fichiersTerrain(dossier = '') {
  const noms = [];
  for (const e of await readdir(new URL(dossier || '.', TERRAIN), { withFileTypes: true })) {
    if (e.isDirectory()) noms.push(...await fichiersTerrain(`${dossier}${e.name}/`));
    else if (/\.(js|css)$/.test(e.name) && e.name !== 'sw.js') noms.push(dossier + e.name);
  }
  return noms;
}

async function css() {
  const noms = [['base', ''], ['jetons', 'jetons'], ['mise-en-page', 'mise-en-page'], ['composants', 'composants'], ['champs', 'composants'],
    ['clinique', 'composants'], ['ecrans', 'ecrans'], ['impression', 'impression']];
  const textes = await Promise.all(noms.map(async ([n, couche]) => {
    const t = await readFile(new URL(`css/${n}.css`, UI), 'utf8');
    return couche ? `@layer ${couche}{\n${t}\n}` : t;
  }));
  return `@layer reset, jetons, base, mise-en-page, composants, ecrans, utilitaires, impression;\n${textes.join('\n')}`
    .replace('@police-latin@', '/s/atkinson-latin.woff2').replace('@police-latin-ext@', '/s/atkinson-latin-ext.woff2');
}

export class Pair {
  modeReseau = 'juste';
  ops = new Map();
  brutes = 0;
  requetes = 0;
  alertes = [];
  postes = new Map();
  sessions = new Map();
  etats = new Map();
  version = 1;
  flux = new Set();
  cookies = new Map();
  deks = { vie: versBase64(hasard(32)), soins: versBase64(hasard(32)) };
  securite = CSP;

  mode(nom) { this.modeReseau = nom; }

  async demarrer(port = 0) {
    if (!this.paire) {
      this.paire = await wc.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
      this.point = new Uint8Array(await wc.subtle.exportKey('raw', this.paire.publicKey));
    }
    this.serveur = createServer((req, res) => this.repondre(req, res).catch((e) => { res.statusCode = 500; res.end(String(e.stack)); }));
    await new Promise((r) => { this.serveur.listen(port || this.port || 0, '127.0.0.1', r); });
    this.port = this.serveur.address().port;
    this.url = `http://127.0.0.1:${this.port}`;
    return this;
  }

  async arreter() {
    for (const f of this.flux) f.destroy();
    this.flux.clear();
    this.serveur.closeAllConnections();
    await new Promise((r) => { this.serveur.close(r); });
  }

  compte(req) { return this.cookies.get(/s=([\w-]+)/.exec(req.headers.cookie ?? '')?.[1]); }

  async repondre(req, res) {
    this.requetes += 1;
    const url = new URL(req.url, this.url);
    let corps = '';
    for await (const m of req) corps += m;
    if (this.modeReseau === 'muet' && url.pathname.startsWith('/api/')) return;
    res.setHeader('Content-Security-Policy', this.securite);
    res.setHeader('Cache-Control', 'no-store');
    const m = `${req.method} ${url.pathname}`;
    if (m === 'GET /connexion') return this.connecter(url, res);
    if (url.pathname.startsWith('/api/terrain/')) return this.api(m, url, corps, req, res);
    return this.pages(url, req, res);
  }

  connecter(url, res) {
    const qui = vues.GENS[url.searchParams.get('qui') ?? 'sophie'];
    const jeton = randomUUID();
    this.cookies.set(jeton, qui.id);
    res.writeHead(303, { 'Set-Cookie': `s=${jeton}; HttpOnly; SameSite=Strict; Path=/`, Location: url.searchParams.get('retour') ?? '/tour/soins' }).end();
  }

  async pages(url, req, res) {
    const p = url.pathname;
    const envoyer = (type, t) => { res.setHeader('Content-Type', `${type}; charset=utf-8`); res.end(t); };
    if (p === '/sw.js') {
      const f = [...(await fichiersTerrain()).map((n) => `/terrain/${n}`), '/terrain/coquille.html', '/s/grappe.css', '/s/icones.svg', '/s/atkinson-latin.woff2'];
      return envoyer(TYPES.js, `const VERSION = "${this.version}";\nconst FICHIERS = ${JSON.stringify(f)};\n${await readFile(new URL('sw.js', TERRAIN), 'utf8')}`);
    }
    if (p === '/terrain/coquille.html') return envoyer('text/html', vues.page(null, '<div data-coquille></div>'));
    if (p.startsWith('/terrain/')) return envoyer(TYPES[p.split('.').pop()], await readFile(new URL(p.slice(9), TERRAIN)));
    if (p === '/s/grappe.css') return envoyer(TYPES.css, await css());
    if (p.startsWith('/s/')) { res.setHeader('Content-Type', TYPES[p.split('.').pop()]); return res.end(await readFile(new URL(p.slice(3), UI))); }
    const compte = this.compte(req);
    if (!compte && p !== '/verrou') { res.writeHead(303, { Location: '/connexion' }); return res.end(); }
    if (p === '/verrou' || p === '/mes-saisies') return envoyer('text/html', vues.page(compte ?? null, '<p>Cette page demande JavaScript.</p>'));
    const html = vues.pages(this)[p];
    if (!html) { res.statusCode = 404; return envoyer('text/html', vues.page(compte, '<h1>Absent</h1>')); }
    return envoyer('text/html', vues.page(compte, vues.remplie(html, this)));
  }

  async api(m, url, corps, req, res) {
    const json = (v, code = 200) => { res.writeHead(code, { 'Content-Type': 'application/json' }); res.end(JSON.stringify(v)); };
    const poste = /poste=([\w-]+)/.exec(req.headers.authorization ?? '')?.[1];
    const cle_publique = { kid: 'k1', point: versBase64(this.point) };
    if (m === 'POST /api/terrain/poste') {
      if (!this.compte(req)) return json({}, 401);
      const id = randomUUID();
      this.postes.set(id, JSON.parse(corps).nom);
      return json({ id, nom: JSON.parse(corps).nom, etablissement: vues.ETABLISSEMENT, cle: versBase64(hasard(32)), cle_publique });
    }
    if (!this.postes.has(poste)) return json({}, 401);
    if (m === 'POST /api/terrain/session') {
      const compte = this.compte(req);
      if (!compte) return json({}, 401);
      const session = randomUUID();
      const cle = hasard(32);
      this.sessions.set(session, { compte, cle });
      const personne = Object.values(vues.GENS).find((g) => g.id === compte);
      return json({ personne, session, cle_session: versBase64(cle), deks: { ...this.deks, perso: versBase64(hasard(32)) }, droits: ['soins'], groupe: 'as',
        expire_a: new Date(Date.now() + 14 * 3_600_000).toISOString(), cle_publique, parametres: { verrou_s: this.verrou_s ?? 90 } });
    }
    if (m === 'POST /api/terrain/deverrouiller') {
      const jeton = randomUUID();
      this.cookies.set(jeton, this.sessions.get(JSON.parse(corps).session).compte);
      res.setHeader('Set-Cookie', `s=${jeton}; HttpOnly; SameSite=Strict; Path=/`);
      return json({});
    }
    if (m === 'POST /api/terrain/operations') return this.operations(JSON.parse(corps), json, res);
    if (m === 'GET /api/terrain/instantane') return this.instantane(url, res);
    if (m === 'GET /api/terrain/flux') {
      res.writeHead(200, { 'Content-Type': 'text/event-stream' });
      res.write(': bonjour\n\n');
      this.flux.add(res);
      return res.on('close', () => this.flux.delete(res));
    }
    return json({});
  }

  async operations({ operations }, json, res) {
    const reponses = [];
    for (const s of operations) reponses.push(await this.appliquer(s));
    if (this.modeReseau === 'ack-perdu') return res.destroy();
    json({ reponses, maintenant: new Date().toISOString() });
    for (const f of this.flux) f.write('event: invalide\ndata: {"type":"soins"}\n\n');
  }

  async appliquer(s) {
    this.brutes += 1;
    if (this.ops.has(s.id)) return { id: s.id, etat: 'deja' };
    const o = await this.ouvrir(s);
    const session = this.sessions.get(o.session);
    if (session?.compte !== o.auteur || await preuve(await cleHmac(session.cle), o) !== o.preuve) return { id: s.id, etat: 'refusee', message: 'Preuve invalide.' };
    const jumelle = [...this.ops.values()].find((a) => a.type === o.type && a.cible && a.cible === o.cible && a.poste !== o.poste);
    this.ops.set(o.id, o);
    if (o.type === 'soin.valider') this.etats.set(o.cible, o);
    if (o.type === 'soin.annuler') this.etats.delete(o.donnees.soin);
    if (!jumelle) return { id: o.id, etat: 'appliquee' };
    this.alertes.push([jumelle.id, o.id]);
    return { id: o.id, etat: 'conflit', message: `Aussi saisi par ${vues.nomDe(jumelle.auteur)}.`, voir: '/a-verifier' };
  }

  async ouvrir(s) {
    const epk = deBase64(s.epk);
    const pub = await wc.subtle.importKey('raw', epk, { name: 'ECDH', namedCurve: 'P-256' }, false, []);
    const commun = await wc.subtle.deriveBits({ name: 'ECDH', public: pub }, this.paire.privateKey, 256);
    const base = await wc.subtle.importKey('raw', commun, 'HKDF', false, ['deriveKey']);
    const cle = await wc.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: concat(epk, this.point), info: octets('grappe terrain scelle 1') },
      base, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
    const lien = octets(`grappe-terrain|1|${s.id}|${s.poste}|${s.seq}|${s.kid}`);
    return JSON.parse(texte(await wc.subtle.decrypt({ name: 'AES-GCM', iv: deBase64(s.iv), additionalData: lien }, cle, deBase64(s.ct))));
  }

  instantane(url, res) {
    const complet = !url.searchParams.get('depuis');
    const lignes = vues.instantane(this);
    res.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    res.write(`${JSON.stringify({ t: 'debut', complet, compartiments: ['vie', 'soins', 'perso'], total: lignes.length })}\n`);
    for (const l of lignes) if (complet || this.change(l)) res.write(`${JSON.stringify(l)}\n`);
    res.end(`${JSON.stringify({ t: 'fin', curseurs: { vie: '1', soins: '1', perso: '1' }, a: new Date().toISOString() })}\n`);
  }

  envoyes = new Map();
  change(l) {
    const avant = this.envoyes.get(l.cle);
    const texteLigne = l.html ?? JSON.stringify(l.d);
    this.envoyes.set(l.cle, texteLigne);
    return avant !== undefined && avant !== texteLigne;
  }
}
