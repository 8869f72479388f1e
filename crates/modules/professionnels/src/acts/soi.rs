//! What a person does to their own account: password, code, sessions.

use platform::acces::Acces;
use platform::prelude::{Answer, Champs, Chemin, Erreurs, Resultat};
use platform::web::Methode;
use platform::web::connexion::SonCompte;

use crate::pages::soi::{self, est_provisoire};
use crate::secret;

/// Words a password may not be made of: the person's and those of the houses they work in.
fn mots_de_la_maison(acces: &Acces<SonCompte>, identifiant: &str) -> Vec<String> {
    let acteur = &acces.contexte().acteur;
    let enseigne = &acces.services().enseigne;
    let maisons =
        acteur.etablissements(acces.now()).into_iter().filter_map(|etablissement| enseigne.etablissement(etablissement));
    maisons.chain([acteur.nom.clone(), identifiant.to_owned()]).collect()
}

pub(crate) async fn choisir_mot_de_passe(acces: Acces<SonCompte>, champs: Champs) -> Resultat<Answer> {
    let compte = acces.mon_compte().await?;
    let provisoire = est_provisoire(&acces).await?;
    let mut erreurs = Erreurs::default();
    let (nouveau, encore) = (champs.texte("nouveau"), champs.texte("encore"));
    if let Err(phrase) = secret::examiner(nouveau, &mots_de_la_maison(&acces, &compte.identifiant)) {
        erreurs.ajouter("nouveau", phrase);
    }
    erreurs.exiger("encore", nouveau == encore, "Les deux saisies sont différentes. Recommencez la seconde.");
    if !provisoire && !acces.verifier_mot_de_passe(champs.texte("ancien")).await? {
        erreurs.ajouter("ancien", "Ce n'est pas votre mot de passe actuel.");
    } else if erreurs.aucune() && acces.verifier_mot_de_passe(nouveau).await? {
        erreurs.ajouter("nouveau", "Ce mot de passe est celui que vous quittez. Choisissez-en un autre.");
    }
    if !erreurs.aucune() {
        return Ok(Answer::a_corriger(soi::page_mot_de_passe(&acces, &erreurs).await?));
    }
    acces.definir_mot_de_passe(nouveau).await?;
    let suite = if provisoire { "/accueil" } else { "/compte" };
    Ok(Answer::vers(suite).dit("Mot de passe enregistré. Vos autres sessions sont fermées."))
}

pub(crate) async fn choisir_code(acces: Acces<SonCompte>, champs: Champs) -> Resultat<Answer> {
    let mut erreurs = Erreurs::default();
    let code = champs.texte("code");
    if let Err(phrase) = secret::examiner_code(code) {
        erreurs.ajouter("code", phrase);
    }
    erreurs.exiger("code_encore", code == champs.texte("code_encore"), "Les deux codes sont différents. Recommencez le second.");
    let demo = soi::methode(&acces).await? == Some(Methode::Demo);
    if erreurs.aucune() && !demo && !acces.verifier_mot_de_passe(champs.texte("mot_de_passe")).await? {
        erreurs.ajouter("mot_de_passe", "Ce n'est pas votre mot de passe.");
    }
    if !erreurs.aucune() {
        return Ok(Answer::a_corriger(soi::page_compte(&acces, &erreurs).await?));
    }
    acces.definir_code(code).await?;
    Ok(Answer::vers("/compte").dit("Code enregistré. Il ouvre les tablettes partagées où vous vous êtes déjà connecté."))
}

pub(crate) async fn fermer_session(acces: Acces<SonCompte>, Chemin(id): Chemin<uuid::Uuid>) -> Resultat<Answer> {
    acces.fermer_session(id).await?;
    Ok(Answer::vers("/compte").dit("Session fermée."))
}
