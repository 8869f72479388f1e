//! The blocks of the home page, and which ones each profession finds first (ux.md §2.3).

use constantes::SurveillerConstantes;
use maud::{Markup, html};
use plan_de_soins::{Creneau, LireTour, Tour, tour};
use platform::acces::{Acces, EtatSejour};
use platform::erreur::Resultat;
use sejours::{LireResidents, Resident, residents_de};
use ui::Icone;
use ui::bloc::{Bloc, Chiffre, chiffres};
use ui::boutons::Bouton;
use ui::liste::{Ligne, liste};
use ui::progression::progression;
use ui::vide::vide_bon;

use crate::rights::VoirAccueil;
use crate::textures;

/// A block of the home page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nature {
    Tour,
    Retards,
    Releve,
    Surveillance,
    Presence,
    Textures,
    Raccourcis,
}

impl Nature {
    pub(crate) const TOUTES: [Self; 7] =
        [Self::Tour, Self::Retards, Self::Releve, Self::Surveillance, Self::Presence, Self::Textures, Self::Raccourcis];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Tour => "tour",
            Self::Retards => "retards",
            Self::Releve => "releve",
            Self::Surveillance => "surveillance",
            Self::Presence => "presence",
            Self::Textures => "textures",
            Self::Raccourcis => "raccourcis",
        }
    }

    pub(crate) fn titre(self) -> &'static str {
        match self {
            Self::Tour => "À faire maintenant",
            Self::Retards => "Avancement par unité",
            Self::Releve => "Depuis votre dernier passage",
            Self::Surveillance => "À surveiller",
            Self::Presence => "Qui est là",
            Self::Textures => "Textures et régimes",
            Self::Raccourcis => "Vos écrans",
        }
    }

    fn depuis(code: &str) -> Option<Self> {
        Self::TOUTES.into_iter().find(|nature| nature.code() == code)
    }
}

/// The blocks a profession finds, in order.
fn par_defaut(profil: &str) -> &'static [Nature] {
    use Nature::{Presence, Raccourcis, Releve, Retards, Surveillance, Textures, Tour};
    match profil {
        "as" | "aes" | "as_nuit" | "ide" => &[Tour, Releve, Surveillance, Presence],
        "idec" | "cadre_sante" | "cadre_superieure" | "medecin_co" => &[Retards, Releve, Surveillance, Presence],
        "medecin" | "psychologue" | "ergotherapeute" | "kinesitherapeute" | "apa" => {
            &[Releve, Surveillance, Presence, Raccourcis]
        }
        "dieteticien" | "cuisine" => &[Textures, Presence, Raccourcis],
        "direction" => &[Presence, Retards, Raccourcis],
        _ => &[Presence, Raccourcis],
    }
}

/// The order chosen by the person, else that of the profession. Hidden blocks are left out.
pub(crate) fn choisis(acces: &Acces<VoirAccueil>) -> Vec<Nature> {
    let profil = acces.contexte().acteur.profils(acces.now()).first().map(|code| (*code).to_owned()).unwrap_or_default();
    match acces.preferences().get("accueil") {
        Some(ordre) if !ordre.is_empty() => ordre.split(',').filter_map(Nature::depuis).collect(),
        _ => par_defaut(&profil).to_vec(),
    }
}

/// What several blocks read once.
#[derive(Debug, Default)]
pub(crate) struct Donnees {
    residents: Option<Vec<Resident>>,
    tour: Option<Tour>,
}

impl Donnees {
    /// Reads what the chosen blocks need, each under its own right; a right not held leaves its block out.
    pub(crate) async fn lire(acces: &Acces<VoirAccueil>, natures: &[Nature]) -> Resultat<Self> {
        let mut donnees = Self::default();
        let Ok(etablissement) = acces.etablissement() else { return Ok(donnees) };
        let unites = acces.contexte().unites.clone();
        let presence = [Nature::Presence, Nature::Textures];
        if acces.peut::<LireResidents>() && natures.iter().any(|nature| presence.contains(nature)) {
            let perimetre = acces.aussi::<LireResidents>().await?.ouvrir_perimetre(etablissement, &[]).await?;
            donnees.residents = Some(residents_de(&perimetre).await?);
        }
        let rondes = [Nature::Tour, Nature::Retards];
        if acces.peut::<LireTour>() && natures.iter().any(|nature| rondes.contains(nature)) {
            let choisies = if natures.contains(&Nature::Retards) { Vec::new() } else { unites };
            let perimetre = acces.aussi::<LireTour>().await?.ouvrir_perimetre(etablissement, &choisies).await?;
            let creneau = Creneau::a(acces.now(), &acces.services().fuseau);
            donnees.tour = Some(tour(&perimetre, creneau).await?);
        }
        Ok(donnees)
    }
}

/// Draws a block; `None` when the person holds no right on what it shows.
pub(crate) async fn dessiner(acces: &Acces<VoirAccueil>, nature: Nature, donnees: &Donnees) -> Resultat<Option<Markup>> {
    Ok(match nature {
        Nature::Tour => donnees.tour.as_ref().map(mon_tour),
        Nature::Retards => donnees.tour.as_ref().map(|tour| retards(acces, tour)),
        Nature::Releve => peut_lire_la_releve(acces).then(releve),
        Nature::Surveillance => surveillance(acces).await?,
        Nature::Presence => donnees.residents.as_deref().map(presence),
        Nature::Textures => donnees.residents.as_deref().map(textures::bloc),
        Nature::Raccourcis => Some(raccourcis(acces)),
    })
}

fn mon_tour(tour: &Tour) -> Markup {
    let compte = tour.compte;
    let suivant = tour.residents.iter().find(|resident| resident.compte().a_faire + resident.compte().en_retard > 0);
    let phrase = format!("{} soins faits sur {} · {} en retard", compte.faits, compte.dus, compte.en_retard);
    let contenu = html! {
        @if compte.dus == 0 { (vide_bon("Aucun soin prévu pour ce poste.")) } @else {
            (progression(compte.traces().into(), compte.dus.into(), &phrase))
            @if let Some(resident) = suivant {
                p { "Prochain : chambre " (resident.resident.sejour.chambre_libelle) ", " (resident.resident.usager.nom_parle()) "." }
            } @else { (vide_bon("Plus rien à faire pour le moment.")) }
        }
    };
    Bloc::new(Nature::Tour.titre(), contenu)
        .icone(Icone::ListChecks)
        .pied(html! { (Bouton::lien("Reprendre le tour", "/tour/soins").principal()) })
        .render()
}

fn retards(acces: &Acces<VoirAccueil>, tour: &Tour) -> Markup {
    let unites = acces.etablissement().map(|etablissement| acces.services().enseigne.unites(etablissement)).unwrap_or_default();
    let lignes: Vec<(String, plan_de_soins::Compte)> = unites
        .into_iter()
        .filter_map(|(unite, nom)| {
            let mut compte = plan_de_soins::Compte::default();
            let de_l_unite = tour.residents.iter().filter(|resident| resident.resident.sejour.unite == Some(unite));
            de_l_unite.for_each(|resident| compte.cumuler(resident.compte()));
            (compte.dus > 0).then_some((nom, compte))
        })
        .collect();
    let contenu = html! {
        @if lignes.is_empty() { (vide_bon("Aucun soin prévu pour ce poste.")) }
        @for (nom, compte) in &lignes {
            (progression(compte.traces().into(), compte.dus.into(), &format!("{nom} : {} sur {}, {} en retard", compte.traces(), compte.dus, compte.en_retard)))
        }
    };
    Bloc::new(Nature::Retards.titre(), contenu)
        .icone(Icone::ChartLine)
        .pied(html! { (Bouton::lien("Voir les soins sans trace", "/tour/omissions")) (Bouton::lien("À vérifier", "/a-verifier").discret()) })
        .render()
}

fn peut_lire_la_releve(acces: &Acces<VoirAccueil>) -> bool {
    acces.services().nav.iter().any(|entree| entree.href == "/releve" && acces.peut_info(&entree.droit))
        || acces.services().extensions().droits.iter().any(|droit| droit.code == "releve.lire" && acces.peut_info(droit))
}

fn releve() -> Markup {
    let contenu = html! { p { "Ce qui a changé, résident par résident, depuis votre dernière lecture." } };
    Bloc::new(Nature::Releve.titre(), contenu)
        .icone(Icone::MessagesSquare)
        .pied(html! { (Bouton::lien("Lire la relève", "/releve").principal()) (Bouton::lien("Transmissions", "/transmissions").discret()) })
        .render()
}

async fn surveillance(acces: &Acces<VoirAccueil>) -> Resultat<Option<Markup>> {
    if !acces.peut::<SurveillerConstantes>() {
        return Ok(None);
    }
    let Ok(etablissement) = acces.etablissement() else { return Ok(None) };
    let unites = acces.contexte().unites.clone();
    let sous = acces.aussi::<SurveillerConstantes>().await?;
    let perimetre = sous.ouvrir_perimetre(etablissement, &unites).await?;
    let alertes = constantes::alertes(&sous, &perimetre).await?;
    let lignes: Vec<Ligne> = alertes
        .iter()
        .filter_map(|suivi| suivi.alertes.first().map(|alerte| (suivi, alerte)))
        .take(5)
        .map(|(suivi, alerte)| {
            Ligne::new(suivi.resident.usager.nom_parle())
                .detail(alerte.phrase.clone())
                .lien(format!("/residents/{}/constantes", suivi.resident.id()))
        })
        .collect();
    let contenu = html! { @if lignes.is_empty() { (vide_bon("Aucune constante hors des seuils.")) } @else { (liste(&lignes)) } };
    let bloc = Bloc::new(Nature::Surveillance.titre(), contenu).icone(Icone::HeartPulse);
    Ok(Some(bloc.pied(html! { (Bouton::lien("Tout voir", "/constantes").discret()) }).render()))
}

fn presence(residents: &[Resident]) -> Markup {
    let combien = |etat: EtatSejour| residents.iter().filter(|resident| resident.sejour.etat == etat).count().to_string();
    let partis: Vec<Ligne> = residents
        .iter()
        .filter(|resident| !resident.est_present())
        .take(5)
        .map(|resident| {
            Ligne::new(resident.usager.nom_complet())
                .detail(format!("{} {}", resident.sejour.etat.libelle(), resident.sejour.lieu))
                .lien(format!("/residents/{}", resident.id()))
        })
        .collect();
    let contenu = html! {
        (chiffres(&[
            Chiffre::new(combien(EtatSejour::Present), "présents"),
            Chiffre::new(combien(EtatSejour::Hospitalise), "hospitalisés"),
            Chiffre::new(combien(EtatSejour::Absent), "absents"),
        ]))
        (liste(&partis))
    };
    Bloc::new(Nature::Presence.titre(), contenu)
        .icone(Icone::Users)
        .pied(html! { (Bouton::lien("Tableau de présence", "/presence").discret()) })
        .render()
}

fn raccourcis(acces: &Acces<VoirAccueil>) -> Markup {
    let lignes: Vec<Ligne> = platform::web::places(acces)
        .into_iter()
        .map(|entree| Ligne::new(entree.libelle).lien(entree.href).icone(entree.icone))
        .collect();
    let contenu = html! { @if lignes.is_empty() { p { "Votre fonction n'ouvre pas encore d'écran dans Grappe." } } @else { (liste(&lignes)) } };
    Bloc::new(Nature::Raccourcis.titre(), contenu).icone(Icone::House).render()
}
