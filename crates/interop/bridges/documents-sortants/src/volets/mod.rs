//! What a house sends besides the DLU: each document as a form prefilled from the record, and what is signed of it. Pure.

mod champs;
mod fludt;
mod ldl_ees;
mod rapport;
mod vsm;

use cisis::{CisisError, Header, Term};
use hospitalisations::RendezVous;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::dates::date_courte;
use platform::acces::Categorie;
use platform::web::{Champs, Erreurs};
use urgences::{Dlu, Episode};
use usagers::RoleContact;

pub(crate) use champs::{Champ, Groupe, Sorte};

use crate::entete::{Auteur, Reference, entete};

/// A document a house writes to leave its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Volet {
    /// Sheet which goes with the person to the emergency department (FLUDT 2022.01).
    Fludt,
    /// Letter for a planned stay or a consultation (LDL-EES 2022.01).
    LdlEes,
    /// Medical summary (VSM 1.4).
    Vsm,
    /// Personalised project, report: a text as PDF/A-1 in an envelope (CI-SIS level 1).
    Rapport,
}

/// What documents are made from.
pub(crate) struct Contexte<'a> {
    /// The record.
    pub(crate) dlu: &'a Dlu,
    /// The emergency in progress.
    pub(crate) episode: Option<&'a Episode>,
    /// The next appointment a hospital announced.
    pub(crate) rendez_vous: Option<&'a RendezVous>,
    /// Time zone of the house.
    pub(crate) fuseau: &'a TimeZone,
}

/// Something a document should say and does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Manque {
    /// What, in words.
    pub(crate) quoi: String,
    /// End of the address where it is written.
    pub(crate) ou: &'static str,
    /// Family of data of that page.
    pub(crate) famille: Categorie,
}

/// The content of a document, ready to be written under a header.
pub(crate) enum Contenu {
    Fludt(Box<cisis::Fludt>),
    LdlEes(Box<cisis::LdlEes>),
    Vsm(Box<cisis::Vsm>),
    Rapport { genre: Term, doc: Box<edition::Doc> },
}

/// A form read: the document it makes.
pub(crate) struct Redige {
    /// Its content.
    pub(crate) contenu: Contenu,
    /// Title in the list of documents, without version.
    pub(crate) titre: String,
    /// Kind in the list of documents (JDV_J07).
    pub(crate) type_code: String,
    /// What its versions are known by.
    pub(crate) clef: String,
    /// The day it is about.
    pub(crate) jour: Date,
}

impl Volet {
    /// Every document, in the order of the list.
    pub(crate) const TOUS: [Self; 4] = [Self::Fludt, Self::LdlEes, Self::Vsm, Self::Rapport];

    /// Its code in addresses.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Fludt => "fludt",
            Self::LdlEes => "ldl-ees",
            Self::Vsm => "vsm",
            Self::Rapport => "compte-rendu",
        }
    }

    /// The document of a code.
    pub(crate) fn lire(code: &str) -> Option<Self> {
        Self::TOUS.into_iter().find(|volet| volet.code() == code)
    }

    /// Its name on screens.
    pub(crate) fn libelle(self) -> &'static str {
        match self {
            Self::Fludt => "Fiche de liaison d'urgence, transfert (FLUDT)",
            Self::LdlEes => "Lettre de liaison à l'entrée à l'hôpital",
            Self::Vsm => "Volet de synthèse médicale (VSM)",
            Self::Rapport => "Projet personnalisé, compte rendu",
        }
    }

    /// When it is written.
    pub(crate) fn usage(self) -> &'static str {
        match self {
            Self::Fludt => {
                "Part avec la personne aux urgences, en plus du DLU : pourquoi, constantes, dernières prises, ce qu'elle emporte."
            }
            Self::LdlEes => {
                "Pour une hospitalisation programmée ou une consultation : motif, traitements, allergies, antécédents."
            }
            Self::Vsm => "L'état de santé en une page, pour un confrère. Signé par un médecin.",
            Self::Rapport => "Un texte de l'équipe, envoyé en PDF/A dans une enveloppe que les logiciels de santé lisent.",
        }
    }

    /// True if one of these profiles may sign it: a medical summary is a physician's (art. L.1111-15 CSP, VSM 1.4).
    pub(crate) fn signable(self, profils: &[&str]) -> bool {
        self != Self::Vsm || profils.iter().any(|profil| matches!(*profil, "medecin" | "medecin_co"))
    }

    /// True if the DLU of the day goes with it.
    pub(crate) fn avec_dlu(self) -> bool {
        matches!(self, Self::Fludt | Self::LdlEes)
    }

    /// What the form asks.
    pub(crate) fn groupes(self) -> &'static [Groupe] {
        match self {
            Self::Fludt => fludt::GROUPES,
            Self::LdlEes => ldl_ees::GROUPES,
            Self::Vsm => vsm::GROUPES,
            Self::Rapport => rapport::GROUPES,
        }
    }

    /// What the record already says of what the form asks.
    pub(crate) fn preremplir(self, contexte: &Contexte<'_>) -> Vec<(&'static str, String)> {
        match self {
            Self::Fludt => fludt::preremplir(contexte),
            Self::LdlEes => ldl_ees::preremplir(contexte),
            Self::Vsm => vsm::preremplir(contexte),
            Self::Rapport => Vec::new(),
        }
    }

    /// What the record does not say and the document would.
    pub(crate) fn manques(self, contexte: &Contexte<'_>) -> Vec<Manque> {
        let mut manques: Vec<Manque> = if self == Self::Fludt { fludt::manques(contexte) } else { Vec::new() };
        let utiles: &[&str] = match self {
            Self::Fludt => &["Allergies", "Niveau de soins", "Identité qualifiée"],
            Self::LdlEes => &["Allergies", "Traitements en cours", "Médecin traitant", "Identité qualifiée"],
            Self::Vsm => &["Allergies", "Traitements en cours", "Pathologies en cours", "Médecin traitant", "Identité qualifiée"],
            Self::Rapport => &["Identité qualifiée"],
        };
        let connus = urgences::completude::manques(contexte.dlu).into_iter().filter(|manque| utiles.contains(&manque.quoi));
        manques.extend(connus.map(|manque| Manque { quoi: manque.quoi.to_owned(), ou: manque.ou, famille: manque.famille }));
        manques
    }

    /// Reads the form.
    pub(crate) fn rediger(self, contexte: &Contexte<'_>, saisie: &Champs, par: &str) -> Result<Redige, Erreurs> {
        let mut erreurs = champs::valider(self.groupes(), saisie);
        let redige = match self {
            Self::Fludt => fludt::rediger(contexte, saisie),
            Self::LdlEes => ldl_ees::rediger(contexte, saisie),
            Self::Vsm => Ok(vsm::rediger(contexte, saisie)),
            Self::Rapport => rapport::rediger(contexte, saisie, par),
        };
        match redige {
            Ok(redige) if erreurs.aucune() => Ok(redige),
            Ok(_) => Err(erreurs),
            Err((champ, phrase)) => {
                if erreurs.de(champ).is_none() {
                    erreurs.ajouter(champ, phrase);
                }
                Err(erreurs)
            }
        }
    }
}

impl Redige {
    /// The document under its header. `pdf` is the file of a report.
    pub(crate) fn ecrire(
        &self,
        contexte: &Contexte<'_>,
        auteur: &Auteur,
        reference: &Reference,
        pdf: Option<&[u8]>,
    ) -> Result<Vec<u8>, CisisError> {
        let mut header: Header = entete(contexte.dlu, auteur, reference, contexte.fuseau)?;
        let fait = match &self.contenu {
            Contenu::Fludt(fludt) => fludt.write(&header),
            Contenu::LdlEes(lettre) => {
                header.referring = adresseur(contexte.dlu, auteur, &header);
                lettre.write(&header)
            }
            Contenu::Vsm(vsm) => vsm.write(&header),
            Contenu::Rapport { genre, .. } => {
                header.title = Some(self.titre.clone());
                cisis::Level1 { kind: genre.clone(), act: None, pdf: pdf.unwrap_or_default().to_vec() }.write(&header)
            }
        };
        fait.map(|document| document.bytes)
    }
}

/// Who sends the person (REFB): the physician who signs, else the attending physician (art. L.1112-1 II CSP).
fn adresseur(dlu: &Dlu, auteur: &Auteur, header: &Header) -> Option<cisis::Professional> {
    if matches!(auteur.profil.as_str(), "medecin" | "medecin_co") {
        return header.authors.first().map(|author| author.professional.clone());
    }
    dlu.contact(RoleContact::MedecinTraitant).map(crate::entete::traitant)
}

/// « le 3 déc. 2026 ».
fn le(jour: Date) -> String {
    format!("le {}", date_courte(jour))
}

/// Identifier of a structure when its FINESS is well formed, and its name.
fn etablissement(nom: &str, finess: &str, telephone: &str) -> Option<cisis::Establishment> {
    let name = crate::dlu::plein(nom)?;
    Some(cisis::Establishment {
        id: cisis::StructureId::finess(finess).ok(),
        name,
        sector: None,
        address: None,
        telecoms: crate::dlu::plein(telephone).map(|numero| cisis::Telecom::Phone(numero, None)).into_iter().collect(),
    })
}
