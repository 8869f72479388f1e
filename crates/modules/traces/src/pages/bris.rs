//! Breaking the glass: the form opens although the record is refused; the record opens for a reason, for an hour.

use kernel::id::UsagerId;
use kernel::texte::Texte;
use maud::{Markup, html};
use platform::acces::{Acces, DUREE_BRIS_MINUTES, EffetBris, MotifAcces, MotifRefus};
use platform::prelude::{Answer, Champs, Chemin, Erreurs, Resultat};
use ui::Page;
use ui::alerte::{Alerte, Nature};
use ui::bloc::EntetePage;
use ui::boutons::{Bouton, boutons};
use ui::champs::{Radios, ZoneTexte};

use crate::motifs::motifs;
use crate::rights::BriserLaGlace;

/// Nothing to break, or a refusal; otherwise the form may be shown.
async fn examiner(acces: &Acces<BriserLaGlace>, usager: UsagerId) -> Resultat<Option<Answer>> {
    match acces.effet_bris(usager).await? {
        EffetBris::Ouvre(_) => Ok(None),
        EffetBris::DejaOuvert => Ok(Some(
            Answer::vers(format!("/residents/{usager}")).dit("Ce dossier vous est déjà ouvert : aucun motif n'est nécessaire."),
        )),
        EffetBris::Refuse(motif) => Err(acces.refuser(motif, Some(usager)).await),
    }
}

fn page(acces: &Acces<BriserLaGlace>, usager: UsagerId, champs: &Champs, erreurs: &Erreurs) -> Markup {
    let choix = motifs().map(|motif| (motif.code.clone(), motif.libelle.clone()));
    let corps = html! {
        (EntetePage::new("Ouvrir un dossier par exception"))
        (Alerte::new(Nature::Danger, "Cette personne n'est pas dans vos unités.").texte(format!(
            "Le dossier s'ouvre {DUREE_BRIS_MINUTES} minutes, pour un soin qui le justifie. Votre nom, le motif et chaque lecture sont inscrits au journal. La direction, le médecin coordonnateur et le délégué à la protection des données en sont avertis ; une autre personne relit cet accès sous 7 jours."
        )))
        (erreurs.resume())
        form class="formulaire" method="post" action=(format!("/residents/{usager}/bris-de-glace")) {
            (Radios::new("motif", "Motif").choix(choix).valeur(champs.texte("motif")).erreur(erreurs.de("motif")).requis())
            (ZoneTexte::new("precision", "Précision").aide("Ce qui rend cet accès nécessaire.").valeur(champs.texte("precision")).erreur(erreurs.de("precision")).maximum(300).sans_brouillon())
            (boutons(&html! { (Bouton::envoyer("Ouvrir le dossier 60 minutes").danger()) (Bouton::lien("Renoncer", "/accueil").discret()) }))
        }
    };
    Page::seule_large("Ouvrir un dossier par exception").demo(acces.services().demo).contenu(corps).render()
}

pub(crate) async fn formulaire(acces: Acces<BriserLaGlace>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    if let Some(ailleurs) = examiner(&acces, usager).await? {
        return Ok(ailleurs);
    }
    acces.consigner(Some(usager), None, &[("demande", "formulaire".into())]).await?;
    Ok(Answer::html(page(&acces, usager, &Champs::default(), &Erreurs::default())))
}

pub(crate) async fn ouvrir(acces: Acces<BriserLaGlace>, Chemin(usager): Chemin<UsagerId>, champs: Champs) -> Resultat<Answer> {
    if let Some(ailleurs) = examiner(&acces, usager).await? {
        return Ok(ailleurs);
    }
    let mut erreurs = Erreurs::default();
    let motif = champs.texte("motif");
    erreurs.exiger(
        "motif",
        motifs().any(|connu| connu.code == motif),
        "Choisissez le motif : sans motif, le dossier reste fermé.",
    );
    let precision = erreurs.garder("precision", Texte::<300>::facultatif(champs.texte("precision"))).flatten();
    if !erreurs.aucune() {
        return Ok(Answer::a_corriger(page(&acces, usager, &champs, &erreurs)));
    }
    let precision = precision.map(String::from).unwrap_or_default();
    acces.briser_la_glace(usager, motif, &precision).await?;
    Ok(Answer::vers(format!("/residents/{usager}/bris-de-glace/ouvert")))
}

/// The full-screen reminder, with the identity to check.
pub(crate) async fn rappel(acces: Acces<BriserLaGlace>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    if dossier.motif() != MotifAcces::BrisDeGlace {
        return Ok(Answer::vers(format!("/residents/{usager}")));
    }
    let now = acces.now();
    let fin = acces
        .contexte()
        .acteur
        .bris
        .iter()
        .filter(|(qui, expire)| *qui == usager && now < *expire)
        .map(|(_, expire)| *expire)
        .max();
    let Some(fin) = fin else { return Err(acces.refuser(MotifRefus::HorsUnite, Some(usager)).await) };
    let heure = kernel::dates::heure_levee(fin, &acces.services().fuseau);
    let (page, _) =
        platform::dossier::page(&acces, &dossier, "Dossier ouvert par exception", &format!("/residents/{usager}")).await?;
    let corps = html! {
        (EntetePage::new("Dossier ouvert par exception"))
        (Alerte::new(Nature::Danger, format!("Ce dossier vous est ouvert jusqu'à {heure}."))
            .texte("Vérifiez l'identité en haut de la page avant tout soin. Lisez ce qui sert à ce soin, rien de plus : chaque lecture est inscrite et sera relue."))
        (boutons(&html! { (Bouton::lien("J'ai vérifié l'identité : ouvrir le dossier", format!("/residents/{usager}")).principal().large()) (Bouton::lien("Revenir à l'accueil", "/accueil").discret()) }))
    };
    Ok(Answer::html(page.contenu(corps).render()))
}
