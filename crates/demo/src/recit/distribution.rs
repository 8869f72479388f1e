//! The named people of the stories (ux.md 6.5), put in their rooms.

use jiff::civil::date;

use super::batiments::{GENETS, UVP};
use super::population::{Outils, ins};
use super::resident::{Allergie, Allergies, Resident};

/// Door, birth name, name used, first name, sex, birth (year, month, day), GIR.
type Role = (u32, &'static str, Option<&'static str>, &'static str, char, (i16, i8, i8), u8);

const ROLES: [Role; 8] = [
    (214, "Sourcival", Some("Brumelle"), "Marguerite", 'F', (1936, 4, 12), 2),
    (215, "Chantaraude", None, "Lucien", 'M', (1938, 9, 3), 4),
    (209, "Aubrelande", Some("Thuileret"), "Yvonne", 'F', (1940, 1, 27), 3),
    (220, "Valmorin", None, "Émile", 'M', (1935, 6, 18), 2),
    (207, "Pélisson d'Ombre", None, "Fernand", 'M', (1933, 11, 5), 3),
    (218, "Olmède", None, "Marcel", 'M', (1939, 2, 14), 3),
    (117, "Zéphirin", None, "Odette", 'F', (1934, 8, 30), 2),
    (308, "Castegrane", None, "Denise", 'F', (1937, 12, 9), 3),
];

pub(crate) fn nommer(o: &Outils<'_>, residents: &mut [Resident]) {
    for (numero, naissance, utilise, prenom, sexe, (a, m, j), gir) in ROLES {
        let Some(lit) = o.grappe.lit_de(GENETS, numero) else {
            continue;
        };
        let Some(r) = residents.get_mut(lit) else {
            continue;
        };
        naissance.clone_into(&mut r.identite.nom_naissance);
        r.identite.nom_utilise = utilise.map(str::to_owned);
        r.identite.prenoms = vec![prenom.to_owned()];
        r.identite.prenom_utilise = None;
        r.identite.sexe = sexe;
        r.identite.naissance = date(a, m, j);
        r.identite.ins = ins(sexe, a, lit);
        r.identite.statut = "qualifiee";
        r.clinique.gir = gir;
        r.clinique.isolement = None;
        r.protection = None;
        let base = ["", "gir_1_alite", "gir_2", "gir_3", "gir_4"][usize::from(gir)];
        r.clinique.plans = vec!["commun", base];
        r.clinique.alertes.clear();
        r.clinique.equipements = vec!["lunettes"];
        profil_du_role(o, r, numero);
    }
    let transfert = residents
        .iter_mut()
        .find(|r| r.sejours.len() == 2 && r.occupation(o.cal.maintenant()).is_some_and(|x| o.grappe.unite_du_lit(x.lit) == UVP));
    if let Some(r) = transfert {
        "Sauvanelle".clone_into(&mut r.identite.nom_naissance);
        r.identite.nom_utilise = None;
    }
}

fn profil_du_role(o: &Outils<'_>, r: &mut Resident, numero: u32) {
    let c = &mut r.clinique;
    match numero {
        214 => {
            c.allergies = Allergies::Connues(vec![Allergie { agent: "pénicilline", reaction: "anaphylaxie", annee: 2019 }]);
            c.alertes = vec!["fausse_route", "chute_recente", "anticoagulant"];
            c.plans.extend(["fausse_route", "chutes", "escarre", "appareillage"]);
            c.equipements.extend(["leve_malade", "appareil_auditif", "lit_bas"]);
            (c.texture, c.boisson, c.niveau_soins, c.poids_hg) = ("mixee", "gelifiee", 'B', 546);
            r.vie.compte = vec!["« Je veux ma radio et mon châle. »".to_owned()];
            r.vie.habitudes = vec![
                ("passe", "Ancienne institutrice.".to_owned()),
                ("entourage", "2 filles.".to_owned()),
                ("reveil", "Préfère la toilette après 8 h 30.".to_owned()),
            ];
            r.consentements.portail_activites = "oui";
            r.consentements.portail_sante = "non";
            r.consentements.directives = "redigees";
            r.portail = Some("claire");
            r.contacts = vec![super::resident::Contact {
                nom: "Brumelle".to_owned(),
                prenom: "Claire".to_owned(),
                lien: "fille".to_owned(),
                telephone: "0639981936".to_owned(),
                courriel: "claire.brumelle@exemple.invalid".to_owned(),
                confiance: true,
                ordre_appel: 1,
            }];
        }
        215 => c.equipements.push("deambulateur"),
        220 => {
            c.plans.push("denutrition");
            (c.texture, c.regime, c.poids_hg) = ("hachee", "enrichi", 628);
        }
        218 => {
            c.allergies = Allergies::Aucune(o.cal.date(-40));
            c.alertes = vec!["insuline"];
            c.regime = "diabetique";
            c.plans.push("diabete_insuline");
        }
        117 => {
            c.alertes = vec!["risque_sortie"];
            c.plans.extend(["plaie", "escarre", "comportement"]);
        }
        308 => c.plans.push("chutes"),
        _ => {}
    }
}
