//! A measure a person accepts from a received document.

use jiff::Timestamp;
use kernel::decimal::Decimal;
use platform::acces::{Acte, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use uuid::Uuid;

use crate::acts::{connues, constantes};
use crate::forms::{SaisieLue, ValeurLue, Verdict};
use crate::model::Constante;
use crate::referentiel::Grandeur;
use crate::rights::SaisirConstantes;

/// A measure told by a received document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reprise {
    /// Code of `referentiels/constantes.toml`.
    pub type_code: String,
    /// The value, in the unit of the quantity.
    pub valeur: Decimal,
    /// The diastolic pressure, for a blood pressure.
    pub valeur2: Option<Decimal>,
    /// When it was measured.
    pub mesuree_le: Timestamp,
    /// The document gives the day only: the hour is to be confirmed.
    pub heure_inconnue: bool,
    /// Where it comes from, in words.
    pub origine: String,
}

/// Adds to an act a measure a person accepts from a received document; `id` names its line: accepted twice, it is one record.
///
/// # Errors
/// `Demande` for an unknown quantity; the right, the store.
pub async fn reprendre(dossier: &DossierOuvert<SaisirConstantes>, acte: &mut Acte, id: Uuid, reprise: Reprise) -> Resultat<()> {
    let grandeur = Grandeur::saisies().find(|grandeur| grandeur.code == reprise.type_code);
    let grandeur = grandeur.ok_or_else(|| Erreur::Demande("Cette grandeur n'est pas suivie dans les constantes.".into()))?;
    if dossier.lire::<Constante>(id).await?.is_some() {
        return Ok(());
    }
    let saisie = SaisieLue {
        valeurs: vec![ValeurLue { grandeur, valeur: reprise.valeur, valeur2: reprise.valeur2 }],
        mesuree_le: reprise.mesuree_le,
        contexte: String::new(),
        commentaire: reprise.origine,
        verdict: Verdict::Aucun,
    };
    let connues = connues(dossier, dossier.contexte().now).await?;
    let auteur = dossier.contexte().acteur.nom.clone();
    for constante in constantes(dossier, &saisie, &connues, &auteur)? {
        acte.create(id, &Constante { heure_a_confirmer: reprise.heure_inconnue, ..constante });
    }
    Ok(())
}
