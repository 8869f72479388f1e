//! The brake on reading in numbers: the person proves again who they are; somebody else looks at it (INV-26).

use jiff::Timestamp;
use kernel::id::{CompteId, UsagerId};
use maud::{Markup, html};
use platform::acces::{Acces, EtapeFreinage, Freinage};
use platform::prelude::{Answer, Champs, Chemin, Erreurs, Parametres, Resultat, Stored};
use serde::Deserialize;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::{Bouton, boutons};
use ui::champs::Texte as Champ;
use ui::liste::Fiche;
use ui::puces::{Etat, Puce};
use ui::{Icone, Page};

use super::avis::Question;
use crate::rights::{ConfirmerIdentite, LireJournal, RevoirBris};

const QUESTION: Question = Question {
    phrase: "Ces lectures étaient-elles attendues dans son travail ?",
    aide: "Nécessaire si elles ne l'étaient pas.",
    sans_avis: "Dites si ces lectures étaient attendues.",
    sans_raison: "Expliquez pourquoi ces lectures n'étaient pas attendues.",
};

/// The record asked for when the brake came.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Suite {
    #[serde(default)]
    usager: Option<UsagerId>,
}

fn adresse(usager: Option<UsagerId>) -> String {
    usager.map_or_else(|| "/accueil".to_owned(), |usager| format!("/residents/{usager}"))
}

fn page(acces: &Acces<ConfirmerIdentite>, usager: Option<UsagerId>, erreurs: &Erreurs) -> Markup {
    let corps = html! {
        (EntetePage::new("Confirmer que c'est vous"))
        (Alerte::new(Nature::Attention, "Beaucoup de dossiers ont été ouverts depuis votre compte en une heure.")
            .texte("Ce n'est pas un reproche : Grappe vérifie que personne d'autre n'utilise votre compte. La direction et le délégué à la protection des données voient cette demande."))
        (erreurs.resume())
        form class="formulaire" method="post" action="/confirmer" {
            @if let Some(usager) = usager { input type="hidden" name="usager" value=(usager); }
            (Champ::mot_de_passe("mot_de_passe", "Votre mot de passe").erreur(erreurs.de("mot_de_passe")).requis())
            (boutons(&html! { (Bouton::envoyer("Confirmer et continuer").principal()) (Bouton::lien("Revenir à l'accueil", "/accueil").discret()) }))
        }
    };
    Page::seule_large("Confirmer que c'est vous").demo(acces.services().demo).contenu(corps).render()
}

pub(crate) async fn formulaire(acces: Acces<ConfirmerIdentite>, Parametres(suite): Parametres<Suite>) -> Resultat<Answer> {
    if acces.freinage() != EtapeFreinage::AConfirmer {
        return Ok(Answer::vers(adresse(suite.usager)));
    }
    Ok(Answer::html(page(&acces, suite.usager, &Erreurs::default())))
}

pub(crate) async fn confirmer(acces: Acces<ConfirmerIdentite>, champs: Champs) -> Resultat<Answer> {
    let usager = champs.lire::<UsagerId>("usager");
    let mut erreurs = Erreurs::default();
    let juste = acces.confirmer_identite(champs.texte("mot_de_passe")).await?;
    erreurs.exiger("mot_de_passe", juste, "Ce n'est pas votre mot de passe. Vérifiez les majuscules, puis recommencez.");
    if !erreurs.aucune() {
        return Ok(Answer::a_corriger(page(&acces, usager, &erreurs)));
    }
    Ok(Answer::vers(adresse(usager)).dit("C'est bien vous : vous pouvez continuer."))
}

/// Where a braked account stands, in a chip.
pub(crate) fn puce(freinage: &Freinage, now: Timestamp, heure: impl Fn(Timestamp) -> String) -> Puce {
    match (freinage.etape(now), freinage.bloque_le, freinage.confirme_le) {
        (EtapeFreinage::Bloque(fin), ..) => Puce::new(Etat::Danger, format!("arrêté jusqu'à {}", heure(fin))),
        (_, Some(_), _) => Puce::new(Etat::ARevoir, "a été arrêté"),
        (_, None, Some(_)) => Puce::new(Etat::ASurveiller, "mot de passe confirmé"),
        (_, None, None) => Puce::new(Etat::ASurveiller, "mot de passe non confirmé"),
    }
}

/// The braked accounts nobody looked at yet, each with its form; then those already looked at.
pub(crate) fn bloc(acces: &Acces<RevoirBris>, liste: &[Stored<Freinage>], nom: impl Fn(CompteId) -> String) -> Markup {
    if liste.is_empty() {
        return html! {};
    }
    let corps = html! {
        @for freinage in liste.iter().filter(|freinage| freinage.examen.is_none()) { (a_examiner(acces, freinage)) }
        ul { @for freinage in liste {
            @if let Some(examen) = &freinage.examen {
                li {
                    @if examen.attendu { (Puce::new(Etat::Fait, "attendu")) } @else { (Puce::new(Etat::Danger, "inattendu")) }
                    " " (freinage.nom) ", " (freinage.dossiers) " dossiers, " (moment(acces, freinage.le))
                    span class="secondaire" { " · vu le " (moment(acces, examen.le)) " par " (nom(examen.par)) @if !examen.commentaire.is_empty() { " : " (examen.commentaire) } }
                }
            }
        } }
    };
    Bloc::new("Lectures en nombre", corps).icone(Icone::Eye).id("lectures-en-nombre").render()
}

fn moment(acces: &Acces<RevoirBris>, le: Timestamp) -> String {
    kernel::dates::date_heure(le, &acces.services().fuseau)
}

fn a_examiner(acces: &Acces<RevoirBris>, freinage: &Stored<Freinage>) -> Markup {
    let (id, now) = (freinage.id, acces.now());
    let fuseau = &acces.services().fuseau;
    let soi = freinage.compte == acces.contexte().acteur.compte;
    let fiche = Fiche::new()
        .ligne("Qui", freinage.nom.clone())
        .ligne("Depuis le", moment(acces, freinage.le))
        .ligne("Dossiers ouverts en une heure", freinage.dossiers.to_string())
        .ligne("Sans question jusqu'à", freinage.seuil.to_string());
    let corps = html! {
        (fiche)
        @if acces.peut::<LireJournal>() { p { (Bouton::lien("Voir ce qui a été lu", format!("/admin/traces?compte={}", freinage.compte)).petit().icone(Icone::Eye)) } }
        @if soi { p class="secondaire" { "Ce sont vos propres lectures : une autre personne les examine." } }
        @else {
            form class="formulaire" method="post" action=(format!("/admin/bris-de-glace/lectures/{id}")) {
                (QUESTION.champs(id))
                p class="secondaire" { "Votre réponse rouvre l'accès tout de suite et le compte repart de zéro. Pour fermer le compte, passez par « Comptes »." }
                (boutons(&html! { (Bouton::envoyer("Enregistrer").precision(freinage.nom.clone())) }))
            }
        }
    };
    let mention = html! { (puce(freinage, now, |fin| kernel::dates::heure_levee(fin, fuseau))) };
    Bloc::new(freinage.nom.clone(), corps).niveau_trois().mention(mention).render()
}

pub(crate) async fn examiner(acces: Acces<RevoirBris>, Chemin(id): Chemin<uuid::Uuid>, champs: Champs) -> Resultat<Answer> {
    let avis = QUESTION.lire(&champs, id)?;
    acces.examiner_freinage(id, avis.favorable, &avis.commentaire).await?;
    Ok(Answer::vers("/admin/bris-de-glace").dit("Enregistré. L'accès est rouvert."))
}
