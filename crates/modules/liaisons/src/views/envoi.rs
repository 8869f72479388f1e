//! One sending and what became of it; the form of a new one.

use correspondants::Messagerie;
use documents::Lu;
use jiff::tz::TimeZone;
use kernel::dates::{date_courte, date_heure};
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, pile};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, CasesACocher, Choix, Liste, Texte, ZoneTexte, cache, groupe};
use ui::liste;
use ui::tableau::Tableau;
use ui::vide::vide_bon;
use uuid::Uuid;

use super::envois::puce;
use crate::envoi::{Envoi, Suivi};
use crate::forms::RANGS;

/// What the page of a sending is drawn from.
pub(crate) struct Fiche<'a> {
    pub(crate) lu: &'a Stored<Envoi>,
    pub(crate) peut: bool,
    /// Titles of medical documents may be read.
    pub(crate) medical: bool,
    pub(crate) fuseau: &'a TimeZone,
}

/// One sending.
pub(crate) fn fiche(fiche: &Fiche<'_>) -> Markup {
    let lu = fiche.lu;
    let reprendre = lu.attend() || lu.etat().a_voir();
    html! {
        (EntetePage::new("Envoi de documents").parent("Documents", format!("/residents/{}/documents", lu.usager))
            .phrase(format!("Demandé par {} le {}", lu.demande_par, date_heure(lu.demande_le, fiche.fuseau))))
        (pile(&html! {
            @if lu.etat().a_voir() { (Alerte::new(Nature::Attention, "Cet envoi demande votre attention.").texte(conseil(lu.etat()))) }
            (Bloc::new("Destinataires", destinataires(fiche)).icone(Icone::Send).suivre(format!("personne/{}", lu.usager), format!("/residents/{}/envois/{}", lu.usager, lu.id), false))
            (Bloc::new("Documents envoyés", documents(fiche)).icone(Icone::FileText))
            @if !lu.message.is_empty() && (fiche.medical || lu.documents.iter().all(|un| !un.medical)) { (Bloc::new("Message", html! { @for ligne in lu.message.lines() { p { (ligne) } } }).icone(Icone::MailOpen)) }
            (Bloc::new("Chronologie", chronologie(fiche)).icone(Icone::History))
            @if fiche.peut && reprendre { (gestes(lu)) }
        }))
    }
}

fn conseil(suivi: Suivi) -> &'static str {
    match suivi {
        Suivi::Incertain => {
            "L'opérateur a reçu le message et n'a pas répondu : il est peut-être parti. Appelez le destinataire avant d'envoyer de nouveau."
        }
        Suivi::Retarde => {
            "L'opérateur n'arrive pas à remettre le message et essaie encore. S'il est urgent, appelez le destinataire."
        }
        _ => {
            "Le message n'a pas été remis, ou le destinataire l'a refusé. Lisez pourquoi, corrigez, puis envoyez de nouveau ou appelez."
        }
    }
}

fn destinataires(fiche: &Fiche<'_>) -> Markup {
    let mut tableau = Tableau::new("Ce que chaque destinataire en a fait")
        .legende_cachee()
        .colonne("Destinataire")
        .colonne("État")
        .colonne("Ce qui a été répondu");
    for un in &fiche.lu.destinataires {
        tableau = tableau.ligne([
            html! { @if un.nom.is_empty() { (un.adresse) } @else { (un.nom) br; span class="secondaire" { (un.adresse) } } },
            html! { (puce(un.suivi)) @if let Some(le) = un.le { " " span class="secondaire" { (date_heure(le, fiche.fuseau)) } } },
            html! { (un.detail) },
        ]);
    }
    tableau.render()
}

fn documents(fiche: &Fiche<'_>) -> Markup {
    let lignes: Vec<liste::Ligne> = fiche
        .lu
        .documents
        .iter()
        .map(|un| {
            if un.medical && !fiche.medical {
                liste::Ligne::new("Document médical")
            } else {
                liste::Ligne::new(un.titre.clone()).lien(format!("/residents/{}/documents/{}", fiche.lu.usager, un.document))
            }
        })
        .collect();
    liste::liste(&lignes)
}

fn chronologie(fiche: &Fiche<'_>) -> Markup {
    html! {
        ol class="pile" { @for pas in &fiche.lu.pas { li { (date_heure(pas.le, fiche.fuseau)) " : " (pas.dit) } } }
        @if !fiche.lu.depuis.is_empty() { p class="secondaire" { "Depuis " (fiche.lu.depuis) @if fiche.lu.accuse { ", accusé de réception demandé" } } }
    }
}

fn gestes(lu: &Stored<Envoi>) -> Markup {
    html! {
        form class="formulaire" method="post" action=(format!("/residents/{}/envois/{}/suite", lu.usager, lu.id)) {
            (cache("version", &lu.version.to_string()))
            (boutons(&html! {
                (Bouton::envoyer("Envoyer de nouveau").icone(Icone::Send).valeur("geste", "renvoyer"))
                (Bouton::envoyer("Abandonner l'envoi").danger().valeur("geste", "abandonner"))
            }))
        }
    }
}

/// What the form of a sending is drawn from.
pub(crate) struct Formulaire<'a> {
    pub(crate) usager: UsagerId,
    pub(crate) documents: &'a [Lu],
    pub(crate) propositions: &'a [String],
    pub(crate) citoyen: Option<&'a str>,
    /// The mailboxes who asks may send from, and the one chosen.
    pub(crate) boites: &'a [Stored<Messagerie>],
    pub(crate) choisie: Option<Uuid>,
    pub(crate) champs: &'a Champs,
    pub(crate) erreurs: &'a Erreurs,
}

/// The form.
pub(crate) fn formulaire(formulaire: &Formulaire<'_>) -> Markup {
    let liste = format!("/residents/{}/documents", formulaire.usager);
    html! {
        (EntetePage::new("Envoyer des documents").parent("Documents", liste.clone()).phrase("Par messagerie sécurisée de santé (MSSanté), avec un accusé suivi à l'écran."))
        (formulaire.erreurs.resume())
        @if formulaire.boites.is_empty() {
            (Alerte::new(Nature::Attention, "Cette maison n'a pas de messagerie sécurisée.").texte("L'envoi sera gardé et partira quand une messagerie sera ouverte dans « Messageries sécurisées »."))
        }
        @if formulaire.documents.is_empty() { (vide_bon("Aucun document de ce dossier ne peut partir : déposez ou signez d'abord un document.")) }
        @else { (champs(formulaire, &liste)) }
    }
}

/// Which mailbox it leaves from: receipts and answers come back there.
fn depuis(formulaire: &Formulaire<'_>) -> Markup {
    let mots = |lue: &Messagerie| format!("{} ({}, {})", lue.nom, lue.genre.libelle().to_lowercase(), lue.adresse);
    let choix = formulaire.boites.iter().map(|lue| (lue.id.to_string(), mots(lue)));
    let choisie = formulaire.choisie.map(|id| id.to_string()).unwrap_or_default();
    Liste::new("boite", "Envoyer depuis")
        .choix(choix)
        .valeur(choisie)
        .aide("Les réponses reviennent dans cette messagerie.")
        .erreur(formulaire.erreurs.de("boite"))
        .render()
}

fn champs(formulaire: &Formulaire<'_>, liste: &str) -> Markup {
    let (champs, erreurs) = (formulaire.champs, formulaire.erreurs);
    let choix = formulaire.documents.iter().map(|lu| {
        let detail = format!(
            "{}{}",
            date_courte(lu.date_document),
            if lu.auteur.is_empty() { String::new() } else { format!(", {}", lu.auteur) }
        );
        Choix::new(lu.id.to_string(), lu.titre.clone()).detail(detail)
    });
    html! {
        form class="formulaire" method="post" action=(format!("/residents/{}/envois", formulaire.usager)) {
            (cache("id", champs.texte("id")))
            (CasesACocher::new("documents", "Documents").choix(choix).valeurs(champs.tous("documents").map(str::to_owned)).erreur(erreurs.de("documents")))
            (groupe("Destinataires", &html! {
                @for rang in 0..RANGS {
                    @let nom = format!("destinataire-{rang}");
                    (Texte::new(&nom, format!("Destinataire {}", rang + 1)).valeur(champs.texte(&nom)).erreur(erreurs.de(&nom))
                        .completion("off").propositions(formulaire.propositions.iter().cloned()))
                }
                @if formulaire.citoyen.is_some() { (Case::new("citoyen", "Mon espace santé de la personne, sans réponse possible").cochee(champs.coche("citoyen"))) }
            }))
            @if formulaire.boites.len() > 1 { (depuis(formulaire)) }
            (ZoneTexte::new("message", "Message").valeur(champs.texte("message")).erreur(erreurs.de("message")))
            (Case::new("accuse", "Demander un accusé de réception").cochee(champs.coche("accuse")))
            (boutons(&html! { (Bouton::envoyer("Envoyer").principal().icone(Icone::Send)) (Bouton::lien("Annuler", liste.to_owned())) }))
        }
    }
}
