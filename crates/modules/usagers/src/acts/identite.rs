//! Steps of an identity: traits, document, INS, doubt (RNIV; INV-41).

use kernel::ins::{DocumentIdentite, Ins, Traits};
use platform::acces::{Acces, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;

use super::homonymes::{accorder_homonymes, connus};
use crate::forms::{NomsUtilises, nom_affiche, prenom_affiche};
use crate::rights::{EcrireIdentite, LireVigilance};
use crate::{Civilite, Identification, Usager};

/// A step which changes the trust put in an identity, not its traits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Etape {
    /// Traits compared with this document.
    Document(DocumentIdentite),
    /// Doubt about who this is.
    Douteuse,
    /// The doubt is lifted.
    DouteLeve,
    /// Imaginary person.
    Fictive,
    /// The mark was a mistake.
    FictiveLevee,
    /// The INS was withdrawn or answered no.
    InsInvalidee,
}

impl Etape {
    /// Reads the code of a button; documents come with theirs.
    pub(crate) fn lire(code: &str, document: &str) -> Option<Self> {
        Some(match code {
            "document" => {
                let rang = document.parse::<usize>().ok()?;
                Self::Document(*DocumentIdentite::TOUS.get(rang)?)
            }
            "douteuse" => Self::Douteuse,
            "doute_leve" => Self::DouteLeve,
            "fictive" => Self::Fictive,
            "fictive_levee" => Self::FictiveLevee,
            "ins_invalidee" => Self::InsInvalidee,
            _ => return None,
        })
    }

    fn verbe(self) -> &'static str {
        match self {
            Self::Document(_) => "identite.document_vu",
            Self::Douteuse => "identite.marquee_douteuse",
            Self::DouteLeve => "identite.doute_leve",
            Self::Fictive => "identite.marquee_fictive",
            Self::FictiveLevee => "identite.fictive_levee",
            Self::InsInvalidee => "identite.ins_invalidee",
        }
    }

    /// What the next page says.
    pub(crate) fn phrase(self) -> &'static str {
        match self {
            Self::Document(_) => "Pièce d'identité notée.",
            Self::Douteuse => "Identité marquée douteuse. Les preuves ont été retirées.",
            Self::DouteLeve => "Doute levé. Les preuves sont à obtenir de nouveau.",
            Self::Fictive => "Identité marquée fictive.",
            Self::FictiveLevee => "Marque « fictive » retirée.",
            Self::InsInvalidee => "INS retirée de ce dossier.",
        }
    }
}

/// Crosses a step.
///
/// # Errors
/// `Demande` with a sentence when the step is impossible from here.
pub(crate) async fn franchir(
    dossier: &DossierOuvert<EcrireIdentite>,
    lue: &Stored<Identification>,
    etape: Etape,
) -> Resultat<()> {
    let identite = &lue.identite;
    let franchie = match etape {
        Etape::Document(document) => identite.document_verifie(document),
        Etape::Douteuse => Ok(identite.marquer_douteuse()),
        Etape::DouteLeve => Ok(identite.lever_doute()),
        Etape::Fictive => identite.marquer_fictive(),
        Etape::FictiveLevee => Ok(identite.lever_fictive()),
        Etape::InsInvalidee => identite.insi_invalidee(),
    };
    let identite = franchie.map_err(|erreur| Erreur::Demande(erreur.to_string()))?;
    let mut acte = dossier.acte(etape.verbe());
    acte.update(lue, &Identification { identite, ..lue.value.clone() });
    dossier.commit(acte).await
}

/// Reports the answer of the téléservice INSi: the number and the traits it returned.
pub(crate) async fn reporter_ins(
    acces: &Acces<EcrireIdentite>,
    dossier: &DossierOuvert<EcrireIdentite>,
    (usager, lue): (&Stored<Usager>, &Stored<Identification>),
    (ins, traits): (Ins, Traits),
) -> Resultat<()> {
    let identite = lue.identite.insi_obtenue(ins, traits).map_err(|erreur| Erreur::Demande(erreur.to_string()))?;
    let noms = NomsUtilises { nom: lue.nom_utilise.clone(), prenom: lue.prenom_utilise.clone() };
    let identification = Identification { identite, ..lue.value.clone() };
    ecrire(acces, dossier, (usager, lue), (usager.civilite, &noms), identification, "identite.ins_recuperee").await
}

/// Corrects traits, used names, civility; a strict trait which changes takes the proofs away.
pub(crate) async fn corriger(
    acces: &Acces<EcrireIdentite>,
    dossier: &DossierOuvert<EcrireIdentite>,
    (usager, lue): (&Stored<Usager>, &Stored<Identification>),
    (traits, noms, civilite): (Traits, NomsUtilises, Civilite),
) -> Resultat<()> {
    let identification = Identification {
        identite: lue.identite.traits_modifies(traits),
        nom_utilise: noms.nom.clone(),
        prenom_utilise: noms.prenom.clone(),
        ..lue.value.clone()
    };
    ecrire(acces, dossier, (usager, lue), (civilite, &noms), identification, "identite.corrigee").await
}

async fn ecrire(
    acces: &Acces<EcrireIdentite>,
    dossier: &DossierOuvert<EcrireIdentite>,
    (usager, lue): (&Stored<Usager>, &Stored<Identification>),
    (civilite, noms): (Civilite, &NomsUtilises),
    mut identification: Identification,
    verbe: &str,
) -> Resultat<()> {
    let traits = identification.identite.traits();
    let trop_long = || Erreur::Demande("Le nom ou le prénom est trop long pour être affiché. Raccourcissez-le.".into());
    let mut nouveau = Usager {
        nom: nom_affiche(traits, noms).ok_or_else(trop_long)?,
        prenom: prenom_affiche(traits, noms).ok_or_else(trop_long)?,
        civilite,
        ..usager.value.clone()
    };
    let perimetre = acces.aussi::<LireVigilance>().await?.ouvrir_perimetre(usager.etablissement, &[]).await?;
    let connus = connus(&perimetre).await?;
    let mut acte = dossier.acte(verbe);
    accorder_homonymes(acces, &mut acte, &connus, &mut nouveau, &mut identification).await?;
    if nouveau != usager.value {
        acte.update(usager, &nouveau);
    }
    acte.update(lue, &identification);
    dossier.commit(acte).await
}
