//! Drawing the pages of the bedside application which the server holds.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kernel::dates::date_heure;
use kernel::id::CompteId;
use maud::{Markup, html};
use store::Stored;
use terrain::{EtatPoste, EtatReponse};
use ui::Icone;
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::Bouton;
use ui::champs::Texte;
use ui::liste::{Ligne, liste};
use ui::puces::{Etat, Puce};
use ui::vide::vide_bon;

use crate::records::{NatureRefus, OperationRecue, PosteGarde, SaisieRefusee, SuiviPoste};

/// An entry missing for longer than this is told to the cadre.
const RETARD: SignedDuration = SignedDuration::from_hours(1);

/// Words of a kind of operation.
fn genre(code: &str) -> &str {
    match code {
        "soin.valider" => "Soin",
        "soin.corriger" => "Correction d'un soin",
        "soin.annuler" => "Annulation d'un soin",
        "ronde.valider" => "Ronde",
        "ronde.annuler" => "Annulation d'une ronde",
        "transmission.creer" => "Transmission",
        "constante.ajouter" => "Constante",
        "" => "Saisie illisible",
        autre => autre,
    }
}

fn etat_de(reponse: EtatReponse) -> Puce {
    match reponse {
        EtatReponse::Appliquee | EtatReponse::Deja => Puce::new(Etat::Fait, "enregistrée"),
        EtatReponse::Conflit => Puce::new(Etat::ASurveiller, "à vérifier"),
        EtatReponse::Refusee => Puce::new(Etat::ARevoir, "à revoir"),
        EtatReponse::PlusTard => Puce::new(Etat::EnAttente, "en attente"),
    }
}

/// « Mes saisies », server's side.
pub(crate) fn mes_saisies(recues: &[Stored<OperationRecue>], refusees: &[Stored<SaisieRefusee>], fuseau: &TimeZone) -> Markup {
    let lignes: Vec<Ligne> = recues
        .iter()
        .map(|recue| {
            let mut detail = format!("fait le {}", date_heure(recue.fait_a, fuseau));
            if recue.hors_ligne {
                detail = format!("{detail}, reçu le {}", date_heure(recue.recu_a, fuseau));
            }
            if recue.heure_a_confirmer {
                detail.push_str(", heure à confirmer");
            }
            if let Some(message) = &recue.reponse.message {
                detail = format!("{detail}. {message}");
            }
            Ligne::new(genre(&recue.genre)).detail(detail).puce(etat_de(recue.reponse.etat))
        })
        .collect();
    let corps = if lignes.is_empty() { vide_bon("Aucune saisie envoyée par une tablette.") } else { liste(&lignes) };
    html! {
        (EntetePage::new("Mes saisies").phrase("Ce que le serveur a reçu de vos tablettes"))
        div data-preparer {}
        @if !refusees.is_empty() { (Bloc::new("À revoir", refus_de_l_auteur(refusees, fuseau)).icone(Icone::CircleX).alerte()) }
        (Bloc::new("Reçues", corps).icone(Icone::CloudUpload))
    }
}

fn refus_de_l_auteur(refusees: &[Stored<SaisieRefusee>], fuseau: &TimeZone) -> Markup {
    let lignes: Vec<Ligne> = refusees
        .iter()
        .map(|saisie| {
            let suite = saisie.cloture.as_ref().map(|cloture| format!(" Décision : {}", cloture.motif)).unwrap_or_default();
            let etat = if saisie.cloture.is_some() {
                Puce::new(Etat::Archive, "traitée")
            } else {
                Puce::new(Etat::ARevoir, "à revoir")
            };
            Ligne::new(genre(&saisie.genre))
                .detail(format!("{}. {}{suite}", date_heure(saisie.recu_a, fuseau), saisie.raison))
                .puce(etat)
        })
        .collect();
    liste(&lignes)
}

fn nature(nature: NatureRefus) -> &'static str {
    match nature {
        NatureRefus::Refusee => "refusée par le dossier",
        NatureRefus::Alteree => "illisible",
        NatureRefus::Preuve => "auteur non vérifié",
        NatureRefus::AutreContenu => "même numéro, autre contenu",
        NatureRefus::PosteHorsService => "poste perdu ou retiré",
    }
}

/// « Saisies de tablettes à revoir ».
pub(crate) fn a_revoir(
    saisies: &[Stored<SaisieRefusee>],
    noms: &HashMap<CompteId, String>,
    fuseau: &TimeZone,
    peut_clore: bool,
) -> Markup {
    html! {
        (EntetePage::new("Saisies de tablettes à revoir").phrase("Rien de ce qui a été noté n'est perdu : décidez de ce que devient chaque saisie"))
        @if saisies.is_empty() { (vide_bon("Aucune saisie à revoir.")) }
        @for saisie in saisies {
            section class="carte" {
                h2 { (genre(&saisie.genre)) " " (Puce::new(Etat::ARevoir, nature(saisie.nature))) }
                p { (saisie.raison) }
                p class="secondaire" {
                    @if let Some(auteur) = saisie.auteur.and_then(|auteur| noms.get(&auteur)) { (auteur) ", " }
                    @if let Some(fait_a) = saisie.fait_a { "fait le " (date_heure(fait_a, fuseau)) ", " }
                    "reçu le " (date_heure(saisie.recu_a, fuseau))
                }
                @if let Some(donnees) = saisie.donnees.as_object() {
                    dl class="fiche" { @for (nom, valeur) in donnees.iter().filter(|(_, valeur)| !valeur.is_null()) {
                        div class="fiche-ligne" { dt { (nom.replace('_', " ")) } dd { (lisible(valeur)) } }
                    } }
                }
                @if let Some(resident) = saisie.resident { p { (Bouton::lien("Ouvrir le dossier", format!("/residents/{resident}")).petit()) } }
                @if peut_clore {
                    form method="post" action=(format!("/a-verifier/saisies/{}", saisie.id)) class="formulaire" {
                        (Texte::new("motif", "Ce qui a été décidé").aide("Par exemple : noté au dossier le 21 à 10 h par Nadia R.").requis())
                        (Bouton::envoyer("Enregistrer la décision").principal())
                    }
                }
            }
        }
    }
}

fn lisible(valeur: &serde_json::Value) -> String {
    match valeur {
        serde_json::Value::String(texte) => texte.clone(),
        serde_json::Value::Bool(true) => "oui".to_owned(),
        serde_json::Value::Bool(false) => "non".to_owned(),
        autre => autre.to_string(),
    }
}

/// « Tablettes et postes ».
pub(crate) fn postes(
    postes: &[Stored<PosteGarde>],
    suivis: &[Stored<SuiviPoste>],
    now: Timestamp,
    fuseau: &TimeZone,
    peut_gerer: bool,
) -> Markup {
    html! {
        (EntetePage::new("Tablettes et postes").phrase("Dernier contact et saisies faites sur chaque poste, pas encore reçues"))
        div data-preparer {}
        @if postes.is_empty() { (vide_bon("Aucun poste préparé.")) }
        @for poste in postes {
            @let suivi = suivis.iter().find(|suivi| suivi.poste == poste.0.id);
            section class="carte" {
                h2 { (poste.0.nom) " " (etat_poste(poste.0.etat)) }
                p { (contact(suivi.map(|suivi| &suivi.value), now, fuseau)) }
                @if peut_gerer { (gestion(poste)) }
            }
        }
    }
}

fn etat_poste(etat: EtatPoste) -> Puce {
    match etat {
        EtatPoste::Actif => Puce::new(Etat::Fait, "en service"),
        EtatPoste::Perdu => Puce::new(Etat::Danger, "déclaré perdu"),
        EtatPoste::Retire => Puce::new(Etat::Archive, "retiré"),
    }
}

fn contact(suivi: Option<&SuiviPoste>, now: Timestamp, fuseau: &TimeZone) -> Markup {
    let Some(suivi) = suivi else { return html! { "Aucune saisie reçue de ce poste." } };
    let manquantes = suivi.manquantes();
    let ancien = suivi.manque_depuis.is_some_and(|depuis| now.duration_since(depuis) > RETARD);
    html! {
        "Vu le " (date_heure(suivi.vu_le, fuseau)) ". "
        @if manquantes > 0 {
            (Puce::new(if ancien { Etat::Danger } else { Etat::EnAttente }, format!("{manquantes} saisies non reçues")))
            @if let Some(depuis) = suivi.manque_depuis { " depuis le " (date_heure(depuis, fuseau)) }
        } @else { "Tout ce qui y a été noté est reçu." }
    }
}

fn gestion(poste: &PosteGarde) -> Markup {
    let action = format!("/admin/postes/{}", poste.0.id);
    let bouton = |valeur: &str, mot: &str| html! { form method="post" action=(action) { input type="hidden" name="etat" value=(valeur); (Bouton::envoyer(mot).petit()) } };
    html! {
        div class="boutons" {
            @if poste.0.etat == EtatPoste::Actif { (bouton("perdu", "Déclarer perdu")) (bouton("retire", "Retirer du service")) }
            @else { (bouton("actif", "Remettre en service")) }
        }
    }
}
