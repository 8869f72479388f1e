// The device at work: who is there, what is kept, what leaves, what comes.

import { ecrireReglage, lireReglage, nomDeBase } from './base.js';
import * as boite from './boite.js';
import * as coffre from './coffre.js';
import * as echo from './echo.js';
import { vider } from './envoi.js';
import { SuiviHorloge } from './horloge.js';
import * as instantane from './instantane.js';
import { garderPoste, lirePoste } from './poste.js';
import * as relais from './relais.js';
import { Refus, Reseau } from './reseau.js';
import { Tour } from './tour.js';

/** @typedef {import('../types').Cles} Cles */
/** @typedef {import('../types').Parametres} Parametres */

/** @type {Parametres} */
const PARAMETRES = { verrou_s: 90, contact_max_h: 14, medicament_alerte_h: 4, medicament_blocage_h: 12 };

/**
 * The one object the screens speak to. Emits: `cles` (someone came or left), `saisie` (an act was kept), `envoi` (acts left),
 * `donnees` (the snapshot changed; detail = keys), `reseau`.
 */
export class Tablette extends EventTarget {
  constructor(horloge = new SuiviHorloge()) {
    super();
    this.horloge = horloge;
    /** @type {import('../types').Poste | null} */
    this.poste = null;
    /** @type {Cles | null} */
    this.cles = null;
    this.parametres = PARAMETRES;
    this.unites = '';
    this.reseau = new Reseau({ horloge, identite: () => (this.poste ? { poste: this.poste, cles: this.cles } : null) });
    this.reseau.addEventListener('change', () => this.dire('reseau'));
    this.reseau.addEventListener('coupure', () => this.dire('reseau'));
    /** The server does not know this device. */
    this.inconnu = false;
    this.envoi = new Tour(() => this.envoyer());
    this.lecture = new Tour(() => this.actualiser().catch((cause) => this.subir(cause)));
  }

  /** @param {string} type @param {unknown} [detail] */
  dire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
    if (type === 'saisie' || type === 'envoi') this.canal?.postMessage(type);
  }

  /** Other tabs of the same device tell what they keep and send. */
  ecouterOnglets() {
    this.canal = new BroadcastChannel(`${nomDeBase()}-onglets`);
    this.canal.onmessage = ({ data }) => this.dispatchEvent(new CustomEvent(data));
  }

  /** Reads what the device knows of itself. @returns {Promise<boolean>} true when it is enrolled */
  async demarrer() {
    this.poste = await lirePoste();
    if (!this.poste) return false;
    this.ecouterOnglets();
    this.parametres = { ...PARAMETRES, ...(await lireReglage('parametres')) };
    this.unites = (await lireReglage('unites')) ?? '';
    const contact = /** @type {number} */ ((await lireReglage('contact')) ?? this.poste.enrole_a);
    this.horloge.decalage = (await lireReglage('decalage')) ?? null;
    const maintenant = this.horloge.maintenant();
    // An hour before the last contact can only be a clock set back while the device was off.
    if (maintenant < contact - 120_000) this.horloge.douteuse = true;
    if (await coffre.perimer(maintenant, contact, this.parametres.contact_max_h)) {
      await instantane.purger();
    } else {
      this.cles = await relais.reprendre();
    }
    this.reseau.coupe = (await lireReglage('coupure')) === true;
    if (this.reseau.coupe) this.reseau.couper(true);
    await echo.oublier(maintenant);
    return true;
  }

  /**
   * Enrols the device; needs the network and an open session on the server.
   * @param {string} nom
   */
  async enroler(nom) {
    const { texte } = await this.reseau.demander('POST', '/api/terrain/poste', { corps: { nom }, patience: 15_000 });
    await this.revoquer();
    this.inconnu = false;
    this.poste = await garderPoste(JSON.parse(texte), this.horloge.maintenant());
    this.dire('cles');
  }

  /**
   * Keeps the keys of the person who has just logged in online, under her code.
   * @param {string} code six digits
   */
  async installer(code) {
    if (!this.poste) throw new Error('poste non enrôlé');
    const { texte } = await this.reseau.demander('POST', '/api/terrain/session', { corps: { poste: this.poste.id }, patience: 15_000 });
    /** @type {import('../types').ReponseSession} */
    const session = JSON.parse(texte);
    if (session.parametres) {
      this.parametres = { ...this.parametres, ...session.parametres };
      await ecrireReglage('parametres', this.parametres);
    }
    // The server says until when by its own clock; the device will compare with its own, which may be hours away.
    const expire_a = new Date(Date.parse(session.expire_a) + (this.horloge.decalage ?? 0)).toISOString();
    await this.ouvrir(await coffre.deposer(this.poste, { ...session, expire_a }, code, this.horloge.maintenant()));
  }

  /**
   * Opens a person's keys with her code; the server is told when it can be heard.
   * @param {string} auteur @param {string} code
   */
  async deverrouiller(auteur, code) {
    if (!this.poste) throw new Error('poste non enrôlé');
    await this.ouvrir(await coffre.deverrouiller(this.poste, auteur, code, this.horloge.maintenant()));
    await this.annoncer().catch(() => undefined);
  }

  /** @param {Cles} cles */
  async ouvrir(cles) {
    this.cles = cles;
    this.annoncee = false;
    relais.confier(cles, this.parametres.verrou_s * 1000);
    this.dire('cles');
  }

  /** Asks the server for a page session of the person who holds the tablet now. */
  async annoncer() {
    if (!this.cles || this.annoncee) return;
    await this.reseau.demander('POST', '/api/terrain/deverrouiller', { corps: { session: this.cles.session } });
    this.annoncee = true;
  }

  /** Drops the keys. @param {boolean} [propager] tells the server and the other tabs */
  verrouiller(propager = true) {
    if (!this.cles) return;
    this.cles = null;
    relais.oublier();
    this.dire('cles');
    if (propager) void this.reseau.demander('POST', '/api/terrain/verrouiller', { corps: {} }).catch(() => undefined);
  }

  /** « Fin de poste »: her keys leave this device, the snapshot too when she was the last. What waits still leaves. */
  async finDePoste() {
    if (!this.cles) return;
    const { personne, session } = this.cles;
    await this.synchroniser().catch(() => undefined);
    await this.reseau.demander('POST', '/api/terrain/fin-de-poste', { corps: { session } }).catch(() => undefined);
    await coffre.detruire(personne.id);
    if ((await coffre.enveloppes()).length === 0) await instantane.purger();
    this.verrouiller(false);
  }

  /**
   * Keeps an act. Kept when the promise is; the sending starts by itself.
   * @param {import('../types').Saisie} saisie
   * @returns {Promise<import('../types').Echo>}
   */
  async saisir(saisie) {
    const { poste, cles } = this;
    if (!poste || !cles) throw new Error('Déverrouillez la tablette pour noter.');
    const fait = await boite.deposer(saisie, { poste, cles, horloge: this.horloge, horsLigne: this.reseau.horsLigne });
    this.dire('saisie', fait);
    void this.synchroniser();
    return fait;
  }

  /** Sends what waits, then reads what changed. A long reading never holds back what is to be sent. */
  async synchroniser() {
    if (!this.poste || this.inconnu) return;
    const bilan = await this.envoi.demander();
    if (bilan?.etat === 'hors_ligne' && bilan.reste > 0) return;
    await this.lecture.demander();
  }

  async envoyer() {
    if (!this.poste || this.inconnu) return null;
    const bilan = await vider({ reseau: this.reseau, poste: this.poste, cles: this.cles });
    if (bilan.reponses.length > 0) this.dire('envoi', bilan);
    if (bilan.refus) this.subir(bilan.refus);
    return bilan;
  }

  /** A refusal of the server says that the rights changed: the keys go. @param {unknown} cause */
  subir(cause) {
    if (cause instanceof Refus && cause.code === 403) this.verrouiller(false);
    if (cause instanceof Refus && cause.code === 410) void this.revoquer();
    if (cause instanceof Refus && cause.code === 404 && !this.inconnu) {
      this.inconnu = true;
      this.dire('inconnu');
    }
  }

  /** The server does not know this device (its base was replaced): asks it, so that the person is told at the lock. */
  async verifierPoste() {
    await this.reseau.demander('POST', '/api/terrain/operations', { corps: { v: 1, operations: [] } }).catch((cause) => this.subir(cause));
    return !this.inconnu;
  }

  /** The server withdrew this device: keys and snapshot go, what waits is still sent. */
  async revoquer() {
    for (const { auteur } of await coffre.enveloppes()) await coffre.detruire(auteur);
    await instantane.purger();
    this.verrouiller(false);
  }

  /** Reads the changes of the snapshot. @param {(lus: number, total: number | undefined) => void} [avance] */
  async actualiser(avance) {
    const { cles } = this;
    if (!cles) return;
    await this.annoncer();
    const chemin = await instantane.adresse(cles, this.unites, this.horloge.maintenant());
    const arret = new AbortController();
    const reponse = await this.reseau.ouvrir('GET', chemin, { arret: arret.signal, patience: 8_000 });
    if (!reponse.body) return;
    const recu = await instantane.recevoir(cles, instantane.lignes(reponse.body), this.unites, this.horloge.auServeur(), avance);
    await ecrireReglage('contact', this.horloge.maintenant());
    await ecrireReglage('decalage', this.horloge.decalage);
    if (recu.recus > 0) this.dire('donnees', recu.cles);
  }

  /** Changes the units read. @param {string} unites comma-separated */
  async choisirUnites(unites) {
    if (unites === this.unites) return;
    this.unites = unites;
    await ecrireReglage('unites', unites);
  }

  /** Demonstration: cuts the network by hand, for this device only. @param {boolean} coupe */
  async couper(coupe) {
    await ecrireReglage('coupure', coupe || undefined);
    relais.annoncerCoupure(coupe);
    this.reseau.couper(coupe);
    if (!coupe) await this.synchroniser();
  }
}
