//! What a module gives to the product: its rights, its routes, its places in the menu, its offline acts.

use ui::Icone;

use crate::acces::DroitInfo;
use crate::dossier::{BlocSynthese, Dessin, DessinDocument, Entete, Volet};
use crate::offline::Operations;
use crate::releve::SourcesReleve;
use crate::web::Routes;

/// The first places of the menu, always in sight: « Tour », « Résidents », « Relève ».
pub const PREMIER: &str = "Premier";
/// The menu « Créer ».
pub const CREER: &str = "Créer";
/// The button of emergencies, on every page.
pub const URGENCE: &str = "Urgence";
/// The search box of every page.
pub const CHERCHER: &str = "Chercher";

/// A place in the navigation, shown only to those who hold the right.
#[derive(Debug, Clone)]
pub struct EntreeNav {
    /// Group of the rail: « Accompagner », « Organiser », « Piloter », « Régler »; or [`PREMIER`], [`CREER`], [`CHERCHER`].
    pub groupe: &'static str,
    /// Label.
    pub libelle: &'static str,
    /// Address.
    pub href: &'static str,
    /// Icon.
    pub icone: Icone,
    /// The right it needs.
    pub droit: DroitInfo,
    /// Means nothing to an account which works in no establishment.
    pub locale: bool,
    /// For roles held over the whole grappe only.
    pub de_grappe: bool,
}

/// A vertical slice of the product.
pub struct Module {
    /// Folder name.
    pub nom: &'static str,
    /// Rights it declares.
    pub droits: &'static [DroitInfo],
    /// Its routes.
    pub routes: Routes,
    /// Its places in the menu.
    pub nav: Vec<EntreeNav>,
    /// Registers the acts a tablet may send.
    pub offline: fn(&mut Operations),
    /// Blocks it gives to the synthesis of a record.
    pub blocs: Vec<BlocSynthese>,
    /// What it says on the page of a document of a record.
    pub document: Option<DessinDocument>,
    /// Heading of every page of a record, given by the one module which owns it.
    pub entete: Option<Entete>,
    /// Declares what the handover digest reads from it.
    pub releve: fn(&mut SourcesReleve),
}

impl std::fmt::Debug for Module {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Module({})", self.nom)
    }
}

impl Module {
    /// A module without offline acts nor menu.
    pub fn new(nom: &'static str, droits: &'static [DroitInfo], routes: Routes) -> Self {
        Self {
            nom,
            droits,
            routes,
            nav: Vec::new(),
            offline: |_| {},
            blocs: Vec::new(),
            document: None,
            entete: None,
            releve: |_| {},
        }
    }

    /// Adds a place in the menu.
    #[must_use]
    pub fn nav(
        mut self,
        groupe: &'static str,
        libelle: &'static str,
        href: &'static str,
        icone: Icone,
        droit: DroitInfo,
    ) -> Self {
        let locale = droit.categorie.est_d_un_etablissement();
        self.nav.push(EntreeNav { groupe, libelle, href, icone, droit, locale, de_grappe: false });
        self
    }

    /// The last place added is that of the whole grappe, whatever its right is about: open to who belongs to no establishment.
    #[must_use]
    pub fn partout(mut self) -> Self {
        if let Some(entree) = self.nav.last_mut() {
            entree.locale = false;
        }
        self
    }

    /// The last place added is that of one establishment, whatever its right is about.
    #[must_use]
    pub fn locale(mut self) -> Self {
        if let Some(entree) = self.nav.last_mut() {
            entree.locale = true;
        }
        self
    }

    /// The last place added is for roles held over the whole grappe only.
    #[must_use]
    pub fn de_grappe(mut self) -> Self {
        if let Some(entree) = self.nav.last_mut() {
            entree.de_grappe = true;
        }
        self
    }

    /// Gives a block to the synthesis of a record: column, order (100 and more), and the function which draws it.
    #[must_use]
    pub fn bloc_synthese(mut self, volet: Volet, rang: u16, dessiner: Dessin) -> Self {
        self.blocs.push(BlocSynthese { volet, rang, dessiner });
        self
    }

    /// Says something on the page of each document of a record.
    #[must_use]
    pub fn bloc_document(mut self, dessiner: DessinDocument) -> Self {
        self.document = Some(dessiner);
        self
    }

    /// Gives the heading of every page of a record.
    #[must_use]
    pub fn entete_dossier(mut self, entete: Entete) -> Self {
        self.entete = Some(entete);
        self
    }

    /// Declares the acts a tablet may send.
    #[must_use]
    pub fn offline(mut self, declarer: fn(&mut Operations)) -> Self {
        self.offline = declarer;
        self
    }

    /// Declares what the handover digest reads from it.
    #[must_use]
    pub fn releve(mut self, declarer: fn(&mut SourcesReleve)) -> Self {
        self.releve = declarer;
        self
    }
}
