//! `/admin/ins`: queues of identity vigilance (requirements 7.7; ux.md 2.6).

use kernel::ins::StatutIdentite;
use platform::prelude::*;
use platform::web::page;
use serde::Deserialize;

use crate::Usager;
use crate::acts::{Connu, connus, voisins};
use crate::homonymes::Proximite;
use crate::records::lane_usagers;
use crate::rights::LireVigilance;
use crate::views::vigilance::{Ecran, dessiner};

/// A queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum File {
    AQualifier,
    Doublons,
    Douteuses,
    Homonymes,
    Reunis,
}

/// Queues with their code and label.
pub(crate) const FILES: [(File, &str, &str); 5] = [
    (File::AQualifier, "a-qualifier", "À qualifier"),
    (File::Doublons, "doublons", "Doublons probables"),
    (File::Douteuses, "douteuses", "Douteuses ou fictives"),
    (File::Homonymes, "homonymes", "Homonymes"),
    (File::Reunis, "reunis", "Dossiers réunis"),
];

/// The queue chosen.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Choix {
    #[serde(default)]
    file: String,
}

/// Two persons brought together.
#[derive(Debug)]
pub(crate) struct Rapprochement<'a> {
    pub proximite: Proximite,
    pub a: &'a Connu,
    pub b: &'a Connu,
}

/// The queues of an establishment.
pub(crate) async fn vigilance(acces: Acces<LireVigilance>, Parametres(choix): Parametres<Choix>) -> Resultat<Answer> {
    let perimetre = acces.ouvrir_perimetre(acces.etablissement()?, &[]).await?;
    let connus = connus(&perimetre).await?;
    let mut en_cours = Vec::with_capacity(connus.len());
    for connu in &connus {
        en_cours.push(perimetre.lien(connu.usager.value.id).await?.is_some_and(|lien| lien.etat.en_cours()));
    }
    let actifs: Vec<&Connu> = connus.iter().zip(&en_cours).filter(|(_, en_cours)| **en_cours).map(|(connu, _)| connu).collect();
    let rapprochements = rapprocher(&connus);
    let tous: Vec<Stored<Usager>> = perimetre.liste(&Query::lane(&lane_usagers(perimetre.etablissement()))).await?;
    let reunis: Vec<&Stored<Usager>> = tous.iter().filter(|usager| usager.fusionne_dans.is_some()).collect();
    let file = FILES.iter().find(|(_, code, _)| *code == choix.file).map_or(File::AQualifier, |(file, ..)| *file);
    let ecran = Ecran {
        file,
        statuts: [StatutIdentite::Qualifiee, StatutIdentite::Recuperee, StatutIdentite::Validee, StatutIdentite::Provisoire]
            .map(|statut| (statut, actifs.iter().filter(|connu| connu.identification.identite.statut() == statut).count())),
        a_qualifier: actifs
            .iter()
            .filter(|connu| {
                connu.identification.identite.statut() != StatutIdentite::Qualifiee
                    && !connu.identification.identite.est_fictive()
            })
            .copied()
            .collect(),
        douteuses: connus
            .iter()
            .filter(|connu| connu.identification.identite.est_douteuse() || connu.identification.identite.est_fictive())
            .collect(),
        doublons: rapprochements.iter().filter(|paire| est_a_examiner(paire)).collect(),
        homonymes: rapprochements.iter().filter(|paire| paire.proximite.est_homonymie() && les_deux_la(paire, &actifs)).collect(),
        reunis,
        tous: &tous,
        peut_reunir: acces.peut::<crate::rights::Fusionner>(),
        fuseau: &acces.services().fuseau,
    };
    Ok(Answer::html(page(&acces, "Identitovigilance", "/admin/ins").contenu(dessiner(&ecran)).render()))
}

/// Two qualified identities are two persons: INSi said so.
fn est_a_examiner(paire: &Rapprochement<'_>) -> bool {
    let qualifiee = |connu: &Connu| connu.identification.identite.statut() == StatutIdentite::Qualifiee;
    paire.proximite == Proximite::DoublonProbable && !(qualifiee(paire.a) && qualifiee(paire.b))
}

fn les_deux_la(paire: &Rapprochement<'_>, actifs: &[&Connu]) -> bool {
    let la = |connu: &Connu| actifs.iter().any(|actif| actif.usager.value.id == connu.usager.value.id);
    la(paire.a) && la(paire.b)
}

fn rapprocher(connus: &[Connu]) -> Vec<Rapprochement<'_>> {
    let mut paires = Vec::new();
    for (rang, connu) in connus.iter().enumerate() {
        let suite = connus.get(rang + 1..).unwrap_or_default();
        paires.extend(voisins(&connu.empreinte, suite).into_iter().map(|(proximite, autre)| Rapprochement {
            proximite,
            a: connu,
            b: autre,
        }));
    }
    paires.sort_by_key(|paire| std::cmp::Reverse(paire.proximite));
    paires
}
