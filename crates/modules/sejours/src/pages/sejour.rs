//! `/residents/{usager}/sejour`: the stay, its movements, and the acts which make it.

use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::prelude::*;
use platform::web::page;
use uuid::Uuid;

use crate::acts::{self, Annulation};
use crate::bandeau::bandeau;
use crate::forms::{Geste, instant, lire_demande, lire_mouvement, saisie_mouvement};
use crate::model::{GenreSejour, Mouvement, Sejour};
use crate::onglets::onglets;
use crate::places::Parc;
use crate::residents::resident;
use crate::rights::{EcrireSejour, LireSejour};
use crate::views::sejour::{self as vue, Ecran, Ligne};

/// Movements shown at most: years of a stay.
const MOUVEMENTS_MAX: u32 = 400;

/// A page of the record: banner, tabs, content.
async fn cadre<D: Droit, R: Droit>(
    acces: &Acces<D>,
    dossier: &DossierOuvert<R>,
    titre: &str,
    contenu: Markup,
) -> Resultat<Markup> {
    let onglets = onglets(dossier, &format!("/residents/{}/sejour", dossier.usager()));
    let contenu = html! { (onglets) (contenu) };
    Ok(page(acces, titre, "/residents").bandeau(bandeau(dossier).await?).contenu(contenu).render())
}

async fn courant<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Stored<Sejour>> {
    Ok(resident(dossier).await?.ok_or(Erreur::Introuvable)?.sejour)
}

/// The stay and its movements, annulled ones struck through.
pub(crate) async fn sejour(acces: Acces<LireSejour>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let actuel = courant(&dossier).await?;
    let motifs_lisibles = dossier.peut_lire(Categorie::Administratif);
    let mut lignes = Vec::new();
    for mouvement in dossier.liste::<Mouvement>(|query| query.newest_first().limit(MOUVEMENTS_MAX)).await? {
        let auteur = acces.auteur(mouvement.author).await?;
        lignes.push(Ligne { mouvement, auteur });
    }
    let sejours = dossier.liste::<Sejour>(|query| query.newest_first().limit(MOUVEMENTS_MAX)).await?;
    let ecran = Ecran {
        usager,
        sejour: &actuel,
        sejours: &sejours,
        lignes: &lignes,
        peut: dossier.peut_ecrire(Categorie::Presence),
        motifs_lisibles,
        unites: acces.services().enseigne.unites(actuel.etablissement),
        fuseau: &acces.services().fuseau,
    };
    Ok(Answer::html(cadre(&acces, &dossier, "Séjour", vue::page(&ecran)).await?))
}

async fn parc_si<D: Droit>(acces: &Acces<D>, geste: Geste) -> Resultat<Option<Parc>> {
    Ok(if geste.prend_place() { Some(Parc::lire(acces).await?) } else { None })
}

fn sans_lit(sejour: &Sejour) -> bool {
    matches!(sejour.genre, GenreSejour::AccueilDeJour | GenreSejour::Domicile)
}

/// The form of a movement.
pub(crate) async fn geste(acces: Acces<EcrireSejour>, Chemin((usager, code)): Chemin<(UsagerId, String)>) -> Resultat<Answer> {
    let geste = Geste::lire(&code).ok_or(Erreur::Introuvable)?;
    let dossier = acces.aussi::<LireSejour>().await?.ouvrir_dossier(usager).await?;
    let sejour = courant(&dossier).await?;
    if !geste.nature.possible(sejour.etat) {
        return Ok(Answer::vers(format!("/residents/{usager}/sejour"))
            .dit("Ce mouvement n'est plus possible : l'état du séjour a changé."));
    }
    let parc = parc_si(&acces, geste).await?;
    let champs = saisie_mouvement(sejour.version, &acces.nouvel_id().to_string(), (acces.now(), &acces.services().fuseau));
    let contenu = vue::formulaire(usager, geste, (parc.as_ref(), sans_lit(&sejour)), &champs, &Erreurs::default());
    Ok(Answer::html(cadre(&acces, &dossier, geste.verbe, contenu).await?))
}

/// Writes a movement.
pub(crate) async fn geste_faire(
    acces: Acces<EcrireSejour>,
    Chemin((usager, code)): Chemin<(UsagerId, String)>,
    champs: Champs,
) -> Resultat<Answer> {
    let geste = Geste::lire(&code).ok_or(Erreur::Introuvable)?;
    let dossier = acces.ouvrir_dossier(usager).await?;
    let sejour = courant(&dossier).await?;
    let id: Uuid =
        champs.lire("id").ok_or_else(|| Erreur::Demande("Ce formulaire est incomplet. Ouvrez-le de nouveau.".into()))?;
    let retour = format!("/residents/{usager}/sejour");
    if dossier.lire::<Mouvement>(id).await?.is_some() {
        return Ok(Answer::vers(retour).dit("Mouvement enregistré."));
    }
    if champs.lire::<i64>("version") != Some(sejour.version) {
        return Err(Erreur::Conflit);
    }
    let parc = parc_si(&acces, geste).await?;
    let lu = lire_mouvement(&champs, geste, parc.as_ref(), (acces.now(), &acces.services().fuseau));
    let mut erreurs = match lu {
        Err(erreurs) => erreurs,
        Ok(lu) => {
            let mouvement = Mouvement {
                sejour: sejour.value.id,
                usager,
                etablissement: sejour.etablissement,
                nature: geste.nature,
                le: lu.le,
                de: if geste.prend_place() { sejour.chambre_libelle.clone() } else { sejour.lieu.clone() },
                vers: lu.place.as_ref().map_or(lu.lieu, |place| place.libelle.clone()),
                motif: lu.motif,
                annule: None,
                place: lu.place,
                origine: None,
            };
            match acts::bouger(&dossier, &sejour, (id, &mouvement)).await {
                Ok(()) => return Ok(Answer::vers(retour).dit("Mouvement enregistré.")),
                Err(Erreur::DejaPris(_)) => {
                    un("lit", "Ce lit vient d'être attribué à une autre personne. Choisissez-en un autre.")
                }
                Err(Erreur::Demande(phrase)) => un("jour", &phrase),
                Err(autre) => return Err(autre),
            }
        }
    };
    if erreurs.aucune() {
        erreurs = un("", "Le mouvement n'a pas pu être lu.");
    }
    let contenu = vue::formulaire(usager, geste, (parc.as_ref(), sans_lit(&sejour)), &champs, &erreurs);
    Ok(Answer::a_corriger(cadre(&acces, &dossier, geste.verbe, contenu).await?))
}

fn un(champ: &str, phrase: &str) -> Erreurs {
    let mut erreurs = Erreurs::default();
    erreurs.ajouter(champ, phrase);
    erreurs
}

async fn mouvement_de<D: Droit>(dossier: &DossierOuvert<D>, id: Uuid) -> Resultat<(Stored<Mouvement>, Stored<Sejour>)> {
    let mouvement = dossier.lire::<Mouvement>(id).await?.ok_or(Erreur::Introuvable)?;
    let sejour = dossier.lire::<Sejour>(mouvement.sejour).await?.ok_or(Erreur::Introuvable)?;
    Ok((mouvement, sejour))
}

/// The form which annuls or corrects a movement.
pub(crate) async fn corriger(acces: Acces<EcrireSejour>, Chemin((usager, id)): Chemin<(UsagerId, Uuid)>) -> Resultat<Answer> {
    let dossier = acces.aussi::<LireSejour>().await?.ouvrir_dossier(usager).await?;
    let (mouvement, _) = mouvement_de(&dossier, id).await?;
    let champs = saisie_mouvement(mouvement.version, "", (mouvement.le, &acces.services().fuseau));
    let contenu = vue::formulaire_correction(&mouvement, &champs, &Erreurs::default(), &acces.services().fuseau);
    Ok(Answer::html(cadre(&acces, &dossier, "Corriger un mouvement", contenu).await?))
}

/// Annuls or corrects a movement: the state of the stay is computed again.
pub(crate) async fn corriger_faire(
    acces: Acces<EcrireSejour>,
    Chemin((usager, id)): Chemin<(UsagerId, Uuid)>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let (mouvement, sejour) = mouvement_de(&dossier, id).await?;
    let mut erreurs = Erreurs::default();
    let motif = erreurs.garder("motif", kernel::texte::Texte::<200>::new(champs.texte("motif")));
    let fuseau = &acces.services().fuseau;
    let annuler = champs.texte("geste") == "annuler";
    let le = if annuler { None } else { instant(&champs, (acces.now(), fuseau), &mut erreurs) };
    let geste = match (annuler, le, motif) {
        (true, _, Some(motif)) => Some(Annulation::Annuler(motif.to_string())),
        (false, Some(le), Some(motif)) => Some(Annulation::Deplacer(le, motif.to_string())),
        _ => None,
    };
    if let Some(geste) = geste.filter(|_| erreurs.aucune()) {
        if champs.lire::<i64>("version") != Some(mouvement.version) {
            return Err(Erreur::Conflit);
        }
        match acts::corriger(&dossier, &sejour, &mouvement, geste).await {
            Ok(()) => {
                return Ok(Answer::vers(format!("/residents/{usager}/sejour"))
                    .dit("Mouvement corrigé. L'état du séjour a été recalculé."));
            }
            Err(Erreur::Demande(phrase)) => erreurs.ajouter("motif", phrase),
            Err(Erreur::DejaPris(_)) => erreurs
                .ajouter("motif", "Le lit que la personne retrouverait est occupé. Changez d'abord l'autre personne de lit."),
            Err(autre) => return Err(autre),
        }
    }
    let contenu = vue::formulaire_correction(&mouvement, &champs, &erreurs, fuseau);
    Ok(Answer::a_corriger(cadre(&acces, &dossier, "Corriger un mouvement", contenu).await?))
}

/// The form which moves the foreseen end of a temporary stay.
pub(crate) async fn fin_prevue(acces: Acces<EcrireSejour>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.aussi::<LireSejour>().await?.ouvrir_dossier(usager).await?;
    let sejour = courant(&dossier).await?;
    let contenu = vue::formulaire_fin(&sejour, &Erreurs::default());
    Ok(Answer::html(cadre(&acces, &dossier, "Fin prévue du séjour", contenu).await?))
}

/// Moves the foreseen end of a temporary stay.
pub(crate) async fn fin_prevue_faire(
    acces: Acces<EcrireSejour>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let sejour = courant(&dossier).await?;
    if champs.lire::<i64>("version") != Some(sejour.version) {
        return Err(Erreur::Conflit);
    }
    let mut erreurs = Erreurs::default();
    let jusque = erreurs.garder("jusque", kernel::dates::lire_date(champs.texte("jusque")));
    let debut = kernel::dates::jour_local(sejour.entree_le, &acces.services().fuseau);
    erreurs.exiger("jusque", jusque.is_none_or(|jusque| jusque >= debut), "La fin du séjour précède son début.");
    match jusque {
        Some(jusque) if erreurs.aucune() => {
            acts::prolonger(&dossier, &sejour, jusque).await?;
            Ok(Answer::vers(format!("/residents/{usager}/sejour")).dit("Fin prévue enregistrée."))
        }
        _ => {
            Ok(Answer::a_corriger(cadre(&acces, &dossier, "Fin prévue du séjour", vue::formulaire_fin(&sejour, &erreurs)).await?))
        }
    }
}

/// The form of a new request for a person who came before.
pub(crate) async fn reprendre(acces: Acces<EcrireSejour>, Chemin(usager): Chemin<UsagerId>) -> Resultat<Answer> {
    let dossier = acces.aussi::<LireSejour>().await?.ouvrir_dossier(usager).await?;
    let champs = Champs::depuis(&[("id", &acces.nouvel_id().to_string()), ("genre", "permanent")]);
    let contenu = vue::formulaire_reprise(usager, &champs, &Erreurs::default());
    Ok(Answer::html(cadre(&acces, &dossier, "Nouvelle demande d'admission", contenu).await?))
}

/// Opens a new request for a person who came before.
pub(crate) async fn reprendre_faire(
    acces: Acces<EcrireSejour>,
    Chemin(usager): Chemin<UsagerId>,
    champs: Champs,
) -> Resultat<Answer> {
    let dossier = acces.ouvrir_dossier(usager).await?;
    let id: Uuid =
        champs.lire("id").ok_or_else(|| Erreur::Demande("Ce formulaire est incomplet. Ouvrez-le de nouveau.".into()))?;
    let mut erreurs = Erreurs::default();
    match lire_demande(&champs, (acces.now(), &acces.services().fuseau), &mut erreurs) {
        Some(demande) if erreurs.aucune() => {
            if dossier.lire::<Sejour>(id).await?.is_none() {
                acts::reprendre(&acces, &dossier, id, &demande).await?;
            }
            Ok(Answer::vers(format!("/residents/{usager}/sejour")).dit("Demande d'admission ouverte."))
        }
        _ => {
            let contenu = vue::formulaire_reprise(usager, &champs, &erreurs);
            Ok(Answer::a_corriger(cadre(&acces, &dossier, "Nouvelle demande d'admission", contenu).await?))
        }
    }
}
