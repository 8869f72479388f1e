//! Expected documents: what is due, who was asked, what came.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::dates::date_heure;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres};
use ui::boutons::Bouton;
use ui::champs::{Liste, Texte, cache};
use ui::filtres::Filtres;
use ui::puces::{Etat, Puce};
use ui::vide::vide_bon;
use uuid::Uuid;

use crate::attendu::{Attendu, Echeance, EtatAttendu, MOYENS};
use crate::pages::attendus::Filtre;

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub lus: &'a [Stored<Attendu>],
    pub noms: &'a HashMap<UsagerId, String>,
    pub filtre: &'a Filtre,
    pub lane: &'a str,
    pub now: Timestamp,
    pub fuseau: &'a TimeZone,
    pub peut: bool,
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let compter = |echeance| ecran.lus.iter().filter(|lu| lu.echeance(ecran.now) == echeance).count().to_string();
    let clos = ecran.filtre.etat == "clos";
    let mut filtres = Filtres::new("/liaisons/attendus")
        .champ(Texte::new("q", "Résident").valeur(&ecran.filtre.q).completion("off").render())
        .champ(
            Liste::new("etat", "État")
                .choix([("", "Attendus"), ("clos", "Reçus ou abandonnés")])
                .valeur(&ecran.filtre.etat)
                .sans_mention()
                .render(),
        )
        .compte(ecran.lus.len(), "document", "documents");
    if !ecran.filtre.q.is_empty() {
        filtres = filtres.actif(&ecran.filtre.q, "/liaisons/attendus");
    }
    html! {
        (EntetePage::new("Documents attendus").phrase("Ce que l'hôpital doit renvoyer. Un document classé, daté du départ ou d'après, clôt sa ligne de lui-même ; à deux puis cinq jours du retour, la ligne demande une relance."))
        @if !clos {
            (chiffres(&[Chiffre::new(compter(Echeance::J5), "à relancer, 5 jours"), Chiffre::new(compter(Echeance::J2), "à relancer, 2 jours"),
                Chiffre::new(compter(Echeance::Revenu), "de retour"), Chiffre::new(compter(Echeance::Hospitalise), "encore hospitalisés")]))
        }
        (filtres)
        div class="pile" data-liste=(ecran.lane) {
            @if ecran.lus.is_empty() { (vide_bon(if clos { "Rien n'a encore été reçu." } else { "Aucun document attendu." })) }
            @for lu in ecran.lus { (un(ecran, lu)) }
        }
    }
}

fn un(ecran: &Ecran<'_>, lu: &Stored<Attendu>) -> Markup {
    let nom = ecran.noms.get(&lu.usager).map_or("", String::as_str);
    let quand = |instant: Timestamp| date_heure(instant, ecran.fuseau);
    let corps = html! {
        p { a href=(format!("/residents/{}", lu.usager)) { (nom) } ", départ le " (quand(lu.parti_le))
            @if !lu.hopital.is_empty() { ", " (lu.hopital) }
            @if let Some(revenu) = lu.revenu_le { ", retour le " (quand(revenu)) } }
        p { (etat(ecran, lu)) }
        @if !lu.relances.is_empty() {
            ul { @for relance in &lu.relances { li { (quand(relance.le)) ", " (relance.par) ", " (moyen(&relance.moyen)) @if !relance.note.is_empty() { " : " (relance.note) } } } }
        }
        @if lu.etat == EtatAttendu::Attendu { @for document in &lu.proposes { (propose(ecran, lu, *document, nom)) } }
        @if ecran.peut && lu.etat == EtatAttendu::Attendu { (gestes(lu, nom)) }
    };
    Bloc::new(format!("{} : {nom}", lu.libelle()), corps).icone(Icone::FileCheck).render()
}

fn moyen(code: &str) -> &str {
    MOYENS.iter().find(|(connu, _)| *connu == code).map_or(code, |(_, mots)| mots)
}

fn etat(ecran: &Ecran<'_>, lu: &Stored<Attendu>) -> Markup {
    match &lu.etat {
        EtatAttendu::Recu { document, le } => html! {
            (Puce::new(Etat::Fait, format!("reçu le {}", date_heure(*le, ecran.fuseau))))
            @if let Some(document) = document { " " a href=(format!("/residents/{}/documents/{document}", lu.usager)) { "Ouvrir" } }
        },
        EtatAttendu::Abandonne { motif } => html! { (Puce::neutre(format!("n'est plus attendu : {motif}"))) },
        EtatAttendu::Attendu => match lu.echeance(ecran.now) {
            Echeance::J5 => html! { (Puce::new(Etat::EnRetard, "à relancer : plus de cinq jours depuis le retour")) },
            Echeance::J2 => html! { (Puce::new(Etat::ASurveiller, "à relancer : plus de deux jours depuis le retour")) },
            Echeance::Revenu => html! { (Puce::new(Etat::EnAttente, "attendu")) },
            Echeance::Hospitalise => html! { (Puce::new(Etat::EnAttente, "encore hospitalisé·e")) },
        },
    }
}

/// A document without a date was filed since the departure: nobody but a reader can say which stay it is about.
fn propose(ecran: &Ecran<'_>, lu: &Stored<Attendu>, document: Uuid, nom: &str) -> Markup {
    html! {
        (Alerte::new(Nature::Attention, "Un document de cette sorte a été classé, sans date.")
            .texte("Lisez-le : s'il parle bien de cette hospitalisation, dites-le, et la ligne est close.")
            .corps(html! {
                div class="rangee" {
                    (Bouton::lien("Ouvrir le document", format!("/residents/{}/documents/{document}", lu.usager)).petit().precision(nom.to_owned()))
                    @if ecran.peut {
                        form method="post" action=(format!("/residents/{}/attendus/{}", lu.usager, lu.id)) {
                            (cache("document", &document.to_string()))
                            (Bouton::envoyer("C'est le document attendu").petit().valeur("geste", "recu").precision(nom.to_owned()))
                        }
                    }
                }
            }))
    }
}

fn gestes(lu: &Stored<Attendu>, nom: &str) -> Markup {
    let action = format!("/residents/{}/attendus/{}", lu.usager, lu.id);
    html! {
        details { summary { "Relancer ou clore" }
            form class="formulaire" method="post" action=(action) {
                (Liste::new("moyen", "Moyen").choix(MOYENS).sans_mention())
                (Texte::new("note", "Réponse ou motif").maximum(240).completion("off"))
                div class="rangee" {
                    (Bouton::envoyer("Noter la relance").valeur("geste", "relancer").precision(nom.to_owned()))
                    (Bouton::envoyer("Reçu autrement").valeur("geste", "recu").precision(nom.to_owned()))
                    (Bouton::envoyer("N'est plus attendu").discret().valeur("geste", "abandonner").precision(nom.to_owned()))
                }
            }
        }
    }
}
