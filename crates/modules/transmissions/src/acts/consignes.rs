//! Ending an instruction before its day.

use kernel::texte::Texte;
use platform::acces::{DossierOuvert, Droit};
use platform::erreur::{Erreur, Resultat};
use uuid::Uuid;

use super::ecrire::Auteur;
use crate::consigne::Consigne;
use crate::model::Trace;

/// Ends an instruction, with the reason; one which is already ended stays as it is.
pub(crate) async fn lever<D: Droit>(dossier: &DossierOuvert<D>, id: Uuid, motif: Texte<300>) -> Resultat<()> {
    let lue = dossier.lire::<Consigne>(id).await?.ok_or(Erreur::Introuvable)?;
    if lue.levee.is_some() {
        return Ok(());
    }
    let contexte = dossier.contexte();
    let trace = Trace { motif, par: Auteur::de(contexte).nom, le: contexte.now };
    let mut acte = dossier.acte("consignes.levee");
    acte.update(&lue, &Consigne { levee: Some(trace), ..lue.value.clone() });
    dossier.commit(acte).await
}
