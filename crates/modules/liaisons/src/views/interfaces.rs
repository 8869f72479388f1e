//! The board of exchanges: channels, mailboxes, what the worker could not do.

use correspondants::{Messagerie, ReleveMessagerie};
use documents::{Attente, EtatReception, Reception};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::dates::date_heure;
use maud::{Markup, html};
use platform::store::{Stored, WaitingMessage};
use ui::Icone;
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres, pile};
use ui::boutons::Bouton;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_bon;

/// Refusals shown of a channel.
const REFUS_MONTRES: usize = 8;

/// What came by a channel.
#[derive(Debug)]
pub(crate) struct Canal {
    code: String,
    recus: usize,
    attente: usize,
    dernier: Option<Timestamp>,
    refus: Vec<Stored<Reception>>,
}

impl Canal {
    pub(crate) fn nouveau(code: &str) -> Self {
        Self { code: code.to_owned(), recus: 0, attente: 0, dernier: None, refus: Vec::new() }
    }

    pub(crate) fn compter(&mut self, lue: Stored<Reception>) {
        self.recus += 1;
        self.dernier = self.dernier.max(Some(lue.recue_le));
        if let Some(raison) = lue.etat.attente() {
            self.attente += 1;
            if raison.relisible() && lue.etat != EtatReception::Recue {
                self.refus.push(lue);
            }
        }
    }

    fn libelle(&self) -> &str {
        match self.code.as_str() {
            "mssante" => "Messagerie sécurisée (MSSanté)",
            "mllp" => "Messages de l'hôpital (HL7)",
            "fhir" => "Applications partenaires (FHIR)",
            "fichier" => "Fichiers déposés par l'exploitant",
            "page" => "Documents déposés dans un dossier",
            "tddui" => "Dossiers d'un autre logiciel (TDDUI)",
            autre => autre,
        }
    }
}

/// What the page is drawn from.
pub(crate) struct Ecran<'a> {
    pub(crate) canaux: &'a [Canal],
    pub(crate) messageries: &'a [(Stored<Messagerie>, Option<ReleveMessagerie>)],
    pub(crate) messages: &'a [WaitingMessage],
    pub(crate) peut: bool,
    /// The queue of receptions is that of one house: nobody else is led there.
    pub(crate) file: bool,
    pub(crate) fuseau: &'a TimeZone,
    pub(crate) now: Timestamp,
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let attente: usize = ecran.canaux.iter().map(|canal| canal.attente).sum();
    let pannes =
        ecran.messageries.iter().filter(|(_, releve)| releve.as_ref().is_some_and(|releve| releve.panne.is_some())).count();
    let echecs = ecran.messages.iter().filter(|message| message.attempts > 0).count();
    let recus = Chiffre::new(attente.to_string(), "reçus à traiter");
    html! {
        (EntetePage::new("État des échanges").phrase("Chaque canal, ce qui y attend, ce qui n'a pas abouti et pourquoi."))
        (chiffres(&[
            if ecran.file { recus.lien("/liaisons/reception") } else { recus },
            Chiffre::new(echecs.to_string(), "échanges en échec"),
            Chiffre::new(pannes.to_string(), "messageries en panne").lien("/liaisons/messageries"),
        ]))
        (pile(&html! {
            (Bloc::new("Ce qui sort, et ce qui reste à faire", messages(ecran)).icone(Icone::Send))
            (Bloc::new("Messageries sécurisées", messageries(ecran)).icone(Icone::MailOpen))
            (Bloc::new("Ce qui entre, par canal", entrees(ecran)).icone(Icone::Inbox))
            @for canal in ecran.canaux.iter().filter(|canal| !canal.refus.is_empty()) {
                (Bloc::new(format!("Non lus : {}", canal.libelle()), refus(ecran, canal)).icone(Icone::OctagonAlert))
            }
        }))
    }
}

/// What the worker does with a message, in words.
fn quoi(topic: &str) -> &str {
    match topic {
        "liaisons.envoi" => "Envoi par messagerie sécurisée",
        "liaisons.envoi_remis" => "Suite d'un envoi remis",
        "documents.recue" => "Lecture d'un fichier reçu",
        "documents.confiee" => "Suite d'un message reçu",
        "documents.reglee" => "Accusé à rendre à un expéditeur",
        "documents.classe" => "Suite d'un document classé",
        "sejours.hopital" => "Suivi d'un départ à l'hôpital",
        "urgences.dlu_demande" => "Signature et envoi d'un DLU",
        autre => autre,
    }
}

fn messages(ecran: &Ecran<'_>) -> Markup {
    let mut tableau = Tableau::new("Échanges qui restent à faire")
        .legende_cachee()
        .colonne("Échange")
        .colonne("Essais")
        .colonne("Prochain essai")
        .colonne("Pourquoi")
        .colonne("Agir");
    for message in ecran.messages {
        let tot = message.due <= ecran.now;
        tableau = tableau.ligne([
            html! { (quoi(&message.topic)) },
            html! { @if message.attempts > 0 { (Puce::new(Etat::ARevoir, format!("{} essais", message.attempts))) } @else { (Puce::new(Etat::EnAttente, "en attente")) } },
            html! { @if tot { "dans un instant" } @else { (date_heure(message.due, ecran.fuseau)) } },
            html! { (message.error.as_deref().unwrap_or_default()) },
            html! { @if ecran.peut && !tot {
                form method="post" action=(format!("/liaisons/interfaces/{}/relance", message.n)) {
                    (Bouton::envoyer("Essayer maintenant").petit().precision(format!("{}, numéro {}", quoi(&message.topic), message.n)))
                }
            } },
        ]);
    }
    tableau.si_vide(vide_bon("Rien n'attend : tout ce qui devait sortir est sorti.")).render()
}

fn messageries(ecran: &Ecran<'_>) -> Markup {
    let mut tableau = Tableau::new("Messageries").legende_cachee().colonne("Adresse").colonne("État").colonne("Dernier message");
    for (lue, releve) in ecran.messageries {
        let dernier = releve.as_ref().and_then(|releve| releve.dernier_message_le);
        tableau = tableau.ligne([
            html! { (lue.adresse) },
            html! { @match releve {
                None => (Puce::new(Etat::EnAttente, "jamais relevée")),
                Some(releve) => { @match &releve.panne {
                    Some(panne) => { (Puce::new(Etat::ARevoir, "en panne")) " " (panne) },
                    None => { (Puce::new(Etat::Fait, "relevée")) @if let Some(vue) = releve.vue_le { " " span class="secondaire" { (date_heure(vue, ecran.fuseau)) } } },
                } },
            } },
            html! { @if let Some(dernier) = dernier { (date_heure(dernier, ecran.fuseau)) } @else { "aucun" } },
        ]);
    }
    tableau.si_vide(vide_bon("Aucune messagerie n'est ouverte pour cette maison.")).render()
}

fn entrees(ecran: &Ecran<'_>) -> Markup {
    let mut tableau = Tableau::new("Canaux d'entrée")
        .legende_cachee()
        .colonne("Canal")
        .colonne_nombre("Reçus")
        .colonne_nombre("À traiter")
        .colonne_nombre("Non lus")
        .colonne("Dernier");
    for canal in ecran.canaux {
        tableau = tableau.ligne([
            html! { (canal.libelle()) },
            html! { (canal.recus) },
            html! { (canal.attente) },
            html! { (canal.refus.len()) },
            html! { @if let Some(dernier) = canal.dernier { (date_heure(dernier, ecran.fuseau)) } },
        ]);
    }
    tableau.si_vide(vide_bon("Rien n'a encore été reçu.")).render()
}

fn refus(ecran: &Ecran<'_>, canal: &Canal) -> Markup {
    let mut tableau =
        Tableau::new("Fichiers non lus").legende_cachee().dense().colonne("Fichier").colonne("Reçu").colonne("Pourquoi");
    for lue in canal.refus.iter().take(REFUS_MONTRES) {
        tableau = tableau.ligne([
            html! { a href=(format!("/liaisons/reception/{}", lue.id)) { (lue.nom) } },
            html! { (date_heure(lue.recue_le, ecran.fuseau)) },
            html! { (lue.etat.attente().map_or("", Attente::libelle)) },
        ]);
    }
    html! {
        (tableau.render())
        @if canal.refus.len() > REFUS_MONTRES && ecran.file { p { a href="/liaisons/reception" { "Voir les " (canal.refus.len()) } } }
    }
}
