//! One's own account: preferences, password, code, sessions.

use maud::html;
use platform::acces::Acces;
use platform::prelude::{Answer, Erreurs, Resultat};
use platform::web::connexion::SonCompte;
use platform::web::{Methode, page};
use ui::bloc::EntetePage;

use crate::views::soi::{self as vues, MaPage};

/// How the session of this request was opened.
pub(crate) async fn methode(acces: &Acces<SonCompte>) -> Resultat<Option<Methode>> {
    let courante = acces.contexte().session;
    Ok(acces.mes_sessions().await?.iter().find(|session| Some(session.id) == courante).map(|session| session.methode))
}

/// True if the person came in with a one-use password.
pub(crate) async fn est_provisoire(acces: &Acces<SonCompte>) -> Resultat<bool> {
    Ok(methode(acces).await? == Some(Methode::Provisoire))
}

pub(crate) async fn compte(acces: Acces<SonCompte>) -> Resultat<Answer> {
    Ok(Answer::html(page_compte(&acces, &Erreurs::default()).await?))
}

pub(crate) async fn preferences(_: Acces<SonCompte>) -> Resultat<Answer> {
    Ok(Answer::vers("/compte#preferences"))
}

pub(crate) async fn page_compte(acces: &Acces<SonCompte>, erreurs: &Erreurs) -> Resultat<maud::Markup> {
    let compte = acces.mon_compte().await?;
    let sessions = acces.mes_sessions().await?;
    let lieux = super::Lieux::de(acces, std::iter::once(&compte.value));
    let vue = MaPage {
        compte: &compte,
        sessions: &sessions,
        courante: acces.contexte().session,
        lieux,
        preferences: acces.preferences(),
        services: acces.services(),
        now: acces.now(),
        erreurs,
    };
    let contenu = html! {
        (EntetePage::new("Mon compte").phrase(compte.nom_affiche.clone()))
        (vue.render())
    };
    Ok(page(acces, "Mon compte", "/compte").contenu(contenu).render())
}

pub(crate) async fn mot_de_passe(acces: Acces<SonCompte>) -> Resultat<Answer> {
    Ok(Answer::html(page_mot_de_passe(&acces, &Erreurs::default()).await?))
}

pub(crate) async fn page_mot_de_passe(acces: &Acces<SonCompte>, erreurs: &Erreurs) -> Resultat<maud::Markup> {
    let compte = acces.mon_compte().await?;
    let provisoire = est_provisoire(acces).await?;
    let contenu = vues::mot_de_passe(&compte.identifiant, provisoire, erreurs);
    if provisoire {
        return Ok(ui::Page::seule("Choisir son mot de passe").demo(acces.services().demo).contenu(contenu).render());
    }
    Ok(page(acces, "Choisir son mot de passe", "/compte").contenu(contenu).render())
}
