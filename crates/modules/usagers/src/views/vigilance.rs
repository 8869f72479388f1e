//! Queues of identity vigilance.

use jiff::tz::TimeZone;
use kernel::ins::StatutIdentite;
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::{Chiffre, EntetePage, chiffres};
use ui::boutons::Bouton;
use ui::onglets::Onglets;
use ui::progression::progression;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_bon;

use super::identite::puce_statut;
use super::jour;
use crate::Usager;
use crate::acts::Connu;
use crate::pages::vigilance::{FILES, File, Rapprochement};

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub file: File,
    pub statuts: [(StatutIdentite, usize); 4],
    pub a_qualifier: Vec<&'a Connu>,
    pub douteuses: Vec<&'a Connu>,
    pub doublons: Vec<&'a Rapprochement<'a>>,
    pub homonymes: Vec<&'a Rapprochement<'a>>,
    pub reunis: Vec<&'a Stored<Usager>>,
    pub tous: &'a [Stored<Usager>],
    pub peut_reunir: bool,
    pub fuseau: &'a TimeZone,
}

impl Ecran<'_> {
    fn nombre(&self, file: File) -> usize {
        match file {
            File::AQualifier => self.a_qualifier.len(),
            File::Doublons => self.doublons.len(),
            File::Douteuses => self.douteuses.len(),
            File::Homonymes => self.homonymes.len(),
            File::Reunis => self.reunis.len(),
        }
    }
}

/// The page.
pub(crate) fn dessiner(ecran: &Ecran<'_>) -> Markup {
    let total: usize = ecran.statuts.iter().map(|(_, nombre)| nombre).sum();
    let qualifiees = ecran.statuts.first().map_or(0, |(_, nombre)| *nombre);
    let figures: Vec<Chiffre> =
        ecran.statuts.iter().map(|(statut, nombre)| Chiffre::new(nombre.to_string(), statut.libelle())).collect();
    let adresse = |code: &str| format!("/admin/ins?file={code}");
    let courant = FILES.iter().find(|(file, ..)| *file == ecran.file).map(|(_, code, _)| adresse(code)).unwrap_or_default();
    let onglets = FILES.iter().fold(Onglets::new("Files d'identitovigilance", courant), |onglets, (file, code, libelle)| {
        onglets.onglet(*libelle, adresse(code)).compteur(u32::try_from(ecran.nombre(*file)).unwrap_or(u32::MAX))
    });
    html! {
        (EntetePage::new("Identitovigilance").phrase("Une identité est qualifiée quand l'INS vient du téléservice INSi et que ses traits ont été comparés à une pièce."))
        (chiffres(&figures))
        (progression(nombre64(qualifiees), nombre64(total), &format!("{qualifiees} identités qualifiées sur {total} personnes accueillies ou attendues")))
        (onglets)
        @match ecran.file {
            File::AQualifier => (personnes(&ecran.a_qualifier, "Identités à qualifier", "Toutes les identités sont qualifiées.")),
            File::Douteuses => (personnes(&ecran.douteuses, "Identités douteuses ou fictives", "Aucune identité douteuse ni fictive.")),
            File::Doublons => (paires(ecran, &ecran.doublons, "Doublons probables", "Aucun doublon probable.")),
            File::Homonymes => (paires(ecran, &ecran.homonymes, "Homonymes présents ensemble", "Aucun homonyme dans la maison.")),
            File::Reunis => (reunis(ecran)),
        }
    }
}

fn nombre64(nombre: usize) -> u64 {
    u64::try_from(nombre).unwrap_or(u64::MAX)
}

fn personnes(connus: &[&Connu], legende: &str, vide: &str) -> Markup {
    let tableau = Tableau::new(legende)
        .colonne("Nom")
        .colonne("Naissance")
        .colonne("Statut")
        .colonne("Ce qui manque")
        .si_vide(vide_bon(vide));
    connus
        .iter()
        .fold(tableau, |tableau, connu| {
            let identite = &connu.identification.identite;
            let manque = [(identite.ins().is_none(), "INS"), (identite.document().is_none(), "pièce d'identité")];
            let manque: Vec<&str> = manque.into_iter().filter(|(oui, _)| *oui).map(|(_, mot)| mot).collect();
            let marque = if identite.est_douteuse() { Some("Douteuse") } else { identite.est_fictive().then_some("Fictive") };
            tableau.ligne([
                html! { a href=(format!("/residents/{}/identite", connu.usager.value.id)) { (connu.usager.nom_complet()) } },
                html! { (identite.traits().date_naissance()) },
                html! { (puce_statut(identite)) @if let Some(marque) = marque { " " (Puce::new(Etat::Danger, marque)) } },
                html! { (manque.join(", ")) },
            ])
        })
        .render()
}

fn paires(ecran: &Ecran<'_>, paires: &[&Rapprochement<'_>], legende: &str, vide: &str) -> Markup {
    let tableau = Tableau::new(legende)
        .colonne("Première personne")
        .colonne("Seconde personne")
        .colonne("Rapprochement")
        .colonne("Geste")
        .si_vide(vide_bon(vide));
    paires
        .iter()
        .fold(tableau, |tableau, paire| {
            let (a, b) = (paire.a.usager.value.id, paire.b.usager.value.id);
            tableau.ligne([
                une(paire.a),
                une(paire.b),
                html! { (paire.proximite.libelle()) },
                html! { @if ecran.peut_reunir { (Bouton::lien("Comparer", format!("/admin/ins/fusion?a={a}&b={b}")).petit().icone(Icone::ArrowLeftRight)) } },
            ])
        })
        .render()
}

fn une(connu: &Connu) -> Markup {
    let traits = connu.identification.identite.traits();
    html! {
        a href=(format!("/residents/{}/identite", connu.usager.value.id)) { (connu.usager.nom_complet()) }
        br; small class="secondaire" { (traits.nom_naissance()) " " (traits.prenoms_naissance()) ", " (traits.date_naissance()) }
    }
}

fn reunis(ecran: &Ecran<'_>) -> Markup {
    let tableau = Tableau::new("Dossiers réunis")
        .colonne("Dossier écarté")
        .colonne("Dossier gardé")
        .colonne("Depuis")
        .colonne("Geste")
        .si_vide(vide_bon("Aucun dossier réuni à un autre."));
    ecran
        .reunis
        .iter()
        .fold(tableau, |tableau, ecarte| {
            let garde = ecarte.fusionne_dans.and_then(|id| ecran.tous.iter().find(|usager| usager.value.id == id));
            tableau.ligne([
                html! { (ecarte.nom_complet()) },
                html! { @if let Some(garde) = garde { a href=(format!("/residents/{}", garde.value.id)) { (garde.nom_complet()) } } },
                html! { (jour(ecarte.recorded, ecran.fuseau)) },
                html! {
                    @if ecran.peut_reunir { @if let Some(garde) = garde {
                        form method="post" action="/admin/ins/separer" data-confirmer="Séparer ces deux dossiers ? Chacun redevient ce qu'il était." {
                            (ui::champs::cache("garde", &garde.value.id.to_string())) (ui::champs::cache("ecarte", &ecarte.value.id.to_string()))
                            (Bouton::envoyer("Séparer").petit())
                        }
                    } }
                },
            ])
        })
        .render()
}
