//! Pages of the module.

pub(crate) mod alertes;
pub(crate) mod contacts;
pub(crate) mod fusion;
pub(crate) mod identite;
pub(crate) mod oppositions;
pub(crate) mod photo;
pub(crate) mod vie;
pub(crate) mod vigilance;

use maud::{Markup, html};
use platform::acces::{Acces, DossierOuvert, Droit};
use platform::erreur::Resultat;
use platform::web::Champs;

/// A page of a record: shell, banner, tabs, then the content.
async fn cadre<D: Droit, R: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<R>,
    (titre, onglet): (&str, &str),
    contenu: Markup,
) -> Resultat<Markup> {
    let actuel = format!("/residents/{}/{onglet}", dossier.usager());
    let (page, onglets) = platform::dossier::page(acces, dossier, titre, &actuel).await?;
    Ok(page.contenu(html! { (onglets) (contenu) }).render())
}

/// The version a form was read at; 0 when the record did not exist yet.
fn version(champs: &Champs) -> i64 {
    champs.lire("version").unwrap_or(0)
}
