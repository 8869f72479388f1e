//! `/admin/journal`: the signed heads of the journal, the public key, how to verify without the server.

use maud::{Markup, html};
use platform::acces::{Acces, VerificationJournal};
use platform::prelude::{Answer, Chemin, Erreur, Resultat, Stored};
use platform::store::Checkpoint;
use platform::web::page;
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::Bouton;
use ui::liste::Fiche;
use ui::tableau::Tableau;
use ui::vide::vide_depart;

use crate::export::hexadecimal;
use crate::rights::LireJournal;

/// Heads shown.
const TETES: i64 = 50;

fn derniere(acces: &Acces<LireJournal>, verifications: &[Stored<VerificationJournal>]) -> Markup {
    let fuseau = &acces.services().fuseau;
    let resultat = match verifications.first() {
        None => html! { (Alerte::new(Nature::Info, "Le journal n'a pas encore été vérifié depuis cette page.")) },
        Some(une) if une.ecarts.is_empty() => html! {
            (Alerte::new(Nature::Succes, format!("Journal intact le {}.", kernel::dates::date_heure(une.le, fuseau)))
                .texte(format!("{} lignes, {} têtes signées, {} versions d'enregistrements et {} documents comparés : aucun écart.", une.lignes, une.tetes, une.enregistrements, une.documents)))
        },
        Some(une) => html! {
            (Alerte::new(Nature::Danger, format!("{} écarts trouvés le {}.", une.ecarts.len(), kernel::dates::date_heure(une.le, fuseau)))
                .texte("Gardez la base en l'état, prévenez le délégué à la protection des données et l'hébergeur.")
                .corps(html! { ul { @for ecart in une.ecarts.iter().take(20) { li { (ecart) } } } }))
        },
    };
    let attente = verifications.first().map_or(0, |une| une.en_attente);
    html! {
        (resultat)
        @if attente > 0 {
            (Alerte::new(Nature::Attention, format!("{attente} lignes du journal attendent leur place."))
                .texte("Une transaction plus ancienne est en cours sur le serveur PostgreSQL : aucune tête signée ne les couvre encore. Vérifiez de nouveau dans un moment ; si cela dure, prévenez l'hébergeur, à qui la commande grappe verify-journal nomme cette transaction."))
        }
        form method="post" action="/admin/journal/verification" { (Bouton::envoyer("Vérifier maintenant").icone(Icone::ShieldCheck)) }
        p class="secondaire" { "La vérification relit toute la base : de quelques secondes à quelques minutes." }
    }
}

fn liste_tetes(acces: &Acces<LireJournal>, tetes: &[Checkpoint]) -> Markup {
    let mut tableau = Tableau::new("Liste des têtes signées")
        .legende_cachee()
        .dense()
        .colonne("Signée le")
        .colonne_nombre("Lignes")
        .colonne("Racine")
        .colonne("Note")
        .si_vide(vide_depart(
            Icone::Fingerprint,
            "Aucune tête signée. La première vient dans la minute qui suit le démarrage du service.",
            None,
        ));
    for tete in tetes {
        tableau = tableau.ligne([
            html! { (kernel::dates::date_heure(tete.at, &acces.services().fuseau)) },
            html! { (tete.size) },
            html! { code { (hexadecimal(&tete.root[..8])) "…" } },
            html! { (Bouton::lien("Télécharger", format!("/admin/journal/tetes/{}", tete.size)).petit().icone(Icone::Download).precision(format!("la note de {} lignes", tete.size))) },
        ]);
    }
    html! { (tableau) }
}

fn explication(cle: Option<&str>) -> Markup {
    html! {
        p { "Chaque minute, Grappe signe la tête du journal et la copie hors de la base. Une seule tête gardée ailleurs suffit à prouver qu'aucune ligne n'a été changée, retirée, ajoutée ou déplacée depuis." }
        @match cle {
            Some(cle) => { (Fiche::new().riche("Clé publique (Ed25519, base64)", html! { code { (cle) } })) p { (Bouton::lien("Télécharger la clé publique", "/admin/journal/cle").petit().icone(Icone::Key)) } },
            None => p { "La clé publique s'affiche dès la première tête signée." },
        }
        ol {
            li { "Gardez la clé publique et une note signée sur un support que l'hébergeur ne peut pas modifier." }
            li { "Copiez la base sur un poste hors réseau." }
            li { "Lancez la commande " code { "grappe verify-journal --cle cle-journal.pub journal-000000001234.note" } "." }
            li { "La commande relit toutes les lignes, tous les enregistrements et tous les documents, et nomme chaque écart." }
        }
        p class="secondaire" { "Format : note signée C2SP tlog-checkpoint, arbre de Merkle RFC 6962." }
    }
}

pub(crate) async fn registre(acces: Acces<LireJournal>) -> Resultat<Answer> {
    let tetes = acces.tetes(TETES).await?;
    let verifications = acces.verifications(1).await?;
    let contenu = html! {
        (EntetePage::new("Journal signé").phrase("La preuve que le journal n'a pas été modifié"))
        (deux_volets(
            &html! { (Bloc::new("Dernière vérification", derniere(&acces, &verifications)).icone(Icone::ShieldCheck)) (Bloc::new("Têtes signées", liste_tetes(&acces, &tetes)).icone(Icone::Fingerprint)) },
            &Bloc::new("Vérifier sans le serveur", explication(acces.services().cle_journal().as_deref())).icone(Icone::Key).render(),
        ))
    };
    Ok(Answer::html(page(&acces, "Journal signé", "/admin/journal").contenu(contenu).render()))
}

pub(crate) async fn verifier(acces: Acces<LireJournal>) -> Resultat<Answer> {
    let resultat = acces.verifier_journal().await?;
    let dit = if resultat.ecarts.is_empty() {
        "Vérification terminée : le journal est intact."
    } else {
        "Vérification terminée : des écarts ont été trouvés."
    };
    Ok(Answer::vers("/admin/journal").dit(dit))
}

pub(crate) async fn cle(acces: Acces<LireJournal>) -> Resultat<Answer> {
    let cle = acces.services().cle_journal().ok_or(Erreur::Introuvable)?;
    Ok(Answer::fichier(cle.into_bytes(), "text/plain; charset=utf-8", "cle-journal.pub", false))
}

pub(crate) async fn tete(acces: Acces<LireJournal>, Chemin(taille): Chemin<u64>) -> Resultat<Answer> {
    let tetes = acces.tetes(10_000).await?;
    let tete = tetes.into_iter().find(|tete| tete.size == taille).ok_or(Erreur::Introuvable)?;
    Ok(Answer::fichier(tete.note.into_bytes(), "text/plain; charset=utf-8", &format!("journal-{taille:012}.note"), false))
}
