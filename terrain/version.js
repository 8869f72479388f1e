// A new release downloads quietly; it is proposed at lock, never in the middle of a round.

/** @type {ServiceWorkerRegistration | null} */
let inscription = null;

/** @param {ServiceWorkerRegistration | null} i */
export function suivre(i) {
  inscription = i;
  if (!i) return;
  let rechargee = false;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (rechargee || !location.pathname.startsWith('/verrou') || !avait) return;
    rechargee = true;
    location.reload();
  });
}

const avait = Boolean(globalThis.navigator?.serviceWorker?.controller);

/** @returns {ServiceWorker | null} the new release which waits */
export const nouvelleVersion = () => (avait ? inscription?.waiting ?? null : null);
