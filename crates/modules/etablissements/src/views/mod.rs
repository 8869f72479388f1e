//! What the pages of the structure show.

pub(crate) mod unites;

use kernel::id::{EtablissementId, OrganismeId};
use maud::{Markup, html};
use platform::prelude::Stored;
use platform::web::{Champs, Erreurs};
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, Chiffre, EntetePage, chiffres, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Liste, Nombre, Radios, Texte, cache, cote_a_cote};
use ui::filtres::Filtres;
use ui::liste::Fiche;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_depart;

use crate::pages::Filtre;
use crate::{Chambre, Etablissement, Genres, Organisme, Statut, Unite};

/// The tree of the grappe.
pub(crate) struct Grappe<'a> {
    pub(crate) filtre: &'a Filtre,
    pub(crate) organismes: &'a [Stored<Organisme>],
    pub(crate) tous: &'a [Stored<Etablissement>],
    pub(crate) gardes: &'a [&'a Stored<Etablissement>],
    /// The establishments the reader manages; `None`: the whole grappe.
    pub(crate) ouverts: Option<&'a [EtablissementId]>,
}

fn sigle(code: &str) -> &str {
    Genres::get(code).map_or(code, |genre| genre.sigle.as_str())
}

fn libelle_statut(statut: Statut) -> &'static str {
    Statut::TOUS.iter().find(|(connu, ..)| *connu == statut).map_or("", |(_, _, libelle)| libelle)
}

fn filtres(vue: &Grappe<'_>) -> Markup {
    let mut departements: Vec<String> =
        vue.tous.iter().map(|un| un.departement.clone()).filter(|code| !code.is_empty()).collect();
    departements.sort();
    departements.dedup();
    let genres = Genres::tous().iter().filter(|genre| vue.tous.iter().any(|un| un.genre == genre.code));
    let liste = |nom: &str, libelle: &str, choix: Vec<(String, String)>, valeur: &str| {
        Liste::new(nom, libelle).choix([(String::new(), "Tous".to_owned())]).choix(choix).valeur(valeur).sans_mention().render()
    };
    let filtre = vue.filtre;
    let pluriel = if vue.gardes.len() > 1 { "établissements" } else { "établissement" };
    Filtres::new("/admin/grappe")
        .champ(liste(
            "departement",
            "Département",
            departements.into_iter().map(|code| (code.clone(), code)).collect(),
            &filtre.departement,
        ))
        .champ(liste(
            "statut",
            "Statut",
            Statut::TOUS.iter().map(|(_, code, mot)| ((*code).to_owned(), (*mot).to_owned())).collect(),
            &filtre.statut,
        ))
        .champ(liste("genre", "Genre", genres.map(|genre| (genre.code.clone(), genre.sigle.clone())).collect(), &filtre.genre))
        .total(format!("{} {pluriel}", vue.gardes.len()))
        .render()
}

pub(crate) fn grappe(titre: &str, vue: &Grappe<'_>) -> Markup {
    let places: u32 = vue.gardes.iter().map(|un| un.capacite).sum();
    let actifs = vue.gardes.iter().filter(|un| un.actif).count();
    let peuples: Vec<&Stored<Organisme>> =
        vue.organismes.iter().filter(|organisme| vue.gardes.iter().any(|un| un.organisme.0 == organisme.id)).collect();
    let actions = html! {
        @if vue.ouverts.is_none() {
            (Bouton::lien("Créer un établissement", "/admin/etablissements/nouveau").principal().icone(Icone::Plus))
            (Bouton::lien("Créer un organisme", "/admin/organismes/nouveau").icone(Icone::Plus))
        }
    };
    html! {
        (EntetePage::new(titre).phrase("Grappe, organismes gestionnaires, établissements et services").actions(actions))
        (filtres(vue))
        (chiffres(&[
            Chiffre::new(peuples.len().to_string(), "Organismes gestionnaires"),
            Chiffre::new(vue.gardes.len().to_string(), "Établissements et services"),
            Chiffre::new(actifs.to_string(), "Utilisent Grappe"),
            Chiffre::new(places.to_string(), "Places"),
        ]))
        @if peuples.is_empty() { (vide_depart(Icone::Building2, "Aucun établissement ne correspond.", None)) }
        @for organisme in &peuples { (bloc_organisme(vue, organisme)) }
        @if vue.ouverts.is_none() {
            @let seuls: Vec<_> = vue.organismes.iter().filter(|un| !vue.tous.iter().any(|etablissement| etablissement.organisme.0 == un.id)).collect();
            @for organisme in seuls { (bloc_organisme(vue, organisme)) }
        }
    }
}

fn bloc_organisme(vue: &Grappe<'_>, organisme: &Stored<Organisme>) -> Markup {
    let mut tableau = Tableau::new(format!("Établissements de {}", organisme.nom.as_str()))
        .legende_cachee()
        .colonne("Établissement")
        .colonne("Genre")
        .colonne("FINESS")
        .colonne("Commune")
        .colonne_nombre("Places")
        .colonne("Usage")
        .si_vide(vide_depart(Icone::Building2, "Aucun établissement.", None));
    for un in vue.gardes.iter().filter(|un| un.organisme.0 == organisme.id) {
        tableau = tableau.ligne([
            html! {
                @if vue.ouverts.is_none_or(|ouverts| ouverts.contains(&EtablissementId(un.id))) {
                    a href=(format!("/admin/etablissement/{}", un.id)) { (un.nom.as_str()) }
                } @else { (un.nom.as_str()) }
            },
            html! { (sigle(&un.genre)) },
            html! { span class="nombre" { (un.finess) } },
            html! { (un.commune) },
            html! { (un.capacite) },
            html! { @if un.actif { (Puce::new(Etat::Fait, "en service")) } @else { (Puce::new(Etat::Archive, "répertorié")) } },
        ]);
    }
    let mention = html! { (libelle_statut(organisme.statut)) " · FINESS juridique " (organisme.finess) };
    let pied = html! {
        @if vue.ouverts.is_none() {
            (Bouton::lien("Modifier l'organisme", format!("/admin/organisme/{}", organisme.id)).petit().precision(organisme.nom.as_str()))
            (Bouton::lien("Ajouter un établissement", format!("/admin/etablissements/nouveau?organisme={}", organisme.id)).petit().precision(organisme.nom.as_str()))
        }
    };
    Bloc::new(organisme.nom.as_str(), html! { (tableau) }).icone(Icone::Building2).mention(mention).pied(pied).render()
}

pub(crate) fn formulaire_organisme(action: &str, nouvel: &str, champs: &Champs, erreurs: &Erreurs) -> Markup {
    html! {
        (erreurs.resume())
        form class="formulaire" method="post" action=(action) {
            (cache("id", if champs.texte("id").is_empty() { nouvel } else { champs.texte("id") }))
            (cache("version", champs.texte("version")))
            (Texte::new("nom", "Nom").valeur(champs.texte("nom")).erreur(erreurs.de("nom")).requis())
            (Texte::new("finess", "Numéro FINESS juridique").aide("Neuf caractères.").valeur(champs.texte("finess")).erreur(erreurs.de("finess")).requis().moyen())
            (Radios::new("statut", "Statut juridique").choix(Statut::TOUS.map(|(_, code, mot)| (code, mot))).valeur(champs.texte("statut")).erreur(erreurs.de("statut")).requis())
            (boutons(&html! { (Bouton::envoyer("Enregistrer").principal()) (Bouton::lien("Annuler", "/admin/grappe").discret()) }))
        }
    }
}

/// The form of an establishment.
pub(crate) struct FormulaireEtablissement<'a> {
    pub(crate) action: &'a str,
    pub(crate) nouvel: &'a str,
    pub(crate) organismes: &'a [Stored<Organisme>],
    pub(crate) champs: &'a Champs,
    pub(crate) erreurs: &'a Erreurs,
    pub(crate) conflit: Option<&'a Etablissement>,
}

/// An establishment as the fields of its form.
pub(crate) fn champs_de(lu: &Stored<Etablissement>) -> Champs {
    Champs::depuis(&[
        ("nom", lu.nom.as_str()),
        ("finess", lu.finess.as_str()),
        ("organisme", &lu.organisme.to_string()),
        ("genre", &lu.genre),
        ("adresse", &lu.adresse),
        ("commune", &lu.commune),
        ("departement", &lu.departement),
        ("telephone", &lu.telephone),
        ("acces_nuit", &lu.acces_nuit),
        ("capacite", &lu.capacite.to_string()),
        ("actif", if lu.actif { "oui" } else { "non" }),
        ("version", &lu.version.to_string()),
    ])
}

impl FormulaireEtablissement<'_> {
    fn texte(&self, nom: &str, libelle: &str) -> Texte {
        Texte::new(nom, libelle).valeur(self.champs.texte(nom)).erreur(self.erreurs.de(nom))
    }

    fn genre(&self) -> Markup {
        let choix = Genres::tous().iter().map(|genre| {
            let libelle =
                if genre.sigle == genre.libelle { genre.sigle.clone() } else { format!("{} : {}", genre.sigle, genre.libelle) };
            (genre.code.clone(), libelle)
        });
        Liste::new("genre", "Genre")
            .aide("Le genre donne les mots des écrans (résident, usager, jeune…) et les modules ouverts. Un service sans hébergement s'ouvre sans chambre.")
            .invite("Choisir")
            .choix(choix)
            .valeur(self.champs.texte("genre"))
            .erreur(self.erreurs.de("genre"))
            .requis()
            .render()
    }

    fn differences(&self) -> Markup {
        let Some(actuel) = self.conflit else { return html! {} };
        let capacite = actuel.capacite.to_string();
        let paires = [
            ("Nom", "nom", actuel.nom.as_str()),
            ("Adresse", "adresse", &actuel.adresse),
            ("Commune", "commune", &actuel.commune),
            ("Téléphone", "telephone", &actuel.telephone),
            ("Accès la nuit", "acces_nuit", &actuel.acces_nuit),
            ("Places", "capacite", &capacite),
        ];
        let corps = html! {
            ul { @for (mot, champ, valeur) in paires.iter().filter(|(_, champ, valeur)| self.champs.texte(champ) != *valeur) {
                li { (mot) " : enregistré « " (valeur) " », saisi « " (self.champs.texte(champ)) " »." }
            } }
        };
        Alerte::new(Nature::Attention, "Quelqu'un d'autre a modifié cette fiche entre-temps. Votre saisie est gardée ci-dessous.")
            .corps(corps)
            .actions(html! { (Bouton::lien("Repartir de la fiche à jour", format!("{}/modifier", self.action)).petit()) })
            .annonce()
            .render()
    }

    pub(crate) fn render(&self) -> Markup {
        let organismes = self.organismes.iter().map(|un| (OrganismeId(un.id).to_string(), un.nom.as_str().to_owned()));
        let id = if self.champs.texte("id").is_empty() { self.nouvel } else { self.champs.texte("id") };
        html! {
            (self.differences()) (self.erreurs.resume())
            form class="formulaire" method="post" action=(self.action) {
                (cache("id", id)) (cache("version", self.champs.texte("version")))
                (self.texte("nom", "Nom").requis())
                (self.genre())
                (Liste::new("organisme", "Organisme gestionnaire").invite("Choisir").choix(organismes).valeur(self.champs.texte("organisme")).erreur(self.erreurs.de("organisme")).requis())
                (self.texte("finess", "Numéro FINESS géographique").aide("Neuf caractères.").requis().moyen())
                (self.texte("adresse", "Adresse"))
                (cote_a_cote(&html! { (self.texte("commune", "Code postal et commune")) (self.texte("departement", "Département").court()) }))
                (self.texte("telephone", "Téléphone").moyen())
                (self.texte("acces_nuit", "Accès des secours la nuit").aide("Portail, digicode, porte : lu sur la fiche d'appel au 15."))
                (Nombre::new("capacite", "Places").valeur(self.champs.texte("capacite")).erreur(self.erreurs.de("capacite")))
                (Radios::new("actif", "Utilise Grappe").choix([("oui", "Oui"), ("non", "Non, répertorié seulement")]).valeur(self.champs.texte("actif")).requis())
                (boutons(&html! { (Bouton::envoyer("Enregistrer").principal()) (Bouton::lien("Annuler", "/admin/grappe").discret()) }))
            }
        }
    }
}

pub(crate) fn fiche(
    lu: &Etablissement,
    organisme: Option<&Stored<Organisme>>,
    unites: &[Stored<Unite>],
    chambres: &[Stored<Chambre>],
    histoire: &[(String, String)],
) -> Markup {
    let genre = Genres::de(lu);
    let lits: usize = chambres.iter().map(|chambre| chambre.lits.len()).sum();
    let identite = Fiche::new()
        .ligne("Genre", format!("{} ({})", genre.libelle, genre.sigle))
        .ligne("Organisme", organisme.map(|un| un.nom.as_str().to_owned()).unwrap_or_default())
        .ligne("FINESS", lu.finess.as_str().to_owned())
        .ligne("Adresse", format!("{} {}", lu.adresse, lu.commune))
        .ligne("Département", lu.departement.clone())
        .ligne("Téléphone", kernel::numeros::telephone_lisible(&lu.telephone))
        .ligne("Accès la nuit", lu.acces_nuit.clone())
        .ligne("Places", lu.capacite.to_string())
        .ligne("Les personnes sont appelées", format!("{} ({})", genre.mot(false), genre.mot(true)))
        .ligne("Modules ouverts", genre.modules.join(", ").replace('_', " "));
    let ouvertes = unites.iter().filter(|unite| !unite.fermee);
    let lignes: Vec<ui::liste::Ligne> = ouvertes
        .map(|unite| {
            ui::liste::Ligne::new(unite.nom.as_str())
                .detail(format!("{} places", unite.capacite))
                .lien(format!("/admin/unites/{}", unite.id))
        })
        .collect();
    let cote = html! {
        (Bloc::new("Unités", html! {
            @if lignes.is_empty() { (vide_depart(Icone::BedDouble, "Aucune unité.", None)) } @else { (ui::liste::liste(&lignes)) }
        }).mention(html! { @if genre.hebergement { (chambres.len()) " chambres, " (lits) " lits" } @else { "sans hébergement" } })
            .pied(html! { (Bouton::lien("Gérer les unités", format!("/admin/unites?etablissement={}", lu.id)).petit()) }))
        (Bloc::new("Modifications", html! { ul { @for (le, qui) in histoire.iter().take(10) { li { (le) ", " (qui) } } } }).calme())
    };
    html! {
        (EntetePage::new(lu.nom.as_str()).parent("Établissements", "/admin/grappe")
            .actions(html! { (Bouton::lien("Modifier", format!("/admin/etablissement/{}/modifier", lu.id)).principal().icone(Icone::Pencil)) }))
        (deux_volets(&Bloc::new("Fiche", html! { (identite) }).render(), &cote))
    }
}
