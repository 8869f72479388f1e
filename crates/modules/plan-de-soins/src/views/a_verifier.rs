//! What waits for a decision: facts side by side, a proposed decision, a reason.

use kernel::dates::{date_heure, heure_levee};
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Choix, Radios, Texte, cache};
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_bon;

use super::nombre;
use crate::tour::fuseau;
use crate::verification::{AVerifier, Decision, FaitCompare};

/// What the page shows.
pub(crate) struct PageAVerifier {
    /// Open ones, oldest first, with the name of the person.
    pub(crate) ouverts: Vec<(Stored<AVerifier>, String)>,
    /// Closed lately.
    pub(crate) fermes: Vec<(Stored<AVerifier>, String)>,
    /// May decide.
    pub(crate) peut_decider: bool,
    /// Only those one wrote.
    pub(crate) miens: bool,
    pub(crate) erreur: Option<String>,
}

/// The value of a decision in a form.
pub(crate) fn code(decision: Decision) -> String {
    match decision {
        Decision::Retenir { validation } => validation.to_string(),
        Decision::GarderTout => "garder".to_owned(),
        Decision::ToutAnnuler => "annuler".to_owned(),
    }
}

fn fait(fait: &FaitCompare) -> String {
    let saisi =
        if fait.saisi_le == fait.fait_le { String::new() } else { format!(", saisi {}", heure_levee(fait.saisi_le, &fuseau())) };
    format!("{} à {}{saisi} · {}", fait.issue, heure_levee(fait.fait_le, &fuseau()), fait.par)
}

fn libelle(decision: Decision, faits: &[FaitCompare]) -> String {
    match decision {
        Decision::GarderTout if faits.len() == 1 => "Garder cette saisie".to_owned(),
        Decision::GarderTout => "Garder toutes les saisies".to_owned(),
        Decision::ToutAnnuler if faits.len() == 1 => "Annuler cette saisie".to_owned(),
        Decision::ToutAnnuler => "Annuler toutes les saisies".to_owned(),
        Decision::Retenir { validation } => {
            let retenu = faits.iter().find(|fait| fait.validation == validation);
            retenu.map_or_else(String::new, |retenu| format!("Retenir « {} » de {}", retenu.issue, retenu.par))
        }
    }
}

impl PageAVerifier {
    /// Draws the content of the page.
    pub(crate) fn render(&self) -> Markup {
        let phrase = if self.miens {
            "Vos saisies qui attendent une décision du cadre ou de l'infirmière."
        } else {
            "Saisies qui se contredisent, ou qui ne suivent plus le plan."
        };
        html! {
            (EntetePage::new("À vérifier").phrase(phrase))
            @if let Some(erreur) = &self.erreur { (Alerte::new(Nature::Attention, erreur.clone()).annonce()) }
            @if self.ouverts.is_empty() { (Bloc::new("En attente de décision", vide_bon("Aucune saisie à vérifier.")).calme()) }
            @for (releve, qui) in &self.ouverts { (self.releve(releve, qui)) }
            @if !self.fermes.is_empty() { (self.fermes()) }
        }
    }

    fn releve(&self, releve: &Stored<AVerifier>, qui: &str) -> Markup {
        Bloc::new(format!("{qui} · {}", releve.libelle), html! {
            p { (Puce::new(Etat::ASurveiller, releve.nature.libelle())) }
            p class="secondaire" { "Prévu le " (date_heure(releve.occurrence.due(&fuseau()), &fuseau())) ". " (releve.contexte) }
            @if self.peut_decider { (Self::decision(releve)) }
            @else { ul { @for fait_lu in &releve.faits { li { (fait(fait_lu)) } } } }
        })
        .id(format!("v-{}", releve.id))
        .icone(Icone::TriangleAlert)
        .mention(html! { a href=(format!("/residents/{}/soins?jour={}", releve.usager, releve.occurrence.attendue().date())) { "Plan du jour" } })
        .render()
    }

    fn decision(releve: &Stored<AVerifier>) -> Markup {
        let mut choix: Vec<Choix> = Vec::new();
        if releve.faits.len() > 1 {
            choix.extend(releve.faits.iter().map(|fait_lu| {
                let decision = Decision::Retenir { validation: fait_lu.validation };
                Choix::new(code(decision), libelle(decision, &releve.faits)).detail(fait(fait_lu))
            }));
        } else {
            choix.extend(releve.faits.iter().map(|fait_lu| {
                Choix::new(code(Decision::GarderTout), libelle(Decision::GarderTout, &releve.faits)).detail(fait(fait_lu))
            }));
        }
        if releve.faits.len() > 1 {
            choix.push(Choix::new(code(Decision::GarderTout), libelle(Decision::GarderTout, &releve.faits)));
        }
        choix.push(Choix::new(code(Decision::ToutAnnuler), libelle(Decision::ToutAnnuler, &releve.faits)));
        html! {
            form class="formulaire" method="post" action=(format!("/residents/{}/a-verifier/{}", releve.usager, releve.id)) {
                (cache("retour", "/a-verifier"))
                (Radios::new("decision", "Décision").choix(choix).valeur(code(releve.proposition)).aide("La dernière saisie connue est proposée.").requis())
                (Texte::new("motif", "Raison").requis().maximum(200).propositions(["Vu avec les deux collègues", "Erreur de saisie", "Soin bien réalisé"]))
                (boutons(&html! { (Bouton::envoyer("Décider").principal().icone(Icone::Check).precision(releve.libelle.as_str())) }))
            }
        }
    }

    fn fermes(&self) -> Markup {
        let mut tableau = Tableau::new("Décisions récentes")
            .legende_cachee()
            .colonne("Personne")
            .colonne("Soin")
            .colonne("Décision")
            .colonne("Raison")
            .colonne("Par");
        for (releve, qui) in &self.fermes {
            let Some(ferme) = &releve.ferme else { continue };
            tableau = tableau.ligne([
                html! { (qui) },
                html! { (releve.libelle) },
                html! { (libelle(ferme.decision, &releve.faits)) },
                html! { (ferme.motif) },
                html! { (ferme.par) ", le " (date_heure(ferme.le, &fuseau())) },
            ]);
        }
        Bloc::new("Décisions récentes", html! { (tableau) })
            .mention(html! { (nombre(self.fermes.len(), "décision", "décisions")) })
            .icone(Icone::History)
            .render()
    }
}
