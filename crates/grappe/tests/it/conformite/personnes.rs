//! Whom the run is about: residents of the three houses, and identities at the edges given to some of them.

use kernel::id::UsagerId;
use kernel::ins::{DocumentIdentite, Identite, Ins, LieuNaissance, Matricule, Oid, Sexe, Traits, cle_nir};
use store::{Batch, Reach, Stored};
use usagers::Identification;
use uuid::Uuid;

use super::maisons::Maisons;
use crate::monde::ligne;

/// Residents taken in each house besides the edges.
const PAR_MAISON: usize = 17;

/// A person of the run.
#[derive(Debug, Clone)]
pub(crate) struct Personne {
    pub(crate) id: UsagerId,
    /// Rank of the house.
    pub(crate) maison: usize,
    /// Names its files.
    pub(crate) cle: String,
    /// The number which may leave.
    pub(crate) ins: Option<String>,
    /// A number known which may not leave.
    pub(crate) tu: Option<String>,
    pub(crate) bord: bool,
}

/// Residents here today by house: those whose identity is not qualified first, then the others spread over the house.
pub(crate) async fn choisir(maisons: &Maisons) -> Vec<Personne> {
    let mut choisies = Vec::new();
    let mut bords = cas().into_iter();
    for maison in 0..3 {
        let presents: Vec<usize> = maisons
            .recit
            .residents
            .iter()
            .enumerate()
            .filter(|(_, lu)| lu.sejours.last().is_some_and(|sejour| sejour.etablissement == maison && sejour.sortie.is_none()))
            .map(|(rang, _)| rang)
            .collect();
        let qualifie = |rang: &&usize| maisons.recit.residents[**rang].identite.statut == "qualifiee";
        let (autres, qualifies): (Vec<&usize>, Vec<&usize>) = presents.iter().partition(|rang| !qualifie(rang));
        let pas = qualifies.len() / (PAR_MAISON + 3);
        let rangs: Vec<usize> =
            autres.iter().take(4).copied().chain(qualifies.iter().step_by(pas).copied()).copied().take(PAR_MAISON + 3).collect();
        for (place, rang) in rangs.into_iter().enumerate() {
            let bord = if place >= PAR_MAISON { bords.next() } else { None };
            if place >= PAR_MAISON && bord.is_none() {
                continue;
            }
            choisies.push(personne(maisons, (maison, rang), bord).await);
        }
    }
    assert!(bords.next().is_none(), "every edge was given to somebody");
    choisies
}

async fn personne(maisons: &Maisons, (maison, rang): (usize, usize), bord: Option<Cas>) -> Personne {
    let id = semis::usager_id(rang);
    let lue: Stored<Identification> = maisons.store.get(&Reach::All, Identification::id(id)).await.unwrap().unwrap();
    let cle = bord.as_ref().map_or_else(|| format!("{maison}-{rang:03}"), |cas| cas.nom.to_owned());
    let est_bord = bord.is_some();
    let identite = match bord {
        None => lue.identite.clone(),
        Some(cas) => {
            let nouvelle =
                Identification { identite: cas.identite, nom_utilise: None, prenom_utilise: None, ..lue.value.clone() };
            let mut batch = Batch::default();
            batch.update(&lue, Uuid::nil(), maisons.services.clock.now(), &nouvelle).unwrap();
            maisons.store.commit(batch.with_line(ligne(maisons.services.clock.now()))).await.unwrap();
            nouvelle.identite
        }
    };
    let numero = |ins: &Ins| ins.matricule().as_str().to_owned();
    let ins = identite.ins_transmissible().map(numero);
    let tu = if ins.is_none() { identite.ins().map(numero) } else { None };
    Personne { id, maison, cle, ins, tu, bord: est_bord }
}

/// An identity at the edges.
struct Cas {
    nom: &'static str,
    identite: Identite,
}

fn traits(famille: &str, prenoms: &str, naissance: &str, sexe: Sexe, lieu: &str) -> Traits {
    Traits::new(famille, prenoms, naissance.parse().unwrap(), sexe, LieuNaissance::new(lieu).unwrap()).unwrap()
}

/// A number with its key, checked at the service and against a document.
fn qualifiee(traits: &Traits, treize: &str) -> Identite {
    let numero = format!("{treize}{:02}", cle_nir(treize).unwrap());
    let ins = Ins::new(Matricule::new(&numero).unwrap(), Oid::Test).unwrap();
    Identite::provisoire(traits.clone())
        .insi_obtenue(ins, traits.clone())
        .unwrap()
        .document_verifie(DocumentIdentite::Passeport)
        .unwrap()
}

fn cas() -> Vec<Cas> {
    let long = |graine: &str| graine.repeat(9)[..120].to_owned();
    let provisoire = |traits: Traits| Identite::provisoire(traits);
    let (f, m) = (Sexe::Feminin, Sexe::Masculin);
    let longs = traits(&long("ABCDEFGHIJ-KLMNOPQRS'TUVW "), &long("ANNE-SOPHIE MARIE-ANGE "), "12/04/1936", f, "63113");
    let recuperee = traits("RECUPERE", "LEON", "03/02/1934", m, "63113");
    let numero_tu = format!("1340263113007{:02}", cle_nir("1340263113007").unwrap());
    let tu = Ins::new(Matricule::new(&numero_tu).unwrap(), Oid::Test).unwrap();
    let un = |nom, identite| Cas { nom, identite };
    vec![
        un("corse-2a", qualifiee(&traits("ADRTROIS", "DOMINIQUE", "26/02/1997", f, "2A020"), "297022A020778")),
        un("corse-2b", qualifiee(&traits("CASTA-PINO", "ANGE", "14/07/1938", m, "2B033"), "138072B033042")),
        un("nom-long", provisoire(longs.clone())),
        un("nom-long-qualifie", qualifiee(&longs, "2360463113004")),
        un("sans-ins", provisoire(traits("SANSINS", "ANNA", "12/04/1936", f, "63113"))),
        un("recuperee", provisoire(recuperee.clone()).insi_obtenue(tu, recuperee).unwrap()),
        un("un-seul-nom", provisoire(traits("SUHARTO", "SUHARTO", "08/06/1941", m, "99231"))),
        un("jour-inconnu", provisoire(traits("D'OMBRE", "EMILE", "00/05/1931", m, "99352"))),
        un("annee-seule", provisoire(traits("O", "Z", "00/00/1900", Sexe::Indetermine, "99999"))),
    ]
}
