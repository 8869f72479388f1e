// What every unit test needs: IndexedDB in memory, one fresh base a test, a made-up device and person.

import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';

import { fermerBase } from '../../terrain/coeur/base.js';
import * as coffre from '../../terrain/coeur/coffre.js';
import { SuiviHorloge } from '../../terrain/coeur/horloge.js';
import { hasard, versBase64 } from '../../terrain/coeur/octets.js';
import { garderPoste } from '../../terrain/coeur/poste.js';

export const T0 = Date.parse('2026-11-21T08:00:00Z');

/** A clock moved by hand; `murale` alone is what a wrong device clock does. */
export class HorlogeTest {
  mur = T0;
  mono = 1000;
  maintenant() { return this.mur; }
  monotone() { return this.mono; }
  avancer(/** @type {number} */ ms) { this.mur += ms; this.mono += ms; }
}

export function baseNeuve() {
  fermerBase();
  globalThis.indexedDB = new IDBFactory();
}

export async function paire() {
  const cles = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', cles.publicKey));
  return { privee: cles.privateKey, point, publique: { kid: 'k1', point: versBase64(point) } };
}

export const SOPHIE = { id: '018f0000-0000-7000-8000-000000000084', nom: 'VARENNE', prenom: 'Sophie', initiales: 'SV', profession: 'AS' };
export const KARIM = { id: '018f0000-0000-7000-8000-000000000085', nom: 'ADJANI', prenom: 'Karim', initiales: 'KA', profession: 'AS' };
export const POSTE = '018f0000-0000-7000-8000-000000000007';
export const ETABLISSEMENT = '018f0000-0000-7000-8000-000000000001';

export async function poste(publique) {
  return garderPoste({ id: POSTE, nom: 'Tablette 7', etablissement: ETABLISSEMENT, cle: versBase64(hasard(32)), cle_publique: publique }, T0);
}

export function session(personne, deks, expire = T0 + 10 * 3_600_000) {
  return {
    personne, session: '018f0000-0000-7000-8000-0000000000a1', cle_session: versBase64(hasard(32)),
    deks: { perso: versBase64(hasard(32)), ...deks }, droits: ['soins'], groupe: 'as', expire_a: new Date(expire).toISOString(),
    cle_publique: { kid: 'k1', point: '' },
  };
}

/** A device with Sophie's keys open. */
export async function tablette() {
  baseNeuve();
  const etablissement = await paire();
  const p = await poste(etablissement.publique);
  const deks = { soins: versBase64(hasard(32)), vie: versBase64(hasard(32)) };
  const ouverture = session(SOPHIE, deks);
  const cles = await coffre.deposer(p, ouverture, '274951', T0);
  const mur = new HorlogeTest();
  return { etablissement, poste: p, cles, deks, ouverture, mur, horloge: new SuiviHorloge(mur) };
}
