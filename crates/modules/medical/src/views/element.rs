//! An entry: its form, its end, its history.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, Texte, ZoneTexte, cache, cote_a_cote};
use ui::liste::Fiche;

use super::Formulaire;
use crate::{Code, Element, Etat, Nature, Origine};

/// What the field « detail » is called in a family, with an example; `None` when it has no use.
fn detail(nature: Nature) -> Option<(&'static str, &'static str)> {
    match nature {
        Nature::Traitement => Some(("Posologie et moments", "1 matin et 1 soir ; si besoin, 4 par jour au plus")),
        Nature::Resultat => Some(("Valeur et unité", "Clairance 34 mL/min")),
        Nature::Bmr => Some(("Site et date du prélèvement", "urines, ECBU du 3 novembre")),
        Nature::Vaccination => Some(("Lot, rappel prévu", "rappel en 2031")),
        Nature::Dispositif => Some(("Côté, emplacement", "oreille droite")),
        Nature::Pathologie | Nature::Antecedent | Nature::Intervention => None,
    }
}

fn debut(nature: Nature) -> &'static str {
    match nature {
        Nature::Pathologie | Nature::Traitement | Nature::Bmr | Nature::Dispositif => "Depuis",
        Nature::Antecedent | Nature::Intervention | Nature::Resultat | Nature::Vaccination => "Date",
    }
}

/// The form alone, of a new entry.
pub(crate) fn formulaire(formulaire: &Formulaire<'_>) -> Markup {
    let base = format!("/residents/{}/medical", formulaire.usager);
    html! {
        (EntetePage::new(formulaire.nature.libelle()).parent("Dossier médical", base))
        (formulaire.erreurs.resume())
        (champs(formulaire))
    }
}

fn champs(formulaire: &Formulaire<'_>) -> Markup {
    let Formulaire { usager, id, nature, champs, erreurs, .. } = formulaire;
    let base = format!("/residents/{usager}/medical");
    let texte =
        |nom: &str, libelle: &str| Texte::new(nom, libelle).valeur(champs.texte(nom)).erreur(erreurs.de(nom)).completion("off");
    let coder = matches!(nature, Nature::Pathologie | Nature::Antecedent | Nature::Intervention | Nature::Bmr);
    html! {
        form class="formulaire" method="post" action=(format!("{base}/{id}")) {
            (cache("version", champs.texte("version"))) (cache("nature", nature.code()))
            (texte("libelle", nature.libelle()).requis().maximum(300))
            @if let Some((libelle, exemple)) = detail(*nature) { (texte("detail", libelle).maximum(1000).aide(exemple)) }
            (cote_a_cote(&html! {
                (texte("debut", debut(*nature)).court().aide("2021, 03/2021 ou 15/03/2021"))
                @if coder { (texte("code", "Code CIM-10").court().aide("I48 ; facultatif")) }
            }))
            (ZoneTexte::new("precision", "Précision").valeur(champs.texte("precision")).erreur(erreurs.de("precision")).maximum(2000))
            @if *nature == Nature::Traitement {
                (Case::new("a_risque", "À dire en premier au 15 : anticoagulant, insuline, morphinique…").cochee(champs.coche("a_risque")))
            }
            (boutons(&html! { (Bouton::envoyer("Enregistrer").principal()) (Bouton::lien("Annuler", base.clone()).discret()) }))
        }
    }
}

/// An entry, with its history.
pub(crate) fn page(
    formulaire: &Formulaire<'_>,
    lu: &Stored<Element>,
    passe: &[(Stored<Element>, String)],
    fuseau: &TimeZone,
    peut: bool,
) -> Markup {
    let base = format!("/residents/{}/medical", formulaire.usager);
    let principal = html! { @if peut && lu.en_vigueur() { (champs(formulaire)) } @else { (lecture(lu)) } };
    let cote = html! {
        @if peut { (fin(formulaire, lu)) }
        (Bloc::new("Historique", historique(passe, fuseau)).icone(Icone::History))
    };
    html! {
        (EntetePage::new(lu.libelle.clone()).phrase(formulaire.nature.libelle()).parent("Dossier médical", base))
        (formulaire.erreurs.resume())
        (deux_volets(&principal, &cote))
    }
}

fn lecture(lu: &Stored<Element>) -> Markup {
    let date = lu.debut.map(kernel::dates::DatePartielle::en_lettres).unwrap_or_default();
    let code = lu.code.as_ref().map(Code::en_mots).unwrap_or_default();
    let lignes = [
        ("Libellé", &lu.libelle),
        ("Détail", &lu.detail),
        (debut(lu.nature), &date),
        ("Code", &code),
        ("Précision", &lu.precision),
    ];
    let fiche = lignes
        .into_iter()
        .filter(|(_, valeur)| !valeur.is_empty())
        .fold(Fiche::new(), |fiche, (nom, valeur)| fiche.ligne(nom, valeur.clone()));
    let fiche = match &lu.origine {
        Origine::Saisie => fiche,
        Origine::Reprise { .. } => fiche.ligne("Origine", lu.origine.mention()),
        Origine::Document { document, .. } => fiche
            .riche("Origine", html! { a href=(format!("/residents/{}/documents/{document}", lu.usager)) { "document reçu" } }),
    };
    html! { (Bloc::new(lu.nature.libelle(), html! { (fiche) })) }
}

fn fin(formulaire: &Formulaire<'_>, lu: &Stored<Element>) -> Markup {
    let action = format!("/residents/{}/medical/{}/fin", formulaire.usager, formulaire.id);
    let version = lu.version.to_string();
    let erreurs = formulaire.erreurs;
    let corps = html! {
        form class="formulaire" method="post" action=(action) {
            (cache("version", &version))
            @if lu.en_vigueur() {
                (Texte::new("motif", "Motif").erreur(erreurs.de("motif")).maximum(240).completion("off").aide("Nécessaire pour annuler une erreur."))
                (boutons(&html! {
                    (Bouton::envoyer("Terminer aujourd'hui").valeur("geste", "terminer"))
                    (Bouton::envoyer("Annuler, écrit par erreur").discret().valeur("geste", "annuler"))
                }))
            } @else {
                (boutons(&html! { (Bouton::envoyer("Remettre en vigueur").valeur("geste", "reprendre")) }))
            }
        }
    };
    Bloc::new("Fin", corps).icone(Icone::Archive).render()
}

fn historique(passe: &[(Stored<Element>, String)], fuseau: &TimeZone) -> Markup {
    let quand = |instant: Timestamp| kernel::dates::date_heure(instant, fuseau);
    html! {
        ol class="pile" {
            @for (version, auteur) in passe.iter().rev() {
                li { (version.phrase()) br;
                    small class="secondaire" { (quoi(version)) ", " (auteur) ", " (quand(version.recorded)) } }
            }
        }
    }
}

fn quoi(version: &Stored<Element>) -> String {
    match &version.etat {
        Etat::EnVigueur if version.version == 1 => "écrit".into(),
        Etat::EnVigueur => "corrigé".into(),
        Etat::Termine { motif, .. } if motif.is_empty() => "terminé".into(),
        Etat::Termine { motif, .. } => format!("terminé : {motif}"),
        Etat::Annule { motif } => format!("annulé : {motif}"),
    }
}
