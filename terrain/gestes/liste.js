// Filtering a list that is already there: letters of a name, a room number.

const plat = (/** @type {string} */ s) => s.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe');

/** @param {HTMLInputElement} champ an input with `data-filtre` = selector of the list */
export function filtrer(champ) {
  const liste = document.querySelector(champ.dataset.filtre ?? '');
  if (!liste) return;
  const mots = plat(champ.value).split(/\s+/).filter(Boolean);
  let n = 0;
  for (const ligne of /** @type {NodeListOf<HTMLElement>} */ (liste.querySelectorAll('[data-cherche]'))) {
    const texte = plat(ligne.dataset.cherche ?? '');
    ligne.hidden = !mots.every((m) => texte.includes(m));
    if (!ligne.hidden) n += 1;
  }
  const compte = document.querySelector('[data-filtre-compte]');
  if (compte) compte.textContent = mots.length > 0 ? `${n} trouvé${n > 1 ? 's' : ''}` : '';
}
