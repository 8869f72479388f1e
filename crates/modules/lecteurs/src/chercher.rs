//! Finding one person of the grappe by what they are exactly: no list, no approximation, no hint (F017, INV-19).

use std::sync::Arc;
use std::time::Duration;

use etablissements::Etablissement;
use kernel::dates::DateNaissance;
use kernel::id::{EtablissementId, UsagerId};
use kernel::texte::plier;
use platform::Services;
use platform::acces::Acces;
use platform::erreur::Resultat;
use platform::store::{Query, Stored};
use platform::worker::automate;
use usagers::{Identification, lane_identites};

use crate::rights::{ChercherPersonne, RapprocherPersonne};

/// The name of the comparison in the journal.
const NOM: &str = "Recherche exacte";
/// No answer of a search leaves sooner: what was found, how many times and by how much work cannot be told from the time.
pub const ATTENTE_UNIFORME: Duration = Duration::from_millis(600);

/// Who is looked for, exactly.
#[derive(Debug, Clone)]
pub(crate) struct Identite {
    /// Birth or used name, folded.
    nom: String,
    naissance: DateNaissance,
    /// One of the first names, folded; asked when the rest is not enough.
    prenom: Option<String>,
}

impl Identite {
    pub(crate) fn new(nom: &str, naissance: DateNaissance, prenom: &str) -> Self {
        Self { nom: plier(nom), naissance, prenom: Some(plier(prenom)).filter(|prenom| !prenom.is_empty()) }
    }

    /// True if it is this person: same name, birth or used, accents and hyphens aside; same date; same first name when one is given.
    fn est(&self, lue: &Identification) -> bool {
        let traits = lue.identite.traits();
        let egal = |voulu: &str, lu: Option<&str>| lu.is_some_and(|lu| plier(lu) == voulu);
        let nom = egal(&self.nom, Some(traits.nom_naissance())) | egal(&self.nom, lue.nom_utilise.as_deref());
        let prenom = self.prenom.as_deref().is_none_or(|voulu| {
            let liste = traits.prenoms_naissance().split_whitespace();
            egal(voulu, Some(traits.premier_prenom()))
                || egal(voulu, lue.prenom_utilise.as_deref())
                || liste.into_iter().any(|un| plier(un) == voulu)
        });
        nom && prenom && traits.date_naissance() == self.naissance
    }
}

/// The one person of the grappe who is this, whose DLU the account may be granted to read: nobody otherwise, whatever the reason.
///
/// Every identity of every house is compared, whether one was found before or not.
pub(crate) async fn une(acces: &Acces<ChercherPersonne>, identite: &Identite) -> Resultat<Option<UsagerId>> {
    let candidats = candidats(acces.services(), identite).await?;
    let possibles = acces.lectures_possibles(&candidats).await?;
    Ok(if let [(seul, _)] = possibles[..] { Some(seul) } else { None })
}

async fn candidats(services: &Arc<Services>, identite: &Identite) -> Resultat<Vec<UsagerId>> {
    let acces: Acces<RapprocherPersonne> = automate(services, NOM).await?;
    let maisons: Vec<Stored<Etablissement>> = etablissements::etablissements(&acces).await?;
    let mut trouves = Vec::new();
    for maison in maisons {
        let lieu = EtablissementId(maison.id);
        let perimetre = acces.ouvrir_perimetre(lieu, &[]).await?;
        let lues: Vec<Stored<Identification>> = perimetre.liste(&Query::lane(&lane_identites(lieu))).await?;
        trouves.extend(lues.iter().filter(|lue| identite.est(lue)).map(|lue| lue.usager));
    }
    Ok(trouves)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::ins::{Identite as Ins, LieuNaissance, Sexe, Traits};
    use uuid::Uuid;

    fn brumelle() -> Identification {
        let date = "12/04/1936".parse().unwrap();
        let traits = Traits::new("D'ALBRET-NOËL", "ANNE MARIE", date, Sexe::Feminin, LieuNaissance::inconnu()).unwrap();
        Identification {
            usager: UsagerId(Uuid::nil()),
            etablissement: EtablissementId(Uuid::nil()),
            identite: Ins::provisoire(traits),
            nom_utilise: Some("BRUMELLE".into()),
            prenom_utilise: None,
        }
    }

    fn est(nom: &str, date: &str, prenom: &str) -> bool {
        Identite::new(nom, date.parse().unwrap(), prenom).est(&brumelle())
    }

    #[test]
    fn the_birth_and_the_used_name_are_each_exact_and_nothing_less() {
        assert!(
            est("Brumelle", "12/04/1936", "") && est("d’albret noel", "1936-04-12", "") && est("brumelle", "12/04/1936", "Marie")
        );
        for (nom, date, prenom) in [
            ("Brumell", "12/04/1936", ""),
            ("Brumelles", "12/04/1936", ""),
            ("Brum*", "12/04/1936", ""),
            ("%", "12/04/1936", ""),
            ("", "12/04/1936", ""),
            ("Brumelle", "13/04/1936", ""),
            ("Brumelle", "00/00/1936", ""),
            ("Brumelle", "12/04/1936", "Jeanne"),
        ] {
            assert!(!est(nom, date, prenom), "{nom} {date} {prenom}");
        }
    }
}
