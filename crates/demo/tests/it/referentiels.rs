use std::collections::HashSet;

use demo::recit::Fait;

use crate::horloge::samedi;

const ROLES: [&str; 37] = [
    "direction",
    "directrice_projet",
    "cadre_sante",
    "cadre_superieure",
    "idec",
    "medecin",
    "medecin_co",
    "ide",
    "as",
    "aes",
    "as_nuit",
    "ash",
    "pharmacien",
    "preparateur",
    "psychologue",
    "ergotherapeute",
    "kinesitherapeute",
    "apa",
    "dieteticien",
    "animateur",
    "secretaire",
    "accueil",
    "admissions",
    "rh",
    "finances",
    "technique",
    "cuisine",
    "service_interieur",
    "qualite",
    "identitovigilance",
    "assistante_direction",
    "dpo",
    "admin_grappe",
    "formateur",
    "intervenant",
    "famille",
    "lecteur_urgence",
];

/// The values of `code = "…"` of a referential, with the family of a reason when there is one.
fn codes(texte: &str) -> HashSet<String> {
    let valeurs = texte.lines().filter_map(|l| l.strip_prefix("code = \""));
    valeurs.map(|v| v.trim_end_matches('"').to_owned()).collect()
}

#[test]
fn roles_are_those_of_the_catalogue_and_all_used() {
    let recit = samedi().unwrap();
    let tenus: HashSet<&str> = recit.agents.iter().flat_map(|a| [Some(a.role), a.second_role]).flatten().collect();
    let connus: HashSet<&str> = ROLES.into_iter().collect();
    assert_eq!(tenus, connus);
}

#[test]
fn codes_used_by_the_story_are_in_the_referentials() {
    let recit = samedi().unwrap();
    let constantes = codes(include_str!("../../../../referentiels/constantes.toml"));
    let themes = codes(include_str!("../../../../referentiels/themes.toml"));
    let motifs = codes(include_str!("../../../../referentiels/motifs.toml"));
    let genres = codes(include_str!("../../../../referentiels/genres_essms.toml"));
    let plans = codes(include_str!("../../../../referentiels/plans_types.toml"));
    assert!(recit.grappe.etablissements.iter().all(|e| genres.contains(&e.genre)));
    assert!(recit.actes.iter().flat_map(|a| &a.mesures).all(|m| constantes.contains(m)));
    assert!(recit.actes.iter().flat_map(|a| &a.metiers).all(|m| ROLES.contains(&m.as_str())));
    assert!(recit.lignes.iter().all(|l| plans.contains(l.plan)));
    for e in recit.evenements_depuis(recit.calendrier.instant(-12, 0)) {
        match e.fait {
            Fait::Validation(v) => assert!(v.motif.is_empty() || motifs.contains(v.motif), "{}", v.motif),
            Fait::Transmission(t) => assert!(themes.contains(t.theme), "{}", t.theme),
            Fait::Mesure(m) => assert!(constantes.contains(m.constante), "{}", m.constante),
            Fait::Mouvement(m) => assert!(m.motif.is_empty() || motifs.contains(m.motif), "{}", m.motif),
            _ => {}
        }
    }
}
