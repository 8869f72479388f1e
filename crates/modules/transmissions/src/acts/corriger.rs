//! Correcting and annulling: a new version which tells why; the former stays readable.

use kernel::texte::Texte;
use platform::acces::{Contexte, DossierOuvert, Droit};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use uuid::Uuid;

use super::ecrire::{Auteur, fil_ecrit, poser_cible};
use crate::cible::Cible;
use crate::consigne::Consigne;
use crate::forms::Redaction;
use crate::model::{EtatCible, Trace, Transmission};

/// Profiles which may correct what others wrote, within their reach.
const ENCADREMENT: [&str; 3] = ["idec", "cadre_sante", "cadre_superieure"];
const ESSAIS: usize = 5;

/// True if this person may correct or annul this writing: its author, the coordinating nurse, the managers of care.
pub(crate) fn peut_corriger(contexte: &Contexte, transmission: &Transmission) -> bool {
    let encadre = contexte
        .acteur
        .actives(contexte.now)
        .any(|role| role.etablissement == Some(transmission.etablissement) && ENCADREMENT.contains(&role.profil.as_str()));
    transmission.auteur == contexte.acteur.compte || encadre
}

/// What changes.
#[derive(Debug, Clone)]
pub(crate) enum Changement {
    /// Other words.
    Corriger(Box<Redaction>),
    /// Should not have been written.
    Annuler,
}

/// Writes the next version of a transmission and where its target then stands.
///
/// # Errors
/// `Introuvable` when the person has no such writing; `Conflit` when it is no longer the version which was read or when it
/// was annulled meanwhile.
pub(crate) async fn rectifier<D: Droit>(
    dossier: &DossierOuvert<D>,
    id: Uuid,
    version: i64,
    changement: &Changement,
    motif: &Texte<300>,
) -> Resultat<()> {
    let auteur = Auteur::de(dossier.contexte());
    for _ in 0..ESSAIS {
        let lue = dossier.lire::<Transmission>(id).await?.ok_or(Erreur::Introuvable)?;
        if lue.version != version || lue.annule.is_some() {
            return Err(Erreur::Conflit);
        }
        let trace = Trace { motif: motif.clone(), par: auteur.nom.clone(), le: dossier.contexte().now };
        let nouvelle = changer(&lue.value, changement, trace);
        let (cible, fil) = fil_ecrit(dossier, Some(lue.fil())).await?;
        let toutes = fil.iter().map(|autre| if autre.id == id { &nouvelle } else { &autre.value });
        let verbe = if nouvelle.annule.is_some() { "transmissions.annulee" } else { "transmissions.corrigee" };
        let mut acte = dossier.acte(verbe);
        acte.update(&lue, &nouvelle);
        poser_cible(&mut acte, cible.as_ref(), Cible::depuis(toutes));
        if let (Some(annule), Some(consigne)) = (&nouvelle.annule, consigne_de(dossier, &lue).await?) {
            acte.update(&consigne, &Consigne { levee: Some(annule.clone()), ..consigne.value.clone() });
        }
        match dossier.commit(acte).await {
            Err(Erreur::Conflit) => {}
            fin => return fin,
        }
    }
    Err(Erreur::Conflit)
}

/// The instruction written with a transmission, still in force.
async fn consigne_de<D: Droit>(dossier: &DossierOuvert<D>, lue: &Stored<Transmission>) -> Resultat<Option<Stored<Consigne>>> {
    if lue.consigne.is_none() {
        return Ok(None);
    }
    Ok(dossier.lire::<Consigne>(Consigne::id_de(lue.id)).await?.filter(|consigne| consigne.levee.is_none()))
}

fn changer(ancienne: &Transmission, changement: &Changement, trace: Trace) -> Transmission {
    let Changement::Corriger(redaction) = changement else {
        return Transmission { annule: Some(trace), ..ancienne.clone() };
    };
    let a_revoir = redaction.a_revoir.or(ancienne.a_revoir);
    let close = ancienne.etat == EtatCible::Close;
    let mut corrigee = Transmission {
        theme: redaction.theme.clone().unwrap_or_else(|| ancienne.theme.clone()),
        theme_propose: false,
        donnees: redaction.donnees.clone(),
        actions: redaction.actions.clone(),
        resultat: redaction.resultat.clone(),
        importance: redaction.importance,
        a_revoir,
        corrige: Some(trace),
        ..ancienne.clone()
    };
    corrigee.etat = corrigee.etat_ecrit(close);
    corrigee
}
