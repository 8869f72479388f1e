// Server-sent invalidations, read with fetch so that the request is signed like the others.

/**
 * Splits a stream of server-sent events.
 * @param {(evenement: { type: string, data: string }) => void} recevoir
 * @returns {(morceau: string) => void} to be fed with the text as it comes
 */
export function decoupeur(recevoir) {
  let reste = '';
  return (morceau) => {
    reste += morceau.replaceAll('\r\n', '\n');
    for (let fin = reste.indexOf('\n\n'); fin >= 0; fin = reste.indexOf('\n\n')) {
      const bloc = reste.slice(0, fin);
      reste = reste.slice(fin + 2);
      let type = 'message';
      const data = [];
      for (const ligne of bloc.split('\n')) {
        if (ligne.startsWith('event:')) type = ligne.slice(6).trim();
        else if (ligne.startsWith('data:')) data.push(ligne.slice(5).replace(/^ /, ''));
      }
      if (data.length > 0) recevoir({ type, data: data.join('\n') });
    }
  };
}

/** Nothing received for this long, heartbeat included, means the stream is dead (milliseconds). */
const SILENCE = 60_000;

/**
 * Listens until stopped; the caller opens it again when it ends.
 * @param {import('./reseau.js').Reseau} reseau
 * @param {(evenement: { type: string, data: string }) => void} recevoir
 * @param {AbortSignal} arret
 * @returns {Promise<void>} when the stream ends or is stopped; rejects when it could not be opened
 */
export async function ecouter(reseau, recevoir, arret) {
  const coupe = new AbortController();
  arret.addEventListener('abort', () => coupe.abort());
  const reponse = await reseau.ouvrir('GET', '/api/terrain/flux', { arret: coupe.signal });
  const lecteur = reponse.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!lecteur) return;
  const avaler = decoupeur(recevoir);
  let garde = setTimeout(() => coupe.abort(), SILENCE);
  try {
    for (;;) {
      const { value, done } = await lecteur.read();
      if (done) return;
      clearTimeout(garde);
      garde = setTimeout(() => coupe.abort(), SILENCE);
      reseau.noter('succes');
      avaler(value);
    }
  } catch {
    if (!arret.aborted) reseau.noter('echec');
  } finally {
    clearTimeout(garde);
    coupe.abort();
  }
}
