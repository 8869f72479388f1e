//! `/admin/droits`: what each profession may do, and « Que voit X dans le dossier de Y ? » answered by the policy itself.

use jiff::Timestamp;
use kernel::id::{CompteId, EtablissementId, UniteId, UsagerId};
use maud::{Markup, html};
use platform::acces::{
    Acces, Acteur, Categorie, Compte, Decision, EtatSejour, Lien, MotifAcces, MotifRefus, Profils, Rattachement, Verbe, decider,
    phrases, signe,
};
use platform::prelude::{Answer, Parametres, Resultat, Stored};
use platform::web::page;
use serde::Deserialize;
use ui::Icone;
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Liste, Texte, cote_a_cote};
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;

use super::tirage;
use crate::personnes;
use crate::rights::{LireDroits, NommerPersonne};

/// The question asked to the simulator.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Question {
    /// Name or login.
    #[serde(default)]
    qui: String,
    /// Name of a person of the house.
    #[serde(default)]
    personne: String,
    /// Otherwise: a person of this unit…
    #[serde(default)]
    unite: Option<UniteId>,
    /// … in this state.
    #[serde(default)]
    etat: String,
}

const ETATS: [(&str, &str); 4] = [
    ("present", "Présente"),
    ("hospitalise", "Hospitalisée"),
    ("sorti", "Sortie de l'établissement"),
    ("ailleurs", "Inconnue de l'établissement"),
];

/// What the simulator knows once the question is read.
struct Cas {
    compte: Stored<Compte>,
    rattachement: Rattachement,
    sujet: String,
}

fn acteur(compte: &Stored<Compte>) -> Acteur {
    Acteur {
        compte: CompteId(compte.id),
        nom: compte.nom_affiche.clone(),
        habilitations: compte.habilitations.clone(),
        bris: Vec::new(),
        lectures: Vec::new(),
        freinage: None,
        preferences: std::collections::BTreeMap::new(),
    }
}

/// A person who does not exist, in the unit and the state asked.
fn fictive(etablissement: EtablissementId, question: &Question, now: Timestamp) -> Rattachement {
    let etat = match question.etat.as_str() {
        "hospitalise" => EtatSejour::Hospitalise,
        "sorti" => EtatSejour::Sorti,
        _ => EtatSejour::Present,
    };
    let lien = Lien { etablissement, unite: question.unite, etat, depuis: now, jusque: None };
    let liens = if question.etat == "ailleurs" { Vec::new() } else { vec![lien] };
    Rattachement {
        usager: UsagerId(uuid::Uuid::nil()),
        liens,
        oppositions: Vec::new(),
        fusionne_dans: None,
        absorbes: Vec::new(),
    }
}

/// The account the question names; otherwise a sentence.
async fn trouver(acces: &Acces<LireDroits>, qui: &str) -> Resultat<Result<Stored<Compte>, String>> {
    let cherche = kernel::texte::plier(qui);
    let mut comptes = acces.comptes().await?;
    let texte = |compte: &Stored<Compte>| kernel::texte::plier(&format!("{} {}", compte.nom_affiche, compte.identifiant));
    comptes.retain(|compte| compte.identifiant == qui || cherche.split_whitespace().all(|mot| texte(compte).contains(mot)));
    if let Some(exact) =
        comptes.iter().position(|compte| compte.identifiant == qui || kernel::texte::plier(&compte.nom_affiche) == cherche)
    {
        return Ok(Ok(comptes.swap_remove(exact)));
    }
    Ok(match comptes.len() {
        0 => Err("Aucun compte ne porte ce nom dans vos établissements.".to_owned()),
        1 => Ok(comptes.swap_remove(0)),
        _ => Err(format!(
            "Plusieurs comptes correspondent : {}. Précisez.",
            comptes.iter().take(6).map(|un| un.identifiant.clone()).collect::<Vec<_>>().join(", ")
        )),
    })
}

async fn cas(
    acces: &Acces<LireDroits>,
    etablissement: Option<EtablissementId>,
    question: &Question,
) -> Resultat<Result<Cas, String>> {
    let compte = match trouver(acces, &question.qui).await? {
        Ok(compte) => compte,
        Err(phrase) => return Ok(Err(phrase)),
    };
    let lieu = etablissement.or_else(|| compte.habilitations.iter().find_map(|role| role.etablissement));
    let Some(lieu) = lieu else {
        return Ok(Err("Ce compte n'a de rôle dans aucun établissement : il n'ouvre aucun dossier.".to_owned()));
    };
    if question.personne.trim().is_empty() {
        let rattachement = fictive(lieu, question, acces.now());
        let unite =
            acces.services().enseigne.unites(lieu).into_iter().find(|(id, _)| Some(*id) == question.unite).map(|(_, nom)| nom);
        let sujet = unite
            .map_or_else(|| "d'une personne de l'établissement".to_owned(), |nom| format!("d'une personne de l'unité {nom}"));
        return Ok(Ok(Cas { compte, rattachement, sujet }));
    }
    let trouvees = personnes::chercher(acces, lieu, &question.personne).await?;
    match &trouvees[..] {
        [(id, nom)] => {
            let dossier = acces.aussi::<NommerPersonne>().await?.ouvrir_dossier(*id).await?;
            Ok(Ok(Cas { compte, rattachement: dossier.rattachement().clone(), sujet: format!("de {nom}") }))
        }
        [] => Ok(Err(
            "Aucune personne de cet établissement ne porte ce nom, ou votre fonction ne permet pas de la nommer.".to_owned()
        )),
        _ => Ok(Err("Plusieurs personnes portent ce nom : ajoutez le prénom.".to_owned())),
    }
}

fn reponse(decision: Decision) -> (Puce, &'static str) {
    match decision {
        Ok(MotifAcces::Equipe) => (Puce::new(Etat::Fait, "oui"), ""),
        Ok(MotifAcces::SejourPasse) => (Puce::new(Etat::Fait, "oui"), "séjour passé"),
        Ok(MotifAcces::BrisDeGlace) => (Puce::new(Etat::ASurveiller, "par exception"), "60 minutes"),
        Ok(MotifAcces::LectureAccordee) => (Puce::new(Etat::ASurveiller, "le DLU"), "quatre heures, pour un motif"),
        Err(MotifRefus::Inconnu) => (Puce::new(Etat::Archive, "non"), "personne inconnue de ses établissements"),
        Err(MotifRefus::Profession) => (Puce::new(Etat::Archive, "non"), "sa fonction ne l'ouvre pas"),
        Err(MotifRefus::HorsUnite) => (Puce::new(Etat::Archive, "non"), "hors de ses unités : bris de glace possible"),
        Err(MotifRefus::Opposition) => (Puce::new(Etat::Refuse, "non"), "la personne s'y oppose"),
        Err(MotifRefus::Clos) => (Puce::new(Etat::Archive, "non"), "séjour terminé"),
        Err(MotifRefus::AConfirmer | MotifRefus::Freine) => {
            (Puce::new(Etat::ASurveiller, "non"), "beaucoup de dossiers ouverts en une heure")
        }
    }
}

/// Families of data of a record: the others have no person.
fn du_dossier(categorie: Categorie) -> bool {
    use Categorie::{BrisDeGlace, Comptes, Echanges, Journal, Organisation, Personnel, Remplacements};
    !matches!(categorie, Organisation | Comptes | Remplacements | Journal | BrisDeGlace | Echanges | Personnel)
}

fn resultat(profils: &Profils, cas: &Cas, now: Timestamp) -> Markup {
    let acteur = acteur(&cas.compte);
    let mut tableau = Tableau::new(format!("Ce que {} voit dans le dossier {}", cas.compte.nom_affiche, cas.sujet))
        .colonne("Donnée")
        .colonne("Lire")
        .colonne("Écrire")
        .colonne("Pourquoi");
    for categorie in Categorie::TOUTES.into_iter().filter(|categorie| du_dossier(*categorie)) {
        let (lire, raison) = reponse(decider(profils, &acteur, categorie, Verbe::Lire, &cas.rattachement, now));
        let (ecrire, raison_ecrire) = reponse(decider(profils, &acteur, categorie, Verbe::Ecrire, &cas.rattachement, now));
        let pourquoi = if raison.is_empty() { raison_ecrire } else { raison };
        tableau = tableau.ligne([
            html! { (categorie.libelle()) },
            html! { (lire) },
            html! { (ecrire) },
            html! { span class="secondaire" { (pourquoi) } },
        ]);
    }
    html! { div id="reponse" { (tableau) } }
}

fn simulateur(
    acces: &Acces<LireDroits>,
    etablissement: Option<EtablissementId>,
    question: &Question,
    reponse: &Markup,
) -> Markup {
    let unites = etablissement.map(|id| acces.services().enseigne.unites(id)).unwrap_or_default();
    let choix = unites.iter().map(|(id, nom)| (id.to_string(), nom.clone()));
    let nommer = acces.peut::<NommerPersonne>();
    let corps = html! {
        form class="formulaire" method="get" action="/admin/droits" {
            (Texte::new("qui", "Que voit").aide("Nom ou identifiant d'un compte de vos établissements.").valeur(question.qui.clone()).requis())
            @if nommer { (Texte::new("personne", "Dans le dossier de").aide("Nom d'une personne ; vide : une personne de l'unité choisie ci-dessous.").valeur(question.personne.clone())) }
            (cote_a_cote(&html! {
                (Liste::new("unite", "Unité de la personne").choix([("", "Aucune en particulier")]).choix(choix).valeur(question.unite.map(|id| id.to_string()).unwrap_or_default()))
                (Liste::new("etat", "Situation").choix(ETATS).valeur(question.etat.clone()))
            }))
            (boutons(&html! { (Bouton::envoyer("Simuler").principal()) }))
        }
        (reponse)
    };
    Bloc::new("Que voit cette personne dans ce dossier ?", corps).icone(Icone::Eye).render()
}

fn matrice(profils: &Profils) -> Markup {
    let mut tableau = Tableau::new("Droits par profil : E lit et écrit, l lit, · rien").dense().colonne("Profil");
    for categorie in Categorie::TOUTES {
        tableau = tableau.colonne(categorie.libelle());
    }
    for (_, profil) in profils.tous() {
        let cellules = Categorie::TOUTES.into_iter().map(|categorie| {
            let signe = signe(profil, categorie);
            let mot = match signe {
                'E' => "lit et écrit",
                'l' => "lit",
                _ => "rien",
            };
            html! { span role="img" aria-label=(mot) { (signe) } }
        });
        tableau = tableau.ligne(std::iter::once(html! { (profil.libelle) }).chain(cellules));
    }
    html! { (tableau) }
}

fn profils_en_phrases(profils: &Profils) -> Markup {
    let mut liste: Vec<_> = profils.tous().map(|(_, profil)| profil).collect();
    liste.sort_by_key(|profil| kernel::texte::cle_tri(&profil.libelle));
    html! { @for profil in liste {
        details { summary { strong { (profil.libelle) } } ul { @for phrase in phrases(profil) { li { (phrase) } } } }
    } }
}

pub(crate) async fn droits(acces: Acces<LireDroits>, Parametres(question): Parametres<Question>) -> Resultat<Answer> {
    let profils = &acces.services().profils;
    let etablissement = acces.etablissement().ok();
    let reponse = if question.qui.trim().is_empty() {
        html! {}
    } else {
        match cas(&acces, etablissement, &question).await? {
            Ok(cas) => resultat(profils, &cas, acces.now()),
            Err(phrase) => html! { (Alerte::new(Nature::Attention, phrase).annonce()) },
        }
    };
    let tirage = tirage(&acces, "Droits par profil", "/admin/droits".to_owned());
    let contenu = html! {
        (tirage.entete())
        (EntetePage::new("Droits").phrase("Ce que chaque profession lit et écrit. Ces règles sont communes à la grappe.").actions(html! { (ui::impression::bouton_imprimer()) }))
        (simulateur(&acces, etablissement, &question, &reponse))
        (Bloc::new("En phrases", profils_en_phrases(profils)).icone(Icone::ShieldCheck))
        (Bloc::new("Matrice", matrice(profils)).icone(Icone::LayoutGrid))
        (tirage.pied())
    };
    Ok(Answer::html(page(&acces, "Droits", "/admin/droits").contenu(contenu).render()))
}
