// Theme of a transmission, proposed from its words; one tap changes it.

/** Roots which speak of a theme, without accents. @type {Record<string, string[]>} */
export const LEXIQUE = {
  douleur: ['douleur', 'mal ', 'grimac', 'gemi', 'souffr', 'algoplus', 'antalgique', 'doloplus'],
  chute: ['chut', 'tomb', 'au sol', 'glisse du'],
  peau: ['peau', 'rougeur', 'escarre', 'plaie', 'talon', 'sacrum', 'pansement', 'hematome', 'oedeme', 'demangeai'],
  comportement: ['agit', 'cri', 'agress', 'deambul', 'fugue', 'refus', 'oppos', 'confus', 'desorient', 'hallucin'],
  alimentation: ['repas', 'mange', 'appetit', 'assiette', 'petit-dejeuner', 'petit dejeuner', 'fausse route', 'texture', 'collation', 'poids'],
  hydratation: ['bu ', 'boit', 'boire', 'hydrat', 'eau gelifiee', 'soif', 'verre'],
  elimination: ['selle', 'urin', 'miction', 'constip', 'diarrh', 'protection', 'sonde', 'wc', 'toilettes'],
  sommeil: ['dort', 'dormi', 'sommeil', 'insomni', 'reveil', 'somnol', 'nuit calme'],
  respiration: ['respir', 'toux', 'touss', 'essouffl', 'dyspn', 'saturation', 'oxygen', 'encombr', 'crachat'],
  mobilite: ['transfert', 'march', 'leve-malade', 'fauteuil', 'deplace', 'kine', 'deambulateur', 'boite'],
  moral: ['triste', 'pleur', 'moral', 'angoiss', 'anxie', 'sourire', 'souriante', 'seul'],
  famille: ['famille', 'fille ', 'fils', 'epou', 'visite', 'proche', 'appel de'],
  traitement: ['medicament', 'comprime', 'traitement', 'insuline', 'goutte', 'recrach'],
  hygiene: ['toilette', 'douche', 'bain', 'hygiene', 'shampoing', 'ongle', 'rasage', 'dent'],
};

/** @param {string} texte @returns {string} lower case, without accents, framed by spaces */
const plat = (texte) => ` ${texte.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe').replaceAll('’', ' ')} `;

/**
 * @param {string} texte
 * @returns {string | null} the theme whose roots occur most; the first written wins a tie
 */
export function themePropose(texte) {
  const cherche = plat(texte);
  let mieux = null;
  let note = 0;
  let place = Number.POSITIVE_INFINITY;
  for (const [theme, racines] of Object.entries(LEXIQUE)) {
    const places = racines.map((r) => cherche.indexOf(` ${r}`)).filter((p) => p >= 0);
    const debut = Math.min(...places);
    if (places.length > note || (places.length === note && places.length > 0 && debut < place)) {
      mieux = theme;
      note = places.length;
      place = debut;
    }
  }
  return mieux;
}

/** Abbreviations which have harmed, and what to write instead. @type {[RegExp, string][]} */
const BANNIES = [[/µg/gu, 'microgrammes'], [/\bmcg\b/gu, 'microgrammes'], [/(?<=\d\s?)UI\b/gu, 'unités'], [/(?<=\d\s?)cc\b/gu, 'mL']];

/** @param {string} texte @returns {string} without the banned abbreviations */
export const sansAbreviation = (texte) => BANNIES.reduce((t, [motif, mot]) => t.replace(motif, mot), texte);
