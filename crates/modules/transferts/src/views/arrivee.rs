//! The house asked: who, why, how much; the answer; the arrival.

use jiff::tz::TimeZone;
use kernel::dates::date_heure;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use sejours::{GenreSejour, Parc};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Choix, Date, Heure, Liste, Radios, Texte, cache, cote_a_cote};
use ui::etapes::etapes;
use ui::puces::{Etat, Puce};
use usagers::{Connu, Proximite};

use super::{demande, familles, identite};
use crate::model::{EtatRecu, TransfertRecu};

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub lu: &'a Stored<TransfertRecu>,
    pub proches: &'a [(Proximite, &'a Connu)],
    /// Beds, for who may answer.
    pub parc: Option<&'a Parc>,
    pub sans_lit: bool,
    /// The transfer is for another house of the same account.
    pub ailleurs: bool,
    pub champs: &'a Champs,
    pub erreurs: &'a Erreurs,
    pub fuseau: &'a TimeZone,
}

/// Where it stands, in a sentence.
pub(crate) fn phrase(recu: &TransfertRecu, fuseau: &TimeZone) -> String {
    let de = &recu.de_nom;
    match &recu.etat {
        EtatRecu::Propose => format!("{de} attend votre réponse."),
        EtatRecu::Accepte { par, le, .. } => format!("Accepté par {par} le {}.", date_heure(*le, fuseau)),
        EtatRecu::Arrive { par, le, .. } => format!("Arrivée le {}, notée par {par}.", date_heure(*le, fuseau)),
        EtatRecu::Refuse { motif, par } => format!("Refusé par {par} : {motif}"),
        EtatRecu::Retire { motif, usager: None } => format!("Retiré par {de} : {motif}"),
        EtatRecu::Retire { motif, usager: Some(_) } => format!(
            "Retiré par {de} au moment où vous l'acceptiez : {motif} Rien n'a été repris. Classez sans suite la demande d'admission ouverte ici."
        ),
        EtatRecu::Abandonne { motif, par, .. } => format!("Sans suite, noté par {par} : {motif}"),
    }
}

/// The chip of a state.
pub(crate) fn puce(recu: &TransfertRecu) -> Puce {
    match &recu.etat {
        EtatRecu::Propose => Puce::new(Etat::AFaire, "à répondre"),
        EtatRecu::Accepte { .. } if recu.repris.is_none() => Puce::new(Etat::EnAttente, "accepté, reprise en cours"),
        EtatRecu::Accepte { .. } => Puce::new(Etat::EnAttente, "arrivée attendue"),
        EtatRecu::Arrive { .. } => Puce::new(Etat::Fait, "arrivée notée"),
        EtatRecu::Refuse { .. } => Puce::neutre("refusé"),
        EtatRecu::Retire { .. } => Puce::neutre("retiré"),
        EtatRecu::Abandonne { .. } => Puce::neutre("sans suite"),
    }
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let lu = ecran.lu;
    let rang = match &lu.etat {
        EtatRecu::Propose => 1,
        _ => 2,
    };
    let principal = html! {
        (Bloc::new("Identité", identite(&lu.identification).render()).icone(Icone::BadgeCheck))
        (Bloc::new(format!("Demande de {}", lu.de_nom), demande(&lu.demande).render()).icone(Icone::ArrowLeftRight))
        (Bloc::new("Données reprises", reprise(ecran)).icone(Icone::PackageCheck))
    };
    let cote = html! {
        @if ecran.ailleurs { (Alerte::new(Nature::Attention, "Ce transfert concerne un autre de vos établissements.").texte("Choisissez-le en haut de la page pour répondre.")) }
        @match &lu.etat {
            EtatRecu::Propose => (reponse(ecran)),
            EtatRecu::Accepte { usager, .. } => (accepte(ecran, *usager)),
            _ => (ouvrir(lu)),
        }
    };
    html! {
        (EntetePage::new(lu.nom.clone()).parent("Transferts", "/transferts").phrase(phrase(lu, ecran.fuseau)).actions(html! {
            (puce(lu)) (Bouton::lien("Imprimer le résumé", format!("/transferts/{}/resume", lu.id)).icone(Icone::Printer))
        }))
        (etapes(&["Proposé", "Réponse", "Arrivée"], rang))
        (ecran.erreurs.resume())
        (deux_volets(&principal, &cote))
    }
}

fn reprise(ecran: &Ecran<'_>) -> Markup {
    let lu = ecran.lu;
    html! {
        @match &lu.repris {
            Some(repris) => { p { "Reprises le " (date_heure(repris.le, ecran.fuseau)) ", avec la mention de leur origine." } (familles(Some(&repris.comptes), None)) },
            None => { p { "À reprendre si vous acceptez ; le contenu n'est lisible qu'ensuite, par ceux qui lisent le dossier médical." } (familles(lu.comptes.as_ref(), None)) },
        }
        p class="secondaire" { "Rien d'autre ne suit la personne : ni transmissions, ni plan de soins, ni constantes, ni habitudes." }
        @if !lu.oppositions.is_empty() { p { (Puce::new(Etat::Info, "La personne a exprimé des oppositions : elles s'appliquent ici dès l'ouverture.")) } }
    }
}

fn lits(parc: &Parc, champs: &Champs, erreurs: &Erreurs, invite: &str) -> Liste {
    let liste = Liste::new("lit", "Lit").invite(invite).valeur(champs.texte("lit")).erreur(erreurs.de("lit"));
    parc.choix().into_iter().fold(liste, |liste, (unite, lits)| liste.groupe(unite, lits))
}

fn reponse(ecran: &Ecran<'_>) -> Markup {
    let Some(parc) = ecran.parc else {
        return Alerte::new(Nature::Info, "La réponse revient au service des admissions ou à l'encadrement.").render();
    };
    let Ecran { lu, champs, erreurs, .. } = ecran;
    let version = lu.version.to_string();
    let genres = GenreSejour::TOUS.map(|(_, code, libelle)| (code, libelle));
    let accepter = html! {
        form class="formulaire" method="post" action=(format!("/transferts/{}/accepter", lu.id)) {
            (cache("version", &version))
            @if !ecran.proches.is_empty() { (proches(ecran)) }
            (Liste::new("genre", "Nature de l'accueil").requis().choix(genres).valeur(champs.texte("genre")).erreur(erreurs.de("genre")))
            (cote_a_cote(&html! {
                (Date::new("prevu_le", "Entrée prévue").requis().valeur(champs.texte("prevu_le")).erreur(erreurs.de("prevu_le")))
                (Date::new("sortie_prevue", "Fin, si temporaire").valeur(champs.texte("sortie_prevue")).erreur(erreurs.de("sortie_prevue")))
            }))
            (lits(parc, champs, erreurs, "Décider plus tard"))
            (boutons(&html! { (Bouton::envoyer("Accepter le transfert").principal().icone(Icone::Check)) }))
        }
    };
    let refuser = html! {
        form class="formulaire" method="post" action=(format!("/transferts/{}/refuser", lu.id)) {
            (cache("version", &version))
            (Texte::new("motif", "Motif du refus").requis().maximum(240).completion("off").valeur(champs.texte("motif")).erreur(erreurs.de("motif")))
            (boutons(&html! { (Bouton::envoyer("Refuser le transfert").danger()) }))
        }
    };
    html! { (Bloc::new("Accepter", accepter).icone(Icone::Check)) (Bloc::new("Refuser", refuser).icone(Icone::Ban)) }
}

/// Those of the house who may be the same person: somebody chooses, nothing is merged by itself.
fn proches(ecran: &Ecran<'_>) -> Markup {
    let choix = ecran.proches.iter().map(|(proximite, connu)| {
        let traits = connu.identification.identite.traits();
        let detail = format!(
            "{} {}, {} · {}",
            traits.nom_naissance(),
            traits.prenoms_naissance(),
            traits.date_naissance(),
            proximite.libelle()
        );
        Choix::new(connu.usager.value.id.to_string(), format!("C'est {}, déjà venu·e ici", connu.usager.nom_complet()))
            .detail(detail)
    });
    let nouveau = Choix::new("nouveau", "C'est quelqu'un d'autre : ouvrir un nouveau dossier");
    html! {
        (Radios::new("dossier", "Des personnes connues ici ont une identité proche").requis().choix(choix.chain([nouveau]))
            .valeur(ecran.champs.texte("dossier")).erreur(ecran.erreurs.de("dossier")))
    }
}

fn accepte(ecran: &Ecran<'_>, usager: UsagerId) -> Markup {
    let Ecran { lu, champs, erreurs, .. } = ecran;
    let version = lu.version.to_string();
    let Some(parc) = ecran.parc else { return ouvrir(lu) };
    let arriver = html! {
        form class="formulaire" method="post" action=(format!("/transferts/{}/arrivee", lu.id)) {
            (cache("version", &version))
            (cote_a_cote(&html! {
                (Date::new("jour", "Jour").requis().valeur(champs.texte("jour")).erreur(erreurs.de("jour")))
                (Heure::new("heure", "Heure").requis().valeur(champs.texte("heure")).erreur(erreurs.de("heure")))
            }))
            @if ecran.sans_lit {
                (lits(parc, champs, erreurs, "Aucun lit"))
                (Liste::new("unite", "Unité, pour un accueil sans lit").invite("Aucune").choix(parc.choix_unites()).valeur(champs.texte("unite")).erreur(erreurs.de("unite")))
            }
            (boutons(&html! { (Bouton::envoyer("Noter l'arrivée").principal().icone(Icone::LogIn)) }))
        }
    };
    let abandonner = html! {
        details open[erreurs.de("motif").is_some()] { summary { "La personne ne viendra pas" }
            form class="formulaire" method="post" action=(format!("/transferts/{}/abandon", lu.id)) {
                (cache("version", &version))
                (Texte::new("motif", "Motif").requis().maximum(240).completion("off").valeur(champs.texte("motif")).erreur(erreurs.de("motif")))
                (Bouton::envoyer("Classer sans suite").danger())
            }
        }
    };
    html! {
        (Bloc::new("Arrivée", html! { (arriver) (abandonner) }).icone(Icone::LogIn).mention(html! { "Clôt le séjour dans l'établissement quitté." }))
        p { a href=(format!("/residents/{usager}")) { "Ouvrir le dossier d'ici" } }
    }
}

fn ouvrir(lu: &TransfertRecu) -> Markup {
    html! { @if let Some(usager) = lu.dossier() { (boutons(&html! { (Bouton::lien("Ouvrir le dossier d'ici", format!("/residents/{usager}")).principal()) })) } }
}
