//! The night: the whole house or chosen units, a room by its number, rounds.

use kernel::id::UniteId;
use platform::acces::Acces;
use platform::erreur::{Erreur, Resultat};
use platform::web::{Answer, Champs, Chemin, Parametres, page};

use crate::acts::ronde::{Ronde, valider_ronde};
use crate::adresses;
use crate::filtre::{Brut, Filtre, TOUTES};
use crate::nuit::Passage;
use crate::poste::{Creneau, Poste};
use crate::rights::{LireTour, ValiderRonde};
use crate::tour::{ResidentDuTour, Tour, fuseau, tour};
use crate::views::nombre;
use crate::views::nuit::{PageNuit, UniteDeNuit, unite as fragment_unite};

use super::tour::dessin;

/// The night it is, or the next one during the day.
fn nuit_de(present: Creneau) -> Creneau {
    Creneau { poste: Poste::Nuit, ..present }
}

async fn lire(acces: &Acces<LireTour>, brut: &Brut, unite: Option<UniteId>) -> Resultat<(Filtre, Tour)> {
    let etablissement = acces.etablissement()?;
    let present = Creneau::a(acces.now(), &fuseau());
    let mut creneau = nuit_de(present);
    if let Ok(jour) = brut.jour.parse() {
        creneau.jour = jour;
    }
    let mut filtre = Filtre::lire(acces, &Brut { unite: TOUTES.into(), metier: "tous".into(), ..Brut::default() })?;
    filtre.creneau = creneau;
    filtre.unites = unite.into_iter().collect();
    if unite.is_none() {
        filtre.unites = brut.unite.split('.').filter_map(|unite| unite.parse().ok()).collect();
    }
    let perimetre = acces.ouvrir_perimetre(etablissement, &filtre.unites).await?;
    let tour = tour(&perimetre, creneau).await?;
    Ok((filtre, tour))
}

fn composer<'a>(
    acces: &Acces<LireTour>,
    brut: &Brut,
    filtre: &Filtre,
    tour: &'a Tour,
    dessin: &'a crate::views::ligne::Dessin,
) -> PageNuit<'a> {
    let passage = brut.passage.parse().unwrap_or_else(|()| Passage::de(fuseau().to_datetime(acces.now())));
    let noms = acces.services().enseigne.unites(filtre.etablissement);
    let unites: Vec<UniteDeNuit<'a>> = noms
        .into_iter()
        .map(|(id, nom)| UniteDeNuit {
            id,
            nom,
            residents: tour.residents.iter().filter(|resident| resident.resident.sejour.unite == Some(id)).collect(),
        })
        .filter(|unite| !unite.residents.is_empty())
        .collect();
    let cherche = brut.chambre.trim();
    let est_dans = |resident: &&ResidentDuTour| resident.resident.sejour.chambre_libelle.split(' ').next() == Some(cherche);
    PageNuit {
        creneau: filtre.creneau,
        passage,
        unites,
        effectif: tour.residents.len(),
        dessin,
        chambre: cherche.to_owned(),
        trouves: if cherche.is_empty() { Vec::new() } else { tour.residents.iter().filter(est_dans).collect() },
        parametres: format!(
            "{}&unite={}",
            adresses::creneau(filtre.creneau),
            filtre.unites.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")
        ),
        etablissement: filtre.etablissement,
        en_cours: acces.now() >= filtre.creneau.debut(&fuseau()),
    }
}

fn retour(filtre: &Filtre, brut: &Brut) -> String {
    let mut retour = format!("/tour/nuit?{}", adresses::creneau(filtre.creneau));
    for (nom, valeur) in [("unite", &brut.unite), ("passage", &brut.passage), ("chambre", &brut.chambre)] {
        if !valeur.is_empty() {
            retour = adresses::avec(&retour, nom, valeur);
        }
    }
    retour
}

/// `/tour/nuit`
pub(crate) async fn afficher(acces: Acces<LireTour>, Parametres(brut): Parametres<Brut>) -> Resultat<Answer> {
    let (filtre, tour) = lire(&acces, &brut, None).await?;
    let dessin = dessin(&acces, retour(&filtre, &brut), false);
    let vue = composer(&acces, &brut, &filtre, &tour, &dessin);
    Ok(Answer::html(page(&acces, "Tour de nuit", "/tour/nuit").contenu(vue.render()).render()))
}

/// `/tour/nuit/unite/{unite}`: the rounds of a unit.
pub(crate) async fn unite(
    acces: Acces<LireTour>,
    Chemin(unite): Chemin<UniteId>,
    Parametres(brut): Parametres<Brut>,
) -> Resultat<Answer> {
    let (filtre, tour) = lire(&acces, &brut, Some(unite)).await?;
    let dessin = dessin(&acces, retour(&filtre, &brut), false);
    Ok(Answer::html(fragment_unite(&composer(&acces, &brut, &filtre, &tour, &dessin))))
}

/// POST `/tour/nuit/ronde`: « Tout RAS sauf… ».
pub(crate) async fn ronde(acces: Acces<ValiderRonde>, champs: Champs) -> Resultat<Answer> {
    let incomplete = || Erreur::Demande("La ronde n'est pas complète : revenez au tour de nuit et recommencez.".into());
    let present = nuit_de(Creneau::a(acces.now(), &fuseau()));
    let ronde = Ronde {
        id: champs.lire("id").ok_or_else(incomplete)?,
        etablissement: acces.etablissement()?,
        unite: champs.lire("unite").ok_or_else(incomplete)?,
        creneau: Creneau { jour: champs.lire("jour").unwrap_or(present.jour), poste: Poste::Nuit },
        passage: champs.texte("passage").parse().map_err(|()| incomplete())?,
        sauf: champs.tous("sauf").filter_map(|sauf| sauf.parse().ok()).collect(),
        seulement: None,
        fait_le: acces.now(),
        saisi_le: acces.now(),
        heure_a_confirmer: false,
        hors_ligne: false,
    };
    if acces.now() < ronde.creneau.debut(&fuseau()) {
        return Err(Erreur::Demande("La nuit n'a pas commencé : aucune ronde ne peut être validée.".into()));
    }
    let faite = valider_ronde(&acces, &ronde).await?;
    let sauf = if ronde.sauf.is_empty() { String::new() } else { format!(", sauf {} à tracer à part", ronde.sauf.len()) };
    let absents = if faite.absents > 0 {
        format!(" {} non vu pour absence.", nombre(faite.absents, "résident", "résidents"))
    } else {
        String::new()
    };
    let phrase = format!("Ronde validée : {}{sauf}.{absents}", nombre(faite.vus, "résident vu", "résidents vus"));
    Ok(Answer::vers(adresses::locale(champs.texte("retour"))).dit(phrase))
}
