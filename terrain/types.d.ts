// Shared shapes of the bedside application. Read by the type checker only, never sent to a browser.

/** Zones of the record with separate keys; a person's rights open some of them. `perso` is her own. */
export type Compartiment = 'urgence' | 'vie' | 'soins' | 'medical' | 'perso';

/** Measured state of the network, never the browser's belief. */
export type EtatReseau = 'en_ligne' | 'incertain' | 'hors_ligne' | 'synchronisation';

/** What the server says of one operation. */
export type EtatReponse = 'appliquee' | 'deja' | 'conflit' | 'refusee' | 'plus_tard';

/** Where an entry stands on the device. */
export type EtatEnvoi = 'en_attente' | 'plus_tard' | 'appliquee' | 'deja' | 'conflit' | 'refusee';

export type Json = null | boolean | number | string | Json[] | { [cle: string]: Json };

/** An operation as of the public contract: immutable, made on the device. */
export interface Operation {
  id: string;
  type: string;
  v: number;
  poste: string;
  seq: number;
  apres: string[];
  auteur: string;
  session: string;
  preuve: string;
  etablissement: string;
  resident: string | null;
  cible: string | null;
  fait_a: string;
  fait_source: 'maintenant' | 'choisi';
  saisi_a: string;
  horloge_decalage_ms: number;
  heure_a_confirmer: boolean;
  vu_a_la_version: string | null;
  hors_ligne: boolean;
  donnees: { [cle: string]: Json };
}

/** What a screen gives to make an operation; the rest is filled by the device. */
export interface Saisie {
  type: string;
  v?: number;
  resident?: string | null;
  cible?: string | null;
  apres?: string[];
  fait_a?: Date;
  vu_a_la_version?: string | null;
  donnees: { [cle: string]: Json };
  /** What the author reads in « Mes saisies »; stays on the device, encrypted with her key. */
  libelle: string;
}

/** An operation sealed to the establishment; the device itself cannot open it again. */
export interface Scelle {
  id: string;
  poste: string;
  seq: number;
  kid: string;
  epk: string;
  iv: string;
  ct: string;
}

/** A line of the outbox: what leaves, plus what is needed to count it, nothing readable. */
export interface LigneBoite extends Scelle {
  auteur: string;
  cree_a: number;
}

/** A readable copy of one's own entry, in memory. */
export interface Echo {
  id: string;
  auteur: string;
  etat: EtatEnvoi;
  cree_a: number;
  voir: string | null;
  message: string | null;
  operation: Operation;
  libelle: string;
}

export interface Reponse {
  id: string;
  etat: EtatReponse;
  message: string | null;
  voir: string | null;
}

export interface ClePublique {
  kid: string;
  /** Uncompressed P-256 point, base64url. */
  point: string;
}

/** The device, once enrolled. The keys cannot be exported by a script. */
export interface Poste {
  id: string;
  nom: string;
  etablissement: string;
  /** HMAC-SHA-256, signs every request of the device. */
  cle: CryptoKey;
  /** HMAC-SHA-256, made here, mixed into every envelope: the « device secret ». */
  secret: CryptoKey;
  cle_publique: ClePublique;
  enrole_a: number;
}

export interface Personne {
  id: string;
  nom: string;
  prenom: string;
  initiales: string;
  profession: string;
}

/** A person's wrapped keys on this device. */
export interface Enveloppe {
  auteur: string;
  personne: Personne;
  sel: Uint8Array;
  iv: Uint8Array;
  ct: Uint8Array;
  essais: number;
  ouverte_a: number;
  expire_a: number;
}

/** Opened keys, in memory only. */
export interface Cles {
  personne: Personne;
  session: string;
  hmac: CryptoKey;
  compartiments: Partial<Record<Compartiment, CryptoKey>>;
  droits: string[];
  /** Names those whose rights are the same: they share what the device copied. */
  groupe: string;
  expire_a: number;
}

/** Answer of `POST /api/terrain/session`. */
export interface ReponseSession {
  personne: Personne;
  session: string;
  cle_session: string;
  deks: Partial<Record<Compartiment, string>>;
  droits: string[];
  groupe: string;
  expire_a: string;
  cle_publique: ClePublique;
  parametres?: Partial<Parametres>;
}

/** Settings of the establishment which the device obeys. */
export interface Parametres {
  verrou_s: number;
  contact_max_h: number;
  medicament_alerte_h: number;
  medicament_blocage_h: number;
}

/** One record of the snapshot, in clear. */
export type Enregistrement =
  | { t: 'f'; c: Compartiment; cle: string; ordre?: string; a: string; v: string; html: string }
  | { t: 'd'; c: Compartiment; cle: string; ordre?: string; a: string; v: string; d: Json };

/** A line of the snapshot stream. */
export type LigneInstantane =
  | Enregistrement
  | { t: 'x'; c: Compartiment; cle: string }
  | { t: 'debut'; complet: boolean; compartiments: Compartiment[]; total?: number }
  | { t: 'fin'; curseurs: Partial<Record<Compartiment, string>>; a: string };

/** The clock, so that tests can move it. */
export interface Horloge {
  maintenant(): number;
  monotone(): number;
}

/** The few members of a service worker's scope that sw.js uses. */
export interface PorteeService {
  addEventListener(type: string, suite: (evenement: any) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void>; matchAll(options?: object): Promise<{ postMessage(m: unknown): void }[]> };
  location: Location;
}

declare global {
  /** Written by the server before the text of sw.js. */
  const VERSION: string;
  /** Written by the server before the text of sw.js. */
  const FICHIERS: string[];
}
