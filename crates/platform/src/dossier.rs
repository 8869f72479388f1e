//! The record of a person as a place several modules furnish: its heading, the blocks of its synthesis.
//!
//! The page itself belongs to one module; the others hand over what they have to say without knowing it.

use std::future::Future;
use std::pin::Pin;

use maud::Markup;
use ui::Page;

use crate::acces::{Acces, DossierOuvert, Droit};
use crate::erreur::Resultat;

crate::droits! {
    /// Opens the record of a person: who they are, where they stay.
    ConsulterDossier = "dossier.consulter", "Ouvrir le dossier d'une personne", Presence, Lire, Dossier;
}

/// What a block or the heading of a record answers; `None`: nothing to show to this reader.
pub type Fragment<'a> = Pin<Box<dyn Future<Output = Resultat<Option<Markup>>> + Send + 'a>>;

/// Draws a piece of a record. It asks `dossier.peut_lire(…)` first and answers `None` when the right is not held.
pub type Dessin = for<'a> fn(&'a Acces<ConsulterDossier>, &'a DossierOuvert<ConsulterDossier>) -> Fragment<'a>;

/// Draws what a module says on the page of one document of a record; `None`: nothing.
pub type DessinDocument = for<'a> fn(&'a DossierOuvert<ConsulterDossier>, uuid::Uuid) -> Fragment<'a>;

/// Draws what stands above every page of a record (banner, tabs); the address is that of the current page.
pub type Entete = for<'a> fn(
    &'a DossierOuvert<ConsulterDossier>,
    &'a str,
) -> Pin<Box<dyn Future<Output = Resultat<EnteteDossier>> + Send + 'a>>;

/// What stands above every page of a record.
#[derive(Debug, Clone)]
pub struct EnteteDossier {
    /// Banner of the person.
    pub bandeau: Markup,
    /// Tabs of the record.
    pub onglets: Markup,
}

/// Where a block of the synthesis stands (ux.md W3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Volet {
    /// Left column: the person, then trends.
    Principal,
    /// Right column: today, last writings.
    Cote,
}

/// A block given to the synthesis of a record.
#[derive(Clone, Copy)]
pub struct BlocSynthese {
    /// Column.
    pub volet: Volet,
    /// Order within the column: small first. The person's own blocks take 0 to 99.
    pub rang: u16,
    /// Draws it.
    pub dessiner: Dessin,
}

impl std::fmt::Debug for BlocSynthese {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BlocSynthese({:?}, {})", self.volet, self.rang)
    }
}

/// What modules gave to the pages of a record.
#[derive(Default, Clone)]
pub struct Extensions {
    /// What the handover digest reads from modules.
    pub releve: crate::releve::SourcesReleve,
    /// Blocks of the synthesis, in their order.
    pub blocs: Vec<BlocSynthese>,
    /// What modules say on the page of a document.
    pub documents: Vec<DessinDocument>,
    /// Heading of every page of a record.
    pub entete: Option<Entete>,
    /// Every right declared.
    pub droits: Vec<crate::acces::DroitInfo>,
}

impl std::fmt::Debug for Extensions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.blocs).finish()
    }
}

/// Begins a page of a record: shell, banner of the person; gives the tabs to put at the top of the content.
///
/// For modules which cannot name the one that draws the banner.
///
/// # Errors
/// Whatever reading the heading says.
pub async fn page<D: Droit, R: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<R>,
    titre: &str,
    actuel: &str,
) -> Resultat<(Page, Markup)> {
    let mut page = crate::web::page(acces, titre, "/residents");
    if crate::web::offre_urgence(acces) {
        page = page.urgence(format!("/residents/{}/urgence", dossier.usager()));
    }
    let Some(entete) = acces.services().extensions().entete else { return Ok((page, Markup::default())) };
    let EnteteDossier { bandeau, onglets } = entete(&dossier.consultation(), actuel).await?;
    Ok((page.bandeau(bandeau), onglets))
}

/// What modules say on the page of one document of a record.
///
/// # Errors
/// Whatever reading it says.
pub async fn sur_document<D: Droit, R: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<R>,
    id: uuid::Uuid,
) -> Resultat<Vec<Markup>> {
    let consultation = dossier.consultation();
    let mut dits = Vec::new();
    for dessiner in acces.services().extensions().documents {
        dits.extend(dessiner(&consultation, id).await?);
    }
    Ok(dits)
}
