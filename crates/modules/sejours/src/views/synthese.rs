//! The synthesis of a record: the person before the patient.

use jiff::Timestamp;
use maud::{Markup, html};
use platform::acces::{Categorie, DossierOuvert, Droit};
use platform::store::Stored;
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons_collants};
use ui::frise::{Fait, frise};
use ui::impression::bouton_imprimer;
use ui::liste::Fiche;
use ui::vide::vide_depart;
use usagers::{Alertes, Contact, Entourage, Habitudes, RoleContact};

use crate::model::{Mouvement, NatureMouvement};
use crate::pages::Voisins;
use crate::residents::Resident;

/// A record with the name of who wrote it last.
#[derive(Debug)]
pub(crate) struct Piece<E> {
    pub stored: Option<Stored<E>>,
    pub auteur: String,
}

/// What the synthesis shows; `None`: the reader may not know.
#[derive(Debug)]
pub(crate) struct Synthese {
    pub vie: Option<Piece<Habitudes>>,
    pub alertes: Option<Piece<Alertes>>,
    pub entourage: Option<Piece<Entourage>>,
    pub mouvements: Vec<Stored<Mouvement>>,
    pub principal: Vec<Markup>,
    pub cote: Vec<Markup>,
}

/// Draws the page under the banner.
pub(crate) fn dessiner<D: Droit>(
    dossier: &DossierOuvert<D>,
    resident: &Resident,
    lue: &Synthese,
    onglets: &Markup,
    actions: &Markup,
) -> Markup {
    let base = format!("/residents/{}", dossier.usager());
    let principal = html! {
        @if let Some(vie) = &lue.vie { (ce_qui_compte(dossier, resident, vie, &base)) }
        @if let Some(alertes) = &lue.alertes { (a_savoir(dossier, alertes, lue.vie.as_ref(), &base)) }
        @for bloc in &lue.principal { (bloc) }
    };
    let cote = html! {
        @for bloc in &lue.cote { (bloc) }
        @if let Some(entourage) = &lue.entourage { (contacts(dossier, entourage, &base)) }
        (parcours(lue, &base))
    };
    html! {
        (onglets)
        (EntetePage::new("Synthèse").actions(bouton_imprimer()))
        (deux_volets(&principal, &cote))
        (actions)
    }
}

/// Buttons to the previous and the next person in walking order.
pub(crate) fn voisinage(voisins: &Voisins) -> Markup {
    let bouton = |vers: &Option<(kernel::id::UsagerId, String)>, mot: &str, icone, touche| {
        vers.as_ref().map(|(usager, chambre)| {
            let libelle = if chambre.is_empty() { "sans chambre".to_owned() } else { format!("ch.\u{a0}{chambre}") };
            let bouton = Bouton::lien(libelle, format!("/residents/{usager}"));
            bouton.petit().discret().icone(icone).precision(mot.to_owned()).touche(touche)
        })
    };
    html! {
        @if let Some(avant) = bouton(&voisins.avant, "personne précédente", Icone::ChevronLeft, "[") { (avant) }
        @if let Some(apres) = bouton(&voisins.apres, "personne suivante", Icone::ChevronRight, "]") { (apres) }
    }
}

/// The acts done most from the record, at the bottom of the screen.
pub(crate) fn actions<D: Droit>(dossier: &DossierOuvert<D>) -> Markup {
    let usager = dossier.usager();
    let transmission = dossier.peut_ecrire(Categorie::Transmissions);
    let constante = dossier.peut_ecrire(Categorie::Constantes);
    let mouvement = dossier.peut_ecrire(Categorie::Presence);
    html! {
        @if transmission || constante || mouvement {
            (boutons_collants(&html! {
                @if transmission { (Bouton::lien("Transmission", format!("/transmissions/nouvelle?resident={usager}")).principal().icone(Icone::MessageSquare)) }
                @if constante { (Bouton::lien("Constantes", format!("/residents/{usager}/constantes")).icone(Icone::Activity)) }
                @if mouvement { (Bouton::lien("Mouvement", format!("/residents/{usager}/sejour")).icone(Icone::ArrowLeftRight)) }
            }))
        }
    }
}

/// A block of another module could not be read: the rest of the page stays.
pub(crate) fn bloc_en_panne() -> Markup {
    html! { (Alerte::new(Nature::Attention, "Un bloc de cette page n'a pas pu être lu.").texte("Le reste du dossier est à jour. Rechargez la page pour réessayer.")) }
}

fn signature<E>(piece: &Piece<E>) -> Markup {
    html! { @if let Some(stored) = &piece.stored { "par " (piece.auteur) ", " (quand(stored.recorded)) } }
}

fn quand(instant: Timestamp) -> String {
    kernel::dates::date_courte(kernel::dates::jour_local(instant, &kernel::clock::fuseau_par_defaut()))
}

fn ce_qui_compte<D: Droit>(dossier: &DossierOuvert<D>, resident: &Resident, piece: &Piece<Habitudes>, base: &str) -> Markup {
    let pronom = if resident.usager.civilite == usagers::Civilite::Monsieur { "lui" } else { "elle" };
    let titre = format!("Ce qui compte pour {pronom}");
    let peut = dossier.peut_ecrire(Categorie::Vie);
    let adresse = format!("{base}/vie");
    let Some(stored) = piece.stored.as_ref().filter(|stored| !stored.contenu.est_vide()) else {
        let phrase = format!("Rien n'est encore noté de ce qui compte pour {}.", resident.usager.nom_parle());
        let action = Bouton::lien("Écrire le premier mot", format!("{adresse}/modifier"));
        return Bloc::new(titre, vide_depart(Icone::Heart, &phrase, peut.then_some(&action)))
            .calme()
            .icone(Icone::Heart)
            .render();
    };
    let vie = &stored.contenu;
    let corps = html! {
        @if !vie.parole.is_empty() { blockquote { p { "« " (vie.parole) " »" } } }
        @if !vie.habitudes.is_empty() { ul { @for habitude in vie.habitudes.iter().take(5) { li { (habitude) } } } }
        @if !vie.histoire.is_empty() { p { (vie.histoire) } }
    };
    let pied = html! { (Bouton::lien("Tout lire", adresse.clone()).petit().discret()) @if peut { (Bouton::lien("Modifier", format!("{adresse}/modifier")).petit().icone(Icone::Pencil)) } };
    Bloc::new(titre, corps).icone(Icone::Heart).mention(signature(piece)).pied(pied).render()
}

fn a_savoir<D: Droit>(dossier: &DossierOuvert<D>, piece: &Piece<Alertes>, vie: Option<&Piece<Habitudes>>, base: &str) -> Markup {
    let a_savoir = vie.and_then(|vie| vie.stored.as_ref()).map(|stored| stored.contenu.a_savoir.as_slice()).unwrap_or_default();
    let fiche = piece.stored.as_ref().map(|stored| {
        let alertes = &stored.value;
        [
            ("Transfert", &alertes.transfert),
            ("Texture", &alertes.texture),
            ("Boissons", &alertes.boisson),
            ("Régime", &alertes.regime),
        ]
        .into_iter()
        .filter(|(_, valeur)| !valeur.is_empty())
        .fold(Fiche::new(), |fiche, (nom, valeur)| fiche.ligne(nom, valeur.clone()))
    });
    let corps = html! {
        @if let Some(fiche) = &fiche { (fiche) }
        @if !a_savoir.is_empty() { ul { @for phrase in a_savoir { li { (phrase) } } } }
        @if fiche.is_none() && a_savoir.is_empty() { p class="secondaire" { "Rien de particulier n'est noté." } }
    };
    let mot = if dossier.peut_ecrire(Categorie::Alertes) { "Allergies, textures, alertes" } else { "Voir les alertes" };
    let pied = html! { (Bouton::lien(mot, format!("{base}/alertes")).petit().discret()) };
    Bloc::new("À savoir pour les soins", corps).icone(Icone::Info).mention(signature(piece)).pied(pied).render()
}

fn contacts<D: Droit>(dossier: &DossierOuvert<D>, piece: &Piece<Entourage>, base: &str) -> Markup {
    let peut = dossier.peut_ecrire(Categorie::Administratif);
    let adresse = format!("{base}/contacts");
    let Some(entourage) = piece.stored.as_ref().map(|stored| &stored.value) else {
        let action = Bouton::lien("Ajouter un contact", adresse);
        let phrase = "Aucun contact n'est encore noté.";
        return Bloc::new("Contacts essentiels", vide_depart(Icone::Users, phrase, peut.then_some(&action))).calme().render();
    };
    let essentiels = entourage.contacts.iter().filter(|contact| {
        contact
            .roles
            .iter()
            .any(|role| matches!(role, RoleContact::PersonneDeConfiance | RoleContact::APrevenir | RoleContact::Mandataire))
    });
    let corps = html! {
        ul { @for contact in essentiels.take(4) { li { (contact_court(contact)) } } }
        @if let Some(mesure) = &entourage.mesure { p { "Protection : " (mesure.libelle()) @if !mesure.mandataire.is_empty() { ", " (mesure.mandataire) } } }
        p { "Directives anticipées : " (entourage.directives_libelle()) }
    };
    let pied = html! { (Bouton::lien("Tous les contacts", adresse).petit().discret()) };
    Bloc::new("Contacts essentiels", corps).icone(Icone::Phone).pied(pied).render()
}

fn contact_court(contact: &Contact) -> Markup {
    html! {
        strong { (contact.nom) } @if !contact.lien.is_empty() { ", " (contact.lien) }
        @for role in contact.roles.iter().filter(|role| **role != RoleContact::Proche) { br; span class="secondaire" { (role.libelle()) } }
        @if !contact.telephone.is_empty() { br; a href=(format!("tel:{}", contact.telephone.replace([' ', '.'], ""))) { (kernel::numeros::telephone_lisible(&contact.telephone)) } }
    }
}

fn parcours(lue: &Synthese, base: &str) -> Markup {
    let faits: Vec<Fait> =
        lue.mouvements.iter().filter(|mouvement| mouvement.annule.is_none()).map(|mouvement| fait(mouvement)).collect();
    let pied = html! { (Bouton::lien("Tout le séjour", format!("{base}/sejour")).petit().discret()) };
    Bloc::new("Parcours", frise(&faits)).icone(Icone::Route).pied(pied).render()
}

/// A movement on the life line.
pub(crate) fn fait(mouvement: &Mouvement) -> Fait {
    let titre = match (mouvement.nature, mouvement.vers.as_str()) {
        (nature, "") => nature.libelle().to_owned(),
        (nature @ (NatureMouvement::Admission | NatureMouvement::ChangementChambre), vers) => {
            format!("{}, ch.\u{a0}{vers}", nature.libelle())
        }
        (nature, vers) => format!("{}, {vers}", nature.libelle()),
    };
    let fait = Fait::new(quand(mouvement.le), titre);
    match mouvement.nature {
        NatureMouvement::Admission | NatureMouvement::RetourHospitalisation => fait.jalon(),
        NatureMouvement::Hospitalisation => fait.danger(),
        _ => fait,
    }
}
