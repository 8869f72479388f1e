//! What comes: the list, one record, what may be done about it.

use jiff::tz::TimeZone;
use kernel::dates::date_heure;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use sejours::GenreSejour;
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, deux_volets, pile};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Choix, Date, Liste, Radios, Texte, cache, cote_a_cote};
use ui::liste::{Fiche, Ligne, liste as lignes_de};
use ui::puces::{Etat, Puce};
use ui::vide::vide_bon;
use usagers::{Connu, Proximite};

use crate::entrants::{DossierEntrant, EtatEntrant, Lecture};
use crate::recevoir::phrase;

/// The lists, and the way in for a file.
pub(crate) fn liste(
    (a_decider, traites): (&[Stored<DossierEntrant>], &[Stored<DossierEntrant>]),
    lane: &str,
    peut: bool,
    erreurs: &Erreurs,
) -> Markup {
    html! {
        (EntetePage::new("Dossiers reçus d'un autre logiciel").parent("Transferts", "/transferts").phrase("Le dossier d'une personne, au format national TDDUI. Personne n'est créé ni complété sans votre accord."))
        (erreurs.resume())
        (pile(&html! {
            div data-liste=(lane) { (Bloc::new(format!("À décider ({})", a_decider.len()), tableau(a_decider, "Aucun dossier en attente.")).icone(Icone::Inbox)) }
            @if peut { (Bloc::new("Déposer un dossier", depot(erreurs)).icone(Icone::Upload)) }
            (Bloc::new("Traités", tableau(traites, "Aucun dossier traité.")).icone(Icone::Archive))
        }))
    }
}

fn tableau(lus: &[Stored<DossierEntrant>], rien: &str) -> Markup {
    let lignes: Vec<Ligne> = lus
        .iter()
        .map(|lu| {
            let nom = lu.lecture.as_ref().map_or(lu.nom.clone(), |lecture| lecture.nom.clone());
            let de = lu.lecture.as_ref().and_then(|lecture| lecture.etablissements.first()).unwrap_or(&lu.canal.emetteur);
            Ligne::new(nom).detail(format!("de {de}")).lien(format!("/transferts/entrants/{}", lu.id)).puce(puce(&lu.etat))
        })
        .collect();
    if lignes.is_empty() { vide_bon(rien) } else { lignes_de(&lignes) }
}

fn depot(erreurs: &Erreurs) -> Markup {
    html! {
        form class="formulaire" method="post" action="/transferts/entrants" enctype="multipart/form-data" {
            label class="champ" for="fichiers" { "Fichier JSON, un par personne" }
            @if let Some(erreur) = erreurs.de("fichiers") { p class="champ-erreur" id="fichiers-erreur" { (erreur) } }
            input class="saisie" type="file" id="fichiers" name="fichiers" accept=".json,application/json,application/fhir+json" required;
            (boutons(&html! { (Bouton::envoyer("Déposer").icone(Icone::Upload)) }))
        }
    }
}

fn puce(etat: &EtatEntrant) -> Puce {
    match etat {
        EtatEntrant::ADecider => Puce::new(Etat::AFaire, "à décider"),
        EtatEntrant::Illisible { .. } => Puce::new(Etat::Danger, "illisible"),
        EtatEntrant::Accepte { .. } => Puce::new(Etat::Fait, "repris"),
        EtatEntrant::Refuse { .. } => Puce::neutre("refusé"),
    }
}

/// What a page shows.
pub(crate) struct Ecran<'a> {
    pub lu: &'a Stored<DossierEntrant>,
    /// The reader may accept.
    pub decide: bool,
    /// The reader may refuse.
    pub refuse: bool,
    /// The reader may take the file.
    pub ouvre: bool,
    pub proches: &'a [(Proximite, &'a Connu)],
    pub champs: &'a Champs,
    pub erreurs: &'a Erreurs,
    pub fuseau: &'a TimeZone,
}

/// One record received.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let lu = ecran.lu;
    let titre = lu.lecture.as_ref().map_or(lu.nom.clone(), |lecture| lecture.nom.clone());
    let principal = html! {
        @if let EtatEntrant::Illisible { code } = &lu.etat { (Alerte::new(Nature::Danger, "Ce dossier ne peut pas être lu.").texte(phrase(code))) }
        @if let Some(lecture) = &lu.lecture { (contenu(lecture)) }
        (Bloc::new("Réception", reception(ecran)).icone(Icone::Inbox))
    };
    let cote = html! {
        @if ecran.decide { (Bloc::new("Reprendre ce dossier", accepter(ecran)).icone(Icone::Check)) }
        @else if lu.etat == EtatEntrant::ADecider { (Alerte::new(Nature::Info, "La décision revient au service des admissions de l'établissement, ou à l'encadrement.")) }
        @if ecran.refuse { (Bloc::new("Refuser", refuser(ecran)).icone(Icone::Ban)) }
        @if let EtatEntrant::Accepte { usager, .. } = &lu.etat { (boutons(&html! { (Bouton::lien("Ouvrir le dossier", format!("/residents/{usager}")).principal()) })) }
    };
    html! {
        (EntetePage::new(titre).parent("Dossiers reçus", "/transferts/entrants").actions(html! {
            (puce(&lu.etat))
            @if ecran.ouvre { (Bouton::lien("Télécharger le fichier", format!("/transferts/entrants/{}/fichier", lu.id)).icone(Icone::Download)) }
        }))
        (ecran.erreurs.resume())
        (deux_volets(&principal, &cote))
    }
}

fn naissance(iso: &str) -> String {
    iso.parse::<kernel::dates::DateNaissance>().map_or_else(|_| iso.to_owned(), |date| date.jj_mm_aaaa())
}

fn compte(nombre: u32, nom: &str) -> String {
    if nombre > 1 { format!("{nombre} {nom}s") } else { format!("{nombre} {nom}") }
}

fn contenu(lecture: &Lecture) -> Markup {
    let [sejours, evenements, contacts, documents] = lecture.comptes;
    let fiche = Fiche::new()
        .ligne("Nom et prénoms de naissance", lecture.nom.clone())
        .ligne("Naissance", naissance(&lecture.naissance))
        .ligne("Sexe", lecture.sexe.clone())
        .ligne("INS", if lecture.ins { "annoncée : à récupérer de nouveau ici par INSi" } else { "non transmise" })
        .ligne("Établissements cités", lecture.etablissements.join(", "))
        .ligne("Repris", format!("{}, {}", compte(documents, "document"), compte(contacts, "contact")))
        .ligne(
            "Lu sans être repris",
            format!("{}, {} : l'histoire reste dans le fichier", compte(sejours, "séjour"), compte(evenements, "évènement")),
        );
    html! {
        (Bloc::new("Ce que contient le dossier", fiche.render()).icone(Icone::PackageCheck))
        @if !lecture.autres.is_empty() {
            (Alerte::new(Nature::Attention, "Ce dossier contient des éléments que Grappe ne sait pas encore ranger.").texte(lecture.autres.iter().map(|(genre, nombre)| format!("{genre} ({nombre})")).collect::<Vec<_>>().join(", ")))
        }
        @if !lecture.defauts.is_empty() {
            details { summary { (compte(u32::try_from(lecture.defauts.len()).unwrap_or(u32::MAX), "écart")) " au format national, sans empêcher la lecture" }
                ul { @for defaut in &lecture.defauts { li { code { (defaut) } } } } }
        }
    }
}

fn reception(ecran: &Ecran<'_>) -> Markup {
    let lu = ecran.lu;
    let fiche = Fiche::new()
        .ligne("Fichier", format!("{} ({} ko)", lu.nom, lu.taille.div_ceil(1_024)))
        .ligne("Reçu le", date_heure(lu.recu_le, ecran.fuseau))
        .ligne("De", lu.canal.emetteur.clone());
    match &lu.etat {
        EtatEntrant::Accepte { par, le, .. } => fiche.ligne("Repris", format!("par {par}, le {}", date_heure(*le, ecran.fuseau))),
        EtatEntrant::Refuse { motif, par } => fiche.ligne("Refusé", format!("par {par} : {motif}")),
        EtatEntrant::ADecider | EtatEntrant::Illisible { .. } => fiche,
    }
    .render()
}

fn accepter(ecran: &Ecran<'_>) -> Markup {
    let Ecran { lu, champs, erreurs, .. } = ecran;
    let genres = GenreSejour::TOUS.map(|(_, code, libelle)| (code, libelle));
    html! {
        form class="formulaire" method="post" action=(format!("/transferts/entrants/{}/accepter", lu.id)) {
            (cache("version", &lu.version.to_string()))
            @if !ecran.proches.is_empty() { (proches(ecran)) }
            @else if let Some(erreur) = erreurs.de("dossier") { p class="champ-erreur" id="dossier" { (erreur) } }
            (Liste::new("genre", "Nature de l'accueil").requis().choix(genres).valeur(champs.texte("genre")).erreur(erreurs.de("genre")))
            (cote_a_cote(&html! {
                (Date::new("prevu_le", "Entrée prévue").requis().valeur(champs.texte("prevu_le")).erreur(erreurs.de("prevu_le")))
                (Date::new("sortie_prevue", "Fin, si temporaire").valeur(champs.texte("sortie_prevue")).erreur(erreurs.de("sortie_prevue")))
            }))
            p class="secondaire" { "L'identité est créée provisoire : la pièce d'identité et l'INS sont à vérifier ici." }
            (boutons(&html! { (Bouton::envoyer("Reprendre le dossier").principal().icone(Icone::Check)) }))
        }
    }
}

fn proches(ecran: &Ecran<'_>) -> Markup {
    let choix = ecran.proches.iter().map(|(proximite, connu)| {
        let traits = connu.identification.identite.traits();
        let detail = format!(
            "{} {}, {} · {}",
            traits.nom_naissance(),
            traits.prenoms_naissance(),
            traits.date_naissance(),
            proximite.libelle()
        );
        Choix::new(connu.usager.value.id.to_string(), format!("C'est {}, déjà connu·e ici", connu.usager.nom_complet()))
            .detail(detail)
    });
    let nouveau = Choix::new("nouveau", "C'est quelqu'un d'autre : ouvrir un nouveau dossier");
    html! {
        (Radios::new("dossier", "Des personnes connues ici ont une identité proche").requis().choix(choix.chain([nouveau]))
            .valeur(ecran.champs.texte("dossier")).erreur(ecran.erreurs.de("dossier")))
    }
}

fn refuser(ecran: &Ecran<'_>) -> Markup {
    html! {
        form class="formulaire" method="post" action=(format!("/transferts/entrants/{}/refuser", ecran.lu.id)) {
            (cache("version", &ecran.lu.version.to_string()))
            (Texte::new("motif", "Motif").requis().maximum(240).completion("off").valeur(ecran.champs.texte("motif")).erreur(ecran.erreurs.de("motif")))
            (boutons(&html! { (Bouton::envoyer("Refuser ce dossier").danger()) }))
        }
    }
}
