//! The sheet of one time of an act: what happened, at what hour, why, with whom; what was said before.

use kernel::dates::{date_heure, heure_levee};
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{self, Choix, Heure, Texte, ZoneTexte, cache, groupe};
use ui::choix_puces::ChoixPuces;
use ui::journal_ligne::{JournalLigne, journal};
use ui::puces::{Etat, Puce};

use crate::acts::releve::en_mots;
use crate::acts::valider::NOTE_MAX;
use crate::adresses;
use crate::cle::Cle;
use crate::motifs::motifs;
use crate::plan::SoinPrevu;
use crate::tour::fuseau;
use crate::validation::Validation;

/// What the sheet shows.
pub(crate) struct Fiche<'a> {
    pub(crate) usager: kernel::id::UsagerId,
    pub(crate) qui: String,
    pub(crate) ligne: &'a SoinPrevu,
    /// `None`: an act done when needed.
    pub(crate) cle: Option<Cle>,
    /// Every version of every word about this time, newest first.
    pub(crate) versions: Vec<Stored<Validation>>,
    /// The word which counts, when there is one.
    pub(crate) courante: Option<Stored<Validation>>,
    pub(crate) retour: String,
    pub(crate) id: uuid::Uuid,
    pub(crate) erreur: Option<String>,
    pub(crate) note: String,
    pub(crate) avec: String,
    /// A colleague who spoke of this time already.
    pub(crate) deja: Option<String>,
    /// Colleagues already known on the round.
    pub(crate) collegues: Vec<String>,
    /// Refused the time before as well.
    pub(crate) refus_repete: bool,
    pub(crate) peut_valider: bool,
    /// Fields of the measures, drawn apart.
    pub(crate) mesures: Markup,
}

impl Fiche<'_> {
    /// Draws the content of the page.
    pub(crate) fn render(&self) -> Markup {
        let due = self
            .cle
            .as_ref()
            .map_or_else(|| "si besoin".to_owned(), |cle| format!("prévu le {}", date_heure(cle.due(&fuseau()), &fuseau())));
        html! {
            (EntetePage::new(&self.ligne.libelle).phrase(format!("{} · {due}", self.qui)).parent("Retour", adresses::locale(&self.retour)))
            @if let Some(erreur) = &self.erreur { (Alerte::new(Nature::Attention, erreur.clone()).annonce()) }
            @if let Some(par) = &self.deja { (Alerte::new(Nature::Info, format!("Déjà tracé par {par}.")).texte("Votre saisie sera gardée à côté de la sienne. Pour corriger la sienne, demandez-lui, ou à l'infirmière.")) }
            @if self.refus_repete { (self.proposer_transmission()) }
            @if !self.ligne.consigne.is_empty() { (Alerte::new(Nature::Info, "Comment faire").texte(self.ligne.consigne.clone())) }
            (deux_volets(&html! { @if self.peut_valider { (self.formulaire()) } }, &html! { (self.historique()) }))
        }
    }

    fn proposer_transmission(&self) -> Markup {
        let lien = format!("/transmissions/nouvelle?resident={}&theme={}", self.usager, adresses::encoder(&self.ligne.categorie));
        Alerte::new(Nature::Attention, "Ce soin a été refusé deux fois de suite.")
            .actions(html! { (Bouton::lien("Écrire une transmission", lien).icone(Icone::MessageSquare)) })
            .render()
    }

    fn formulaire(&self) -> Markup {
        let (titre, action) = match &self.courante {
            Some(validation) => {
                ("Corriger la saisie", format!("/residents/{}/validations/{}/corriger", self.usager, validation.id))
            }
            None => ("Que s'est-il passé", format!("/residents/{}/soins/{}/tracer", self.usager, self.ligne.id)),
        };
        html! {
            (Bloc::new(titre, html! {
                form class="formulaire" method="post" action=(action) {
                    (cache("id", &self.id.to_string()))
                    (cache("retour", &self.retour))
                    @if let Some(cle) = &self.cle { (cache("occurrence", &cle.to_string())) }
                    (self.quand())
                    (self.mesures)
                    (self.issues())
                    (Texte::new("avec", "Fait avec").valeur(&self.avec).propositions(self.collegues.clone()).moyen())
                    (ZoneTexte::new("note", "Note").valeur(&self.note).maximum(NOTE_MAX))
                    @if self.courante.is_some() { (motif_correction()) }
                }
            }))
            @if let Some(validation) = &self.courante { (self.annulation(validation)) }
        }
    }

    fn quand(&self) -> Markup {
        let mut choix = vec![];
        if let Some(validation) = &self.courante {
            choix.push(Choix::new("", format!("heure inchangée ({})", heure_levee(validation.fait_le, &fuseau()))));
        }
        choix.extend([
            Choix::new("maintenant", "à l'instant"),
            Choix::new("15", "il y a 15\u{a0}min"),
            Choix::new("60", "il y a 1\u{a0}h"),
        ]);
        if let Some(cle) = &self.cle {
            choix.push(Choix::new("prevue", format!("à l'heure prévue ({})", heure_levee(cle.due(&fuseau()), &fuseau()))));
        }
        choix.push(Choix::new("autre", "autre heure"));
        let premier = if self.courante.is_some() { "" } else { "maintenant" };
        html! {
            (ChoixPuces::un("quand", "Heure du soin").choix(choix).valeur(premier).sans_mention())
            (Heure::new("heure", "Autre heure").sans_mention())
        }
    }

    fn issues(&self) -> Markup {
        let bouton = |valeur: String, libelle: &str| Bouton::envoyer(libelle).valeur("choix", valeur);
        let groupe = |titre: &str, issue: &str, famille: &str| {
            groupe(
                titre,
                &boutons(
                    &html! { @for motif in motifs(famille) { (bouton(format!("{issue}:{}", motif.code), &motif.libelle).precision(titre)) } },
                ),
            )
        };
        html! {
            (boutons(&html! { (Bouton::envoyer("Fait").principal().icone(Icone::Check).valeur("choix", "fait").touche("v")) }))
            (groupe("Fait en partie", "fait_en_partie", "fait_partiellement"))
            (groupe("Refusé", "refuse", "refus_soin"))
            (groupe("Absent", "absent", "absence_soin"))
            @if self.cle.is_some() {
                (champs::groupe("Reporté", &html! {
                    (Heure::new("reporte_a", "Nouvelle heure").sans_mention())
                    (boutons(&html! { @for motif in motifs("report") { (bouton(format!("reporte:{}", motif.code), &motif.libelle).precision("Reporté")) } }))
                }))
                (groupe("Non nécessaire", "non_necessaire", "non_necessaire"))
            }
        }
    }

    fn annulation(&self, validation: &Stored<Validation>) -> Markup {
        Bloc::new(
            "Annuler la saisie",
            html! {
                form class="formulaire" method="post" action=(adresses::annuler(self.usager, validation.id)) {
                    (cache("retour", &self.retour))
                    (motif_correction())
                    (boutons(&html! { (Bouton::envoyer("Annuler cette saisie").danger().icone(Icone::Undo2)) }))
                }
            },
        )
        .render()
    }

    fn historique(&self) -> Markup {
        let lignes: Vec<JournalLigne> = self.versions.iter().map(version).collect();
        Bloc::new("Ce qui a été tracé", html! { @if lignes.is_empty() { p class="secondaire" { "Rien n'a encore été tracé pour ce soin." } } @else { (journal(&lignes)) } })
            .icone(Icone::History)
            .render()
    }
}

fn motif_correction() -> Markup {
    html! {
        (ChoixPuces::un("motif", "Pourquoi").choix(motifs("correction").map(|motif| Choix::new(&motif.code, &motif.libelle))).sans_mention())
        (Texte::new("precision", "Précision").sans_mention())
    }
}

/// One version of a word, both hours shown when it was entered late.
pub(crate) fn version(stored: &Stored<Validation>) -> JournalLigne {
    let validation = &stored.value;
    let fait = heure_levee(validation.fait_le, &fuseau());
    let saisi = if validation.est_tardive() {
        format!(", saisi le {}", date_heure(validation.saisi_le, &fuseau()))
    } else {
        String::new()
    };
    let avec = validation.avec.as_deref().map(|avec| format!(" · avec {avec}")).unwrap_or_default();
    let note = if validation.note.is_empty() { String::new() } else { format!(" · {}", validation.note) };
    let mut ligne = JournalLigne::new(
        fait,
        format!("{}{saisi}", validation.par.complet()),
        format!("{}{avec}{note}", en_mots(&validation.issue)),
    );
    if let Some(correction) = &validation.correction {
        ligne = ligne.donnees(format!(
            "Corrigé par {} le {} : {}",
            correction.par,
            date_heure(correction.le, &fuseau()),
            correction.motif
        ));
    }
    for (vrai, mot) in [
        (validation.groupe, "validation groupée"),
        (validation.hors_ligne, "saisi hors ligne"),
        (validation.heure_a_confirmer, "heure à confirmer"),
        (validation.hors_plan, "hors plan"),
        (validation.double_de.is_some(), "seconde saisie"),
    ] {
        if vrai {
            ligne = ligne.puce(if mot.ends_with("confirmer") { Puce::new(Etat::ASurveiller, mot) } else { Puce::neutre(mot) });
        }
    }
    if let Some(annulation) = &validation.annule {
        ligne = ligne.annulee(format!("{} · {} le {}", annulation.motif, annulation.par, date_heure(annulation.le, &fuseau())));
    }
    ligne
}
