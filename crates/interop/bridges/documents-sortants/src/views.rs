//! The list of documents one may write; a form, what it lacks, its preview.

use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::acces::Categorie;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, pile};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Case, Date, Heure, Liste, Texte, ZoneTexte, cache, cote_a_cote, groupe_cadre};
use ui::liste::{self, Ligne};

use crate::volets::{Champ, Groupe, Manque, Sorte, Volet};

/// The documents one may sign.
pub(crate) fn liste(usager: UsagerId, signables: &[Volet]) -> Markup {
    let base = format!("/residents/{usager}");
    let dlu = Ligne::new("Document de liaison d'urgence (DLU)")
        .detail("Ce qu'une équipe d'urgence doit savoir de la personne. À relire, puis à signer.")
        .lien(format!("{base}/dlu"))
        .icone(Icone::FileText);
    let autres = signables.iter().map(|volet| {
        Ligne::new(volet.libelle())
            .detail(volet.usage())
            .lien(format!("{base}/redaction/{}", volet.code()))
            .icone(Icone::FileText)
    });
    let lignes: Vec<Ligne> = [dlu].into_iter().chain(autres).collect();
    html! {
        (EntetePage::new("Nouveau document").parent("Documents", format!("{base}/documents"))
            .phrase("Chaque document est prérempli avec ce que le dossier dit. Rien ne part sans vous : vous relisez, vous signez, puis vous envoyez."))
        (Bloc::new("Ce que vous pouvez signer", liste::liste(&lignes)).icone(Icone::FileCheck))
        p { a href=(format!("{base}/documents/deposer")) { "Déposer un fichier existant" } }
    }
}

/// The document as it would be signed.
pub(crate) enum Apercu {
    /// Something required is not there yet.
    PasEncore,
    /// It cannot be written, and why.
    Impossible(String),
    /// As it reads.
    Lisible(Markup),
}

/// What the page of a document is drawn from.
pub(crate) struct Formulaire<'a> {
    pub(crate) usager: UsagerId,
    pub(crate) volet: Volet,
    pub(crate) saisie: &'a Champs,
    pub(crate) erreurs: &'a Erreurs,
    pub(crate) manques: &'a [Manque],
    /// Families of data the person does not let the writer see.
    pub(crate) refuses: &'a [&'static str],
    /// True for a family of data whose page the writer may open.
    pub(crate) ouvre: &'a dyn Fn(Categorie) -> bool,
    pub(crate) apercu: &'a Apercu,
}

/// The page of a document.
pub(crate) fn formulaire(page: &Formulaire<'_>) -> Markup {
    let base = format!("/residents/{}", page.usager);
    html! {
        (EntetePage::new(page.volet.libelle()).parent("Nouveau document", format!("{base}/redaction")).phrase(page.volet.usage()))
        (page.erreurs.resume())
        (pile(&html! {
            @if !page.refuses.is_empty() {
                (Alerte::new(Nature::Attention, "Une partie du dossier n'y figure pas.").texte(format!("La personne s'oppose à la lecture de : {}.", page.refuses.join(", "))))
            }
            @if !page.manques.is_empty() { (manques(page, &base)) }
            (Bloc::new("À remplir", champs(page, &base)).icone(Icone::Pencil))
            (Bloc::new("Aperçu", apercu(page.apercu)).id("apercu").icone(Icone::Eye))
        }))
    }
}

fn manques(page: &Formulaire<'_>, base: &str) -> Markup {
    let lignes = html! {
        ul { @for manque in page.manques { li {
            @if (page.ouvre)(manque.famille) { a href=(format!("{base}/{}", manque.ou)) { (manque.quoi) } } @else { (manque.quoi) }
        } } }
    };
    Alerte::new(Nature::Attention, "Le dossier ne dit pas :").corps(lignes).render()
}

fn champs(page: &Formulaire<'_>, base: &str) -> Markup {
    html! {
        form class="formulaire" method="post" action=(format!("{base}/redaction/{}", page.volet.code())) {
            (cache("id", page.saisie.texte("id")))
            @for groupe in page.volet.groupes() { (un_groupe(page, groupe)) }
            @if page.volet.avec_dlu() {
                (Case::new("avec_dlu", "Signer aussi le DLU du jour").cochee(page.saisie.coche("avec_dlu")))
            }
            (boutons(&html! {
                (Bouton::envoyer("Voir l'aperçu").icone(Icone::Eye).valeur("geste", "apercu"))
                (Bouton::envoyer("Signer et verser au dossier").icone(Icone::FileCheck).valeur("geste", "signer"))
                (Bouton::envoyer("Signer, puis envoyer…").principal().icone(Icone::Send).valeur("geste", "envoyer"))
            }))
        }
    }
}

/// Short fields stand side by side, long ones take the width.
fn un_groupe(page: &Formulaire<'_>, groupe: &Groupe) -> Markup {
    let mut morceaux: Vec<Markup> = Vec::new();
    let mut courts: Vec<Markup> = Vec::new();
    let vider = |courts: &mut Vec<Markup>, morceaux: &mut Vec<Markup>| {
        if !courts.is_empty() {
            let ensemble = std::mem::take(courts);
            morceaux.push(cote_a_cote(&html! { @for un in ensemble { (un) } }));
        }
    };
    for champ in groupe.champs {
        if matches!(champ.sorte, Sorte::Zone(_)) {
            vider(&mut courts, &mut morceaux);
            morceaux.push(un_champ(page, champ));
        } else {
            courts.push(un_champ(page, champ));
        }
    }
    vider(&mut courts, &mut morceaux);
    groupe_cadre(groupe.titre, &html! { @for morceau in morceaux { (morceau) } })
}

/// Draws a builder with what all fields share.
macro_rules! poser {
    ($champ:expr, $page:expr, $controle:expr) => {{
        let mut controle = $controle.valeur($page.saisie.texte($champ.nom)).erreur($page.erreurs.de($champ.nom));
        if !$champ.requis.is_empty() {
            controle = controle.requis();
        }
        if !$champ.aide.is_empty() {
            controle = controle.aide($champ.aide);
        }
        controle.render()
    }};
}

fn un_champ(page: &Formulaire<'_>, champ: &Champ) -> Markup {
    match champ.sorte {
        Sorte::Ligne(max) => poser!(champ, page, Texte::new(champ.nom, champ.libelle).maximum(max.into()).completion("off")),
        Sorte::Zone(max) => poser!(champ, page, ZoneTexte::new(champ.nom, champ.libelle).maximum(max.into())),
        Sorte::Jour => poser!(champ, page, Date::new(champ.nom, champ.libelle)),
        Sorte::Heure => poser!(champ, page, Heure::new(champ.nom, champ.libelle)),
        Sorte::Choix(connus) => poser!(champ, page, Liste::new(champ.nom, champ.libelle).choix(connus.iter().copied())),
        Sorte::OuiNon => {
            let reponses = [("", "Non renseigné"), ("oui", "Oui"), ("non", "Non")];
            poser!(champ, page, Liste::new(champ.nom, champ.libelle).choix(reponses))
        }
    }
}

fn apercu(apercu: &Apercu) -> Markup {
    match apercu {
        Apercu::PasEncore => html! { p { "L'aperçu s'affiche quand les champs obligatoires sont remplis." } },
        Apercu::Impossible(pourquoi) => Alerte::new(Nature::Danger, pourquoi.clone()).render(),
        Apercu::Lisible(corps) => corps.clone(),
    }
}
