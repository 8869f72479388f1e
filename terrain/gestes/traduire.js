// From the fields of a server's form to the content its module reads from a tablet. One form may be several acts.

import { GRANDEURS } from './referentiels.js';

/** @typedef {Record<string, string[]>} Champs */
/** @typedef {{ resident: string | null, donnees: Record<string, import('../types').Json>, fait_a?: Date, libelle?: string }} Acte */

/** @param {Champs} c @param {string} nom */
const un = (c, nom) => (c[nom]?.[0] ?? '').trim();

/** @param {Record<string, import('../types').Json | undefined>} objet what is empty is left out */
const plein = (objet) => /** @type {Record<string, import('../types').Json>} */ (
  Object.fromEntries(Object.entries(objet).filter(([, v]) => v !== undefined && v !== null && v !== '' && !(Array.isArray(v) && v.length === 0))));

/**
 * @param {string} jour `2026-11-21`, empty = today @param {string} heure `08:30` @param {Date} maintenant
 * @returns {Date | undefined} undefined when nothing was said
 */
function moment(jour, heure, maintenant) {
  if (!jour && !heure) return undefined;
  const d = new Date(maintenant);
  if (jour) { const [a, m, j] = jour.split('-').map(Number); d.setFullYear(a, m - 1, j); }
  if (heure) { const [h, m] = heure.split(':').map(Number); d.setHours(h, m, 0, 0); }
  return d > maintenant ? undefined : d;
}

/** @param {Champs} c @param {Date} maintenant @returns {string | undefined} « ce soir » is 20:00, « demain » 09:00 */
function aRevoir(c, maintenant) {
  const d = new Date(maintenant);
  switch (un(c, 'a_revoir')) {
    case 'ce_soir': d.setHours(20, 0, 0, 0); break;
    case 'demain': d.setDate(d.getDate() + 1); d.setHours(9, 0, 0, 0); break;
    case 'le': {
      const [a, m, j] = un(c, 'a_revoir_le').split('-').map(Number);
      if (!a) return undefined;
      d.setFullYear(a, m - 1, j);
      d.setHours(9, 0, 0, 0);
      break;
    }
    default: return undefined;
  }
  return d.toISOString();
}

/** @param {Champs} c @param {Date} maintenant @returns {Acte[]} */
function transmission(c, maintenant) {
  const consigne = un(c, 'consigne');
  const jusquau = un(c, 'consigne_jusquau') || jourDe(maintenant);
  const donnees = plein({
    theme: un(c, 'theme') || un(c, 'propose'), donnees: un(c, 'donnees'), actions: un(c, 'actions'), resultat: un(c, 'resultat'),
    importance: un(c, 'importance'), a_revoir: aRevoir(c, maintenant), cible: un(c, 'cible'), clore: un(c, 'clore') ? true : undefined,
    consigne: consigne ? { texte: consigne, jusquau, pour: c.consigne_pour ?? [] } : undefined,
    liens: un(c, 'lien_id') ? [{ nature: un(c, 'lien_nature'), id: un(c, 'lien_id'), libelle: un(c, 'lien_libelle') }] : undefined,
  });
  const fait_a = moment(un(c, 'fait_jour'), un(c, 'fait_heure'), maintenant);
  return [...new Set(c.resident ?? [])].filter(Boolean).map((resident) => ({ resident, donnees, fait_a }));
}

/** @param {Date} d */
const jourDe = (d) => `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, '0')}-${String(d.getDate()).padStart(2, '0')}`;

/** @param {Champs} c @param {Date} maintenant @returns {Acte[]} one act a quantity; a blood pressure is one */
function constantes(c, maintenant) {
  const fait_a = moment(un(c, 'le'), un(c, 'a'), maintenant);
  const proche = fait_a && maintenant.getTime() - fait_a.getTime() < 120_000;
  return Object.keys(GRANDEURS).filter((code) => un(c, code) && code !== 'ta_diastolique').map((code) => {
    const valeur = un(c, code).replace(',', '.');
    const valeur2 = code === 'ta_systolique' ? un(c, 'ta_diastolique').replace(',', '.') : '';
    const [nom, unite] = GRANDEURS[code];
    return {
      resident: un(c, 'resident') || null, fait_a: proche ? undefined : fait_a, libelle: `${nom} : ${un(c, code)} ${unite}`,
      donnees: plein({ type: code, valeur, valeur2, contexte: un(c, 'contexte'), commentaire: un(c, 'commentaire'), verifiee: un(c, 'verdict') === 'verifiee' }),
    };
  });
}

/** @param {Champs} c @returns {Acte[]} */
const ronde = (c) => [{ resident: null, donnees: plein({ unite: un(c, 'unite'), jour: un(c, 'jour'), passage: un(c, 'passage'), sauf: c.sauf ?? [] }) }];

/** @type {Record<string, (c: Champs, maintenant: Date) => Acte[]>} */
const TRADUCTEURS = { 'transmission.creer': transmission, 'constante.ajouter': constantes, 'ronde.valider': ronde };

/**
 * @param {string} type @param {Champs} champs @param {Date} maintenant
 * @returns {Acte[] | null} null when the content is the fields as they are
 */
export const traduire = (type, champs, maintenant) => TRADUCTEURS[type]?.(champs, maintenant) ?? null;
