// Reasons of an outcome and quantities measured: copies of referentiels/motifs.toml and referentiels/constantes.toml, kept equal by a test.

/** Reasons by outcome: code, words. @type {Record<string, [string, string][]>} */
export const MOTIFS = {
  fait_en_partie: [
    ['fatigue', 'Fatigue pendant le soin'],
    ['douleur', 'Douleur'],
    ['temps', 'Manque de temps'],
    ['accepte_en_partie', 'Accepté en partie'],
    ['interruption', 'Soin interrompu'],
  ],
  refuse: [
    ['fatigue', 'Fatigue'],
    ['douleur', 'Douleur pendant le soin'],
    ['ne_veut_pas', 'Ne souhaite pas, sans dire pourquoi'],
    ['trop_tot', 'Trop tôt pour la personne'],
    ['pudeur', 'Pudeur, préfère une autre personne'],
    ['opposition', 'Opposition, agitation'],
    ['deja_fait', 'Dit l’avoir déjà fait'],
    ['visite', 'Visite en cours'],
  ],
  absent: [
    ['hospitalisation', 'Hospitalisation'],
    ['rendez_vous', 'Rendez-vous à l’extérieur'],
    ['famille', 'Sortie en famille'],
    ['activite', 'En activité'],
    ['repas_famille', 'Repas avec ses proches'],
  ],
  reporte: [
    ['urgence_service', 'Urgence dans le service'],
    ['effectif', 'Effectif réduit'],
    ['dort', 'La personne dort'],
    ['materiel_indisponible', 'Matériel indisponible'],
    ['a_sa_demande', 'À la demande de la personne'],
    ['soin_en_cours', 'Autre soin en cours'],
  ],
  non_necessaire: [
    ['change_propre', 'Protection propre'],
    ['autonome_ce_jour', 'Fait seul aujourd’hui'],
    ['arret_prescrit', 'Soin arrêté'],
    ['etat_stable', 'Pas nécessaire aujourd’hui'],
  ],
};

/** Quantities by code: words, unit, decimals, plausible bounds. @type {Record<string, [string, string, number, string, string]>} */
export const GRANDEURS = {
  poids: ['Poids', 'kg', 1, '25', '200'],
  taille: ['Taille', 'cm', 0, '120', '210'],
  imc: ['Indice de masse corporelle', 'kg/m2', 1, '10', '60'],
  temperature: ['Température', '°C', 1, '33', '42,5'],
  ta_systolique: ['Tension systolique', 'mmHg', 0, '50', '260'],
  ta_diastolique: ['Tension diastolique', 'mmHg', 0, '25', '150'],
  frequence_cardiaque: ['Fréquence cardiaque', '/min', 0, '25', '220'],
  frequence_respiratoire: ['Fréquence respiratoire', '/min', 0, '5', '60'],
  spo2: ['Saturation en oxygène', '%', 0, '50', '100'],
  glycemie_capillaire: ['Glycémie capillaire', 'g/L', 2, '0,20', '6,00'],
  hydratation: ['Total bu sur 24 heures', 'mL', 0, '0', '6000'],
  diurese: ['Diurèse sur 24 heures', 'mL', 0, '0', '6000'],
  selles: ['Selles (nombre par jour)', '/j', 0, '0', '20'],
  bristol: ['Aspect des selles (échelle de Bristol)', '', 0, '1', '7'],
  prise_alimentaire: ['Part du repas mangée', '%', 0, '0', '100'],
  douleur: ['Douleur (échelle numérique)', '/10', 0, '0', '10'],
  algoplus: ['Algoplus', '/5', 0, '0', '5'],
  inr: ['INR', '', 1, '0,5', '15'],
  perimetre_mollet: ['Tour de mollet', 'cm', 1, '15', '60'],
  debit_oxygene: ['Débit d’oxygène', 'L/min', 1, '0', '15'],
};
