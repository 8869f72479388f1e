//! Human acts: take a line into the record, leave it out, say it is known, say the document was read.

use constantes::{Reprise, SaisirConstantes};
use documents::document_de;
use jiff::civil::Date;
use medical::{Code, Element, Etat as EtatElement, Origine};
use platform::acces::{Acces, Acte, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use usagers::{AjoutAllergies, Allergie, EcrireAlertes};
use uuid::Uuid;

use crate::ligne::{Famille, Ligne};
use crate::model::{Etat, Lecture, Proposition, Vue};
use crate::rights::TraiterPropositions;

type Dossier = DossierOuvert<TraiterPropositions>;

/// What a person takes of a line.
pub(crate) struct Prise {
    /// The line as it was read on screen.
    pub lu: Stored<Proposition>,
    /// Its words, as the person corrected them.
    pub ligne: Ligne,
    /// A treatment to be told before the others.
    pub a_risque: bool,
    /// The treatment of the record it replaces or stops, with the version seen on screen.
    pub avant: Option<(Uuid, i64)>,
}

/// What taking lines did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Issue {
    /// They are in the record.
    Faite,
    /// The record says no allergy is known, checked on that day: the person confirms first. Nothing was written.
    AConfirmer(Date),
}

/// A document annulled or replaced gives nothing any more.
async fn verifier_document(dossier: &Dossier, prises: &[Prise]) -> Resultat<()> {
    let mut vus: Vec<Uuid> = Vec::new();
    for prise in prises {
        let id = prise.lu.source.document;
        if vus.contains(&id) {
            continue;
        }
        vus.push(id);
        if document_de(dossier, id).await?.is_some_and(|document| !document.est_courant()) {
            let phrase =
                "Le document de cette ligne a été annulé ou remplacé. Rien n'a été repris : lisez le document en vigueur.";
            return Err(Erreur::Demande(phrase.into()));
        }
    }
    Ok(())
}

/// Takes lines into the record, in one act.
pub(crate) async fn accepter(
    acces: &Acces<TraiterPropositions>,
    dossier: &Dossier,
    prises: Vec<Prise>,
    confirme: bool,
) -> Resultat<Issue> {
    verifier_document(dossier, &prises).await?;
    let mut acte = dossier.acte("propositions.acceptees").detail("lignes", prises.len());
    if let Some(jour) = prendre_allergies(acces, dossier, &mut acte, &prises, confirme).await? {
        return Ok(Issue::AConfirmer(jour));
    }
    let par = acces.contexte().acteur.nom.clone();
    for prise in &prises {
        let entree = match prise.ligne.famille {
            Famille::Allergie => None,
            Famille::Constante => Some(prendre_constante(acces, dossier, &mut acte, prise).await?),
            _ => Some(prendre_element(dossier, &mut acte, prise, jour(acces)).await?),
        };
        let etat = Etat::Acceptee { entree, par: par.clone(), le: acces.now() };
        acte.update(&prise.lu, &Proposition { etat, ..prise.lu.value.clone() });
    }
    dossier.commit(acte).await?;
    Ok(Issue::Faite)
}

fn jour(acces: &Acces<TraiterPropositions>) -> Date {
    kernel::dates::jour_local(acces.now(), &acces.services().fuseau)
}

/// Allergies go to the list of allergies, by its owner: its four states are its own. The day given asks for a confirmation.
async fn prendre_allergies(
    acces: &Acces<TraiterPropositions>,
    dossier: &Dossier,
    acte: &mut Acte,
    prises: &[Prise],
    confirme: bool,
) -> Resultat<Option<Date>> {
    let nouvelles: Vec<Allergie> =
        prises.iter().filter(|prise| prise.ligne.famille == Famille::Allergie).map(|prise| allergie(&prise.ligne)).collect();
    if nouvelles.is_empty() {
        return Ok(None);
    }
    let ecrire: Acces<EcrireAlertes> = acces.aussi().await?;
    let alertes = ecrire.ouvrir_dossier(dossier.usager()).await?;
    match usagers::ajouter_allergies(&alertes, acte, &nouvelles, confirme).await? {
        AjoutAllergies::Fait => Ok(None),
        AjoutAllergies::AConfirmer(jour) => Ok(Some(jour)),
    }
}

/// An allergy always says its reaction: a document which gives none is told so.
fn allergie(ligne: &Ligne) -> Allergie {
    let reaction = if ligne.detail.is_empty() { "réaction non précisée".to_owned() } else { ligne.detail.clone() };
    Allergie { agent: ligne.libelle.clone(), reaction, annee: ligne.debut.map(kernel::dates::DatePartielle::annee) }
}

async fn prendre_constante(
    acces: &Acces<TraiterPropositions>,
    dossier: &Dossier,
    acte: &mut Acte,
    prise: &Prise,
) -> Resultat<Uuid> {
    let phrase = "Cette mesure ne peut pas être reprise d'elle-même : saisissez-la dans les constantes.";
    let mesure = prise.ligne.mesure.clone().ok_or_else(|| Erreur::Demande(phrase.into()))?;
    let saisir: Acces<SaisirConstantes> = acces.aussi().await?;
    let ouvert = saisir.ouvrir_dossier(dossier.usager()).await?;
    let id = kernel::id::derived(prise.lu.id, "constante");
    let reprise = Reprise {
        type_code: mesure.grandeur,
        valeur: mesure.valeur,
        valeur2: mesure.valeur2,
        mesuree_le: mesure.mesuree_le,
        heure_inconnue: mesure.heure_inconnue,
        origine: format!("Repris d'un document : {}", prise.lu.source.phrase()),
    };
    constantes::reprendre(&ouvert, acte, id, reprise).await?;
    Ok(id)
}

/// Takes a line into the medical file; the treatment it replaces or stops ends in the same act.
async fn prendre_element(dossier: &Dossier, acte: &mut Acte, prise: &Prise, aujourd_hui: Date) -> Resultat<Uuid> {
    let arrete = prise.ligne.famille == Famille::TraitementArrete;
    let le = prise
        .ligne
        .fin
        .filter(|fin| fin.jour().is_some())
        .map_or(aujourd_hui, kernel::dates::DatePartielle::au_plus_tot)
        .min(aujourd_hui);
    let document = prise.lu.source.phrase();
    let avant = match prise.avant {
        Some((id, version)) => Some(ancien(dossier, id, version).await?),
        None => None,
    };
    if let Some(avant) = &avant {
        let (le, motif) = if arrete {
            (le, format!("Arrêté pendant l'hospitalisation : {document}"))
        } else {
            (aujourd_hui, format!("Modifié d'après un document reçu : {document}"))
        };
        medical::terminer(acte, avant, le, &motif);
        if arrete {
            return Ok(avant.id);
        }
    }
    let a_risque = prise.a_risque || avant.is_some_and(|avant| avant.a_risque);
    let mut element = element(dossier, prise, a_risque)?;
    if arrete {
        element.etat = EtatElement::Termine { le, motif: format!("Arrêté pendant l'hospitalisation : {document}") };
    }
    medical::accepter(dossier, acte, &element).await?;
    Ok(Element::id_de_document(dossier.usager(), prise.lu.source.document, &prise.ligne.repere))
}

/// The treatment seen on screen, unless somebody changed it since.
async fn ancien(dossier: &Dossier, id: Uuid, version: i64) -> Resultat<Stored<Element>> {
    let lu = dossier.lire::<Element>(id).await?.ok_or(Erreur::Introuvable)?;
    if lu.version != version || lu.nature != medical::Nature::Traitement || !lu.en_vigueur() {
        return Err(Erreur::Conflit);
    }
    Ok(lu)
}

fn element(dossier: &Dossier, prise: &Prise, a_risque: bool) -> Resultat<Element> {
    let ligne = &prise.ligne;
    let nature = ligne.famille.nature().ok_or_else(|| Erreur::Panne("a line without a place in the medical file".into()))?;
    let cim10 = ligne.codes.iter().find(|code| code.systeme == Code::CIM10);
    Ok(Element {
        usager: dossier.usager(),
        etablissement: dossier.etablissement().ok_or(Erreur::Introuvable)?,
        nature,
        libelle: ligne.libelle.clone(),
        code: cim10.or_else(|| ligne.codes.first()).cloned(),
        debut: ligne.debut,
        detail: ligne.detail.clone(),
        precision: precision(ligne),
        a_risque: a_risque && nature == medical::Nature::Traitement,
        note_le: dossier.contexte().now,
        origine: Origine::Document { document: prise.lu.source.document, repere: ligne.repere.clone() },
        etat: EtatElement::EnVigueur,
    })
}

/// The note of a line, with the end a treatment was given for.
fn precision(ligne: &Ligne) -> String {
    let fin =
        ligne.fin.filter(|_| ligne.famille != Famille::TraitementArrete).map(|fin| format!("jusqu'à : {}", fin.en_lettres()));
    let note = Some(ligne.precision.clone()).filter(|note| !note.is_empty());
    [fin, note].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What a person says of a line without taking it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Parole {
    /// Left out, with a reason when one is given.
    Ecartee(String),
    /// The record says it already.
    Connue(Option<Uuid>),
    /// To be looked at again.
    ARevoir,
}

/// Writes what a person says of a line.
pub(crate) async fn dire(
    acces: &Acces<TraiterPropositions>,
    dossier: &Dossier,
    lu: &Stored<Proposition>,
    parole: Parole,
) -> Resultat<()> {
    let par = acces.contexte().acteur.nom.clone();
    let (verbe, etat) = match parole {
        Parole::Ecartee(motif) => ("propositions.ecartee", Etat::Ecartee { motif, par, le: acces.now() }),
        Parole::Connue(entree) => ("propositions.connue", Etat::Connue { entree, par }),
        Parole::ARevoir => ("propositions.reprise", Etat::Proposee),
    };
    let mut acte = dossier.acte(verbe);
    acte.update(lu, &Proposition { etat, ..lu.value.clone() });
    dossier.commit(acte).await
}

/// Writes that somebody read the document itself.
pub(crate) async fn lire_soi_meme(acces: &Acces<TraiterPropositions>, dossier: &Dossier, lue: &Stored<Lecture>) -> Resultat<()> {
    if !lue.a_lire() {
        return Ok(());
    }
    let vue = Vue { par: acces.contexte().acteur.nom.clone(), le: acces.now() };
    let mut acte = dossier.acte("propositions.document_lu");
    acte.update(lue, &Lecture { vue: Some(vue), ..lue.value.clone() });
    dossier.commit(acte).await
}
