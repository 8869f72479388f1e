//! What leaves: the content of the file, exports made, their sending.

use documents::Lu;
use jiff::tz::TimeZone;
use kernel::dates::date_heure;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::cache;
use ui::liste::{Fiche, Ligne, liste};
use ui::puces::{Etat, Puce};
use ui::vide::vide_bon;
use uuid::Uuid;

use crate::composer::Compose;
use crate::envoi::{Envoi, EtatEnvoi};

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub usager: UsagerId,
    pub id: Uuid,
    /// Ready, or why not.
    pub pret: Result<&'a Compose, &'a String>,
    pub exports: &'a [Lu],
    pub envois: &'a [Stored<Envoi>],
    pub destinataire: bool,
    pub fuseau: &'a TimeZone,
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let principal = html! {
        @match ecran.pret {
            Ok(pret) => { (contenu(pret)) (formulaire(ecran)) },
            Err(phrase) => (Alerte::new(Nature::Attention, "Ce dossier ne peut pas encore être exporté.").texte(phrase.clone())),
        }
    };
    let cote = html! { (Bloc::new("Exports précédents", exports(ecran)).icone(Icone::History)) };
    html! {
        (EntetePage::new("Exporter vers un autre logiciel (TDDUI)").parent("Documents", format!("/residents/{}/documents", ecran.usager)).phrase("Le dossier dans le format national d'échange entre logiciels du médico-social. L'export est gardé dans les documents de la personne."))
        (deux_volets(&principal, &cote))
    }
}

fn contenu(pret: &Compose) -> Markup {
    let transfert = &pret.transfert;
    let ins = if transfert.patient.ins.is_some() {
        "transmise (identité qualifiée)"
    } else {
        "non transmise : l'identité n'est pas qualifiée"
    };
    let fiche = Fiche::new()
        .ligne("Identité", format!("{} {}", transfert.patient.family, transfert.patient.given_names))
        .ligne("INS", ins)
        .ligne("Établissement", transfert.organization.name.clone())
        .ligne("Séjours", transfert.stays.len().to_string())
        .ligne("Absences, hospitalisations, changements de chambre", transfert.events.len().to_string())
        .ligne("Entourage", transfert.contacts.len().to_string())
        .ligne("Documents", transfert.documents.len().to_string());
    let corps = html! { (fiche) p { strong { "Ne part pas" } } ul { @for phrase in &pret.restent { li { (phrase) } } } };
    Bloc::new("Ce que contient le fichier", corps).icone(Icone::PackageCheck).render()
}

fn formulaire(ecran: &Ecran<'_>) -> Markup {
    html! {
        form class="formulaire" method="post" action=(format!("/residents/{}/export-dui", ecran.usager)) {
            (cache("id", &ecran.id.to_string()))
            (boutons(&html! {
                (Bouton::envoyer("Faire le fichier").principal().icone(Icone::Download).valeur("geste", "garder"))
                @if ecran.destinataire { (Bouton::envoyer("Faire le fichier et l'envoyer").icone(Icone::Send).valeur("geste", "envoyer")) }
            }))
            @if !ecran.destinataire { p class="secondaire" { "Aucun logiciel destinataire n'est configuré : remettez le fichier par un moyen sûr." } }
        }
    }
}

fn exports(ecran: &Ecran<'_>) -> Markup {
    let lignes: Vec<Ligne> = ecran
        .exports
        .iter()
        .map(|lu| {
            let envoi = ecran.envois.iter().find(|envoi| envoi.document == lu.id);
            let detail = format!(
                "par {}, le {}{}",
                lu.classe_par,
                date_heure(lu.classe_le, ecran.fuseau),
                envoi.map(|envoi| issue(&envoi.etat)).unwrap_or_default()
            );
            let ligne = Ligne::new(lu.titre.clone()).detail(detail).lien(format!("/residents/{}/documents/{}", lu.usager, lu.id));
            match envoi.map(|envoi| &envoi.etat) {
                Some(EtatEnvoi::EnCours) => ligne.puce(Puce::new(Etat::EnAttente, "envoi en cours")),
                Some(EtatEnvoi::Recu { .. }) => ligne.puce(Puce::new(Etat::Fait, "reçu")),
                Some(EtatEnvoi::Refuse { .. }) => ligne.puce(Puce::new(Etat::Danger, "refusé")),
                None => ligne,
            }
        })
        .collect();
    if lignes.is_empty() { vide_bon("Aucun export.") } else { liste(&lignes) }
}

fn issue(etat: &EtatEnvoi) -> String {
    match etat {
        EtatEnvoi::EnCours => String::new(),
        EtatEnvoi::Recu { ids } => {
            format!(" · {} éléments créés là-bas, dont {}", ids.len(), ids.first().map_or("", String::as_str))
        }
        EtatEnvoi::Refuse { phrases } => format!(" · rien n'a été créé là-bas : {}", phrases.join(" ; ")),
    }
}
