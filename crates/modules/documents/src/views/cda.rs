//! A clinical document as readable blocks: header, sections with their narrative, structured data listed.

use cda_r2::{Body, ClinicalDocument, Section};
use maud::{Markup, html};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, pile};
use ui::boutons::Bouton;
use ui::liste::Fiche;

use super::{entrees, narratif};

/// What is embedded in a document: the body of a level 1 document is piece 0, then media in the order of sections.
pub(crate) fn pieces(document: &ClinicalDocument) -> Vec<&cda_r2::Attachment> {
    let corps = match &document.body {
        Body::File(fichier) => Some(fichier),
        Body::Structured(_) => None,
    };
    corps
        .into_iter()
        .chain(document.sections().into_iter().flat_map(|section| section.media.iter().map(|media| &media.file)))
        .collect()
}

/// The media type a piece may be given to the browser with; `None` when it is only offered for download.
pub(crate) fn mime_affichable(piece: &cda_r2::Attachment) -> Option<&'static str> {
    use kernel::fichiers::NatureFichier as N;
    let nature = N::reconnaitre(&piece.bytes)?;
    matches!(nature, N::Pdf | N::Png | N::Jpeg | N::Webp).then(|| nature.mime())
}

/// The document; `base` is the address of its page.
pub(crate) fn dessiner(document: &ClinicalDocument, base: &str) -> Markup {
    let contexte = narratif::Contexte { document, base };
    html! {
        (pile(&html! {
            (entete(document))
            @match &document.body {
                Body::Structured(sections) => (Bloc::new("Contenu du document", html! { div class="recu" { @for section in sections { (rubrique(&contexte, section, 3)) } } }).icone(Icone::FileText)),
                Body::File(fichier) => (corps(fichier, base)),
            }
            @if !document.warnings.is_empty() {
                (Alerte::new(Nature::Info, "Ce document a été lu malgré des défauts de forme.").texte("Son contenu est affiché en entier. Le détail technique est dans le fichier d'origine."))
            }
        }))
    }
}

fn corps(fichier: &cda_r2::Attachment, base: &str) -> Markup {
    let adresse = format!("{base}/piece/0");
    let contenu = match mime_affichable(fichier) {
        Some("application/pdf") => html! { iframe class="recu-cadre" src=(adresse) title="Contenu du document (PDF)" {} },
        Some(_) => html! { img class="recu-image" src=(adresse) alt="Contenu du document"; },
        None if est_texte(fichier) => {
            html! { div class="recu-texte" { @for ligne in String::from_utf8_lossy(&fichier.bytes).lines() { p { (ligne) } } } }
        }
        None => html! { p { "Ce contenu ne s'affiche pas ici. Téléchargez-le pour l'ouvrir." } },
    };
    let pied = html! { (Bouton::lien("Télécharger le contenu", format!("{adresse}?telecharger=oui")).icone(Icone::Download)) };
    Bloc::new("Contenu du document", contenu).icone(Icone::FileText).pied(pied).render()
}

fn est_texte(fichier: &cda_r2::Attachment) -> bool {
    fichier.media_type.as_deref() == Some("text/plain") && std::str::from_utf8(&fichier.bytes).is_ok()
}

/// « 12/03/2024 à 14:05 », as precise as what is written.
pub(super) fn instant(instant: &cda_r2::Timestamp) -> String {
    let jour = match (instant.month, instant.day) {
        (Some(mois), Some(jour)) => format!("{jour:02}/{mois:02}/{:04}", instant.year),
        (Some(mois), None) => format!("{mois:02}/{:04}", instant.year),
        _ => format!("{:04}", instant.year),
    };
    match (instant.hour, instant.minute) {
        (Some(heure), Some(minute)) => format!("{jour} à {heure:02}:{minute:02}"),
        _ => jour,
    }
}

fn personne(entite: &cda_r2::Entity) -> Option<String> {
    let nom = entite.display()?;
    let metier = entite.code.as_ref().and_then(cda_r2::Code::label);
    let lieu = entite.organization.as_ref().and_then(|lieu| lieu.name.as_deref()).filter(|lieu| **lieu != nom);
    Some([Some(nom.as_str()), metier, lieu].into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn entete(document: &ClinicalDocument) -> Markup {
    let header = &document.header;
    let patient = &header.patient;
    let mut fiche = Fiche::new();
    let mut ligne = |nom: &str, valeur: Option<String>| {
        if let Some(valeur) = valeur.filter(|valeur| !valeur.trim().is_empty()) {
            fiche = std::mem::take(&mut fiche).ligne(nom, valeur);
        }
    };
    ligne("Type", header.code.label().map(str::to_owned));
    ligne("Établi le", Some(instant(&header.effective_time)));
    ligne("Patient", patient.names.first().map(cda_r2::PersonName::display));
    ligne("Naissance", patient.birth_time.as_ref().map(instant));
    ligne("INS", patient.ins().first().map(|(_, numero)| (*numero).to_owned()));
    let liste = |entites: Vec<&cda_r2::Entity>| Some(entites.into_iter().filter_map(personne).collect::<Vec<_>>().join(" ; "));
    ligne("Auteur", liste(header.authors.iter().map(|auteur| &auteur.entity).collect()));
    ligne("Établissement", header.custodian.as_ref().and_then(|lieu| lieu.name.clone()));
    ligne("Signé par", header.legal_authenticator.as_ref().and_then(|signature| personne(&signature.entity)));
    ligne("Destinataires", liste(header.recipients.iter().map(|destinataire| &destinataire.entity).collect()));
    ligne("Participants", liste(header.participants.iter().map(|participant| &participant.entity).collect()));
    ligne("Séjour ou venue", header.encounter.as_ref().and_then(venue));
    ligne("Actes documentés", Some(header.service_events.iter().filter_map(acte).collect::<Vec<_>>().join(" ; ")));
    Bloc::new("En-tête", fiche.render()).icone(Icone::BadgeCheck).render()
}

fn periode(intervalle: &cda_r2::Interval) -> Option<String> {
    match (&intervalle.low, &intervalle.high, &intervalle.value) {
        (Some(du), Some(au), _) => Some(format!("du {} au {}", instant(du), instant(au))),
        (Some(du), None, _) => Some(format!("depuis le {}", instant(du))),
        (None, Some(au), _) => Some(format!("jusqu'au {}", instant(au))),
        (None, None, Some(le)) => Some(format!("le {}", instant(le))),
        _ => None,
    }
}

fn venue(venue: &cda_r2::Encounter) -> Option<String> {
    let genre = venue.code.as_ref().and_then(cda_r2::Code::label).map(str::to_owned);
    let lieu = venue.facility.as_ref().and_then(|lieu| lieu.name.clone());
    let texte = [genre, venue.period.as_ref().and_then(periode), lieu].into_iter().flatten().collect::<Vec<_>>().join(", ");
    (!texte.is_empty()).then_some(texte)
}

fn acte(evenement: &cda_r2::ServiceEvent) -> Option<String> {
    let genre = evenement.code.as_ref().and_then(cda_r2::Code::label).map(str::to_owned);
    let texte = [genre, evenement.period.as_ref().and_then(periode)].into_iter().flatten().collect::<Vec<_>>().join(", ");
    (!texte.is_empty()).then_some(texte)
}

/// A section, its narrative, its data, its own sections; headings stop at level 6.
fn rubrique(contexte: &narratif::Contexte<'_>, section: &Section, niveau: u8) -> Markup {
    let titre =
        section.title.as_deref().or_else(|| section.code.as_ref().and_then(cda_r2::Code::label)).unwrap_or("Rubrique sans titre");
    html! {
        section class="recu-section" {
            @match niveau {
                3 => h3 { (titre) },
                4 => h4 { (titre) },
                5 => h5 { (titre) },
                _ => h6 { (titre) },
            }
            @if section.narrative.is_empty() {
                @if section.sections.is_empty() { p class="secondaire" { "Rubrique sans texte." } }
            } @else { div class="recu-texte" { (narratif::blocs(contexte, &section.narrative.blocks)) } }
            (entrees::liste(section))
            @for dedans in &section.sections { (rubrique(contexte, dedans, niveau + 1)) }
        }
    }
}
