//! Pages of proposed lines.

pub(crate) mod bloc;
pub(crate) mod file;
pub(crate) mod ligne;
pub(crate) mod liste;
pub(crate) mod reconciliation;

use jiff::tz::TimeZone;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use ui::boutons::Bouton;
use ui::champs::cache;
use ui::puces::{Etat as EtatPuce, Puce};
use uuid::Uuid;

use crate::ligne::{Famille, Ligne};
use crate::model::{Etat, Proposition};
use crate::pages::Lu;
use crate::rapprochement::{Connaissances, Deja, deja};

/// What the reader may do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Droits {
    pub traiter: bool,
    pub allergies: bool,
    pub constantes: bool,
}

impl Droits {
    /// True if a line of this family can be taken by this reader.
    pub(crate) fn peut(self, ligne: &Ligne) -> bool {
        self.traiter
            && match ligne.famille {
                Famille::Allergie => self.allergies,
                Famille::Constante => self.constantes && ligne.mesure.is_some(),
                _ => true,
            }
    }
}

/// What a page of a record shows.
pub(crate) struct Ecran<'a> {
    pub usager: UsagerId,
    pub lu: &'a Lu,
    /// The only document looked at.
    pub document: Option<Uuid>,
    pub droits: Droits,
    pub fuseau: &'a TimeZone,
}

impl Ecran<'_> {
    pub(crate) fn base(&self) -> String {
        format!("/residents/{}/propositions", self.usager)
    }

    /// The lines looked at.
    pub(crate) fn propositions(&self) -> impl Iterator<Item = &Stored<Proposition>> {
        self.lu.propositions.iter().filter(|lu| self.document.is_none_or(|document| lu.source.document == document))
    }

    /// Keeps the document looked at through an act.
    pub(crate) fn garde(&self) -> Markup {
        html! { @if let Some(document) = self.document { (cache("document", &document.to_string())) } }
    }

    /// What in the record says a line which waits, by now.
    pub(crate) fn deja(&self, lu: &Proposition) -> Option<Deja> {
        let allergies = self.lu.alertes.as_ref().map(|lue| &lue.allergies);
        deja(&lu.ligne, Connaissances { elements: &self.lu.elements, allergies }).filter(|_| lu.attend())
    }

    /// True if the line may be taken: its document still holds.
    pub(crate) fn ouverte(&self, lu: &Proposition) -> bool {
        lu.ouverte() && !self.lu.annules.contains(&lu.source.document)
    }
}

/// « acceptée par Nadia B. », for messages.
pub(crate) fn etat_en_mots(etat: &Etat) -> String {
    match etat {
        Etat::Proposee => "à traiter".to_owned(),
        Etat::Connue { par, .. } if par.is_empty() => "déjà au dossier".to_owned(),
        Etat::Connue { par, .. } => format!("déjà au dossier, d'après {par}"),
        Etat::Acceptee { par, .. } => format!("acceptée par {par}"),
        Etat::Ecartee { par, motif, .. } if motif.is_empty() => format!("écartée par {par}"),
        Etat::Ecartee { par, motif, .. } => format!("écartée par {par} : {motif}"),
        Etat::Retiree { .. } => "retirée : son document a été remplacé".to_owned(),
    }
}

/// The same, as a chip.
pub(crate) fn puce_etat(etat: &Etat) -> Puce {
    let mots = etat_en_mots(etat);
    match etat {
        Etat::Proposee => Puce::new(EtatPuce::AFaire, mots),
        Etat::Connue { .. } => Puce::new(EtatPuce::Info, mots),
        Etat::Acceptee { .. } => Puce::new(EtatPuce::Fait, mots),
        Etat::Ecartee { .. } => Puce::neutre(mots),
        Etat::Retiree { .. } => Puce::new(EtatPuce::Archive, mots),
    }
}

/// The buttons of a line: take it, correct it, leave it. `avant` is the treatment beside it.
pub(crate) fn gestes(ecran: &Ecran<'_>, lu: &Stored<Proposition>, avant: Option<(Uuid, i64)>, verbe: &str) -> Markup {
    let action = format!("{}/{}", ecran.base(), lu.id);
    let quoi = lu.ligne.libelle.clone();
    let deja = ecran.deja(lu);
    let connue = matches!(lu.etat, Etat::Connue { .. }) || deja.is_some();
    if !ecran.droits.traiter || !ecran.ouverte(lu) {
        return html! { (puce_etat(&lu.etat)) };
    }
    let prendre = if connue { "Reprendre quand même" } else { verbe };
    let entree = deja.and_then(|deja| if let Deja::Entree(id) = deja { Some(id) } else { None });
    html! {
        @if deja.is_some() { span { (Puce::new(EtatPuce::Info, "déjà au dossier")) } }
        @else if connue { span { (puce_etat(&lu.etat)) } }
        form class="rangee sans-impression" method="post" action=(action) {
            (cache("version", &lu.version.to_string())) (ecran.garde())
            @if let Some((id, version)) = avant { (cache("avant", &format!("{id}:{version}"))) }
            @if let Some(entree) = entree { (cache("entree", &entree.to_string())) }
            @if deja.is_some() { (Bouton::envoyer("Déjà au dossier").petit().valeur("geste", "connue").precision(quoi.clone())) }
            @if ecran.droits.peut(&lu.ligne) {
                @let bouton = Bouton::envoyer(prendre).petit().valeur("geste", "accepter").precision(quoi.clone());
                (if connue { bouton.discret() } else { bouton.valider() })
            }
            (Bouton::lien("Corriger", action.clone()).petit().precision(quoi.clone()))
            @if !connue { (Bouton::envoyer("Écarter").petit().discret().valeur("geste", "ecarter").precision(quoi)) }
        }
    }
}
