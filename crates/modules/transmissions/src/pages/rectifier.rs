//! Correcting and annulling a transmission.

use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::acces::{Acces, DossierOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use platform::web::{Answer, Champs, Chemin, Erreurs};
use ui::alerte::{Alerte, Nature};
use ui::bloc::EntetePage;
use ui::boutons::Bouton;
use uuid::Uuid;

use crate::acts::{self, Changement};
use crate::forms::{self, Moment};
use crate::model::Transmission;
use crate::rights::{CorrigerTransmissions, LireTransmissions};
use crate::views::Regard;
use crate::views::formulaire::{Correction, correction, motif_seul};
use crate::views::ligne::{Options, ligne};

struct Ouverture {
    dossier: DossierOuvert<CorrigerTransmissions>,
    lue: Stored<Transmission>,
    bandeau: Markup,
}

async fn ouvrir(acces: &Acces<CorrigerTransmissions>, usager: UsagerId, id: Uuid) -> Resultat<Ouverture> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let lecture = acces.aussi::<LireTransmissions>().await?.ouvrir_dossier(usager).await?;
    let bandeau = sejours::bandeau(&lecture).await?;
    let lue = dossier.lire::<Transmission>(id).await?.ok_or(Erreur::Introuvable)?;
    Ok(Ouverture { dossier, lue, bandeau })
}

fn page(acces: &Acces<CorrigerTransmissions>, ouverture: &Ouverture, titre: &str, corps: &Markup) -> Markup {
    let base = format!("/residents/{}/transmissions", ouverture.lue.usager);
    let options = Options { avec_jour: true, ..Options::default() };
    let contenu = html! {
        (EntetePage::new(titre).parent("Transmissions", base))
        ol class="journal" role="list" { (ligne(&Regard::de(acces), &ouverture.lue, &options)) }
        (corps)
    };
    platform::web::page(acces, titre, "/residents").bandeau(ouverture.bandeau.clone()).contenu(contenu).render()
}

/// Who may not correct learns who can; an annulled writing is not corrected.
fn refus(acces: &Acces<CorrigerTransmissions>, ouverture: &Ouverture) -> Option<Answer> {
    let phrase = if ouverture.lue.annule.is_some() {
        "Cette transmission est annulée : elle reste lisible, barrée, et ne se corrige plus."
    } else if acts::peut_corriger(acces.contexte(), &ouverture.lue) {
        return None;
    } else {
        "Seuls l'auteur, l'infirmier coordinateur et le cadre de santé corrigent ou annulent une transmission. Vous pouvez écrire la suite."
    };
    let suite = format!("/transmissions/nouvelle?resident={}&cible={}", ouverture.lue.usager, ouverture.lue.fil());
    let corps = html! {
        (Alerte::new(Nature::Attention, phrase).actions(html! { (Bouton::lien("Écrire la suite", suite)) }))
    };
    Some(super::refuser(page(acces, ouverture, "Correction réservée", &corps)))
}

fn champs_de(lue: &Transmission) -> Champs {
    let texte = |texte: &Option<kernel::texte::Texte<4000>>| texte.as_deref().unwrap_or_default().to_owned();
    let cible = lue.cible.map(|cible| cible.to_string()).unwrap_or_default();
    let id = lue.id.to_string();
    Champs::depuis(&[
        ("id", &id),
        ("cible", &cible),
        ("theme", &lue.theme),
        ("donnees", &texte(&lue.donnees)),
        ("actions", &texte(&lue.actions)),
        ("resultat", &texte(&lue.resultat)),
        ("importance", lue.importance.code()),
    ])
}

fn formulaire(acces: &Acces<CorrigerTransmissions>, ouverture: &Ouverture, champs: &Champs, erreurs: &Erreurs) -> Markup {
    let base = format!("/residents/{}/transmissions", ouverture.lue.usager);
    let vue = Correction {
        action: format!("{base}/{}/corriger", ouverture.lue.id),
        retour: format!("{base}/{}", ouverture.lue.id),
        version: ouverture.lue.version,
        champs,
        erreurs,
    };
    page(acces, ouverture, "Corriger une transmission", &correction(&vue))
}

/// The form of a correction.
pub(crate) async fn corriger(
    acces: Acces<CorrigerTransmissions>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
) -> Resultat<Answer> {
    let ouverture = ouvrir(&acces, usager, id).await?;
    if let Some(refus) = refus(&acces, &ouverture) {
        return Ok(refus);
    }
    Ok(Answer::html(formulaire(&acces, &ouverture, &champs_de(&ouverture.lue), &Erreurs::default())))
}

/// Receives a correction.
pub(crate) async fn corrigee(
    acces: Acces<CorrigerTransmissions>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let ouverture = ouvrir(&acces, usager, id).await?;
    if let Some(refus) = refus(&acces, &ouverture) {
        return Ok(refus);
    }
    let moment = Moment { now: acces.now(), fuseau: acces.services().fuseau.clone() };
    let mut erreurs = Erreurs::default();
    let motif = forms::motif(&champs, &mut erreurs);
    let redaction = match forms::redaction(&champs, &moment) {
        Ok(redaction) => Some(redaction),
        Err(autres) => {
            autres.toutes().for_each(|(champ, phrase)| erreurs.ajouter(champ, phrase));
            None
        }
    };
    let (Some(motif), Some(redaction)) = (motif, redaction) else {
        return Ok(Answer::a_corriger(formulaire(&acces, &ouverture, &champs, &erreurs)));
    };
    let version = champs.lire("version").unwrap_or_default();
    acts::rectifier(&ouverture.dossier, id, version, &Changement::Corriger(Box::new(redaction)), &motif).await?;
    Ok(Answer::vers(format!("/residents/{usager}/transmissions/{id}"))
        .dit("Correction enregistrée. L'écrit d'origine reste lisible."))
}

fn formulaire_annuler(acces: &Acces<CorrigerTransmissions>, ouverture: &Ouverture, erreurs: &Erreurs) -> Markup {
    let base = format!("/residents/{}/transmissions/{}", ouverture.lue.usager, ouverture.lue.id);
    let corps = motif_seul(&format!("{base}/annuler"), &base, ouverture.lue.version, "Annuler cette transmission", erreurs);
    page(acces, ouverture, "Annuler une transmission", &corps)
}

/// The form of an annulment.
pub(crate) async fn annuler(
    acces: Acces<CorrigerTransmissions>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
) -> Resultat<Answer> {
    let ouverture = ouvrir(&acces, usager, id).await?;
    if let Some(refus) = refus(&acces, &ouverture) {
        return Ok(refus);
    }
    Ok(Answer::html(formulaire_annuler(&acces, &ouverture, &Erreurs::default())))
}

/// Receives an annulment.
pub(crate) async fn annulee(
    acces: Acces<CorrigerTransmissions>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let ouverture = ouvrir(&acces, usager, id).await?;
    if let Some(refus) = refus(&acces, &ouverture) {
        return Ok(refus);
    }
    let mut erreurs = Erreurs::default();
    let Some(motif) = forms::motif(&champs, &mut erreurs) else {
        return Ok(Answer::a_corriger(formulaire_annuler(&acces, &ouverture, &erreurs)));
    };
    let version = champs.lire("version").unwrap_or_default();
    acts::rectifier(&ouverture.dossier, id, version, &Changement::Annuler, &motif).await?;
    Ok(Answer::vers(format!("/residents/{usager}/transmissions")).dit("Transmission annulée. Elle reste lisible, barrée."))
}
