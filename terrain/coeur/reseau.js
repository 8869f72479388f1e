// Requests of the bedside application: signed, measured, abandoned in time.

import { ABANDON, inconnu, recul, suivant } from './etat-reseau.js';
import { signer } from './poste.js';

/** @typedef {import('./etat-reseau.js').Mesure} Mesure */

/** The request did not get an answer. */
export class HorsLigne extends Error {
  /** @param {unknown} [cause] @param {boolean} [lent] it was abandoned for slowness */
  constructor(cause, lent = false) {
    super('Le réseau ne répond pas.', { cause });
    this.name = 'HorsLigne';
    this.lent = lent;
  }
}

/** The server answered no. `code` is the HTTP status. */
export class Refus extends Error {
  /** @param {number} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.name = 'Refus';
    this.code = code;
  }
}

/** Sends requests and tells the state of the network. Emits `change` at each change of state. */
export class Reseau extends EventTarget {
  /**
   * @param {object} p
   * @param {import('./horloge.js').SuiviHorloge} p.horloge
   * @param {() => { poste: import('../types').Poste, cles: import('../types').Cles | null } | null} p.identite
   * @param {typeof fetch} [p.appel]
   */
  constructor({ horloge, identite, appel = (...a) => fetch(...a) }) {
    super();
    this.horloge = horloge;
    this.identite = identite;
    this.appel = appel;
    /** @type {Mesure} */
    this.mesure = inconnu();
    /** Demonstration switch: every request fails as if the cable were out. */
    this.coupe = false;
  }

  get horsLigne() {
    return this.mesure.etat === 'hors_ligne' || this.mesure.etat === 'incertain';
  }

  /** @param {import('./etat-reseau.js').Evenement['type']} type */
  noter(type) {
    const avant = this.mesure;
    this.mesure = suivant(avant, { type, a: this.horloge.maintenant() });
    if (avant.etat !== this.mesure.etat || avant.depuis !== this.mesure.depuis) {
      this.dispatchEvent(new CustomEvent('change', { detail: { avant: avant.etat, apres: this.mesure.etat } }));
    }
  }

  /** Cuts or restores the network by hand. @param {boolean} coupe */
  couper(coupe) {
    this.coupe = coupe;
    if (coupe) {
      this.noter('echec');
      this.noter('echec');
    }
    this.dispatchEvent(new Event('coupure'));
  }

  /** @returns {number} milliseconds before the next try */
  prochain() {
    return recul(this.mesure.echecs, Math.random());
  }

  /**
   * Sends a request and reads the whole answer as text.
   * @param {string} methode @param {string} chemin
   * @param {{ corps?: unknown, patience?: number }} [options] `patience` in milliseconds
   * @returns {Promise<{ code: number, texte: string }>} rejects with {@link HorsLigne} or {@link Refus}
   */
  async demander(methode, chemin, { corps, patience = ABANDON } = {}) {
    const arret = new AbortController();
    const minuterie = setTimeout(() => arret.abort(), patience);
    try {
      const reponse = await this.ouvrir(methode, chemin, { corps, patience, arret: arret.signal });
      return { code: reponse.status, texte: await reponse.text() };
    } catch (cause) {
      if (cause instanceof Refus || cause instanceof HorsLigne) throw cause;
      this.noter('echec');
      throw new HorsLigne(cause, arret.signal.aborted);
    } finally {
      clearTimeout(minuterie);
    }
  }

  /**
   * Sends a request and answers once the headers are there; the body is abandoned with `arret`.
   * @param {string} methode @param {string} chemin
   * @param {{ corps?: unknown, patience?: number, arret?: AbortSignal }} [options]
   * @returns {Promise<Response>}
   */
  async ouvrir(methode, chemin, { corps, patience = ABANDON, arret } = {}) {
    if (this.coupe) throw new HorsLigne('coupure de démonstration');
    const texte = corps === undefined ? '' : JSON.stringify(corps);
    const qui = this.identite();
    const entetes = qui ? await signer(qui, methode, chemin, texte, this.horloge.auServeur()) : {};
    const abandon = new AbortController();
    arret?.addEventListener('abort', () => abandon.abort());
    const minuterie = setTimeout(() => abandon.abort(), patience);
    const lent = setTimeout(() => this.noter('lent'), Math.min(patience, ABANDON) - 50);
    const debut = this.horloge.horloge.monotone();
    try {
      const reponse = await this.appel(chemin, {
        method: methode, headers: { ...entetes, ...(texte ? { 'Content-Type': 'application/json' } : {}) },
        body: texte || undefined, signal: abandon.signal, credentials: 'same-origin', cache: 'no-store', redirect: 'error',
      });
      if (reponse.status >= 502 && reponse.status <= 504) throw new Error(`passerelle ${reponse.status}`);
      this.horloge.apprendre(reponse.headers.get('Date'), this.horloge.horloge.monotone() - debut);
      this.noter('succes');
      if (!reponse.ok) throw new Refus(reponse.status, await reponse.text().catch(() => ''));
      return reponse;
    } catch (cause) {
      if (cause instanceof Refus) throw cause;
      this.noter('echec');
      throw new HorsLigne(cause, abandon.signal.aborted);
    } finally {
      clearTimeout(lent);
      clearTimeout(minuterie);
    }
  }
}
