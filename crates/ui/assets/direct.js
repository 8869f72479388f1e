// @ts-check
// Live lists. Their names go in the body of the request: a proxy refuses an address of hundreds of names.

/** The server speaks every 20 s: past this silence the connection is lost, whatever the browser believes. */
const SILENCE = 60_000;
const ATTENTE = 1_000;
const ATTENTE_MAX = 30_000;

/** @param {string} texte whole messages @returns {string[]} the names they hold */
const noms = (texte) => texte.split('\n').filter((ligne) => ligne.startsWith('data: ')).map((ligne) => ligne.slice(6));

/**
 * Reads one stream to its end.
 * @param {string} adresse @param {string[]} listes @param {(bougees: string[]) => void} quand @param {() => void} ouvert
 */
async function lire(adresse, listes, quand, ouvert) {
  const coupure = new AbortController();
  let garde = 0;
  const veiller = () => { clearTimeout(garde); garde = window.setTimeout(() => coupure.abort(), SILENCE); };
  try {
    veiller();
    const body = new URLSearchParams(listes.map((nom) => ['liste', nom]));
    const reponse = await fetch(adresse, { method: 'POST', body, signal: coupure.signal, redirect: 'error' });
    if (!reponse.ok || !reponse.body) return reponse.status;
    ouvert();
    const lecteur = reponse.body.pipeThrough(new TextDecoderStream()).getReader();
    let reste = '';
    for (;;) {
      const { done, value } = await lecteur.read();
      if (done) return reponse.status;
      veiller();
      reste += value;
      const fin = reste.lastIndexOf('\n\n');
      const bougees = noms(reste.slice(0, Math.max(fin, 0)));
      reste = reste.slice(fin < 0 ? 0 : fin + 2);
      if (bougees.length > 0) quand(bougees);
    }
  } finally {
    clearTimeout(garde);
  }
}

/**
 * Follows lists as long as the page lives, again after a cut; a refusal (signed out) ends it.
 * What moved during a cut is told by nobody: `reprise` is called when the stream is there again.
 * @param {string} adresse @param {() => string[]} listes @param {(bougees: string[]) => void} quand @param {() => void} reprise
 */
export async function suivre(adresse, listes, quand, reprise) {
  let suivi = false;
  const ouvert = () => { if (suivi) reprise(); suivi = true; };
  for (let attente = ATTENTE; ;) {
    const statut = await lire(adresse, listes(), quand, ouvert).catch(() => 0);
    if (statut >= 400 && statut < 500) return;
    attente = statut === 200 ? ATTENTE : Math.min(attente * 2, ATTENTE_MAX);
    // Spread: every screen of the house comes back after a restart.
    await new Promise((r) => { setTimeout(r, attente * (1 + Math.random())); });
  }
}
