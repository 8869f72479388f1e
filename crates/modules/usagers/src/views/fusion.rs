//! Two records side by side.

use jiff::tz::TimeZone;
use kernel::ins::{DocumentIdentite, TraitStrict, ecarts};
use maud::{Markup, html};
use platform::acces::Lien;
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::alerte::{Alerte, Nature};
use ui::bloc::EntetePage;
use ui::boutons::{Bouton, Ton, boutons};
use ui::champs::{Case, Choix, Radios, Texte, cache};
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;

use super::identite::puce_statut;
use super::jour;
use crate::{Identification, Usager};

/// One of the two records.
#[derive(Debug)]
pub(crate) struct Cote {
    pub usager: Stored<Usager>,
    pub identification: Stored<Identification>,
    pub lien: Option<Lien>,
}

impl Cote {
    fn valeur(&self, trait_strict: TraitStrict) -> String {
        let traits = self.identification.identite.traits();
        match trait_strict {
            TraitStrict::NomNaissance => traits.nom_naissance().to_owned(),
            TraitStrict::PrenomsNaissance => traits.prenoms_naissance().to_owned(),
            TraitStrict::DateNaissance => traits.date_naissance().to_string(),
            TraitStrict::Sexe => traits.sexe().libelle().to_owned(),
            TraitStrict::LieuNaissance => traits.lieu_naissance().code().to_owned(),
        }
    }

    fn sejour(&self, fuseau: &TimeZone) -> String {
        self.lien.as_ref().map_or_else(
            || "aucun".to_owned(),
            |lien| {
                let jusque = lien.jusque.map(|jusque| format!(" au {}", jour(jusque, fuseau))).unwrap_or_default();
                format!("{}, du {}{jusque}", lien.etat.libelle(), jour(lien.depuis, fuseau))
            },
        )
    }
}

const TRAITS: [TraitStrict; 5] = [
    TraitStrict::NomNaissance,
    TraitStrict::PrenomsNaissance,
    TraitStrict::DateNaissance,
    TraitStrict::Sexe,
    TraitStrict::LieuNaissance,
];

/// The page.
pub(crate) fn dessiner(a: &Cote, b: &Cote, champs: &Champs, erreurs: &Erreurs, fuseau: &TimeZone) -> Markup {
    let garde = |cote: &Cote| {
        let detail = format!(
            "séjour : {} · identité {}",
            cote.sejour(fuseau),
            cote.identification.identite.statut().libelle().to_lowercase()
        );
        Choix::new(cote.usager.value.id.to_string(), cote.usager.nom_complet()).detail(detail)
    };
    html! {
        (EntetePage::new("Comparer deux dossiers").parent("Identitovigilance", "/admin/ins?file=doublons"))
        (erreurs.resume())
        (comparaison(a, b, fuseau))
        (Alerte::new(Nature::Attention, "Réunir deux dossiers ne déplace rien : le dossier écarté est lu à travers celui qui est gardé.")
            .texte("L'opération se défait : chacun redevient ce qu'il était. Tout ce qui est écrit entre-temps reste dans le dossier gardé."))
        form class="formulaire" method="post" action="/admin/ins/fusion" {
            (cache("a", &a.usager.value.id.to_string())) (cache("b", &b.usager.value.id.to_string()))
            (Radios::new("garde", "Dossier à garder").choix([garde(a), garde(b)]).valeur(champs.texte("garde")).erreur(erreurs.de("garde")).requis())
            (Texte::new("motif", "Ce qui montre que c'est la même personne").valeur(champs.texte("motif")).erreur(erreurs.de("motif")).requis().maximum(200).aide("Pièce vue, réponse INSi, appel à la famille."))
            (Case::new("verifie", "J'ai comparé les traits avec une pièce d'identité ou avec la réponse du téléservice INSi").cochee(champs.coche("verifie")).erreur(erreurs.de("verifie")).requis())
            (boutons(&html! { (Bouton::envoyer("Réunir les deux dossiers").ton(Ton::DangerPlein)) (Bouton::lien("Ne rien changer", "/admin/ins?file=doublons")) }))
        }
    }
}

fn comparaison(a: &Cote, b: &Cote, fuseau: &TimeZone) -> Markup {
    let differents = ecarts(a.identification.identite.traits(), b.identification.identite.traits());
    let tableau = Tableau::new("Traits comparés")
        .colonne("Trait")
        .colonne(a.usager.nom_complet())
        .colonne(b.usager.nom_complet())
        .colonne("Écart");
    let tableau = TRAITS.into_iter().fold(tableau, |tableau, trait_strict| {
        let ecart = differents.contains(&trait_strict);
        let puce = if ecart { Puce::new(Etat::Danger, "différent") } else { Puce::new(Etat::Fait, "identique") };
        tableau.ligne([
            html! { (trait_strict.libelle()) },
            html! { (a.valeur(trait_strict)) },
            html! { (b.valeur(trait_strict)) },
            html! { (puce) },
        ])
    });
    let document = |cote: &Cote| cote.identification.identite.document().map_or("aucune", DocumentIdentite::libelle);
    let lignes = [
        (
            "Nom utilisé",
            html! { (a.usager.nom.as_str()) " " (a.usager.prenom.as_str()) },
            html! { (b.usager.nom.as_str()) " " (b.usager.prenom.as_str()) },
        ),
        ("Statut", html! { (puce_statut(&a.identification.identite)) }, html! { (puce_statut(&b.identification.identite)) }),
        ("Pièce vue", html! { (document(a)) }, html! { (document(b)) }),
        ("Séjour", html! { (a.sejour(fuseau)) }, html! { (b.sejour(fuseau)) }),
    ];
    lignes.into_iter().fold(tableau, |tableau, (nom, de_a, de_b)| tableau.ligne([html! { (nom) }, de_a, de_b, html! {}])).render()
}
