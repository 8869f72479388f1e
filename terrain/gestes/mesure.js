// Plausibility of a measure: a question, never a refusal.

/** @param {string | undefined} texte a number with a comma @returns {number} hundredths, NaN when it is not a number */
function centiemes(texte) {
  const lu = /^(\d{1,5})(?:,(\d{1,2}))?$/.exec(texte ?? '');
  return lu ? Number(lu[1]) * 100 + Number((lu[2] ?? '').padEnd(2, '0')) : Number.NaN;
}

/**
 * @param {string} valeur `25,4`
 * @param {{ min?: string, max?: string, dernier?: string, ecart?: string, unite?: string }} bornes decimals with a comma; `ecart` in
 * the unit, default 10 % of the last value
 * @returns {string | null} the question to ask, null when the value is plausible
 */
export function plausible(valeur, { min, max, dernier, ecart, unite = '' }) {
  const v = centiemes(valeur);
  if (Number.isNaN(v)) return 'Entrez une valeur.';
  const rappel = dernier ? ` Dernier : ${dernier} ${unite}.` : '';
  const bas = centiemes(min);
  const haut = centiemes(max);
  const avant = centiemes(dernier);
  const tolerance = Number.isNaN(centiemes(ecart)) ? Math.abs(avant) / 10 : centiemes(ecart);
  const hors = v < bas || v > haut || Math.abs(v - avant) > tolerance;
  return hors ? `${valeur} ${unite} ?${rappel} Enregistrez de nouveau pour confirmer.` : null;
}
