//! The house left: what is proposed, what will be taken over, where it stands.

use jiff::tz::TimeZone;
use kernel::dates::{date_courte, date_heure};
use kernel::id::{EtablissementId, UsagerId};
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Date, Liste, Radios, Texte, ZoneTexte, cache};
use ui::etapes::etapes;
use ui::liste::{Ligne, liste};
use ui::puces::{Etat, Puce};

use super::{demande, familles};
use crate::familles::Contenu;
use crate::model::{ACCORDS, EtatDepart, MOTIFS, Transfert};

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub usager: UsagerId,
    pub tous: &'a [Stored<Transfert>],
    pub maisons: &'a [(EtablissementId, String)],
    pub contenu: &'a Contenu,
    pub detail: bool,
    pub possible: bool,
    pub champs: &'a Champs,
    pub erreurs: &'a Erreurs,
    pub fuseau: &'a TimeZone,
}

/// Where it stands, in a sentence.
pub(crate) fn phrase(transfert: &Transfert, fuseau: &TimeZone) -> String {
    let vers = &transfert.vers_nom;
    match &transfert.etat {
        EtatDepart::Propose => format!("Proposé à {vers}, sans réponse pour l'instant."),
        EtatDepart::Accepte { .. } => {
            format!("Accepté par {vers} : les quatre familles y sont reprises. Le séjour d'ici sera clos à l'arrivée.")
        }
        EtatDepart::Effectue { le, reste } if reste.is_empty() => {
            format!("Effectué : arrivée à {vers} le {}, le séjour d'ici est clos.", date_heure(*le, fuseau))
        }
        EtatDepart::Effectue { le, reste } => format!(
            "Arrivée à {vers} le {}. Le séjour d'ici n'a pas pu être clos : {reste} Enregistrez la sortie à la main.",
            date_heure(*le, fuseau)
        ),
        EtatDepart::Refuse { motif } => format!("Refusé par {vers} : {motif}"),
        EtatDepart::Retire { motif } => format!("Retiré : {motif}"),
        EtatDepart::Abandonne { motif } => format!("Accepté par {vers}, puis sans suite : {motif}"),
    }
}

/// The chip of a state.
pub(crate) fn puce(etat: &EtatDepart) -> Puce {
    match etat {
        EtatDepart::Propose => Puce::new(Etat::EnAttente, "proposé"),
        EtatDepart::Accepte { .. } => Puce::new(Etat::EnAttente, "accepté, arrivée attendue"),
        EtatDepart::Effectue { reste, .. } if reste.is_empty() => Puce::new(Etat::Fait, "effectué"),
        EtatDepart::Effectue { .. } => Puce::new(Etat::ASurveiller, "sortie à enregistrer"),
        EtatDepart::Refuse { .. } => Puce::neutre("refusé"),
        EtatDepart::Retire { .. } => Puce::neutre("retiré"),
        EtatDepart::Abandonne { .. } => Puce::neutre("sans suite"),
    }
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let en_cours = ecran.tous.iter().find(|lu| lu.en_cours());
    let rang = match en_cours.map(|lu| &lu.etat) {
        None => 0,
        Some(EtatDepart::Propose) => 1,
        Some(_) => 2,
    };
    let principal = html! {
        @match en_cours {
            Some(lu) => (suivi(ecran, lu)),
            None if !ecran.possible => (Alerte::new(Nature::Info, "Le séjour de cette personne est terminé : il n'y a rien à transférer.")),
            None if ecran.maisons.is_empty() => (Alerte::new(Nature::Info, "La grappe n'a pas d'autre établissement en service.").texte("Pour un établissement hors de la grappe, enregistrez la sortie et remettez le dossier de liaison.")),
            None => (formulaire(ecran)),
        }
        (passes(ecran))
    };
    let cote = html! { (reprise(ecran)) (liaison(ecran)) };
    html! {
        (EntetePage::new("Transfert vers un autre établissement").parent("Séjour", format!("/residents/{}/sejour", ecran.usager)).phrase("L'identité et quatre familles de données suivent la personne, une fois l'accueil accepté. Rien n'est saisi deux fois."))
        (etapes(&["Proposer", "Réponse", "Arrivée"], rang))
        (ecran.erreurs.resume())
        (deux_volets(&principal, &cote))
    }
}

fn formulaire(ecran: &Ecran<'_>) -> Markup {
    let Ecran { usager, champs, erreurs, .. } = ecran;
    let maisons = ecran.maisons.iter().map(|(id, nom)| (id.to_string(), nom.clone()));
    html! {
        form class="formulaire" method="post" action=(format!("/residents/{usager}/transfert")) {
            (cache("id", champs.texte("id")))
            (Liste::new("vers", "Établissement d'accueil").requis().invite("Choisir").choix(maisons).valeur(champs.texte("vers")).erreur(erreurs.de("vers")))
            (Date::new("prevu_le", "Date souhaitée").requis().valeur(champs.texte("prevu_le")).erreur(erreurs.de("prevu_le")))
            (Liste::new("raison", "Motif").requis().invite("Choisir").choix(MOTIFS).valeur(champs.texte("raison")).erreur(erreurs.de("raison")))
            (ZoneTexte::new("precision", "Ce que l'établissement d'accueil doit savoir pour répondre").valeur(champs.texte("precision")).erreur(erreurs.de("precision")).maximum(600).aide("Sans donnée médicale : elle sera lue après l'accord."))
            (Radios::new("accord", "Information et accord").requis().choix(ACCORDS).valeur(champs.texte("accord")).erreur(erreurs.de("accord")))
            (Date::new("accord_le", "Accord recueilli le").requis().valeur(champs.texte("accord_le")).erreur(erreurs.de("accord_le")))
            (boutons(&html! { (Bouton::envoyer("Proposer le transfert").principal().icone(Icone::Send)) (Bouton::lien("Annuler", format!("/residents/{usager}/sejour")).discret()) }))
        }
    }
}

fn suivi(ecran: &Ecran<'_>, lu: &Stored<Transfert>) -> Markup {
    let base = format!("/residents/{}/transfert/{}", ecran.usager, lu.id);
    let corps = html! {
        p { (puce(&lu.etat)) " " (phrase(lu, ecran.fuseau)) }
        (demande(&lu.demande))
        (boutons(&html! { (Bouton::lien("Imprimer le résumé", format!("{base}/resume")).icone(Icone::Printer)) }))
        @if lu.etat == EtatDepart::Propose {
            details open[ecran.erreurs.de("motif").is_some()] { summary { "Retirer la demande" }
                form class="formulaire" method="post" action=(format!("{base}/retrait")) {
                    (Texte::new("motif", "Motif").requis().maximum(240).completion("off").valeur(ecran.champs.texte("motif")).erreur(ecran.erreurs.de("motif")))
                    (Bouton::envoyer("Retirer la demande").danger())
                }
            }
        }
    };
    Bloc::new(format!("Vers {}", lu.vers_nom), corps).icone(Icone::ArrowLeftRight).render()
}

fn passes(ecran: &Ecran<'_>) -> Markup {
    let passes: Vec<Ligne> = ecran
        .tous
        .iter()
        .filter(|lu| !lu.en_cours())
        .map(|lu| Ligne::new(format!("Vers {}", lu.vers_nom)).detail(phrase(lu, ecran.fuseau)).puce(puce(&lu.etat)))
        .collect();
    if passes.is_empty() {
        Markup::default()
    } else {
        Bloc::new("Demandes précédentes", liste(&passes)).icone(Icone::History).render()
    }
}

fn reprise(ecran: &Ecran<'_>) -> Markup {
    let corps = html! {
        (familles(ecran.contenu.comptes().as_ref(), ecran.detail.then_some(ecran.contenu)))
        p class="secondaire" { "Avec l'identité et les oppositions de la personne. Chaque élément porte la mention de son origine." }
        p class="secondaire" { "Restent ici : transmissions, plan de soins, constantes, habitudes, entourage, consignes et directives, projets, appareils, documents administratifs." }
    };
    Bloc::new("Ce qui sera repris", corps).icone(Icone::PackageCheck).render()
}

/// What is checked when the place of living changes (F157).
fn liaison(ecran: &Ecran<'_>) -> Markup {
    let adresse = format!("/residents/{}/dlu", ecran.usager);
    match ecran.contenu.dlu() {
        Some(le) => Alerte::new(Nature::Info, format!("Dernier DLU versé au dossier : {}.", date_courte(le)))
            .texte("Il part avec les comptes rendus. Vérifiez qu'il est à jour.")
            .actions(html! { @if ecran.detail { (Bouton::lien("Ouvrir le DLU", adresse).petit()) } })
            .render(),
        None => Alerte::new(Nature::Attention, "Aucun DLU n'est versé à ce dossier.")
            .texte("Faites-le compléter et signer avant le départ : il partira avec les comptes rendus.")
            .actions(html! { @if ecran.detail { (Bouton::lien("Ouvrir le DLU", adresse).petit()) } })
            .render(),
    }
}
