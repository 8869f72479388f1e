// Opened keys survive a change of page without a new code: the service worker holds them in its own memory, never on disk, and
// forgets them at lock, at the end of the idle delay, or when the browser stops it.

import { nomDeBase } from './base.js';

/** @param {object} message @param {Transferable[]} [transferts] */
function envoyer(message, transferts = []) {
  globalThis.navigator?.serviceWorker?.controller?.postMessage({ base: nomDeBase(), ...message }, transferts);
}

/** @param {import('../types').Cles} cles @param {number} delai milliseconds without activity before they are forgotten */
export const confier = (cles, delai) => envoyer({ type: 'cles', cles, delai });

/** Makes the worker forget the keys. */
export const oublier = () => envoyer({ type: 'oublier' });

/** Says that the person is still there. */
export const veiller = () => envoyer({ type: 'veille' });

/** Tells the worker that the network is cut by hand. @param {boolean} coupe */
export const annoncerCoupure = (coupe) => envoyer({ type: 'coupure', coupe });

/** @returns {Promise<import('../types').Cles | null>} the keys the worker still holds */
export function reprendre() {
  if (!globalThis.navigator?.serviceWorker?.controller) return Promise.resolve(null);
  return new Promise((resoudre) => {
    const { port1, port2 } = new MessageChannel();
    const minuterie = setTimeout(() => resoudre(null), 400);
    port1.onmessage = ({ data }) => {
      clearTimeout(minuterie);
      resoudre(data?.cles ?? null);
    };
    envoyer({ type: 'cles?' }, [port2]);
  });
}
