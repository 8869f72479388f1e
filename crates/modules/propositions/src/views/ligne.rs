//! One line: its source, its words to correct before they are taken, what became of it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::dates::{date_courte, date_heure};
use maud::{Markup, html};
use medical::{Element, Nature};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature as NatureAlerte};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, Liste, Texte, ZoneTexte, cache};
use ui::liste::Fiche;

use super::{Droits, etat_en_mots, puce_etat};
use crate::forms::nom_du_detail;
use crate::model::{Etat, Proposition};
use crate::rapprochement::pareil;

/// What the page shows.
pub(crate) struct Ecran<'a> {
    pub lu: &'a Stored<Proposition>,
    pub elements: &'a [Stored<Element>],
    pub champs: &'a Champs,
    pub erreurs: &'a Erreurs,
    /// The record says no allergy is known, checked on that day.
    pub confirmer: Option<Date>,
    pub droits: Droits,
    pub fuseau: &'a TimeZone,
}

/// The page.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let lu = ecran.lu;
    let base = format!("/residents/{}/propositions", lu.usager);
    let principal = html! {
        @if ecran.droits.traiter && lu.ouverte() { (formulaire(ecran, &base)) } @else { (decidee(ecran, &base)) }
    };
    html! {
        (EntetePage::new(lu.ligne.libelle.clone()).phrase(lu.ligne.famille.libelle()).parent("Lignes des documents reçus", base.clone()))
        (ecran.erreurs.resume())
        (deux_volets(&principal, &document(ecran)))
    }
}

/// The line as the document words it, which stays whatever is corrected.
fn document(ecran: &Ecran<'_>) -> Markup {
    let lu = ecran.lu;
    let adresse = format!("/residents/{}/documents/{}", lu.usager, lu.source.document);
    let codes = lu.ligne.codes.iter().map(medical::Code::en_mots).collect::<Vec<_>>().join(", ");
    let mut fiche = Fiche::new().ligne("Libellé", lu.ligne.libelle.clone());
    let dits = [
        (nom_du_detail(lu.ligne.famille), lu.ligne.detail.clone()),
        ("Depuis ou le", lu.ligne.debut.map(kernel::dates::DatePartielle::en_lettres).unwrap_or_default()),
        ("Jusqu'à", lu.ligne.fin.map(kernel::dates::DatePartielle::en_lettres).unwrap_or_default()),
        ("Précision", lu.ligne.precision.clone()),
        ("Codes", codes),
    ];
    for (nom, valeur) in dits.into_iter().filter(|(_, valeur)| !valeur.is_empty()) {
        fiche = fiche.ligne(nom, valeur);
    }
    let fiche = fiche
        .riche("Document", html! { a href=(adresse) { (lu.source.phrase()) } })
        .ligne("Lue le", date_heure(lu.proposee_le, ecran.fuseau));
    html! { (Bloc::new("Ce que dit le document", fiche.render()).icone(Icone::FileText)) }
}

fn formulaire(ecran: &Ecran<'_>, base: &str) -> Markup {
    let (lu, champs, erreurs) = (ecran.lu, ecran.champs, ecran.erreurs);
    let action = format!("{base}/{}", lu.id);
    let famille = lu.ligne.famille;
    let texte =
        |nom: &str, libelle: &str| Texte::new(nom, libelle).valeur(champs.texte(nom)).erreur(erreurs.de(nom)).completion("off");
    html! {
        @if matches!(lu.etat, Etat::Connue { .. }) { p { (puce_etat(&lu.etat)) } }
        @if let Some(jour) = ecran.confirmer {
            (Alerte::new(NatureAlerte::Attention, "Le dossier dit : aucune allergie connue.")
                .texte(format!("C'était vérifié le {}. Si vous acceptez cette allergie, le dossier dira « allergie connue ».", date_courte(jour))))
        }
        form class="formulaire" method="post" action=(action) {
            (cache("version", &lu.version.to_string())) (cache("corrige", "oui"))
            @if lu.ligne.mesure.is_none() {
                (texte("libelle", famille.libelle()).requis().maximum(300))
                (texte("detail", nom_du_detail(famille)).maximum(1000))
                (texte("debut", "Depuis, ou le").court().aide("2021, 03/2021 ou 15/03/2021"))
                (ZoneTexte::new("precision", "Précision").valeur(champs.texte("precision")).erreur(erreurs.de("precision")).maximum(2000))
            } @else {
                (cache("libelle", &lu.ligne.libelle)) (cache("detail", &lu.ligne.detail)) (cache("precision", &lu.ligne.precision))
                p { (lu.ligne.phrase()) }
            }
            @if famille.est_traitement() {
                (remplace(ecran))
                (Case::new("a_risque", "À dire en premier au 15 : anticoagulant, insuline, morphinique…").cochee(champs.coche("a_risque")))
            }
            @if ecran.confirmer.is_some() { (cache("confirme", "oui")) }
            @let prendre = if ecran.confirmer.is_some() { "Accepter l'allergie quand même" } else { "Accepter" };
            (boutons(&html! {
                @if ecran.droits.peut(&lu.ligne) { (Bouton::envoyer(prendre).principal().valeur("geste", "accepter")) }
                (Bouton::lien("Revenir", base).discret())
            }))
        }
        (autrement(ecran, &action))
    }
}

/// Which treatment of the record the line replaces or stops.
fn remplace(ecran: &Ecran<'_>) -> Markup {
    let vivants: Vec<&Stored<Element>> =
        ecran.elements.iter().filter(|lu| lu.nature == Nature::Traitement && lu.en_vigueur()).collect();
    let choix = vivants.iter().map(|lu| (format!("{}:{}", lu.id, lu.version), lu.phrase()));
    let propose = pareil(&ecran.lu.ligne, &vivants).map(|lu| format!("{}:{}", lu.id, lu.version)).unwrap_or_default();
    let valeur = match ecran.champs.texte("avant") {
        "" => propose,
        dite => dite.to_owned(),
    };
    html! {
        (Liste::new("avant", "Traitement du dossier qu'elle remplace ou arrête")
            .choix(std::iter::once((String::new(), "Aucun".to_owned())).chain(choix)).valeur(valeur).sans_mention())
    }
}

/// The other things a person may say of the line.
fn autrement(ecran: &Ecran<'_>, action: &str) -> Markup {
    let version = ecran.lu.version.to_string();
    html! {
        form class="formulaire" method="post" action=(action) {
            (cache("version", &version))
            (Texte::new("motif", "Motif pour écarter").maximum(240).completion("off"))
            (boutons(&html! {
                (Bouton::envoyer("Écarter la ligne").valeur("geste", "ecarter"))
                @if ecran.lu.attend() { (Bouton::envoyer("Le dossier le dit déjà").discret().valeur("geste", "connue")) }
            }))
        }
    }
}

fn decidee(ecran: &Ecran<'_>, base: &str) -> Markup {
    let lu = ecran.lu;
    let entree = match &lu.etat {
        Etat::Acceptee { entree, .. } | Etat::Connue { entree, .. } => *entree,
        _ => None,
    };
    let adresse =
        entree.filter(|_| lu.ligne.famille.nature().is_some()).map(|id| format!("/residents/{}/medical/{id}", lu.usager));
    let quand = match &lu.etat {
        Etat::Acceptee { le, .. } | Etat::Ecartee { le, .. } | Etat::Retiree { le, .. } => Some(date_heure(*le, ecran.fuseau)),
        _ => None,
    };
    let corps = html! {
        p { (puce_etat(&lu.etat)) }
        @if let Some(quand) = quand { p { "Le " (quand) "." } }
        @if let Some(adresse) = adresse { p { a href=(adresse) { "Voir dans le dossier médical" } } }
        @if ecran.droits.traiter && matches!(lu.etat, Etat::Ecartee { .. }) {
            form method="post" action=(format!("{base}/{}", lu.id)) {
                (cache("version", &lu.version.to_string()))
                (Bouton::envoyer("Remettre à traiter").valeur("geste", "revoir"))
            }
        }
    };
    html! { (Bloc::new(format!("Ligne {}", etat_en_mots(&lu.etat)), corps)) }
}
