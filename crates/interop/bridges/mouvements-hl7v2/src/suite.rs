//! What became of a message, in words for the page of its reception: French, without a word about the person.

use hl7v2::{AdtEvent, Hl7Error};
use hospitalisations::{Annonce, AnnonceRendezVous, Annoncee, EcartIdentite, Effet, Sorte, episodes};
use uuid::Uuid;

use crate::mouvements::SansAnnonce;

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suite {
    /// Noted in the record.
    Faite(String),
    /// Kept; nothing to note.
    SansEffet(String),
    /// Nothing was noted: somebody must look, and why.
    AVoir(String),
}

impl Suite {
    /// The sentence to show.
    pub fn phrase(&self) -> &str {
        match self {
            Self::Faite(phrase) | Self::SansEffet(phrase) | Self::AVoir(phrase) => phrase,
        }
    }

    /// True when the reception must wait for somebody.
    pub fn attend_quelqu_un(&self) -> bool {
        matches!(self, Self::AVoir(_))
    }
}

/// Why a message which was kept could not be read.
pub(crate) fn illisible(erreur: &Hl7Error) -> String {
    match erreur {
        Hl7Error::UnsupportedEvent { event } => {
            format!("Événement « {event} » inconnu. Le message est gardé, rien n'a été noté au dossier.")
        }
        Hl7Error::SeveralPatients => {
            "Le message parle de plusieurs personnes. Rien n'a été noté : demandez à l'hôpital un message par personne.".into()
        }
        Hl7Error::SeveralMessages => {
            "Plusieurs messages ont été envoyés ensemble. Rien n'a été noté : demandez à l'hôpital de les renvoyer un à un."
                .into()
        }
        Hl7Error::CharsetMismatch { .. }
        | Hl7Error::DoubleEncoded { .. }
        | Hl7Error::UndeclaredCharset { .. }
        | Hl7Error::UnsupportedCharset { .. } => {
            "Les caractères du message sont illisibles. Rien n'a été noté : demandez à l'hôpital de corriger son envoi.".into()
        }
        autre => format!("Le message n'a pas pu être lu ({}). Il est gardé, rien n'a été noté au dossier.", autre.code()),
    }
}

/// An event which announces nothing of a stay.
pub(crate) fn sans_annonce(raison: SansAnnonce, event: AdtEvent) -> Suite {
    match raison {
        SansAnnonce::MedecinSeul => Suite::SansEffet("Changement de médecin à l'hôpital : gardé, rien à noter au dossier.".into()),
        SansAnnonce::DossierDeplace => {
            Suite::AVoir("L'hôpital déplace un séjour d'une identité à une autre. Vérifiez avec lui quel séjour est concerné ; rien n'a été noté.".into())
        }
        SansAnnonce::OrigineInconnue => {
            Suite::AVoir(format!("L'hôpital corrige un mouvement sans dire lequel ({}). Le message est gardé, rien n'a été noté.", event.code()))
        }
        SansAnnonce::SansInstant => Suite::AVoir("Le message ne dit pas quand. Il est gardé, rien n'a été noté.".into()),
        SansAnnonce::IdentiteSeule => Suite::SansEffet("Identité reçue de l'hôpital.".into()),
    }
}

/// What an announcement of a stay does, knowing the others.
pub(crate) fn mouvement(annonce: &Annonce, connues: &[Annonce], source: Uuid) -> String {
    let toutes: Vec<Annonce> = connues.iter().chain([annonce]).cloned().collect();
    let trouves = episodes(&toutes);
    let etape = trouves.iter().flat_map(|episode| &episode.etapes).find(|etape| etape.sources.contains(&source));
    let seule = etape.is_none_or(|etape| etape.sources == [source]);
    let inconnu = etape.is_some_and(|etape| etape.orpheline) || (annonce.effet == Effet::MiseAJour && seule);
    match (annonce.effet, inconnu) {
        (Effet::Nouvelle, _) => nouvelle(annonce).to_owned(),
        (Effet::MiseAJour, false) => format!("Correction notée : {}.", nom(annonce.sorte)),
        (Effet::MiseAJour, true) => format!("Correction d'un mouvement inconnu ({}) : gardée.", nom(annonce.sorte)),
        (Effet::Annulation, false) => format!("Annulation notée : {}.", nom(annonce.sorte)),
        (Effet::Annulation, true) => format!("Annulation d'un mouvement inconnu ({}) : gardée.", nom(annonce.sorte)),
    }
}

fn nouvelle(annonce: &Annonce) -> &'static str {
    match annonce.sorte {
        Sorte::Prevue => "Entrée prévue à l'hôpital : notée.",
        Sorte::Entree => "Entrée à l'hôpital : notée.",
        Sorte::Mutation => "Mouvement à l'hôpital : noté.",
        Sorte::DepartPermission => "Départ en permission : noté.",
        Sorte::RetourPermission => "Retour de permission : noté.",
        Sorte::Sortie if annonce.deces => "Décès à l'hôpital : annonce notée. Le séjour n'est pas changé.",
        Sorte::Sortie => "Sortie de l'hôpital : notée.",
    }
}

fn nom(sorte: Sorte) -> &'static str {
    match sorte {
        Sorte::Prevue => "entrée prévue",
        Sorte::Entree => "entrée",
        Sorte::Mutation => "mouvement",
        Sorte::DepartPermission => "départ en permission",
        Sorte::RetourPermission => "retour de permission",
        Sorte::Sortie => "sortie",
    }
}

/// What an announcement of an appointment does, knowing the others.
pub(crate) fn rendez_vous(annonce: &AnnonceRendezVous, connues: &[AnnonceRendezVous]) -> String {
    let connu = connues.iter().any(|autre| {
        autre.hopital.cle == annonce.hopital.cle && autre.numeros.iter().any(|numero| annonce.numeros.contains(numero))
    });
    let phrase = match annonce.dite {
        Annoncee::Pris => return "Rendez-vous à l'hôpital : noté.".into(),
        Annoncee::Modifie => "Rendez-vous modifié",
        Annoncee::Deplace => "Rendez-vous déplacé",
        Annoncee::Annule => "Rendez-vous annulé",
        Annoncee::Supprime => "Rendez-vous saisi par erreur à l'hôpital",
        Annoncee::Manque => "Personne non venue au rendez-vous",
    };
    if connu { format!("{phrase} : noté.") } else { format!("{phrase}, qui n'était pas connu : gardé.") }
}

/// What differs, by the names of the traits only.
pub(crate) fn identite(ecarts: &[EcartIdentite]) -> String {
    let quoi: Vec<String> = ecarts.iter().map(|ecart| ecart.quoi.to_lowercase()).collect();
    format!("Identité à vérifier : {}. L'identité du dossier n'est pas changée.", quoi.join(", "))
}
