//! The end of a shift.

use jiff::ToSpan;
use platform::acces::Acces;
use platform::erreur::Resultat;
use platform::web::{Answer, Parametres, page};

use crate::filtre::{Brut, Filtre};
use crate::rights::LireTour;
use crate::tour::{Compte, tour};
use crate::views::omissions::PageOmissions;

use super::tour::{a_verifier, lieu};

/// Days of the trend.
const JOURS: i32 = 7;

/// `/tour/omissions`
pub(crate) async fn afficher(acces: Acces<LireTour>, Parametres(brut): Parametres<Brut>) -> Resultat<Answer> {
    let mut filtre = Filtre::lire(&acces, &brut)?;
    filtre.metier.clear();
    let perimetre = acces.ouvrir_perimetre(filtre.etablissement, &filtre.unites).await?;
    let present = tour(&perimetre, filtre.creneau).await?;
    let noms = acces.services().enseigne.unites(filtre.etablissement);
    let mut unites: Vec<(String, Compte)> = Vec::new();
    for (id, nom) in noms {
        let mut compte = Compte::default();
        let siens = present.residents.iter().filter(|resident| resident.resident.sejour.unite == Some(id));
        siens.for_each(|resident| compte.cumuler(resident.compte()));
        if compte.dus > 0 {
            unites.push((nom, compte));
        }
    }
    let mut jours = Vec::new();
    if unites.len() <= 1 {
        for recul in (1..JOURS).rev() {
            let Ok(jour) = filtre.creneau.jour.checked_sub(recul.days()) else { continue };
            let passe = tour(&perimetre, crate::poste::Creneau { jour, ..filtre.creneau }).await?;
            jours.push((jour, passe.compte));
        }
        jours.push((filtre.creneau.jour, present.compte));
    }
    let vue = PageOmissions {
        filtre: &filtre,
        tour: &present,
        lieu: lieu(&acces, &filtre),
        unites,
        jours,
        fini: filtre.est_passe(acces.now()),
        a_verifier: a_verifier(&acces, &perimetre).await?.len(),
    };
    Ok(Answer::html(page(&acces, "Fin de poste", "/tour/soins").contenu(vue.render()).render()))
}
