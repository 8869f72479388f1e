//! One reception: what the file says, and the records it may belong to, trait by trait.

use jiff::tz::TimeZone;
use kernel::ins::TraitStrict;
use maud::{Markup, html};
use platform::store::Stored;
use platform::web::Erreurs;
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage, pile};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Texte, cache};
use ui::dialogue::Confirmation;
use ui::liste::Fiche;
use ui::puces::{Etat, Puce, puces};
use ui::tableau::Tableau;

use super::depot::liste_types;
use super::file::{phrase, suite};
use super::taille;
use crate::analyse::{Apercu, PatientLu};
use crate::contenu::{Contenu, TableauLu};
use crate::courrier::EtatAccuse;
use crate::ouvrables::Ouvrables;
use crate::pages::Compare;
use crate::reception::{Attente, Reception};

/// What the page is drawn from.
pub(crate) struct Vue<'a> {
    pub(crate) lue: &'a Stored<Reception>,
    pub(crate) comparaison: &'a [Compare],
    pub(crate) q: &'a str,
    pub(crate) erreurs: &'a Erreurs,
    pub(crate) fuseau: &'a TimeZone,
    pub(crate) peut_classer: bool,
    pub(crate) peut_ouvrir: bool,
    /// The files it held, or those which came beside it.
    pub(crate) ensemble: &'a [Stored<Reception>],
    /// Those which lead to a record the reader may open.
    pub(crate) ouvrables: &'a Ouvrables,
}

impl Vue<'_> {
    fn adresse(&self, fin: &str) -> String {
        format!("/liaisons/reception/{}{fin}", self.lue.id)
    }

    fn patient(&self) -> Option<&PatientLu> {
        self.lue.apercu.as_ref().and_then(|apercu| apercu.patient.as_ref())
    }

    /// Something of it can be shown before it is filed.
    fn lisible(&self) -> bool {
        self.lue.apercu.as_ref().is_some_and(Apercu::est_lisible)
    }

    fn ouverte(&self) -> bool {
        self.lue.etat.attente().is_some_and(|raison| raison != Attente::NonAnalysee)
    }
}

fn titre(lue: &Reception) -> String {
    let apercu = lue.apercu.as_ref();
    apercu.and_then(|apercu| apercu.titre.clone().or_else(|| apercu.type_libelle.clone())).unwrap_or_else(|| lue.nom.clone())
}

/// What a file says, before it is filed.
pub(crate) fn lecture(lue: &Stored<Reception>, contenu: &Markup) -> Markup {
    let adresse = format!("/liaisons/reception/{}", lue.id);
    html! {
        (EntetePage::new(titre(lue)).parent("Document reçu", adresse.clone()).actions(html! {
            (Bouton::lien("Télécharger", format!("{adresse}/fichier?telecharger=oui")).icone(Icone::Download))
        }))
        (pile(&html! {
            @if let Some(raison) = lue.etat.attente() {
                (Alerte::new(Nature::Attention, format!("En attente : {}.", raison.libelle())).texte(phrase(&lue.etat)).actions(html! { (Bouton::lien("Comparer et classer", adresse)) }))
            }
            (contenu)
        }))
    }
}

/// The page.
pub(crate) fn page(vue: &Vue<'_>) -> Markup {
    let lue = &vue.lue.value;
    let apercu = lue.apercu.as_ref();
    let titre = titre(lue);
    html! {
        (EntetePage::new(titre).parent("Documents reçus", "/liaisons/reception").actions(html! {
            @if vue.peut_ouvrir && vue.lisible() { (Bouton::lien("Lire le document", vue.adresse("/lecture")).principal().icone(Icone::Eye)) }
            @if vue.peut_ouvrir { (Bouton::lien("Télécharger", vue.adresse("/fichier?telecharger=oui")).icone(Icone::Download)) }
            @if vue.ouverte() && vue.peut_classer { (Bouton::ouvrir("Rejeter…", "rejeter").danger()) }
        }))
        (vue.erreurs.resume())
        (pile(&html! {
            @match lue.etat.attente() {
                Some(raison) => (Alerte::new(Nature::Attention, format!("En attente : {}.", raison.libelle())).texte(phrase(&lue.etat))),
                None => p { (suite(&vue.lue.etat, vue.ouvrables.contains(&vue.lue.id))) },
            }
            @if vue.peut_classer && lue.etat.attente().is_some_and(Attente::relisible) { (relire(vue)) }
            (fiche(vue))
            @if vue.peut_ouvrir { @if let Some(texte) = apercu.and_then(|apercu| apercu.texte.as_deref()) { (message(texte)) } }
            @if !vue.ensemble.is_empty() { (ensemble(vue)) }
            @if vue.ouverte() { (classement(vue)) }
        }))
        @if vue.ouverte() && vue.peut_classer {
            (Confirmation::new("rejeter", "Rejeter ce document ?", "Il ne sera classé dans aucun dossier. Il reste gardé parmi les documents traités.", "Rejeter le document", vue.adresse("/rejeter"))
                .champs(html! { (cache("version", &vue.lue.version.to_string())) (Texte::new("motif", "Pourquoi rejeter").requis().erreur(vue.erreurs.de("motif"))) }))
        }
    }
}

fn fiche(vue: &Vue<'_>) -> Markup {
    let lue = &vue.lue.value;
    let mut fiche = Fiche::new()
        .ligne("Fichier", format!("{} ({})", lue.nom, taille(lue.taille)))
        .ligne("Reçu le", kernel::dates::date_heure(lue.recue_le, vue.fuseau));
    if !lue.canal.emetteur.is_empty() {
        fiche = fiche.ligne("Envoyé par (non vérifié)", lue.canal.emetteur.clone());
    }
    if let Some(courrier) = &lue.courrier {
        fiche = fiche.ligne("Boîte", courrier.boite.clone());
        if courrier.accuse && lue.dans.is_none() {
            fiche = fiche.ligne("Accusé demandé par l'expéditeur", accuse(lue, vue.fuseau));
        }
    }
    if let Some(apercu) = &lue.apercu {
        fiche = fiche.ligne("Format", apercu.nature.libelle());
        let dit = [
            ("Type", apercu.type_libelle.clone()),
            ("Établi le", apercu.date.map(kernel::dates::date_courte)),
            ("Auteur", Some(apercu.auteur.clone())),
        ];
        for (nom, valeur) in dit {
            if let Some(valeur) = valeur.filter(|valeur| !valeur.is_empty()) {
                fiche = fiche.ligne(nom, valeur);
            }
        }
        if let Some(detail) = &apercu.detail {
            fiche = fiche.riche("Détail technique", html! { span class="secondaire" lang="en" { (detail) } });
        }
    }
    Bloc::new("Ce qui a été reçu", fiche.render()).icone(Icone::FileText).render()
}

/// What the sender was answered, or when they will be.
fn accuse(lue: &Reception, fuseau: &TimeZone) -> String {
    let Some(rendu) = &lue.accuse else {
        return "pas encore rendu : il part quand tout ce que le courriel contient est classé ou rejeté".into();
    };
    let quand = kernel::dates::date_heure(rendu.le, fuseau);
    let quoi = rendu.reponse.libelle();
    match rendu.etat {
        EtatAccuse::Parti => format!("« {quoi} », envoyé à {} le {quand}", rendu.vers),
        EtatAccuse::Incertain => {
            format!("« {quoi} », peut-être envoyé à {} le {quand} : l'opérateur n'a pas répondu", rendu.vers)
        }
        EtatAccuse::APartir if rendu.dit.is_empty() => format!("« {quoi} », part dans un instant"),
        EtatAccuse::APartir => format!("« {quoi} », attend : {}", rendu.dit),
        EtatAccuse::Aucun => format!("aucun n'est envoyé : {}", rendu.dit),
    }
}

fn relire(vue: &Vue<'_>) -> Markup {
    html! {
        form method="post" action=(vue.adresse("/relire")) {
            (cache("version", &vue.lue.version.to_string()))
            (boutons(&html! { (Bouton::envoyer("Relire le fichier").icone(Icone::RefreshCw)) }))
        }
    }
}

/// The text of a mail, as it was written.
pub(crate) fn message(texte: &str) -> Markup {
    let lignes = html! { @for ligne in texte.lines() { @if ligne.trim().is_empty() { br; } @else { p { (ligne) } } } };
    Bloc::new("Ce qui est écrit", lignes).icone(Icone::MailOpen).render()
}

/// What a mail or a message says, as a person reads it.
pub(crate) fn lisible(contenu: &Contenu) -> Markup {
    html! {
        @if let Some(texte) = contenu.apercu.texte.as_deref() { (message(texte)) }
        @for lu in &contenu.tableaux { (Bloc::new(lu.titre.clone(), tableau_lu(lu)).icone(Icone::FileText)) }
        @if contenu.apercu.texte.is_none() && contenu.tableaux.is_empty() { p { "Ce message ne contient aucun texte lisible. Téléchargez-le pour l'ouvrir." } }
    }
}

/// Names and values read as a sheet; anything wider as a table.
fn tableau_lu(lu: &TableauLu) -> Markup {
    if lu.colonnes.len() == 2 {
        let paires = lu.lignes.iter().filter_map(|ligne| Some((ligne.first()?, ligne.get(1)?)));
        return paires.fold(Fiche::new(), |fiche, (nom, valeur)| fiche.ligne(nom.clone(), valeur.clone())).render();
    }
    let tableau = Tableau::new(lu.titre.clone()).legende_cachee();
    let tableau = lu.colonnes.iter().fold(tableau, |tableau, colonne| tableau.colonne(colonne.clone()));
    let ligne = |ligne: &Vec<String>| ligne.iter().map(|cellule| html! { (cellule) }).collect::<Vec<_>>();
    lu.lignes.iter().fold(tableau, |tableau, lue| tableau.ligne(ligne(lue))).render()
}

/// What the file held, or what came beside it.
fn ensemble(vue: &Vue<'_>) -> Markup {
    let titre = if vue.lue.dans.is_some() { "Reçu avec" } else { "Ce qu'il contenait" };
    let mut tableau = Tableau::new(titre).legende_cachee().dense().colonne("Document").colonne("Format").colonne("Suite donnée");
    for lue in vue.ensemble.iter().filter(|lue| lue.id != vue.lue.id) {
        let apercu = lue.apercu.as_ref();
        let titre = apercu.and_then(|apercu| apercu.titre.clone()).unwrap_or_else(|| lue.nom.clone());
        tableau = tableau.ligne([
            html! { a href=(format!("/liaisons/reception/{}", lue.id)) { (titre) } },
            html! { (apercu.map_or("", |apercu| apercu.nature.libelle())) },
            suite(&lue.etat, vue.ouvrables.contains(&lue.id)),
        ]);
    }
    let enveloppe = html! { @if let Some(dans) = vue.lue.dans { p { a href=(format!("/liaisons/reception/{dans}")) { "Ouvrir ce qui le contenait" } } } };
    Bloc::new(titre, html! { (enveloppe) (tableau.render()) }).icone(Icone::Paperclip).render()
}

fn classement(vue: &Vue<'_>) -> Markup {
    let recherche = html! {
        form class="rangee" method="get" action=(vue.adresse("")) {
            (Texte::new("q", "Chercher une personne par son nom").valeur(vue.q).sans_mention().moyen())
            (Bouton::envoyer("Chercher").icone(Icone::Search))
        }
    };
    let contenu = html! {
        @if vue.comparaison.is_empty() {
            p class="secondaire" { @if vue.q.is_empty() { "Aucun dossier ne ressemble à l'identité du document." } @else { "Personne ne porte ce nom dans l'établissement." } }
        } @else { (comparer(vue)) }
        (recherche)
    };
    Bloc::new("À qui appartient ce document ?", contenu).icone(Icone::Users).render()
}

/// The identity of the document in the first column, one record a column.
fn comparer(vue: &Vue<'_>) -> Markup {
    let mut tableau = Tableau::new("Traits du document et des dossiers, côte à côte").colonne("Trait").colonne("Document");
    for compare in vue.comparaison {
        tableau = tableau.colonne(compare.resident.usager.nom_complet());
    }
    for trait_strict in [
        TraitStrict::NomNaissance,
        TraitStrict::PrenomsNaissance,
        TraitStrict::DateNaissance,
        TraitStrict::Sexe,
        TraitStrict::LieuNaissance,
    ] {
        let mut cellules = vec![
            html! { (trait_strict.libelle()) },
            html! { (vue.patient().and_then(|patient| du_document(patient, trait_strict)).unwrap_or_else(|| "absent".to_owned())) },
        ];
        for compare in vue.comparaison {
            let differe = vue.patient().is_some() && compare.ecarts.contains(&trait_strict);
            cellules.push(
                html! { (du_dossier(compare, trait_strict)) @if differe { " " (Puce::new(Etat::ASurveiller, "différent")) } },
            );
        }
        tableau = tableau.ligne(cellules);
    }
    let mut ins = vec![
        html! { "INS" },
        html! { (vue.patient().and_then(|patient| patient.ins.first()).map_or("absent", |(_, numero)| numero.as_str())) },
    ];
    let mut agir = vec![html! { "Classer" }, html! {}];
    for compare in vue.comparaison {
        ins.push(ins_du_dossier(compare));
        agir.push(html! { @if vue.peut_classer { (bouton(vue, compare)) } });
    }
    tableau.ligne(ins).ligne(agir).render()
}

fn ins_du_dossier(compare: &Compare) -> Markup {
    let statut = Puce::neutre(compare.identification.identite.statut().libelle());
    let accord =
        if compare.meme_ins { Puce::new(Etat::Fait, "même INS") } else { Puce::new(Etat::ASurveiller, "pas le même INS") };
    puces(&[accord, statut])
}

fn du_document(patient: &PatientLu, trait_strict: TraitStrict) -> Option<String> {
    match trait_strict {
        TraitStrict::NomNaissance => patient.nom_naissance.clone(),
        TraitStrict::PrenomsNaissance => patient.prenoms.clone().or_else(|| patient.premier_prenom.clone()),
        TraitStrict::DateNaissance => patient.naissance.as_deref().map(date_lisible),
        TraitStrict::Sexe => patient.sexe.clone(),
        TraitStrict::LieuNaissance => patient.lieu.clone(),
    }
}

fn date_lisible(iso: &str) -> String {
    iso.parse::<kernel::dates::DateNaissance>().map_or_else(|_| iso.to_owned(), |date| date.jj_mm_aaaa())
}

fn du_dossier(compare: &Compare, trait_strict: TraitStrict) -> String {
    let traits = compare.identification.identite.traits();
    match trait_strict {
        TraitStrict::NomNaissance => traits.nom_naissance().to_owned(),
        TraitStrict::PrenomsNaissance => traits.prenoms_naissance().to_owned(),
        TraitStrict::DateNaissance => traits.date_naissance().jj_mm_aaaa(),
        TraitStrict::Sexe => traits.sexe().code().to_owned(),
        TraitStrict::LieuNaissance => traits.lieu_naissance().code().to_owned(),
    }
}

/// Two gestures: open the confirmation of this person, confirm.
fn bouton(vue: &Vue<'_>, compare: &Compare) -> Markup {
    let usager = &compare.resident.usager.value;
    let dialogue = format!("classer-{}", usager.id);
    let type_code = vue.lue.apercu.as_ref().and_then(|apercu| apercu.type_code.clone()).unwrap_or_default();
    let objet = match (compare.meme_ins, compare.ecarts.len()) {
        (true, 0) => "Même INS et mêmes traits d'identité.".to_owned(),
        (true, n) => format!("Même INS, {n} trait(s) d'identité différent(s)."),
        (false, _) => "L'INS n'est pas le même, ou le document n'en porte pas. Vérifiez le document avant de classer.".to_owned(),
    };
    let contenu = html! {
        p { (objet) }
        form method="post" action=(vue.adresse("/classer")) {
            (cache("version", &vue.lue.version.to_string())) (cache("usager", &usager.id.to_string()))
            (liste_types(&format!("type-{}", usager.id), "Type de document", &type_code).sans_mention())
            (boutons(&html! { (Bouton::envoyer("Classer dans ce dossier").principal()) (Bouton::fermer("Ne pas classer", dialogue.clone())) }))
        }
    };
    html! {
        (Bouton::ouvrir("Classer ici…", dialogue.clone()).petit().precision(usager.nom_parle()))
        (ui::dialogue::Dialogue::new(dialogue, format!("Classer dans le dossier de {} ?", usager.nom_parle()), contenu))
    }
}
