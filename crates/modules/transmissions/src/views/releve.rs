//! The handover digest on a screen: essentials, persons in the order of reading, what is calm folded.

use std::collections::HashMap;

use jiff::Timestamp;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::releve::EvenementReleve;
use platform::store::Stored;
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;
use ui::champs::cache;
use ui::onglets::Onglets;
use ui::puces::{Etat, Puce, puces};
use ui::vide::vide_bon;

use super::dossier::puce_etat;
use super::ligne::{Options, ligne};
use super::passations::passations;
use super::{Regard, compte, puce_theme};
use crate::lecture::{Acceptation, Passation};
use crate::model::{EtatCible, Importance, Transmission};
use crate::releve::{ChoixFenetre, CibleReleve, Personne, Poids, Releve, ResidentReleve, phrase};
use crate::themes;

/// How the digest is arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Arrangement {
    /// One block a person.
    #[default]
    Resident,
    /// One block a theme.
    Theme,
    /// One line a fact, newest first.
    Chrono,
}

impl Arrangement {
    pub(crate) fn lire(texte: &str) -> Self {
        match texte {
            "theme" => Self::Theme,
            "chrono" => Self::Chrono,
            _ => Self::Resident,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Resident => "",
            Self::Theme => "theme",
            Self::Chrono => "chrono",
        }
    }
}

/// What the screen shows.
pub(crate) struct VueReleve<'a> {
    pub(crate) releve: &'a Releve,
    pub(crate) fenetre: ChoixFenetre,
    pub(crate) arrangement: Arrangement,
    pub(crate) alertes_seules: bool,
    /// Everything known until then is on the screen.
    pub(crate) jusqua: Timestamp,
    /// Handovers told lately, with who accepted them.
    pub(crate) passations: &'a [(Stored<Passation>, Vec<Stored<Acceptation>>)],
    pub(crate) compte: kernel::id::CompteId,
    pub(crate) peut_ecrire: bool,
}

impl VueReleve<'_> {
    fn vers(fenetre: ChoixFenetre, arrangement: Arrangement, alertes: bool) -> String {
        let parametres =
            [("fenetre", fenetre.code()), ("vue", arrangement.code()), ("filtre", if alertes { "alerte" } else { "" })];
        let gardes: Vec<String> =
            parametres.iter().filter(|(_, valeur)| !valeur.is_empty()).map(|(nom, valeur)| format!("{nom}={valeur}")).collect();
        if gardes.is_empty() { "/releve".to_owned() } else { format!("/releve?{}", gardes.join("&")) }
    }

    fn ici(&self) -> String {
        Self::vers(self.fenetre, self.arrangement, self.alertes_seules)
    }

    fn residents(&self) -> Vec<&ResidentReleve> {
        let grave = |resident: &&ResidentReleve| {
            let evenement = resident.evenements.iter().any(|un| est_danger(&un.genre));
            !self.alertes_seules || evenement || !resident.alertes.is_empty()
        };
        self.releve.residents.iter().filter(grave).collect()
    }
}

fn est_danger(genre: &str) -> bool {
    Poids::livres().genre(genre).is_some_and(|genre| genre.danger)
}

fn choix(vue: &VueReleve<'_>) -> Markup {
    let (fenetre, arrangement, alertes) = (vue.fenetre, vue.arrangement, vue.alertes_seules);
    let fenetres = [
        (ChoixFenetre::DernierPassage, "Depuis mon dernier passage"),
        (ChoixFenetre::Heures(24), "24 heures"),
        (ChoixFenetre::Heures(72), "72 heures"),
        (ChoixFenetre::Heures(24 * 7), "7 jours"),
    ];
    let arrangements =
        [(Arrangement::Resident, "Par résident"), (Arrangement::Theme, "Par thème"), (Arrangement::Chrono, "Chronologique")];
    let onglets = fenetres.iter().fold(Onglets::new("Période", vue.ici()), |onglets, (choix, mot)| {
        onglets.onglet(*mot, VueReleve::vers(*choix, arrangement, alertes))
    });
    let vues = arrangements.iter().fold(Onglets::new("Présentation", vue.ici()), |onglets, (choix, mot)| {
        onglets.onglet(*mot, VueReleve::vers(fenetre, *choix, alertes))
    });
    html! {
        (onglets)
        (vues)
        p class="sans-impression" {
            @if alertes { a href=(VueReleve::vers(fenetre, arrangement, false)) { "Tout montrer" } } @else { a href=(VueReleve::vers(fenetre, arrangement, true)) { "Montrer seulement les alertes" } }
            " · " a href="/releve/poids" { "Comment cette page est composée" }
        }
    }
}

/// « 2 chutes : BRUMELLE 03:12 ; OLMÈDE jeu. 19 nov. 14:00 ».
pub(crate) fn essentiel(regard: &Regard<'_>, releve: &Releve) -> Markup {
    let poids = Poids::livres();
    let corps = html! {
        ul class="pile" role="list" {
            @for ligne in &releve.essentiel {
                @if let Some(genre) = poids.genre(&ligne.genre) {
                    @let nombre = compte(u64::try_from(ligne.qui.len()).unwrap_or(0), &genre.un, &genre.plusieurs);
                    @let etat = if genre.danger { Etat::Danger } else { Etat::Info };
                    li { (Puce::new(etat, nombre)) " "
                        @for (rang, (usager, nom, le)) in ligne.qui.iter().enumerate() { @if rang > 0 { " ; " } a href=(format!("#r-{usager}")) { (nom) } " " (regard.quand(*le)) } }
                }
            }
        }
    };
    html! { @if !releve.essentiel.is_empty() { (Bloc::new("L'essentiel", corps).icone(Icone::Star)) } }
}

/// One structured event.
pub(crate) fn evenement(regard: &Regard<'_>, un: &EvenementReleve) -> Markup {
    let etat = if est_danger(&un.genre) { Etat::Danger } else { Etat::Info };
    html! {
        (Puce::new(etat, regard.quand(un.le))) " "
        @if let Some(href) = &un.href { a href=(href) { (un.libelle) } } @else { (un.libelle) }
    }
}

fn etat_du_theme(regard: &Regard<'_>, cible: &CibleReleve) -> Vec<Puce> {
    let mut chips = vec![puce_theme(&cible.theme)];
    match (&cible.ouverte, cible.etat) {
        (Some(ouverte), _) => chips.push(puce_etat(regard, ouverte)),
        (None, EtatCible::Close) => chips.push(Puce::new(Etat::Fait, "close")),
        (None, _) => {}
    }
    let alerte = cible.montree.iter().chain(&cible.autres).any(|une| une.importance == Importance::Alerte);
    if alerte {
        chips.push(Puce::new(Etat::Danger, "alerte"));
    }
    chips
}

fn autres(regard: &Regard<'_>, cible: &CibleReleve) -> Markup {
    let nombre = u64::try_from(cible.autres.len()).unwrap_or(0);
    html! {
        @if nombre > 0 {
            details class="depliant" {
                summary { (compte(nombre, "autre note", "autres notes")) }
                ol class="journal" role="list" { @for une in &cible.autres { (ligne(regard, une, &Options { avec_jour: true, sans_theme: true, lien: true, ..Options::default() })) } }
            }
        }
    }
}

/// One theme of a person: state, the latest result or datum, the rest folded.
pub(crate) fn theme(regard: &Regard<'_>, cible: &CibleReleve) -> Markup {
    let lettre = cible.montree.as_ref().map_or_else(
        || cible.ouverte.as_ref().map(|ouverte| if ouverte.phrase_resultat { 'R' } else { 'D' }),
        |montree| Some(montree.derniere_phrase().0),
    );
    let mot = |lettre| match lettre {
        'R' => "Résultat",
        'A' => "Actions",
        _ => "Données",
    };
    html! {
        div class="releve-cible" {
            (puces(&etat_du_theme(regard, cible)))
            p class="releve-phrase" {
                @if let Some(lettre) = lettre { abbr title=(mot(lettre)) { strong { (lettre) } } " " }
                (phrase(cible).unwrap_or_default()) " "
                @if let Some(montree) = &cible.montree {
                    a class="secondaire" href=(format!("/residents/{}/transmissions/{}", montree.usager, montree.id)) { (regard.quand(montree.fait_le)) ", " (regard.signature(montree)) }
                } @else if let Some(ouverte) = &cible.ouverte {
                    a class="secondaire" href=(format!("/residents/{}/transmissions#cible-{}", ouverte.usager, ouverte.fil)) { "sans résultat depuis " (regard.quand(ouverte.derniere_le)) }
                }
            }
            (autres(regard, cible))
        }
    }
}

/// What is new about a person: events, themes, instructions; `sous_le_titre` of the page itself, else of a block.
pub(crate) fn nouveau(regard: &Regard<'_>, resident: &ResidentReleve, sous_le_titre: bool) -> Markup {
    let titre = |mots: &str| html! { @if sous_le_titre { h2 { (mots) } } @else { h3 { (mots) } } };
    html! {
        @if !resident.evenements.is_empty() {
            (titre("Ce qui a changé"))
            ul class="pile" role="list" { @for un in &resident.evenements { li { (evenement(regard, un)) } } }
        }
        @if !resident.consignes.is_empty() {
            (titre("Consignes nouvelles"))
            ul class="pile" role="list" { @for consigne in &resident.consignes { li { (consigne.texte.as_str()) " " span class="secondaire" { "jusqu'au " (kernel::dates::date_courte(consigne.jusquau)) } } } }
        }
        @if !resident.cibles.is_empty() {
            (titre("Cibles"))
            @for cible in &resident.cibles { (theme(regard, cible)) }
        }
    }
}

fn nom_et_chambre(personne: &Personne) -> String {
    if personne.chambre.is_empty() { personne.nom.clone() } else { format!("{} · {}", personne.nom, personne.chambre) }
}

fn bouton_lu(vue: &VueReleve<'_>, personne: &Personne) -> Markup {
    html! {
        form method="post" action="/releve/lu" class="sans-impression" {
            (cache("usager", &personne.usager.to_string()))
            (cache("depuis", &personne.depuis.as_microsecond().to_string()))
            (cache("jusqua", &vue.jusqua.as_microsecond().to_string()))
            (cache("retour", &vue.ici()))
            (Bouton::envoyer("Lu").petit().valider().icone(Icone::Check).precision(format!(": {}", personne.nom)))
        }
    }
}

fn par_resident(regard: &Regard<'_>, vue: &VueReleve<'_>) -> Markup {
    html! {
        @for resident in vue.residents() {
            @let corps = html! {
                div class="boutons" data-resident {
                    a href=(format!("/residents/{}/transmissions", resident.personne.usager)) { "Ouvrir ses transmissions" span class="lecteur" { " : " (resident.personne.nom) } }
                    @if vue.peut_ecrire { a href=(format!("/transmissions/nouvelle?resident={}", resident.personne.usager)) class="sans-impression" { "Écrire" span class="lecteur" { " sur " (resident.personne.nom) } } }
                    (bouton_lu(vue, &resident.personne))
                }
                (nouveau(regard, resident, false))
            };
            @let bloc = Bloc::new(nom_et_chambre(&resident.personne), corps).id(format!("r-{}", resident.personne.usager)).icone(Icone::UserRound);
            @if resident.evenements.iter().any(|un| est_danger(&un.genre)) || !resident.alertes.is_empty() { (bloc.alerte()) } @else { (bloc) }
        }
    }
}

fn par_theme(regard: &Regard<'_>, vue: &VueReleve<'_>) -> Markup {
    let residents = vue.residents();
    html! {
        @for connu in themes::tous() {
            @let lignes: Vec<_> = residents.iter().flat_map(|resident| resident.cibles.iter().filter(|cible| cible.theme == connu.code).map(move |cible| (*resident, cible))).collect();
            @if !lignes.is_empty() {
                @let corps = html! { @for (resident, cible) in &lignes { h3 { a href=(format!("/residents/{}/transmissions", resident.personne.usager)) { (nom_et_chambre(&resident.personne)) } } (theme(regard, cible)) } };
                (Bloc::new(connu.libelle.clone(), corps).icone(connu.icone()).mention(html! { (compte(u64::try_from(lignes.len()).unwrap_or(0), "résident", "résidents")) }))
            }
        }
    }
}

enum Fait<'a> {
    Ecrit(&'a Transmission),
    Evenement(&'a EvenementReleve),
}

fn chronologique(regard: &Regard<'_>, vue: &VueReleve<'_>) -> Markup {
    let residents = vue.residents();
    let noms: HashMap<UsagerId, &Personne> =
        residents.iter().map(|resident| (resident.personne.usager, &resident.personne)).collect();
    let mut faits: Vec<(Timestamp, Fait<'_>)> = residents
        .iter()
        .flat_map(|resident| {
            let ecrits = resident.transmissions().map(|une| (une.fait_le, Fait::Ecrit(une)));
            ecrits.chain(resident.evenements.iter().map(|un| (un.le, Fait::Evenement(un))))
        })
        .filter(|(_, fait)| match fait {
            Fait::Ecrit(une) => !vue.alertes_seules || une.importance == Importance::Alerte,
            Fait::Evenement(un) => !vue.alertes_seules || est_danger(&un.genre),
        })
        .collect();
    faits.sort_by_key(|(le, _)| std::cmp::Reverse(*le));
    let nom = |usager: &UsagerId| noms.get(usager).map(|personne| (personne.nom.clone(), personne.chambre.clone()));
    let corps = html! {
        ol class="journal" role="list" {
            @for (le, fait) in &faits {
                @match fait {
                    Fait::Ecrit(une) => (ligne(regard, une, &Options { resident: nom(&une.usager), avec_jour: true, lien: true, ..Options::default() })),
                    Fait::Evenement(un) => li class="journal-ligne" {
                        span class="journal-heure" { (regard.quand(*le)) }
                        div { @if let Some((nom, chambre)) = nom(&un.usager) { strong { (nom) } " " span class="secondaire" { "ch. " (chambre) } " " } (evenement(regard, un)) }
                    },
                }
            }
        }
    };
    html! { (Bloc::new("Dans l'ordre du temps", corps).icone(Icone::Clock)) }
}

fn fin(vue: &VueReleve<'_>) -> Markup {
    let releve = vue.releve;
    let nombre = u64::try_from(releve.calmes.len()).unwrap_or(0);
    html! {
        @if nombre > 0 {
            details class="depliant" {
                summary { (compte(nombre, "résident sans changement", "résidents sans changement")) }
                p { (releve.calmes.iter().map(nom_et_chambre).collect::<Vec<_>>().join(" ; ")) }
            }
        }
        @if !releve.residents.is_empty() {
            form method="post" action="/releve/tout-lu" class="sans-impression" {
                (cache("jusqua", &vue.jusqua.as_microsecond().to_string()))
                (cache("fenetre", vue.fenetre.code()))
                (Bouton::envoyer("Tout lu").principal().icone(Icone::Check))
                p class="secondaire" { "Votre prochaine relève commencera ici. Les alertes de cette page seront notées comme vues par vous." }
            }
        }
    }
}

/// Draws the digest.
pub(crate) fn releve(regard: &Regard<'_>, vue: &VueReleve<'_>, depuis: &str) -> Markup {
    html! {
        (passations(regard, vue.passations, vue.compte))
        (choix(vue))
        @if vue.releve.residents.is_empty() { (vide_bon(&format!("Rien de nouveau {depuis}."))) }
        @else {
            (essentiel(regard, vue.releve))
            @if vue.residents().is_empty() { (vide_bon("Aucune alerte dans cette période.")) }
            @else {
                @match vue.arrangement {
                    Arrangement::Resident => (par_resident(regard, vue)),
                    Arrangement::Theme => (par_theme(regard, vue)),
                    Arrangement::Chrono => (chronologique(regard, vue)),
                }
            }
        }
        (fin(vue))
    }
}
