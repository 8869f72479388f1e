//! `/releve`: what happened since one's last visit.

use jiff::{SignedDuration, Timestamp};
use kernel::id::UsagerId;
use maud::html;
use platform::acces::{Acces, PerimetreOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::{Query, Stored};
use platform::web::{Answer, Champs, Chemin, Parametres};
use serde::Deserialize;
use ui::Icone;
use ui::bloc::EntetePage;
use ui::boutons::Bouton;
use ui::impression::bouton_imprimer;
use uuid::Uuid;

use super::{nom_perimetre, perimetre};
use crate::acts;
use crate::lecture::{Acceptation, Passation};
use crate::records;
use crate::releve::{ChoixFenetre, Poids, Releve, calculer, recueillir};
use crate::rights::{EcrireTransmissions, LireReleve, MarquerLu, PresenterReleve};
use crate::views::releve::{Arrangement, VueReleve};
use crate::views::{Regard, compte, releve as vues, tirage};

/// What others may be writing at the very instant the page is made is kept for the next reading.
const RECUL: SignedDuration = SignedDuration::from_secs(5);
/// Handovers shown.
const PASSATIONS_HEURES: i64 = 12;

/// Choices of the address.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Choix {
    fenetre: String,
    vue: String,
    filtre: String,
}

/// The handovers of the last hours which concern the perimeter, newest first.
async fn passations(perimetre: &PerimetreOuvert<LireReleve>) -> Resultat<Vec<(Stored<Passation>, Vec<Stored<Acceptation>>)>> {
    let depuis = perimetre.contexte().now - SignedDuration::from_hours(PASSATIONS_HEURES);
    let lane = records::lane_passations(perimetre.etablissement());
    let lues: Vec<Stored<Passation>> = perimetre.liste(&Query::lane(&lane).since(depuis).newest_first().limit(5)).await?;
    let mut avec = Vec::new();
    for passation in lues {
        let couverte = passation.unites.is_empty() || passation.unites.iter().any(|unite| perimetre.couvre(Some(*unite)));
        if couverte {
            let acceptations = perimetre.liste(&Query::lane(&records::lane_acceptations(passation.id))).await?;
            avec.push((passation, acceptations));
        }
    }
    Ok(avec)
}

/// « depuis hier 21:02 », and the sentence of the heading.
fn phrases(
    regard: &Regard<'_>,
    releve: &Releve,
    depuis: Timestamp,
    jamais_lu: bool,
    fenetre: ChoixFenetre,
    lieu: &str,
) -> (String, String) {
    let quand = regard.quand(depuis);
    let debut = match (fenetre, jamais_lu) {
        (ChoixFenetre::DernierPassage, true) => format!("jamais lue encore : depuis {quand}"),
        (ChoixFenetre::DernierPassage, false) => format!("depuis votre dernier passage, {quand}"),
        (ChoixFenetre::Heures(_), _) => format!("depuis {quand}"),
    };
    let personnes = u64::try_from(releve.residents.len() + releve.calmes.len()).unwrap_or(0);
    let parties = [
        lieu.to_owned(),
        debut,
        compte(personnes, "résident", "résidents"),
        compte(releve.evenements, "événement", "événements"),
        format!("≈\u{a0}{}\u{a0}min", releve.minutes()),
    ];
    (format!("depuis {quand}"), parties.join(" · "))
}

/// The page.
pub(crate) async fn lire(acces: Acces<LireReleve>, Parametres(choix): Parametres<Choix>) -> Resultat<Answer> {
    let fenetre = ChoixFenetre::lire(&choix.fenetre);
    let perimetre = perimetre(&acces, None).await?;
    let recueil = recueillir(&acces, &perimetre, fenetre, acces.now()).await?;
    let releve = calculer(recueil.matiere, Poids::livres(), acces.now());
    let passations = passations(&perimetre).await?;
    let regard = Regard::de(&acces);
    let lieu = nom_perimetre(&acces, &perimetre);
    let (depuis, phrase) = phrases(&regard, &releve, recueil.depuis, recueil.jamais_lu, fenetre, &lieu);
    let vue = VueReleve {
        releve: &releve,
        fenetre,
        arrangement: Arrangement::lire(&choix.vue),
        alertes_seules: choix.filtre == "alerte",
        jusqua: acces.now() - RECUL,
        passations: &passations,
        compte: acces.contexte().acteur.compte,
        peut_ecrire: acces.peut::<EcrireTransmissions>(),
    };
    let fenetre_presentee = if fenetre == ChoixFenetre::DernierPassage { "24h" } else { fenetre.code() };
    let actions = html! {
        (bouton_imprimer())
        (Bouton::lien("Présenter", format!("/releve/presenter?fenetre={fenetre_presentee}")).icone(Icone::Monitor))
    };
    let (entete, pied) = tirage(&acces, "Relève", "/releve");
    let contenu = html! { (entete) (EntetePage::new("Relève").phrase(phrase).actions(actions)) (vues::releve(&regard, &vue, &depuis)) (pied) };
    Ok(Answer::html(platform::web::page(&acces, "Relève", "/releve").contenu(contenu).render()))
}

/// The published weights.
pub(crate) async fn poids(acces: Acces<LireReleve>) -> Resultat<Answer> {
    let contenu =
        html! { (EntetePage::new("Comment la relève est composée").parent("Relève", "/releve")) (crate::views::poids::poids()) };
    Ok(Answer::html(platform::web::page(&acces, "Comment la relève est composée", "/releve").contenu(contenu).render()))
}

/// An instant of a form, never ahead of now.
pub(crate) fn instant(champs: &Champs, nom: &str, now: Timestamp) -> Resultat<Timestamp> {
    let lu = champs.lire::<i64>(nom).and_then(|micros| Timestamp::from_microsecond(micros).ok()).filter(|lu| *lu <= now);
    lu.ok_or_else(|| Erreur::Demande("Cette page est trop ancienne. Rouvrez la relève et recommencez.".into()))
}

/// One of our own digest addresses.
fn retour(champs: &Champs) -> String {
    let demande = champs.texte("retour");
    if demande == "/releve" || demande.starts_with("/releve?") { demande.to_owned() } else { "/releve".to_owned() }
}

/// A person was read.
pub(crate) async fn lu(acces: Acces<MarquerLu>, champs: Champs) -> Resultat<Answer> {
    let usager: UsagerId = champs.lire("usager").ok_or(Erreur::Introuvable)?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let (depuis, jusqua) = (instant(&champs, "depuis", acces.now())?, instant(&champs, "jusqua", acces.now())?);
    acts::marquer_lu(&dossier, depuis, jusqua).await?;
    Ok(Answer::vers(retour(&champs)))
}

/// Everything was read.
pub(crate) async fn tout_lu(acces: Acces<MarquerLu>, champs: Champs) -> Resultat<Answer> {
    let jusqua = instant(&champs, "jusqua", acces.now())?;
    let fenetre = ChoixFenetre::lire(champs.texte("fenetre"));
    let lecture = acces.aussi::<LireReleve>().await?;
    let lu = perimetre(&lecture, None).await?;
    let recueil = recueillir(&lecture, &lu, fenetre, jusqua).await?;
    let releve = calculer(recueil.matiere, Poids::livres(), jusqua);
    let alertes: Vec<(UsagerId, Uuid)> = releve
        .residents
        .iter()
        .flat_map(|resident| resident.alertes.iter().map(|alerte| (resident.personne.usager, *alerte)))
        .collect();
    let unites = acces.services().enseigne.unites(lu.etablissement()).into_iter().map(|(unite, _)| unite).collect();
    acts::tout_lu(&perimetre(&acces, None).await?, unites, &alertes, jusqua).await?;
    Ok(Answer::vers("/releve").dit("Relève lue. La prochaine commencera ici."))
}

/// The next team accepts a handover.
pub(crate) async fn accepter(acces: Acces<PresenterReleve>, Chemin(id): Chemin<Uuid>) -> Resultat<Answer> {
    let perimetre = perimetre(&acces, None).await?;
    acts::accepter(&perimetre, id).await?;
    Ok(Answer::vers("/releve").dit("Relève acceptée à votre nom."))
}
