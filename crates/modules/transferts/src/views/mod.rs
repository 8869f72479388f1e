//! Functions to HTML.

use maud::{Markup, html};
use ui::liste::Fiche;
use usagers::Identification;

pub(crate) mod arrivee;
pub(crate) mod bloc;
pub(crate) mod depart;
pub(crate) mod liste;

use crate::familles::{Comptes, Contenu, Famille};
use crate::model::{ACCORDS, Demande, MOTIFS, mots};

/// Who the person is: traits a human compares.
fn identite(identification: &Identification) -> Fiche {
    let traits = identification.identite.traits();
    let ins = match (identification.identite.ins(), identification.identite.statut()) {
        (Some(_), kernel::ins::StatutIdentite::Qualifiee) => {
            "qualifiée dans l'établissement d'origine ; pièce d'identité à vérifier ici"
        }
        (Some(_), _) => "récupérée",
        (None, _) => "aucune",
    };
    let lieu = traits.lieu_naissance();
    Fiche::new()
        .ligne("Nom de naissance", traits.nom_naissance())
        .ligne("Prénoms", traits.prenoms_naissance())
        .ligne("Naissance", traits.date_naissance().to_string())
        .ligne("Sexe", traits.sexe().libelle())
        .ligne("Lieu de naissance", if lieu.est_inconnu() { "inconnu".to_owned() } else { lieu.code().to_owned() })
        .ligne("INS", ins)
}

/// What is asked.
fn demande(demande: &Demande) -> Fiche {
    let fiche = Fiche::new()
        .ligne("Date souhaitée", kernel::dates::date_longue(demande.prevu_le))
        .ligne("Motif", mots(&MOTIFS, &demande.motif))
        .ligne("Accord", format!("{}, le {}", mots(&ACCORDS, &demande.accord), kernel::dates::date_courte(demande.accord_le)))
        .ligne("Proposé par", demande.par.clone());
    if demande.precision.is_empty() { fiche } else { fiche.ligne("À savoir", demande.precision.clone()) }
}

/// How much of each family; the lines themselves for who may read them.
fn familles(comptes: Option<&Comptes>, detail: Option<&Contenu>) -> Markup {
    html! {
        ul class="pile" {
            @for (famille, libelle) in Famille::TOUTES {
                @let nombre = comptes.map(|comptes| comptes.de(famille));
                li {
                    strong { (libelle) } " : " (nombre.map_or_else(|| "comptés à la reprise".into(), combien))
                    @if let Some(contenu) = detail.filter(|_| nombre.is_some_and(|nombre| nombre > 0)) {
                        details { summary { "Voir" span class="lecteur" { " : " (libelle.to_lowercase()) } }
                            ul { @for ligne in contenu.lignes(famille) { li { (ligne) } } } }
                    }
                }
            }
        }
    }
}

fn combien(nombre: u32) -> String {
    match nombre {
        0 => "rien".into(),
        1 => "1 élément".into(),
        n => format!("{n} éléments"),
    }
}
