//! Merging two records of the same person, and taking them apart again (INV-42).
//!
//! Nothing is moved: the records of the one set aside stay theirs, the gate reads both under the one kept. Taking them
//! apart writes back what stood before, byte for byte.

use kernel::id::UsagerId;
use platform::acces::{DossierOuvert, Rattachement};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;

use crate::rights::Fusionner;
use crate::{Identification, Usager};

/// The two records of a merge, opened.
#[derive(Debug)]
pub(crate) struct Paire {
    /// The one kept.
    pub(crate) garde: DossierOuvert<Fusionner>,
    /// The one set aside.
    pub(crate) absorbe: DossierOuvert<Fusionner>,
}

impl Paire {
    /// Why they cannot be merged in this direction, in a sentence for the screen; `None` when they can.
    pub(crate) async fn empechement(&self) -> Resultat<Option<&'static str>> {
        if self.garde.usager() == self.absorbe.usager() {
            return Ok(Some("Ces deux dossiers sont le même."));
        }
        if self.garde.etablissement() != self.absorbe.etablissement() {
            return Ok(Some("Ces deux dossiers sont tenus par deux établissements : ils ne se réunissent pas."));
        }
        let en_cours = |dossier: &DossierOuvert<Fusionner>| dossier.lien().is_some_and(|lien| lien.etat.en_cours());
        if en_cours(&self.absorbe) {
            return Ok(Some(if en_cours(&self.garde) {
                "Les deux dossiers ont un séjour en cours. Mettez fin à l'un des deux avant de les réunir."
            } else {
                "Le dossier à écarter a un séjour en cours. Gardez celui-là, ou mettez fin à son séjour."
            }));
        }
        let ins = async |dossier: &DossierOuvert<Fusionner>| -> Resultat<bool> {
            let lue = dossier.lire::<Identification>(Identification::id(dossier.usager())).await?;
            Ok(lue.is_some_and(|lue| lue.identite.ins().is_some()))
        };
        if ins(&self.absorbe).await? && !ins(&self.garde).await? {
            return Ok(Some("Le dossier à écarter porte l'INS. Gardez celui-là, ou retirez d'abord son INS."));
        }
        Ok(None)
    }
}

/// Merges: the gate's line of both, and the mark on the one set aside.
pub(crate) async fn reunir(paire: &Paire, motif: &str) -> Resultat<()> {
    if let Some(phrase) = paire.empechement().await? {
        return Err(Erreur::Demande(phrase.to_owned()));
    }
    let (garde, absorbe) = (paire.garde.usager(), paire.absorbe.usager());
    let ecarte = lire_usager(&paire.absorbe).await?;
    let mut acte = paire.garde.acte_avec(&paire.absorbe, "identite.dossiers_reunis").detail("raison", motif);
    acte.update(&ecarte, &Usager { fusionne_dans: Some(garde), ..ecarte.value.clone() });
    let porte = paire.absorbe.rattachement_lu().await?;
    acte.update(&porte, &Rattachement { fusionne_dans: Some(garde), ..porte.value.clone() });
    let porte = paire.garde.rattachement_lu().await?;
    let mut nouvelle = porte.value.clone();
    nouvelle.absorbes.push(absorbe);
    acte.update(&porte, &nouvelle);
    paire.garde.commit(acte).await
}

/// Takes two merged records apart.
pub(crate) async fn separer(paire: &Paire) -> Resultat<()> {
    let (garde, absorbe): (UsagerId, UsagerId) = (paire.garde.usager(), paire.absorbe.usager());
    let ecarte = lire_usager(&paire.absorbe).await?;
    if ecarte.fusionne_dans != Some(garde) {
        return Err(Erreur::Demande("Ces deux dossiers ne sont pas réunis.".into()));
    }
    let mut acte = paire.garde.acte_avec(&paire.absorbe, "identite.dossiers_separes");
    acte.update(&ecarte, &Usager { fusionne_dans: None, ..ecarte.value.clone() });
    let porte = paire.absorbe.rattachement_lu().await?;
    acte.update(&porte, &Rattachement { fusionne_dans: None, ..porte.value.clone() });
    let porte = paire.garde.rattachement_lu().await?;
    let mut nouvelle = porte.value.clone();
    nouvelle.absorbes.retain(|connu| *connu != absorbe);
    acte.update(&porte, &nouvelle);
    paire.garde.commit(acte).await
}

async fn lire_usager(dossier: &DossierOuvert<Fusionner>) -> Resultat<Stored<Usager>> {
    dossier.lire::<Usager>(dossier.usager()).await?.ok_or(Erreur::Introuvable)
}
