//! Human acts on values: enter, correct, annul, decide about a twin, set thresholds.

use jiff::{SignedDuration, Timestamp};
use kernel::id::UsagerId;
use platform::acces::{Acces, DossierOuvert, Droit};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use platform::web::{Answer, Champs, Chemin};
use uuid::Uuid;

use crate::alertes::{jumelle, surprenante};
use crate::forms::{self, SaisieLue, ValeurLue, Verdict};
use crate::model::{Constante, Seuils};
use crate::questions::{avant, mesures, par_type};
use crate::rights::{FixerSeuils, SaisirConstantes};
use crate::{pages, views};

/// Name of who acts, as it is written on the record.
pub(crate) fn signature<D: Droit>(acces: &Acces<D>) -> String {
    acces.contexte().acteur.nom.clone()
}

/// A value which surprised, with the last one of its quantity: « 25,4 kg ? Dernier : 52,4 kg ».
#[derive(Debug, Clone)]
pub(crate) struct Surprise {
    pub(crate) lue: ValeurLue,
    pub(crate) derniere: Option<Constante>,
}

impl Surprise {
    /// What was asked about: an answer counts for this very value, never for one typed since.
    pub(crate) fn cle(&self) -> String {
        let basse = self.lue.valeur2.map(|basse| format!("/{basse}")).unwrap_or_default();
        format!("{}={}{basse}", self.lue.grandeur.code, self.lue.valeur)
    }
}

/// The ids of an entry's records: the same form sent twice makes the same records.
fn id_de(saisie: Uuid, type_code: &str) -> Uuid {
    kernel::id::derived(saisie, type_code)
}

/// What a person's record already holds around an entry.
pub(crate) async fn connues<D: Droit>(dossier: &DossierOuvert<D>, now: Timestamp) -> Resultat<Vec<Stored<Constante>>> {
    dossier.liste::<Constante>(|query| query.since(avant(now, 365))).await
}

pub(crate) fn surprises(saisie: &SaisieLue, connues: &[Stored<Constante>]) -> Vec<Surprise> {
    let dernieres = par_type(connues.to_vec());
    let surpris = saisie.valeurs.iter().filter_map(|lue| {
        let derniere = dernieres.get(&lue.grandeur.code).map(|stored| stored.value.clone());
        let haute = surprenante(lue.grandeur, lue.valeur, derniere.as_ref(), saisie.mesuree_le);
        let basse = lue.valeur2.is_some_and(|basse| {
            crate::referentiel::Grandeur::get(crate::referentiel::TENSION_BASSE)
                .is_some_and(|grandeur| !grandeur.plausible(basse))
        });
        (haute || basse).then(|| Surprise { lue: lue.clone(), derniere })
    });
    surpris.collect()
}

/// The records an entry makes; a value which looks like an earlier one is marked as its twin.
pub(crate) fn constantes<D: Droit>(
    dossier: &DossierOuvert<D>,
    saisie: &SaisieLue,
    connues: &[Stored<Constante>],
    auteur_nom: &str,
) -> Resultat<Vec<Constante>> {
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let surprises = surprises(saisie, connues);
    let faire = |lue: &ValeurLue| {
        let surprend = surprises.iter().any(|surprise| surprise.lue.grandeur == lue.grandeur);
        let mut constante = Constante {
            usager: dossier.usager(),
            etablissement,
            unite: dossier.unite(),
            type_code: lue.grandeur.code.clone(),
            valeur: lue.valeur,
            valeur2: lue.valeur2,
            unite_mesure: lue.grandeur.unite.clone(),
            mesuree_le: saisie.mesuree_le,
            saisie_le: dossier.contexte().now,
            contexte: saisie.contexte.clone(),
            commentaire: saisie.commentaire.clone(),
            auteur_nom: auteur_nom.to_owned(),
            a_confirmer: surprend && saisie.verdict != Verdict::Verifiee,
            hors_ligne: false,
            heure_a_confirmer: false,
            soin: None,
            jumelle_de: None,
            motif: String::new(),
            annule: None,
        };
        constante.jumelle_de = jumelle(&mesures(connues), &constante).map(|mesure| mesure.id);
        constante
    };
    Ok(saisie.valeurs.iter().map(faire).collect())
}

/// Enters one or several values; surprising ones are asked about first, never refused.
pub(crate) async fn saisir(acces: Acces<SaisirConstantes>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let saisie_id: Uuid = champs.lire("id").unwrap_or_else(|| acces.nouvel_id());
    let lue = match forms::lire_saisie(&champs, acces.now(), &acces.services().fuseau) {
        Ok(lue) => lue,
        Err(erreurs) => return pages::formulaire(&acces, &dossier, &champs, &erreurs, &[]).await.map(Answer::a_corriger),
    };
    let connues = connues(&dossier, acces.now()).await?;
    let surpris = surprises(&lue, &connues);
    let neuves = surpris.iter().any(|surprise| !champs.tous("demande").any(|demande| demande == surprise.cle()));
    if neuves || (!surpris.is_empty() && lue.verdict == Verdict::Aucun) {
        let rien = platform::web::Erreurs::default();
        return pages::formulaire(&acces, &dossier, &champs, &rien, &surpris).await.map(Answer::a_corriger);
    }
    let nouvelles = constantes(&dossier, &lue, &connues, &signature(&acces))?;
    let jumelles = nouvelles.iter().filter(|nouvelle| nouvelle.jumelle_de.is_some()).count();
    let mut acte = dossier.acte("constantes.saisies").detail("nombre", nouvelles.len());
    let mut ecrites = 0;
    for nouvelle in &nouvelles {
        let id = id_de(saisie_id, &nouvelle.type_code);
        if !connues.iter().any(|connue| connue.id == id) {
            acte.create(id, nouvelle);
            ecrites += 1;
        }
    }
    if ecrites > 0 {
        dossier.commit(acte).await?;
    }
    let message = match (ecrites, jumelles) {
        (0, _) => "Cette saisie était déjà enregistrée.",
        (_, 1..) => "Constantes enregistrées. Une valeur ressemble à une autre : dites si c'est la même.",
        (1, _) => "Constante enregistrée.",
        _ => "Constantes enregistrées.",
    };
    Ok(Answer::vers(format!("/residents/{usager}/constantes")).dit(message))
}

/// The version the form was drawn from must still be the last one.
fn a_jour(champs: &Champs, lue: &Stored<Constante>) -> Resultat<()> {
    if champs.lire::<i64>("version") == Some(lue.version) { Ok(()) } else { Err(Erreur::Conflit) }
}

async fn lire<D: Droit>(dossier: &DossierOuvert<D>, id: Uuid) -> Resultat<Stored<Constante>> {
    dossier.lire::<Constante>(id).await?.ok_or(Erreur::Introuvable)
}

/// Corrects a value: the former one stays in its history.
pub(crate) async fn corriger(
    acces: Acces<SaisirConstantes>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lue = lire(&dossier, id).await?;
    a_jour(&champs, &lue)?;
    match corrigee(&lue, &champs, acces.now(), &acces.services().fuseau) {
        Err(erreurs) => pages::detail_rendu(&acces, &dossier, &lue, &champs, &erreurs).await.map(Answer::a_corriger),
        Ok(corrigee) => {
            let mut acte = dossier.acte("constantes.corrigee");
            acte.update(&lue, &corrigee);
            dossier.commit(acte).await?;
            Ok(Answer::vers(format!("/residents/{usager}/constantes/{id}"))
                .dit("Constante corrigée. L'ancienne valeur reste lisible."))
        }
    }
}

fn corrigee(
    lue: &Constante,
    champs: &Champs,
    now: Timestamp,
    fuseau: &jiff::tz::TimeZone,
) -> Result<Constante, platform::web::Erreurs> {
    let mut erreurs = platform::web::Erreurs::default();
    let valeur =
        crate::referentiel::Grandeur::get(&lue.type_code).and_then(|grandeur| forms::lire_valeur(champs, grandeur, &mut erreurs));
    if valeur.is_none() && erreurs.aucune() {
        erreurs.ajouter(&lue.type_code, "Indiquez la valeur. Pour la retirer, annulez la mesure.");
    }
    let mesuree_le = forms::lire_instant(champs, now, fuseau, &mut erreurs);
    let commentaire = forms::lire_texte::<500>(champs, "commentaire", &mut erreurs);
    let motif = forms::lire_motif(champs, "Dites pourquoi la valeur est corrigée.");
    if let Err(autres) = &motif {
        for (champ, phrase) in autres.toutes() {
            erreurs.ajouter(champ, phrase);
        }
    }
    match (valeur, mesuree_le, motif) {
        (Some(valeur), Some(mesuree_le), Ok(motif)) if erreurs.aucune() => Ok(Constante {
            valeur: valeur.valeur,
            valeur2: valeur.valeur2,
            mesuree_le: meme_minute(lue.mesuree_le, mesuree_le),
            commentaire,
            motif,
            a_confirmer: false,
            heure_a_confirmer: false,
            ..lue.clone()
        }),
        _ => Err(erreurs),
    }
}

/// The form shows minutes: an hour left as it was keeps its seconds.
fn meme_minute(ancienne: Timestamp, nouvelle: Timestamp) -> Timestamp {
    if ancienne.duration_since(nouvelle).abs() < SignedDuration::from_secs(60) { ancienne } else { nouvelle }
}

/// Annuls a value: it stays readable, struck through, and counts nowhere.
pub(crate) async fn annuler(
    acces: Acces<SaisirConstantes>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lue = lire(&dossier, id).await?;
    if lue.annule.is_some() {
        return Ok(Answer::vers(format!("/residents/{usager}/constantes/{id}")).dit("Cette mesure était déjà annulée."));
    }
    a_jour(&champs, &lue)?;
    match forms::lire_motif(&champs, "Dites pourquoi la mesure est annulée.") {
        Err(erreurs) => pages::detail_rendu(&acces, &dossier, &lue, &champs, &erreurs).await.map(Answer::a_corriger),
        Ok(motif) => {
            let mut acte = dossier.acte("constantes.annulee");
            acte.update(&lue, &Constante { annule: Some(motif), a_confirmer: false, jumelle_de: None, ..lue.value.clone() });
            dossier.commit(acte).await?;
            Ok(Answer::vers(format!("/residents/{usager}/constantes")).dit("Mesure annulée. Elle reste lisible, barrée."))
        }
    }
}

/// Decides about a value which waits: right after all, another measure than its twin, or the same one.
pub(crate) async fn trancher(
    acces: Acces<SaisirConstantes>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lue = lire(&dossier, id).await?;
    let ancienne = lue.value.clone();
    let (nouvelle, message) = match champs.texte("decision") {
        "juste" => (Constante { a_confirmer: false, heure_a_confirmer: false, ..ancienne }, "Valeur confirmée."),
        "deux_mesures" => (Constante { jumelle_de: None, ..ancienne }, "Les deux mesures sont gardées."),
        "meme_mesure" => (
            Constante { annule: Some("Saisie en double".to_owned()), jumelle_de: None, ..ancienne },
            "Le double est retiré. Il reste lisible, barré.",
        ),
        _ => return Err(Erreur::Demande("Choisissez une réponse.".into())),
    };
    if nouvelle != lue.value {
        a_jour(&champs, &lue)?;
        let mut acte = dossier.acte("constantes.tranchee");
        acte.update(&lue, &nouvelle);
        dossier.commit(acte).await?;
    }
    let retour = if champs.texte("retour") == "surveillance" {
        "/constantes".to_owned()
    } else {
        format!("/residents/{usager}/constantes")
    };
    Ok(Answer::vers(retour).dit(message))
}

/// Sets the thresholds of a person.
pub(crate) async fn fixer_seuils(
    acces: Acces<FixerSeuils>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let etablissement = dossier.etablissement().ok_or(Erreur::Introuvable)?;
    let defaut = pages::seuils_de_la_maison(&acces, etablissement).await?;
    let lus = forms::lire_seuils(&champs, |grandeur| defaut.bornes(grandeur).0);
    let motif = forms::lire_motif(&champs, "Dites pourquoi ces seuils sont choisis.");
    let (bornes, motif) = match (lus, motif) {
        (Ok(bornes), Ok(motif)) => (bornes, motif),
        (lus, motif) => {
            let erreurs = lus.err().or(motif.err()).unwrap_or_default();
            let bandeau = sejours::bandeau(&dossier).await?;
            let contenu = views::formulaire_seuils(usager, &defaut, &champs, &erreurs, None);
            return Ok(Answer::a_corriger(pages::habiller(&acces, "Seuils d'alerte", bandeau, contenu)));
        }
    };
    let seuils = Seuils { usager, etablissement, bornes, motif, auteur_nom: signature(&acces) };
    let mut acte = dossier.acte("constantes.seuils_fixes");
    match dossier.lire::<Seuils>(Seuils::id(usager)).await? {
        Some(lus) if lus.version != champs.lire("version").unwrap_or(0) => return Err(Erreur::Conflit),
        Some(lus) => acte.update(&lus, &seuils),
        None => acte.create(Seuils::id(usager), &seuils),
    }
    dossier.commit(acte).await?;
    Ok(Answer::vers(format!("/residents/{usager}/constantes")).dit("Seuils enregistrés."))
}
