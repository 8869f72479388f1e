//! `/residents/{usager}/propositions`: what received documents propose, treatments side by side first.

use kernel::id::UsagerId;
use maud::{Markup, html};
use medical::{Element, elements};
use platform::prelude::*;
use serde::Deserialize;
use usagers::Alertes;
use uuid::Uuid;

use crate::acts::{self, Issue, Parole, Prise};
use crate::forms::{self, Montree};
use crate::model::{Lecture, Proposition};
use crate::rights::{LirePropositions, TraiterPropositions};
use crate::views;

/// Which document is looked at; every one when empty.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Filtre {
    #[serde(default)]
    pub document: String,
}

/// What the record and the documents say, as read for one page.
pub(crate) struct Lu {
    pub propositions: Vec<Stored<Proposition>>,
    pub lectures: Vec<Stored<Lecture>>,
    pub elements: Vec<Stored<Element>>,
    pub alertes: Option<Stored<Alertes>>,
    /// Documents annulled since: what they propose is not taken.
    pub annules: Vec<Uuid>,
}

async fn lire<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Lu> {
    let alertes =
        if dossier.peut_lire(Categorie::Alertes) { dossier.lire::<Alertes>(Alertes::id(dossier.usager())).await? } else { None };
    let documents = documents::documents_de(dossier).await?;
    let mut lectures = dossier.liste::<Lecture>(|query| query).await?;
    lectures.sort_by_key(|lecture| std::cmp::Reverse(lecture.lue_le));
    Ok(Lu {
        propositions: dossier.liste::<Proposition>(|query| query).await?,
        lectures,
        elements: elements(dossier).await?,
        alertes,
        annules: documents.iter().filter(|document| document.annule.is_some()).map(|document| document.id).collect(),
    })
}

async fn cadre<D: Droit, R: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<R>,
    titre: &str,
    contenu: Markup,
) -> Resultat<Markup> {
    let actuel = format!("/residents/{}/medical", dossier.usager());
    let (page, onglets) = platform::dossier::page(acces, dossier, titre, &actuel).await?;
    Ok(page.contenu(html! { (onglets) (contenu) }).render())
}

fn droits<D: Droit>(dossier: &DossierOuvert<D>) -> views::Droits {
    views::Droits {
        traiter: dossier.peut_ecrire(Categorie::Medical),
        allergies: dossier.peut_ecrire(Categorie::Alertes),
        constantes: dossier.peut_ecrire(Categorie::Constantes),
    }
}

/// Everything which waits for a person, or what one document proposes.
pub(crate) async fn liste(
    acces: Acces<LirePropositions>,
    Chemin(usager): Chemin<UsagerId>,
    Parametres(filtre): Parametres<Filtre>,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = lire(&dossier).await?;
    let document = filtre.document.parse::<Uuid>().ok();
    if document.is_some_and(|id| !lu.lectures.iter().any(|lecture| lecture.source.document == id)) {
        return Err(Erreur::Introuvable);
    }
    let ecran = views::Ecran { usager, lu: &lu, document, droits: droits(&dossier), fuseau: &acces.services().fuseau };
    Ok(Answer::html(cadre(&acces, &dossier, "Lignes des documents reçus", views::liste::page(&ecran)).await?))
}

async fn une<D: Droit>(dossier: &DossierOuvert<D>, id: Uuid) -> Resultat<Stored<Proposition>> {
    dossier.lire::<Proposition>(id).await?.ok_or(Erreur::Introuvable)
}

/// One line: where it comes from, what the record says, the form to correct it before taking it.
pub(crate) async fn ligne(acces: Acces<LirePropositions>, Chemin((usager, id)): Chemin<(UsagerId, Uuid)>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = une(&dossier, id).await?;
    let champs = forms::saisie(&lu.ligne, lu.version);
    montrer(&acces, &dossier, &lu, (&champs, &Erreurs::default()), None).await.map(Answer::html)
}

async fn montrer<D: Droit, R: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<R>,
    lu: &Stored<Proposition>,
    (champs, erreurs): (&Champs, &Erreurs),
    confirmer: Option<jiff::civil::Date>,
) -> Resultat<Markup> {
    let elements = elements(dossier).await?;
    let ecran = views::ligne::Ecran {
        lu,
        elements: &elements,
        champs,
        erreurs,
        confirmer,
        droits: droits(dossier),
        fuseau: &acces.services().fuseau,
    };
    cadre(acces, dossier, lu.ligne.famille.libelle(), views::ligne::page(&ecran)).await
}

fn retour(usager: UsagerId, champs: &Champs) -> String {
    match champs.lire::<Uuid>("document") {
        Some(document) => format!("/residents/{usager}/propositions?document={document}"),
        None => format!("/residents/{usager}/propositions"),
    }
}

/// Somebody else, or the same person twice, settled the line meanwhile: what became of it, nothing more.
fn deja_traitee(usager: UsagerId, champs: &Champs, lu: &Proposition) -> Answer {
    Answer::vers(retour(usager, champs)).dit(format!("Cette ligne était déjà traitée : {}.", views::etat_en_mots(&lu.etat)))
}

/// Takes a line, leaves it, or says it is known.
pub(crate) async fn traiter(
    acces: Acces<TraiterPropositions>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lu = une(&dossier, id).await?;
    let geste = champs.texte("geste").to_owned();
    let reprend = geste == "revoir" && matches!(lu.etat, crate::Etat::Ecartee { .. } | crate::Etat::Connue { .. });
    if !lu.ouverte() && !reprend {
        return Ok(deja_traitee(usager, &champs, &lu));
    }
    if champs.lire::<i64>("version") != Some(lu.version) {
        return Err(Erreur::Conflit);
    }
    let fait = match geste.as_str() {
        "accepter" => return accepter_une(&acces, &dossier, lu, &champs).await,
        "ecarter" => {
            let motif = kernel::texte::Texte::<240>::facultatif(champs.texte("motif"));
            let motif = motif.map_err(|erreur| Erreur::Demande(erreur.to_string()))?.map(String::from).unwrap_or_default();
            acts::dire(&acces, &dossier, &lu, Parole::Ecartee(motif)).await.map(|()| "Ligne écartée. Elle reste lisible.")
        }
        "connue" => {
            let entree = champs.lire::<Uuid>("entree");
            acts::dire(&acces, &dossier, &lu, Parole::Connue(entree)).await.map(|()| "Noté : le dossier le dit déjà.")
        }
        "revoir" => acts::dire(&acces, &dossier, &lu, Parole::ARevoir).await.map(|()| "Ligne remise à traiter."),
        _ => return Err(Erreur::Demande("Choisissez ce que devient la ligne.".into())),
    };
    conclure(&dossier, id, &champs, fait).await
}

/// Two persons at once: the second reads what the first one did.
async fn conclure(
    dossier: &DossierOuvert<TraiterPropositions>,
    id: Uuid,
    champs: &Champs,
    fait: Resultat<&'static str>,
) -> Resultat<Answer> {
    match fait {
        Err(Erreur::Conflit) => {
            let lu = une(dossier, id).await?;
            if lu.ouverte() { Err(Erreur::Conflit) } else { Ok(deja_traitee(dossier.usager(), champs, &lu)) }
        }
        autre => autre.map(|phrase| Answer::vers(retour(dossier.usager(), champs)).dit(phrase)),
    }
}

async fn accepter_une(
    acces: &Acces<TraiterPropositions>,
    dossier: &DossierOuvert<TraiterPropositions>,
    lu: Stored<Proposition>,
    champs: &Champs,
) -> Resultat<Answer> {
    let aujourd_hui = kernel::dates::jour_local(acces.now(), &acces.services().fuseau);
    let ligne = if champs.coche("corrige") {
        match forms::lire_correction(champs, &lu.ligne, aujourd_hui) {
            Ok(ligne) => ligne,
            Err(erreurs) => return montrer(acces, dossier, &lu, (champs, &erreurs), None).await.map(Answer::a_corriger),
        }
    } else {
        lu.ligne.clone()
    };
    // The treatment beside the line: by a choice of the form, or by what the screen showed.
    let avant = champs.texte("avant").split_once(':').and_then(|(id, vu)| Some((id.parse().ok()?, vu.parse().ok()?)));
    let prise = Prise { ligne, a_risque: champs.coche("a_risque"), avant, lu: lu.clone() };
    match acts::accepter(acces, dossier, vec![prise], champs.coche("confirme")).await {
        Ok(Issue::AConfirmer(jour)) => {
            let champs = if champs.coche("corrige") { champs.clone() } else { forms::saisie(&lu.ligne, lu.version) };
            montrer(acces, dossier, &lu, (&champs, &Erreurs::default()), Some(jour)).await.map(Answer::a_corriger)
        }
        autre => conclure(dossier, lu.id, champs, autre.map(|_| "Ligne acceptée : elle est dans le dossier.")).await,
    }
}

/// Takes every line the screen showed, those and no other.
pub(crate) async fn tout_accepter(
    acces: Acces<TraiterPropositions>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let mut prises = Vec::new();
    let mut deja = 0;
    for champ in champs.tous("ligne") {
        let montree = Montree::lire(champ)
            .ok_or_else(|| Erreur::Demande("La liste des lignes n'est pas lisible. Rien n'a été repris.".into()))?;
        let lu = une(&dossier, montree.id).await?;
        if !lu.attend() {
            deja += 1;
            continue;
        }
        if lu.version != montree.version {
            return Err(Erreur::Conflit);
        }
        prises.push(Prise { ligne: lu.ligne.clone(), a_risque: false, avant: montree.avant, lu });
    }
    let reprises = prises.len();
    if reprises == 0 {
        return Ok(Answer::vers(retour(usager, &champs)).dit("Ces lignes étaient déjà traitées."));
    }
    if let Issue::AConfirmer(_) = acts::accepter(&acces, &dossier, prises, false).await? {
        return Ok(Answer::vers(retour(usager, &champs))
            .dit("Le dossier dit « aucune allergie connue » : acceptez les allergies une à une."));
    }
    let suite = if deja > 0 { format!(" {deja} étaient déjà traitées.") } else { String::new() };
    Ok(Answer::vers(retour(usager, &champs)).dit(format!("Lignes reprises dans le dossier : {reprises}.{suite}")))
}

/// Somebody read the document itself.
pub(crate) async fn document_lu(
    acces: Acces<TraiterPropositions>,
    Chemin((usager, document)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lue = dossier.lire::<Lecture>(Lecture::id(document)).await?.ok_or(Erreur::Introuvable)?;
    acts::lire_soi_meme(&acces, &dossier, &lue).await?;
    Ok(Answer::vers(retour(usager, &champs)).dit("Noté : vous avez lu le document."))
}
