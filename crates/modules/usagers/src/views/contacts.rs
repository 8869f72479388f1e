//! Who surrounds the person.

use jiff::tz::TimeZone;
use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{CasesACocher, Date, Liste, Radios, Texte, ZoneTexte, cache, cote_a_cote};
use ui::liste::Fiche as FicheUi;
use ui::puces::{Etat, Puce, puces};
use ui::vide::vide_depart;
use uuid::Uuid;

use super::jour;
use crate::{Contact, Entourage, MesureProtection, RoleContact};

/// What the page shows.
pub(crate) struct Fiche<'a> {
    pub usager: UsagerId,
    pub lue: Option<&'a Stored<Entourage>>,
    pub auteur: String,
    pub peut: bool,
    pub fuseau: &'a TimeZone,
}

/// The page.
pub(crate) fn page(fiche: &Fiche<'_>) -> Markup {
    let base = format!("/residents/{}/contacts", fiche.usager);
    let phrase = fiche.lue.map(|lue| format!("Écrit par {}, {}", fiche.auteur, jour(lue.recorded, fiche.fuseau)));
    let contacts = fiche.lue.map(|lue| lue.contacts.as_slice()).unwrap_or_default();
    let ajouter = Bouton::lien("Ajouter un contact", format!("{base}/nouveau")).principal().icone(Icone::UserPlus);
    let principal = html! {
        @if contacts.is_empty() { (vide_depart(Icone::Users, "Aucun contact noté. Commencez par la personne à prévenir.", fiche.peut.then_some(&ajouter))) }
        @for (rang, contact) in contacts.iter().enumerate() { (carte(fiche, &base, rang, contact)) }
    };
    let cote = html! { (mesure(fiche, &base)) };
    html! {
        (EntetePage::new("Entourage").phrase(phrase.unwrap_or_default()).actions(html! { @if fiche.peut && !contacts.is_empty() { (ajouter) } }))
        (deux_volets(&principal, &cote))
    }
}

fn carte(fiche: &Fiche<'_>, base: &str, rang: usize, contact: &Contact) -> Markup {
    let roles: Vec<Puce> = contact
        .roles
        .iter()
        .map(|role| match role {
            RoleContact::PersonneDeConfiance => Puce::new(Etat::Info, role.libelle()).icone(Icone::HandHelping),
            RoleContact::APrevenir => Puce::new(Etat::Info, role.libelle()).icone(Icone::PhoneCall),
            autre => Puce::neutre(autre.libelle()),
        })
        .collect();
    let lignes = [("Lien", &contact.lien), ("Adresse", &contact.adresse), ("Consigne", &contact.consigne)];
    let tableau = lignes
        .into_iter()
        .filter(|(_, valeur)| !valeur.is_empty())
        .fold(FicheUi::new(), |tableau, (nom, valeur)| tableau.ligne(nom, valeur.clone()));
    let corps = html! {
        (puces(&roles))
        @if !contact.telephone.is_empty() { p { a href=(format!("tel:{}", contact.telephone.replace([' ', '.'], ""))) { (kernel::numeros::telephone_lisible(&contact.telephone)) } } }
        @if !contact.courriel.is_empty() { p { a href=(format!("mailto:{}", contact.courriel)) { (contact.courriel) } } }
        (tableau)
    };
    let version = fiche.lue.map_or(0, |lue| lue.version).to_string();
    let pied = html! {
        @if fiche.peut {
            (Bouton::lien("Modifier", format!("{base}/{}", contact.id)).petit().icone(Icone::Pencil).precision(contact.nom.clone()))
            form method="post" action=(format!("{base}/{}/ordre", contact.id)) {
                (cache("version", &version))
                @if rang > 0 { (Bouton::envoyer("Appeler avant").petit().discret().icone(Icone::MoveUp).valeur("geste", "remonter").precision(contact.nom.clone())) }
                (Bouton::envoyer("Retirer").petit().discret().valeur("geste", "retirer").precision(contact.nom.clone()))
            }
        }
    };
    let bloc = Bloc::new(format!("{}. {}", rang + 1, contact.nom), corps);
    if fiche.peut { bloc.pied(pied).render() } else { bloc.render() }
}

fn mesure(fiche: &Fiche<'_>, base: &str) -> Markup {
    let entourage = fiche.lue.map(|lue| &lue.value);
    let mesure = entourage.and_then(|entourage| entourage.mesure.as_ref());
    let date = |date: Option<jiff::civil::Date>| date.map(kernel::dates::date_courte);
    let fiche_ui = match mesure {
        None => FicheUi::new().ligne("Mesure", "aucune"),
        Some(mesure) => [("Depuis", date(mesure.depuis)), ("Jusqu'au", date(mesure.jusque))].into_iter().fold(
            FicheUi::new().ligne("Mesure", mesure.libelle()).ligne("Exercée par", mesure.mandataire.clone()),
            |fiche, (nom, valeur)| match valeur {
                Some(valeur) => fiche.ligne(nom, valeur),
                None => fiche,
            },
        ),
    };
    let directives = entourage.map_or("question non abordée", Entourage::directives_libelle);
    let bloc = Bloc::new("Protection et directives", html! { (fiche_ui.ligne("Directives anticipées", directives)) })
        .icone(Icone::Scale);
    let pied = html! { (Bouton::lien("Modifier", format!("{base}/mesure")).petit().icone(Icone::Pencil).precision("la protection et les directives"))
    (Bouton::lien("Oppositions", format!("/residents/{}/oppositions", fiche.usager)).petit().discret()) };
    if fiche.peut { bloc.pied(pied).render() } else { bloc.render() }
}

/// The form of a contact.
pub(crate) fn formulaire((usager, id): (UsagerId, Uuid), nouveau: bool, champs: &Champs, erreurs: &Erreurs) -> Markup {
    let base = format!("/residents/{usager}/contacts");
    let pose = |texte: Texte, nom: &str| texte.valeur(champs.texte(nom)).erreur(erreurs.de(nom)).completion("off");
    let roles = CasesACocher::new("roles", "Rôles")
        .choix(RoleContact::TOUS.map(|(_, code, libelle)| (code, libelle)))
        .valeurs(champs.tous("roles"));
    html! {
        (EntetePage::new(if nouveau { "Nouveau contact" } else { "Modifier le contact" }).parent("Entourage", base.clone()))
        (erreurs.resume())
        form class="formulaire" method="post" action=(format!("{base}/{id}")) {
            (cache("version", champs.texte("version")))
            (pose(Texte::new("nom", "Nom et prénom"), "nom").requis().maximum(120))
            (pose(Texte::new("lien", "Lien avec la personne"), "lien").maximum(80).aide("fille aînée, neveu, voisine"))
            (roles.erreur(erreurs.de("roles")).requis())
            (cote_a_cote(&html! {
                (pose(Texte::telephone("telephone", "Téléphone"), "telephone").maximum(30))
                (pose(Texte::courriel("courriel", "Adresse électronique"), "courriel").maximum(120))
            }))
            (pose(Texte::new("adresse", "Adresse"), "adresse").maximum(240))
            (ZoneTexte::new("consigne", "Consigne").valeur(champs.texte("consigne")).erreur(erreurs.de("consigne")).maximum(240).aide("Quand appeler, quoi dire : « pas la nuit sauf urgence »."))
            (boutons(&html! { (Bouton::envoyer("Enregistrer le contact").principal()) (Bouton::lien("Annuler", base.clone()).discret()) }))
        }
    }
}

/// The form of the protection measure and of the directives.
pub(crate) fn formulaire_mesure(usager: UsagerId, champs: &Champs, erreurs: &Erreurs) -> Markup {
    let base = format!("/residents/{usager}/contacts");
    html! {
        (EntetePage::new("Protection et directives").parent("Entourage", base.clone()))
        (erreurs.resume())
        form class="formulaire" method="post" action=(format!("{base}/mesure")) {
            (cache("version", champs.texte("version")))
            (Liste::new("nature", "Mesure de protection").invite("Aucune").choix(MesureProtection::NATURES.into_iter().take(6)).valeur(champs.texte("nature")).erreur(erreurs.de("nature")))
            (Texte::new("mandataire", "Exercée par").valeur(champs.texte("mandataire")).erreur(erreurs.de("mandataire")).maximum(160).completion("off"))
            (cote_a_cote(&html! {
                (Date::new("depuis", "Depuis le").valeur(champs.texte("depuis")).erreur(erreurs.de("depuis")))
                (Date::new("jusque", "Jusqu'au").valeur(champs.texte("jusque")).erreur(erreurs.de("jusque")))
            }))
            (Radios::new("directives", "Directives anticipées").choix([("oui", "Rédigées"), ("non", "La personne ne souhaite pas en rédiger"), ("inconnu", "Question non abordée")])
                .valeur(champs.texte("directives")).erreur(erreurs.de("directives")).requis())
            (boutons(&html! { (Bouton::envoyer("Enregistrer").principal()) (Bouton::lien("Annuler", base.clone()).discret()) }))
        }
    }
}
