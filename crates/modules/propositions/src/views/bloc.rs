//! What the synthesis of a record and the page of a document say of lines which wait.

use maud::{Markup, html};
use platform::acces::{Acces, Categorie, DossierOuvert};
use platform::dossier::{ConsulterDossier, Fragment};
use ui::Icone;
use ui::alerte::{Alerte, Nature as NatureAlerte};
use ui::bloc::Bloc;
use ui::boutons::Bouton;
use uuid::Uuid;

use crate::model::{Lecture, Proposition};

fn phrase(attendent: usize) -> String {
    match attendent {
        0 => "Toutes les lignes lues ont été traitées.".to_owned(),
        1 => "1 ligne d'un document reçu attend qu'on la regarde.".to_owned(),
        n => format!("{n} lignes de documents reçus attendent qu'on les regarde."),
    }
}

/// The block of the synthesis, when something waits.
pub(crate) fn synthese<'a>(_: &'a Acces<ConsulterDossier>, dossier: &'a DossierOuvert<ConsulterDossier>) -> Fragment<'a> {
    Box::pin(async move {
        if !dossier.peut_lire(Categorie::Medical) {
            return Ok(None);
        }
        let attendent = dossier.liste::<Proposition>(|query| query).await?.iter().filter(|lu| lu.attend()).count();
        let a_lire = dossier.liste::<Lecture>(|query| query).await?.iter().filter(|lu| lu.a_lire()).count();
        if attendent == 0 && a_lire == 0 {
            return Ok(None);
        }
        let adresse = format!("/residents/{}/propositions", dossier.usager());
        let corps = html! {
            @if attendent > 0 { p { (phrase(attendent)) } }
            @if a_lire > 0 { p { "Un document n'a pas pu être lu en entier : à lire soi-même." } }
        };
        let pied = html! { (Bouton::lien("Regarder", adresse).petit().precision("les lignes des documents reçus")) };
        Ok(Some(Bloc::new("Documents reçus", corps).icone(Icone::FileCheck).pied(pied).render()))
    })
}

/// What the page of a document says of its lines.
pub(crate) fn document(dossier: &DossierOuvert<ConsulterDossier>, id: Uuid) -> Fragment<'_> {
    Box::pin(async move {
        if !dossier.peut_lire(Categorie::Medical) {
            return Ok(None);
        }
        let Some(lecture) = dossier.lire::<Lecture>(Lecture::id(id)).await? else { return Ok(None) };
        if lecture.lignes == 0 && lecture.avertissement().is_none() {
            return Ok(None);
        }
        let siennes = dossier.liste::<Proposition>(|query| query).await?;
        let attendent = siennes.iter().filter(|lu| lu.source.document == id && lu.attend()).count();
        Ok(Some(bandeau(&lecture, attendent, &format!("/residents/{}/propositions?document={id}", dossier.usager()))))
    })
}

fn bandeau(lecture: &Lecture, attendent: usize, adresse: &str) -> Markup {
    let titre = match lecture.avertissement() {
        Some(avertissement) => avertissement,
        None if attendent == 1 => "1 ligne de ce document attend qu'on la regarde.".to_owned(),
        None if attendent > 1 => format!("{attendent} lignes de ce document attendent qu'on les regarde."),
        None => "Les lignes de ce document ont été traitées.".to_owned(),
    };
    let nature = if lecture.a_lire() { NatureAlerte::Attention } else { NatureAlerte::Info };
    let actions = html! { (Bouton::lien("Voir les lignes", adresse)) };
    Alerte::new(nature, titre)
        .texte(format!("Lignes lues : {}, à traiter : {attendent}.", lecture.lignes))
        .actions(actions)
        .render()
}
