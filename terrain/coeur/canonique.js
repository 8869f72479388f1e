// One byte sequence for one operation, so that the proof made here is checked there.

/**
 * Canonical JSON: keys in order, no space. Only integers are allowed as numbers: a quantity travels as a decimal string,
 * which no parser rounds.
 * @param {unknown} valeur
 * @returns {string}
 */
export function canonique(valeur) {
  if (valeur === null || typeof valeur === 'boolean' || typeof valeur === 'string') return JSON.stringify(valeur);
  if (typeof valeur === 'number') {
    if (!Number.isSafeInteger(valeur)) throw new TypeError('Un nombre non entier voyage en texte');
    return String(valeur);
  }
  if (Array.isArray(valeur)) return `[${valeur.map(canonique).join(',')}]`;
  if (typeof valeur === 'object') {
    const objet = /** @type {Record<string, unknown>} */ (valeur);
    const cles = Object.keys(objet).filter((cle) => objet[cle] !== undefined).sort();
    return `{${cles.map((cle) => `${JSON.stringify(cle)}:${canonique(objet[cle])}`).join(',')}}`;
  }
  throw new TypeError(`Valeur sans forme JSON : ${typeof valeur}`);
}
