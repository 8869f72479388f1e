// Bytes, text and base64url.

const codeur = new TextEncoder();
const decodeur = new TextDecoder('utf-8', { fatal: true });

/** @param {string} texte @returns {Uint8Array<ArrayBuffer>} its UTF-8 bytes */
export const octets = (texte) => /** @type {Uint8Array<ArrayBuffer>} */ (codeur.encode(texte));

/** @param {BufferSource} donnees @returns {string} the text; throws when it is not UTF-8 */
export const texte = (donnees) => decodeur.decode(donnees);

/** @param {...Uint8Array} morceaux @returns {Uint8Array<ArrayBuffer>} */
export function concat(...morceaux) {
  const tout = new Uint8Array(morceaux.reduce((n, m) => n + m.length, 0));
  let position = 0;
  for (const morceau of morceaux) {
    tout.set(morceau, position);
    position += morceau.length;
  }
  return tout;
}

/** @param {Uint8Array | ArrayBuffer} donnees @returns {string} base64url without padding */
export function versBase64(donnees) {
  const vue = donnees instanceof Uint8Array ? donnees : new Uint8Array(donnees);
  let binaire = '';
  for (const octet of vue) binaire += String.fromCharCode(octet);
  return btoa(binaire).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @param {string} base64 base64url or base64, padded or not @returns {Uint8Array<ArrayBuffer>} */
export function deBase64(base64) {
  const binaire = atob(base64.replaceAll('-', '+').replaceAll('_', '/'));
  const vue = new Uint8Array(binaire.length);
  for (let i = 0; i < binaire.length; i++) vue[i] = binaire.charCodeAt(i);
  return vue;
}

/** @param {number} n @returns {Uint8Array<ArrayBuffer>} n random bytes */
export const hasard = (n) => crypto.getRandomValues(new Uint8Array(n));
