//! `/propositions`: what waits in the units reached, resident by resident, document by document.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use kernel::id::UsagerId;
use kernel::texte::plier;
use platform::prelude::*;
use platform::web::page;
use serde::Deserialize;
use usagers::Usager;
use uuid::Uuid;

use crate::model::{Lecture, Proposition, Source};
use crate::records::{lane_a_lire, lane_propositions};
use crate::rights::{TraiterPropositions, VoirPropositions};
use crate::views;

/// Lines looked at in one list.
const MAX: u32 = 5_000;

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filtre {
    /// Letters of a name or of a document.
    #[serde(default)]
    pub q: String,
    /// `traitements`, `allergies`, `resultats`, `autres`, `a_lire`.
    #[serde(default)]
    pub quoi: String,
}

/// A document of a resident which waits.
#[derive(Debug, Clone)]
pub(crate) struct Attente {
    pub usager: UsagerId,
    pub nom: String,
    pub source: Source,
    pub depuis: Timestamp,
    /// How many lines wait: treatments, allergies, results, others.
    pub comptes: [usize; 4],
    /// What could not be read of it.
    pub avertissement: Option<String>,
}

impl Attente {
    fn neuve(usager: UsagerId, source: Source, depuis: Timestamp) -> Self {
        Self { usager, nom: String::new(), source, depuis, comptes: [0; 4], avertissement: None }
    }

    /// Every line which waits.
    pub(crate) fn total(&self) -> usize {
        self.comptes.iter().sum()
    }

    fn retenue(&self, filtre: &Filtre, cherche: &str) -> bool {
        let quoi = match filtre.quoi.as_str() {
            "traitements" => self.comptes[0] > 0,
            "allergies" => self.comptes[1] > 0,
            "resultats" => self.comptes[2] > 0,
            "autres" => self.comptes[3] > 0,
            "a_lire" => self.avertissement.is_some(),
            _ => true,
        };
        quoi && [&self.nom, &self.source.titre, &self.source.auteur].iter().any(|texte| plier(texte).contains(cherche))
    }
}

fn rang(proposition: &Proposition) -> usize {
    match proposition.ligne.famille {
        famille if famille.est_traitement() => 0,
        crate::Famille::Allergie => 1,
        crate::Famille::Resultat | crate::Famille::Constante => 2,
        _ => 3,
    }
}

/// Groups what waits by document.
fn grouper(propositions: &[Stored<Proposition>], lectures: &[Stored<Lecture>]) -> Vec<Attente> {
    let mut attentes: BTreeMap<(UsagerId, Uuid), Attente> = BTreeMap::new();
    for lu in propositions {
        let neuve = || Attente::neuve(lu.usager, lu.source.clone(), lu.proposee_le);
        let attente = attentes.entry((lu.usager, lu.source.document)).or_insert_with(neuve);
        attente.comptes[rang(lu)] += 1;
    }
    for lue in lectures {
        let neuve = || Attente::neuve(lue.usager, lue.source.clone(), lue.lue_le);
        attentes.entry((lue.usager, lue.source.document)).or_insert_with(neuve).avertissement = lue.avertissement();
    }
    attentes.into_values().collect()
}

/// The list.
pub(crate) async fn file(acces: Acces<VoirPropositions>, Parametres(filtre): Parametres<Filtre>) -> Resultat<Answer> {
    let etablissement = acces.etablissement()?;
    let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
    let (lane, lane_lire) = (lane_propositions(etablissement), lane_a_lire(etablissement));
    let propositions: Vec<Stored<Proposition>> = perimetre.liste(&Query::lane(&lane).limit(MAX)).await?;
    let lectures: Vec<Stored<Lecture>> = perimetre.liste(&Query::lane(&lane_lire).limit(MAX)).await?;
    let mut attentes = grouper(&propositions, &lectures);
    let ids: Vec<Uuid> = attentes.iter().map(|attente| attente.usager.0).collect();
    let noms: HashMap<UsagerId, String> =
        perimetre.lire::<Usager>(&ids).await?.into_iter().map(|lu| (lu.value.id, lu.value.nom_complet())).collect();
    let mut visibles = Vec::with_capacity(attentes.len());
    for mut attente in attentes.drain(..) {
        let unite = perimetre.lien(attente.usager).await?.and_then(|lien| lien.unite);
        if let (Some(nom), true) = (noms.get(&attente.usager), perimetre.couvre(unite)) {
            attente.nom.clone_from(nom);
            visibles.push(attente);
        }
    }
    let lignes: usize = visibles.iter().map(Attente::total).sum();
    let cherche = plier(&filtre.q);
    visibles.retain(|attente| attente.retenue(&filtre, &cherche));
    visibles.sort_by(|a, b| (a.depuis, &a.nom).cmp(&(b.depuis, &b.nom)));
    let ecran = views::file::Ecran {
        attentes: &visibles,
        lignes,
        filtre: &filtre,
        lane: &lane,
        now: acces.now(),
        peut: acces.peut::<TraiterPropositions>(),
    };
    let contenu = views::file::page(&ecran);
    Ok(Answer::html(page(&acces, "Lignes des documents reçus", "/propositions").contenu(contenu).render()))
}
