//! How many people of each role, where, and the demonstration accounts.

use super::batiments::{CLOS, FONTAINE, GENETS};
use super::personnel::Rythme;

/// A pool of people who replace each other.
#[derive(Debug)]
pub(crate) struct Groupe {
    pub etablissement: Option<usize>,
    pub role: &'static str,
    pub nombre: usize,
    pub unites: &'static [usize],
    pub rythme: Rythme,
}

const fn tour(e: usize, role: &'static str, nombre: usize, unites: &'static [usize]) -> Groupe {
    Groupe { etablissement: Some(e), role, nombre, unites, rythme: Rythme::Roulement }
}
const fn nuit(e: usize, nombre: usize) -> Groupe {
    Groupe { etablissement: Some(e), role: "as_nuit", nombre, unites: &[], rythme: Rythme::Nuit }
}
const fn jour(e: usize, role: &'static str, nombre: usize) -> Groupe {
    Groupe { etablissement: Some(e), role, nombre, unites: &[], rythme: Rythme::Bureau }
}
const fn hors(etablissement: Option<usize>, role: &'static str, nombre: usize) -> Groupe {
    Groupe { etablissement, role, nombre, unites: &[], rythme: Rythme::Aucun }
}

/// The 214 + 61 + 44 staff accounts. At Les Genêts the admissions officer is also référent identitovigilance (second role).
pub(crate) const EFFECTIFS: &[Groupe] = &[
    jour(GENETS, "direction", 1),
    jour(GENETS, "directrice_projet", 1),
    jour(GENETS, "assistante_direction", 2),
    jour(GENETS, "cadre_superieure", 1),
    jour(GENETS, "cadre_sante", 3),
    jour(GENETS, "idec", 1),
    jour(GENETS, "medecin", 1),
    jour(GENETS, "medecin_co", 1),
    jour(GENETS, "pharmacien", 1),
    jour(GENETS, "preparateur", 2),
    tour(GENETS, "ide", 5, &[0, 1]),
    tour(GENETS, "ide", 4, &[2]),
    tour(GENETS, "ide", 4, &[3]),
    tour(GENETS, "ide", 5, &[4]),
    tour(GENETS, "ide", 5, &[5, 6]),
    tour(GENETS, "ide", 3, &[7, 8, 9]),
    tour(GENETS, "as", 7, &[0]),
    tour(GENETS, "as", 8, &[1]),
    tour(GENETS, "as", 12, &[2]),
    tour(GENETS, "as", 13, &[3]),
    tour(GENETS, "as", 15, &[4]),
    tour(GENETS, "as", 9, &[5]),
    tour(GENETS, "as", 9, &[6]),
    tour(GENETS, "as", 8, &[7, 8, 9]),
    nuit(GENETS, 24),
    tour(GENETS, "ash", 4, &[0]),
    tour(GENETS, "ash", 4, &[1]),
    tour(GENETS, "ash", 5, &[2]),
    tour(GENETS, "ash", 5, &[3]),
    tour(GENETS, "ash", 5, &[4]),
    tour(GENETS, "ash", 4, &[5]),
    tour(GENETS, "ash", 4, &[6]),
    tour(GENETS, "ash", 3, &[7, 8, 9]),
    jour(GENETS, "service_interieur", 4),
    tour(GENETS, "cuisine", 9, &[]),
    jour(GENETS, "technique", 5),
    jour(GENETS, "animateur", 4),
    jour(GENETS, "psychologue", 1),
    jour(GENETS, "ergotherapeute", 2),
    jour(GENETS, "apa", 2),
    jour(GENETS, "dieteticien", 1),
    jour(GENETS, "secretaire", 2),
    jour(GENETS, "accueil", 1),
    jour(GENETS, "admissions", 1),
    jour(GENETS, "rh", 1),
    jour(GENETS, "finances", 1),
    jour(GENETS, "qualite", 1),
    jour(FONTAINE, "direction", 1),
    jour(FONTAINE, "idec", 1),
    jour(FONTAINE, "medecin_co", 1),
    tour(FONTAINE, "ide", 6, &[10, 11, 12]),
    tour(FONTAINE, "as", 8, &[10]),
    tour(FONTAINE, "as", 8, &[11]),
    tour(FONTAINE, "as", 8, &[12]),
    nuit(FONTAINE, 8),
    tour(FONTAINE, "ash", 3, &[10]),
    tour(FONTAINE, "ash", 3, &[11]),
    tour(FONTAINE, "ash", 3, &[12]),
    tour(FONTAINE, "cuisine", 3, &[]),
    jour(FONTAINE, "technique", 1),
    jour(FONTAINE, "animateur", 1),
    jour(FONTAINE, "psychologue", 1),
    jour(FONTAINE, "ergotherapeute", 1),
    jour(FONTAINE, "secretaire", 1),
    jour(FONTAINE, "accueil", 1),
    jour(FONTAINE, "service_interieur", 1),
    jour(FONTAINE, "apa", 1),
    jour(CLOS, "direction", 1),
    jour(CLOS, "idec", 1),
    tour(CLOS, "ide", 4, &[13, 14]),
    tour(CLOS, "as", 9, &[13]),
    tour(CLOS, "as", 9, &[14]),
    nuit(CLOS, 6),
    tour(CLOS, "ash", 3, &[13]),
    tour(CLOS, "ash", 3, &[14]),
    jour(CLOS, "cuisine", 2),
    jour(CLOS, "technique", 1),
    jour(CLOS, "animateur", 1),
    jour(CLOS, "psychologue", 1),
    jour(CLOS, "secretaire", 1),
    jour(CLOS, "accueil", 1),
    jour(CLOS, "service_interieur", 1),
];

/// Accounts that are not staff of an establishment.
pub(crate) const HORS_EFFECTIF: &[Groupe] = &[
    hors(None, "dpo", 1),
    hors(None, "admin_grappe", 2),
    hors(Some(GENETS), "kinesitherapeute", 3),
    hors(Some(GENETS), "intervenant", 3),
    hors(Some(CLOS), "intervenant", 2),
    hors(Some(GENETS), "famille", 6),
    hors(Some(FONTAINE), "famille", 2),
    hors(None, "lecteur_urgence", 1),
];

/// A card « Entrer comme… ».
#[derive(Debug)]
pub(crate) struct Carte {
    pub identifiant: &'static str,
    pub prenom: &'static str,
    pub nom: &'static str,
    pub sexe: char,
    pub role: &'static str,
    pub rang: usize,
    pub unites: &'static [usize],
    pub mission: &'static str,
}

const fn carte(
    identifiant: &'static str,
    identite: (&'static str, &'static str, char),
    poste: (&'static str, usize, &'static [usize]),
    mission: &'static str,
) -> Carte {
    let (prenom, nom, sexe) = identite;
    let (role, rang, unites) = poste;
    Carte { identifiant, prenom, nom, sexe, role, rang, unites, mission }
}

/// The stable logins of the login page (ux.md 6.6).
pub(crate) const CAS: &[Carte] = &[
    carte("sophie", ("Sophie", "Vernissage", 'F'), ("as", 0, &[0]), "Le tour de soins du matin aux Volcans"),
    carte("nadia", ("Nadia", "Roumélia", 'F'), ("ide", 0, &[0, 1]), "De retour après quatre jours : lire la relève"),
    carte("karim", ("Karim", "Asterlane", 'M'), ("as_nuit", 0, &[]), "La nuit, toute la maison"),
    carte(
        "largentiere",
        ("Hélène", "Largentière", 'F'),
        ("medecin", 0, &[]),
        "Ses prescriptions et les questions de la pharmacie",
    ),
    carte("pharmacienne", ("Odile", "Serpolande", 'F'), ("pharmacien", 0, &[]), "Valider ce qui attend à la pharmacie"),
    carte("cuisine", ("Bastien", "Fenouillac", 'M'), ("cuisine", 0, &[]), "Textures et régimes du prochain repas"),
    carte("eric", ("Éric", "Tournevire", 'M'), ("technique", 0, &[]), "Les demandes de travaux"),
    carte("directrice", ("Agnès", "Hautelande", 'F'), ("direction", 0, &[]), "Ce qui se passe dans la maison"),
    carte("claire", ("Claire", "Brumelle", 'F'), ("famille", 0, &[]), "La fille de Mme BRUMELLE, sur le portail"),
    carte("projet", ("Mireille", "Cartognan", 'F'), ("directrice_projet", 0, &[]), "Les cibles d'usage de la grappe"),
    carte("idec", ("Sandrine", "Orvalière", 'F'), ("idec", 0, &[]), "À vérifier : conflits et retards"),
    carte("lina", ("Lina", "Mésanjac", 'F'), ("ash", 0, &[0]), "Premier jour aux Volcans"),
    carte(
        "admin",
        ("Solange", "Ferrandine", 'F'),
        ("admin_grappe", 0, &[]),
        "Les comptes, les boîtes et les lecteurs extérieurs",
    ),
    carte("samu", ("Régis", "Alamandine", 'M'), ("lecteur_urgence", 0, &[]), "Le DLU d'une personne, quatre heures"),
];
