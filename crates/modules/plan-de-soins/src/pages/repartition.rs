//! Sharing a round.

use jiff::ToSpan;
use kernel::id::{UniteId, UsagerId};
use platform::acces::{Acces, Droit, PerimetreOuvert};
use platform::erreur::{Erreur, Resultat};
use platform::store::{Query, Stored};
use platform::web::{Answer, Champs, Parametres, page};

use crate::acts::repartir::{Changement, Lieu, repartir};
use crate::acts::signataire;
use crate::filtre::{Brut, Filtre};
use crate::poste::Creneau;
use crate::records::lane_tour;
use crate::repartition::{Equipier, Repartition};
use crate::rights::{LireTour, RepartirTour};
use crate::tour::{fuseau, tour};
use crate::validation::Validation;
use crate::views::repartition::{PageRepartition, valeur};

use super::tour::choix_unites;

/// `/tour/repartition`
pub(crate) async fn afficher(acces: Acces<LireTour>, Parametres(brut): Parametres<Brut>) -> Resultat<Answer> {
    let mut filtre = Filtre::lire(&acces, &brut)?;
    filtre.unites.truncate(1);
    let Some(unite) = filtre.unites.first().copied() else {
        return Err(Erreur::Demande("Choisissez une unité : un tour se répartit unité par unité.".into()));
    };
    let perimetre = acces.ouvrir_perimetre(filtre.etablissement, &[unite]).await?;
    let tour = tour(&perimetre, filtre.creneau).await?;
    let lue: Option<Stored<Repartition>> = acces.lire(Repartition::id(unite, filtre.creneau)).await?;
    let repartition = lue.map_or_else(|| Repartition::vide(filtre.etablissement, unite, filtre.creneau), |lue| lue.value);
    let vue = PageRepartition {
        collegues: collegues(&perimetre, unite, filtre.creneau, &repartition).await?,
        lieu: super::tour::lieu(&acces, &filtre),
        unites: choix_unites(&acces, &filtre).into_iter().filter(|(code, _)| code.parse::<UniteId>().is_ok()).collect(),
        peut: acces.peut::<RepartirTour>(),
        filtre: &filtre,
        tour: &tour,
        repartition: &repartition,
    };
    Ok(Answer::html(page(&acces, "Répartition du tour", "/tour/soins").contenu(vue.render()).render()))
}

/// Colleagues of the round, then those who signed in the unit during the same shift of the week.
async fn collegues<D: Droit>(
    perimetre: &PerimetreOuvert<D>,
    unite: UniteId,
    creneau: Creneau,
    repartition: &Repartition,
) -> Resultat<Vec<Equipier>> {
    let mut connus = repartition.equipe.clone();
    for recul in 0..7 {
        let Ok(jour) = creneau.jour.checked_sub(recul.days()) else { continue };
        let lane = lane_tour(Some(unite), perimetre.etablissement(), Creneau { jour, ..creneau });
        for validation in perimetre.liste::<Validation>(&Query::lane(&lane).limit(300)).await? {
            let par = &validation.par;
            if !connus.iter().any(|connu| connu.compte == Some(par.compte)) {
                connus.push(Equipier { compte: Some(par.compte), nom: par.nom.clone(), metier: par.metier.clone() });
            }
        }
    }
    Ok(connus)
}

fn lieu(acces: &Acces<RepartirTour>, champs: &Champs) -> Resultat<Lieu> {
    let incomplet = || Erreur::Demande("La répartition n'est pas complète : revenez à la page et recommencez.".into());
    let present = Creneau::a(acces.now(), &fuseau());
    Ok(Lieu {
        etablissement: acces.etablissement()?,
        unite: champs.lire("unite").ok_or_else(incomplet)?,
        creneau: Creneau {
            jour: champs.lire("jour").unwrap_or(present.jour),
            poste: champs.texte("poste").parse().unwrap_or(present.poste),
        },
    })
}

fn moi(acces: &Acces<RepartirTour>) -> Equipier {
    let signataire = signataire(acces);
    Equipier { compte: Some(signataire.compte), nom: signataire.nom, metier: signataire.metier }
}

fn revenir(lieu: Lieu, phrase: &str) -> Answer {
    Answer::vers(format!("/tour/repartition?{}&unite={}", crate::adresses::creneau(lieu.creneau), lieu.unite)).dit(phrase)
}

/// The colleague named by a form: `moi`, `personne`, an account, or a name of the round.
async fn equipier(acces: &Acces<RepartirTour>, lieu: Lieu, code: &str) -> Resultat<Option<Equipier>> {
    match code {
        "moi" => Ok(Some(moi(acces))),
        "personne" => Ok(None),
        code => {
            let perimetre = acces.ouvrir_perimetre(lieu.etablissement, &[lieu.unite]).await?;
            let lue: Option<Stored<Repartition>> = acces.lire(Repartition::id(lieu.unite, lieu.creneau)).await?;
            let repartition =
                lue.map_or_else(|| Repartition::vide(lieu.etablissement, lieu.unite, lieu.creneau), |lue| lue.value);
            let connus = collegues(&perimetre, lieu.unite, lieu.creneau, &repartition).await?;
            let trouve = connus.into_iter().find(|connu| valeur(connu) == code);
            trouve.map(Some).ok_or_else(|| Erreur::Demande("Ce collègue n'est plus proposé. Relisez la répartition.".into()))
        }
    }
}

/// POST `/tour/repartition`: gives residents to a colleague.
pub(crate) async fn attribuer(acces: Acces<RepartirTour>, champs: Champs) -> Resultat<Answer> {
    let lieu = lieu(&acces, &champs)?;
    let choisis: Vec<UsagerId> = champs.tous("resident").filter_map(|resident| resident.parse().ok()).collect();
    if choisis.is_empty() {
        return Ok(revenir(lieu, "Aucun résident n'était coché : rien n'a changé."));
    }
    let equipier = equipier(&acces, lieu, champs.texte("equipier")).await?;
    let attributions = choisis.into_iter().map(|usager| (usager, equipier.clone())).collect();
    repartir(&acces, lieu, &Changement::Attribuer(attributions)).await?;
    Ok(revenir(lieu, "Répartition enregistrée."))
}

/// POST `/tour/repartition/reprendre`: takes over a colleague's round.
pub(crate) async fn reprendre(acces: Acces<RepartirTour>, champs: Champs) -> Resultat<Answer> {
    let lieu = lieu(&acces, &champs)?;
    let de = champs.lire("de").ok_or_else(|| Erreur::Demande("Choisissez le tour à reprendre.".into()))?;
    repartir(&acces, lieu, &Changement::Reprendre { de, a: moi(&acces) }).await?;
    Ok(revenir(lieu, "Tour repris : ces résidents sont maintenant les vôtres."))
}

/// POST `/tour/repartition/rejoindre`: a colleague without an account yet on the round.
pub(crate) async fn rejoindre(acces: Acces<RepartirTour>, champs: Champs) -> Resultat<Answer> {
    let lieu = lieu(&acces, &champs)?;
    let nom: String = champs.texte("nom").chars().take(80).collect();
    if nom.is_empty() {
        return Ok(revenir(lieu, "Indiquez le nom du collègue : rien n'a changé."));
    }
    repartir(&acces, lieu, &Changement::Rejoindre(Equipier { compte: None, nom, metier: String::new() })).await?;
    Ok(revenir(lieu, "Collègue ajouté à l'équipe."))
}
