//! `/admin/traces`: who, what, when, from which device, why. Three criteria, pages, print, signed export.

use std::collections::HashMap;

use kernel::id::{CompteId, EtablissementId, UsagerId};
use maud::{Markup, html};
use platform::acces::{Acces, Compte};
use platform::prelude::{Answer, Parametres, Resultat, Stored};
use platform::store::{JournalFilter, LineRow, Nature};
use platform::web::page;
use serde::Deserialize;
use serde_json::Value;
use ui::Icone;
use ui::alerte::{Alerte, Nature as NatureAlerte};
use ui::bloc::EntetePage;
use ui::boutons::Bouton;
use ui::champs::{Date, Liste, Texte};
use ui::filtres::Filtres;
use ui::puces::{Etat, Puce};
use ui::tableau::Tableau;
use ui::vide::vide_depart;
use uuid::Uuid;

use super::{a_la_seconde, debut_du_jour, encoder, lieux, tirage};
use crate::export::{self, Ligne};
use crate::rights::{LireDroits, LireJournal};
use crate::{personnes, phrases};

/// Lines of a page.
const PAR_PAGE: usize = 50;
/// Most lines of an export.
const EXPORT_MAX: usize = 10_000;

/// The criteria.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Criteres {
    /// Name or login of who did it.
    #[serde(default)]
    qui: String,
    /// Account chosen.
    #[serde(default)]
    compte: String,
    /// Name of the person.
    #[serde(default)]
    nom: String,
    /// Person chosen.
    #[serde(default)]
    personne: String,
    #[serde(default)]
    etablissement: String,
    #[serde(default)]
    nature: String,
    #[serde(default)]
    du: String,
    #[serde(default)]
    au: String,
    /// Lines before this one.
    #[serde(default)]
    avant: Option<i64>,
}

const NATURES: [(&str, &str); 5] =
    [("", "Toutes"), ("consultation", "Lectures"), ("acte", "Écritures"), ("refus", "Refus"), ("systeme", "Système")];

impl Criteres {
    fn base(&self) -> String {
        let champs = [
            ("compte", &self.compte),
            ("qui", &self.qui),
            ("personne", &self.personne),
            ("nom", &self.nom),
            ("etablissement", &self.etablissement),
            ("nature", &self.nature),
            ("du", &self.du),
            ("au", &self.au),
        ];
        let pleins = champs.iter().filter(|(_, valeur)| !valeur.is_empty());
        pleins.map(|(nom, valeur)| format!("{nom}={}", encoder(valeur))).collect::<Vec<_>>().join("&")
    }

    fn filtre(&self, acces: &Acces<LireJournal>, limit: usize) -> JournalFilter {
        let fuseau = &acces.services().fuseau;
        let jour = |texte: &str| kernel::dates::lire_date(texte).ok();
        JournalFilter {
            person: self.personne.parse().ok(),
            account: self.compte.parse().ok(),
            establishments: self.etablissement.parse().into_iter().collect(),
            nature: match self.nature.as_str() {
                "consultation" => Some(Nature::Consultation),
                "acte" => Some(Nature::Acte),
                "refus" => Some(Nature::Refus),
                "systeme" => Some(Nature::Systeme),
                _ => None,
            },
            verb: None,
            since: jour(&self.du).map(|du| debut_du_jour(du, fuseau)),
            until: jour(&self.au).and_then(|au| au.tomorrow().ok()).map(|lendemain| debut_du_jour(lendemain, fuseau)),
            before: self.avant,
            limit,
        }
    }

    /// What the journal keeps of the question: identifiers and dates, never a name typed.
    fn dits(&self) -> Vec<(&'static str, Value)> {
        let champs = [
            ("compte", &self.compte),
            ("nature", &self.nature),
            ("du", &self.du),
            ("au", &self.au),
            ("lieu", &self.etablissement),
        ];
        champs
            .into_iter()
            .filter(|(_, valeur)| !valeur.is_empty())
            .map(|(nom, valeur)| (nom, Value::from(valeur.as_str())))
            .collect()
    }
}

/// A name typed which fits several: the reader chooses.
#[derive(Default)]
struct Propositions {
    comptes: Vec<(String, String)>,
    personnes: Vec<(String, String)>,
    /// A name typed fits nobody.
    inconnu: bool,
}

/// Turns names typed into an account and a person, when there is only one of each.
async fn resoudre(acces: &Acces<LireJournal>, criteres: &mut Criteres) -> Resultat<Propositions> {
    let mut propositions = Propositions::default();
    if criteres.compte.is_empty() && !criteres.qui.trim().is_empty() && acces.peut::<LireDroits>() {
        let cherche = kernel::texte::plier(&criteres.qui);
        let comptes: Vec<Stored<Compte>> = acces.aussi::<LireDroits>().await?.comptes().await?;
        let garde = |compte: &&Stored<Compte>| {
            let texte = kernel::texte::plier(&format!("{} {}", compte.nom_affiche, compte.identifiant));
            cherche.split_whitespace().all(|mot| texte.contains(mot))
        };
        propositions.comptes =
            comptes.iter().filter(garde).take(20).map(|compte| (compte.id.to_string(), compte.nom_affiche.clone())).collect();
        propositions.inconnu |= propositions.comptes.is_empty();
        if let [(id, _)] = &propositions.comptes[..] {
            criteres.compte.clone_from(id);
        }
    }
    if criteres.personne.is_empty() && !criteres.nom.trim().is_empty() {
        let lieu = criteres.etablissement.parse().ok().or(acces.contexte().etablissement).or_else(|| acces.etablissement().ok());
        let trouvees = match lieu {
            Some(lieu) => personnes::chercher(acces, lieu, &criteres.nom).await?,
            None => Vec::new(),
        };
        propositions.personnes = trouvees.into_iter().map(|(id, nom)| (id.to_string(), nom)).collect();
        propositions.inconnu |= propositions.personnes.is_empty();
        if let [(id, _)] = &propositions.personnes[..] {
            criteres.personne.clone_from(id);
        }
    }
    Ok(propositions)
}

/// The names lines need.
struct Noms {
    comptes: HashMap<CompteId, (String, Option<String>)>,
    personnes: HashMap<UsagerId, String>,
}

impl Noms {
    async fn de(acces: &Acces<LireJournal>, lignes: &[LineRow]) -> Resultat<Self> {
        let comptes: Vec<CompteId> = lignes.iter().map(|ligne| CompteId(ligne.account)).collect();
        let couples: Vec<(Option<Uuid>, Option<Uuid>)> = lignes.iter().map(|ligne| (ligne.person, ligne.establishment)).collect();
        Ok(Self { comptes: acces.noms(&comptes).await?, personnes: personnes::noms(acces, &couples).await? })
    }

    fn qui(&self, ligne: &LineRow) -> String {
        if ligne.account.is_nil() {
            return "Personne non connectée, ou Grappe".to_owned();
        }
        self.comptes.get(&CompteId(ligne.account)).map_or_else(|| "Grappe".to_owned(), |(nom, _)| nom.clone())
    }

    fn personne(&self, ligne: &LineRow) -> Option<String> {
        let id = UsagerId(ligne.person?);
        Some(self.personnes.get(&id).cloned().unwrap_or_else(|| format!("dossier {}", &id.0.simple().to_string()[24..])))
    }
}

fn filtres(criteres: &Criteres, lieux: &[(EtablissementId, String)]) -> Markup {
    let mut filtres = Filtres::new("/admin/traces")
        .champ(Texte::new("qui", "Qui").aide("Nom ou identifiant").valeur(criteres.qui.clone()).sans_mention().render())
        .champ(Texte::new("nom", "Dossier de").aide("Nom de la personne").valeur(criteres.nom.clone()).sans_mention().render())
        .champ(Date::new("du", "Du").valeur(criteres.du.clone()).sans_mention().render())
        .champ(Date::new("au", "Au").valeur(criteres.au.clone()).sans_mention().render())
        .champ(Liste::new("nature", "Nature").choix(NATURES).valeur(criteres.nature.clone()).sans_mention().render());
    if lieux.len() > 1 {
        let choix = lieux.iter().map(|(id, nom)| (id.to_string(), nom.clone()));
        let liste = Liste::new("etablissement", "Établissement")
            .choix([("", "Tous")])
            .choix(choix)
            .valeur(criteres.etablissement.clone());
        filtres = filtres.champ(liste.sans_mention().render());
    }
    for (libelle, present) in
        [("une personne choisie", !criteres.personne.is_empty()), ("un compte choisi", !criteres.compte.is_empty())]
    {
        if present {
            filtres = filtres.actif(libelle, "/admin/traces");
        }
    }
    filtres.render()
}

fn proposer(criteres: &Criteres, propositions: &Propositions) -> Markup {
    let liens = |champ: &str, liste: &[(String, String)]| {
        html! {
            @if liste.len() > 1 { div class="rangee" {
                @for (id, nom) in liste { (Bouton::lien(nom.clone(), format!("/admin/traces?{}&{champ}={id}", criteres.base())).petit()) }
            } }
        }
    };
    html! {
        @if propositions.inconnu { (Alerte::new(NatureAlerte::Info, "Aucun nom ne correspond. Vérifiez l'orthographe ou l'établissement.")) }
        @if propositions.comptes.len() > 1 || propositions.personnes.len() > 1 {
            (Alerte::new(NatureAlerte::Info, "Plusieurs noms correspondent : choisissez.").corps(html! { (liens("compte", &propositions.comptes)) (liens("personne", &propositions.personnes)) }))
        }
    }
}

fn puce(nature: Nature) -> Puce {
    match nature {
        Nature::Refus => Puce::new(Etat::Refuse, "refus"),
        Nature::Acte => Puce::new(Etat::Fait, "écriture"),
        autre => Puce::neutre(phrases::nature(autre)),
    }
}

fn tableau(acces: &Acces<LireJournal>, lignes: &[LineRow], noms: &Noms) -> Markup {
    let services = acces.services();
    let mut tableau = Tableau::new("Lignes du journal")
        .legende_cachee()
        .dense()
        .colonne("Quand")
        .colonne("Qui")
        .colonne("Quoi")
        .colonne("Dossier")
        .colonne("Depuis")
        .colonne("Motif")
        .si_vide(vide_depart(Icone::Eye, "Aucune ligne ne correspond à ces critères.", None));
    for ligne in lignes {
        let profil = ligne.detail("profil").and_then(|code| services.profils.get(&code).map(|profil| profil.court.clone()));
        let lieu = ligne.establishment.and_then(|id| services.enseigne.etablissement(EtablissementId(id)));
        let poste = ligne.detail("poste").map(|poste| {
            format!("tablette {}", poste.chars().rev().take(6).collect::<String>().chars().rev().collect::<String>())
        });
        tableau = tableau.ligne([
            html! { span class="insecable" { (a_la_seconde(ligne.at, &services.fuseau)) } },
            html! { (noms.qui(ligne)) @if let Some(profil) = profil { span class="secondaire" { ", " (profil) } } },
            html! { (puce(ligne.nature)) " " (phrases::phrase(services, ligne)) },
            html! { @if let Some(nom) = noms.personne(ligne) { a href=(format!("/admin/traces?personne={}", ligne.person.unwrap_or_default())) { (nom) } } },
            html! { (lieu.unwrap_or_default()) span class="secondaire" { @if let Some(poste) = poste { ", " (poste) } @else if let Some(porte) = ligne.detail("origine") { ", " (porte) } } },
            html! { (phrases::motif(ligne).unwrap_or_default()) },
        ]);
    }
    html! { (tableau) }
}

pub(crate) async fn page_journal(acces: Acces<LireJournal>, Parametres(mut criteres): Parametres<Criteres>) -> Resultat<Answer> {
    let propositions = resoudre(&acces, &mut criteres).await?;
    let mut lignes = acces.journal(criteres.filtre(&acces, PAR_PAGE + 1), &criteres.dits()).await?;
    let suite = lignes.len() > PAR_PAGE;
    lignes.truncate(PAR_PAGE);
    let noms = Noms::de(&acces, &lignes).await?;
    let tirage = tirage(&acces, "Journal des accès", "/admin/traces".to_owned());
    let actions = html! {
        (Bouton::lien("Exporter (CSV)", format!("/admin/traces/export?{}", criteres.base())).icone(Icone::Download))
        (ui::impression::bouton_imprimer())
    };
    let contenu = html! {
        (tirage.entete())
        (EntetePage::new("Traces").phrase("Chaque lecture, chaque écriture, chaque refus. Votre propre consultation y est inscrite.").actions(actions))
        (filtres(&criteres, &lieux(&acces).await?))
        (proposer(&criteres, &propositions))
        (tableau(&acces, &lignes, &noms))
        @if let (true, Some(derniere)) = (suite, lignes.last()) {
            nav class="pagination" aria-label="Pages" { a href=(format!("/admin/traces?{}&avant={}", criteres.base(), derniere.n)) rel="next" { "Lignes plus anciennes" } }
        }
        (tirage.pied())
    };
    Ok(Answer::html(page(&acces, "Traces", "/admin/traces").contenu(contenu).render()))
}

pub(crate) async fn export(acces: Acces<LireJournal>, Parametres(mut criteres): Parametres<Criteres>) -> Resultat<Answer> {
    resoudre(&acces, &mut criteres).await?;
    let lignes = acces.journal(criteres.filtre(&acces, EXPORT_MAX), &criteres.dits()).await?;
    let noms = Noms::de(&acces, &lignes).await?;
    let services = acces.services();
    let rangees: Vec<Ligne<'_>> = lignes
        .iter()
        .map(|ligne| Ligne {
            source: ligne,
            qui: noms.qui(ligne),
            quoi: phrases::phrase(services, ligne),
            nature: phrases::nature(ligne.nature),
            personne: noms.personne(ligne).unwrap_or_default(),
            etablissement: ligne
                .establishment
                .and_then(|id| services.enseigne.etablissement(EtablissementId(id)))
                .unwrap_or_default(),
            motif: phrases::motif(ligne).unwrap_or_default(),
        })
        .collect();
    let tetes = acces.tetes(1).await?;
    let produit = format!("le {} par {}", kernel::dates::date_heure(acces.now(), &services.fuseau), acces.contexte().acteur.nom);
    let octets = export::csv(&rangees, tetes.first(), &produit).into_bytes();
    let empreinte = export::empreinte(&octets);
    let acte = acces.acte("journal.exporte").detail("sha256", empreinte.as_str()).detail("lignes", lignes.len());
    acces.commit(acte).await?;
    let jour = kernel::dates::jour_local(acces.now(), &services.fuseau);
    Ok(Answer::fichier(octets, "text/csv; charset=utf-8", &format!("journal-{jour}-{}.csv", &empreinte[..12]), false))
}
