//! Writing: a transmission, its instruction, and where its target stands, in one act.

use jiff::{SignedDuration, Timestamp};
use kernel::id::CompteId;
use kernel::texte::{Texte, mots};
use platform::acces::{Acte, Contexte, DossierOuvert, Droit};
use platform::erreur::{Erreur, Resultat};
use platform::store::Stored;
use uuid::Uuid;

use crate::cible::Cible;
use crate::consigne::Consigne;
use crate::forms::Redaction;
use crate::model::{EtatCible, Importance, Transmission};

/// Attempts when two people write on the same target at the same instant.
const ESSAIS: usize = 5;
/// Near-same words on the same person within this time are offered to be joined.
const RAPPROCHE: SignedDuration = SignedDuration::from_mins(20);

/// Who signs.
#[derive(Debug, Clone)]
pub(crate) struct Auteur {
    pub(crate) compte: CompteId,
    pub(crate) nom: String,
    pub(crate) profil: String,
}

impl Auteur {
    /// Who acts in this request.
    pub(crate) fn de(contexte: &Contexte) -> Self {
        let profil = contexte.acteur.profils(contexte.now).first().map(|profil| (*profil).to_owned()).unwrap_or_default();
        Self { compte: contexte.acteur.compte, nom: contexte.acteur.nom.clone(), profil }
    }
}

/// How the writing entered.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entree {
    /// Entered at, on a tablet without network.
    pub(crate) saisi_le: Option<Timestamp>,
    pub(crate) hors_ligne: bool,
    pub(crate) heure_a_confirmer: bool,
}

/// What became of a writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Inscription {
    /// Written.
    Faite,
    /// Was written before, under the same id.
    Deja,
}

/// A writing about an opened person.
pub(crate) fn composer<D: Droit>(dossier: &DossierOuvert<D>, redaction: &Redaction, entree: Entree) -> Resultat<Transmission> {
    let contexte = dossier.contexte();
    let auteur = Auteur::de(contexte);
    let (theme, theme_propose) = redaction.theme_ou_propose();
    let saisi_le = entree.saisi_le.unwrap_or(contexte.now);
    let mut transmission = Transmission {
        id: redaction.id,
        usager: dossier.usager(),
        etablissement: dossier.etablissement().ok_or(Erreur::Introuvable)?,
        unite: dossier.unite(),
        theme,
        theme_propose,
        cible: redaction.cible,
        etat: EtatCible::Isolee,
        donnees: redaction.donnees.clone(),
        actions: redaction.actions.clone(),
        resultat: redaction.resultat.clone(),
        importance: redaction.importance,
        consigne: redaction.consigne.clone(),
        a_revoir: redaction.a_revoir,
        liens: redaction.liens.clone(),
        fait_le: redaction.fait_le.unwrap_or(saisi_le),
        saisi_le,
        recu_le: (saisi_le != contexte.now).then_some(contexte.now),
        auteur: auteur.compte,
        auteur_nom: auteur.nom,
        auteur_profil: auteur.profil,
        hors_ligne: entree.hors_ligne,
        heure_a_confirmer: entree.heure_a_confirmer,
        corrige: None,
        annule: None,
    };
    transmission.etat = transmission.etat_ecrit(redaction.clore);
    Ok(transmission)
}

/// A transmission told by another module: what happened, already in words.
#[derive(Debug, Clone)]
pub struct Recit {
    /// Its id: derived from what it tells, so that telling twice counts once.
    pub id: Uuid,
    /// Code of a theme.
    pub theme: &'static str,
    /// What happened.
    pub donnees: Texte<4000>,
    /// How much it matters.
    pub importance: Importance,
    /// When it happened.
    pub fait_le: Timestamp,
}

/// Adds a transmission to the act of another module, isolated: whoever follows it up opens a target.
///
/// # Errors
/// `Introuvable` without a stay.
pub fn raconter<D: Droit>(dossier: &DossierOuvert<D>, acte: &mut Acte, recit: Recit) -> Resultat<()> {
    let redaction = Redaction {
        id: recit.id,
        theme: Some(recit.theme.to_owned()).filter(|code| crate::themes::get(code).is_some()),
        donnees: Some(recit.donnees),
        actions: None,
        resultat: None,
        importance: recit.importance,
        consigne: None,
        a_revoir: None,
        cible: None,
        clore: false,
        liens: Vec::new(),
        fait_le: Some(recit.fait_le),
    };
    let transmission = composer(dossier, &redaction, Entree::default())?;
    acte.create(transmission.id, &transmission);
    poser_cible(acte, None, Cible::depuis([&transmission]));
    Ok(())
}

/// Writes a transmission, its instruction and its target; the same id twice counts once.
pub(crate) async fn inscrire<D: Droit>(dossier: &DossierOuvert<D>, mut transmission: Transmission) -> Resultat<Inscription> {
    for _ in 0..ESSAIS {
        if dossier.lire::<Transmission>(transmission.id).await?.is_some() {
            return Ok(Inscription::Deja);
        }
        let (cible, fil) = fil_ecrit(dossier, transmission.cible).await?;
        if let Some(premiere) = fil.iter().find(|lue| Some(lue.id) == transmission.cible)
            && transmission.theme_propose
        {
            transmission.theme.clone_from(&premiere.theme);
            transmission.theme_propose = false;
        }
        let mut acte = dossier.acte("transmissions.ecrite").detail("importance", transmission.importance.code());
        acte.create(transmission.id, &transmission);
        inscrire_consigne(dossier, &mut acte, &transmission);
        let toutes = fil.iter().map(|lue| &lue.value).chain([&transmission]);
        poser_cible(&mut acte, cible.as_ref(), Cible::depuis(toutes));
        match dossier.commit(acte).await {
            Err(Erreur::Conflit) => {}
            fin => return fin.map(|()| Inscription::Faite),
        }
    }
    Err(Erreur::Conflit)
}

fn inscrire_consigne<D: Droit>(dossier: &DossierOuvert<D>, acte: &mut Acte, transmission: &Transmission) {
    let Some(ecrite) = &transmission.consigne else { return };
    let du = kernel::dates::jour_local(dossier.contexte().now, &kernel::clock::fuseau_par_defaut());
    let consigne = Consigne {
        usager: transmission.usager,
        etablissement: transmission.etablissement,
        unite: transmission.unite,
        texte: ecrite.texte.clone(),
        du,
        jusquau: ecrite.jusquau,
        pour: ecrite.pour.clone(),
        transmission: Some(transmission.id),
        saisi_le: transmission.saisi_le,
        auteur: transmission.auteur,
        auteur_nom: transmission.auteur_nom.clone(),
        auteur_profil: transmission.auteur_profil.clone(),
        levee: None,
    };
    acte.create(Consigne::id_de(transmission.id), &consigne);
}

/// Where a target stands and the transmissions of its thread; nothing for a writing which opens its own.
pub(super) async fn fil_ecrit<D: Droit>(
    dossier: &DossierOuvert<D>,
    fil: Option<Uuid>,
) -> Resultat<(Option<Stored<Cible>>, Vec<Stored<Transmission>>)> {
    let Some(fil) = fil else { return Ok((None, Vec::new())) };
    let cible = dossier.lire::<Cible>(Cible::id(fil)).await?;
    let Some(depuis) = cible.as_ref().map(|cible| cible.ouverte_le) else {
        let seule = dossier.lire::<Transmission>(fil).await?;
        let inconnue = || Erreur::Demande("La cible n'existe plus dans ce dossier. Écrivez une nouvelle transmission.".into());
        return Ok((None, vec![seule.ok_or_else(inconnue)?]));
    };
    let mut lues: Vec<Stored<Transmission>> = dossier.liste(|query| query.since(depuis)).await?;
    lues.retain(|lue: &Stored<Transmission>| lue.fil() == fil);
    Ok((cible, lues))
}

/// Puts the target as it now stands; one which has nothing left is closed.
pub(super) fn poser_cible(acte: &mut Acte, connue: Option<&Stored<Cible>>, nouvelle: Option<Cible>) {
    match (connue, nouvelle) {
        (None, None) => {}
        (None, Some(nouvelle)) => acte.create(Cible::id(nouvelle.fil), &nouvelle),
        (Some(connue), Some(nouvelle)) => acte.update(connue, &nouvelle),
        (Some(connue), None) => acte.update(connue, &Cible { etat: EtatCible::Close, nombre: 0, ..connue.value.clone() }),
    }
}

/// A recent writing on the same person which says nearly the same: offered to be joined.
pub(crate) async fn presque_la_meme<D: Droit>(
    dossier: &DossierOuvert<D>,
    redaction: &Redaction,
) -> Resultat<Option<Stored<Transmission>>> {
    let Some(donnees) = redaction.donnees.as_deref() else { return Ok(None) };
    let now = dossier.contexte().now;
    let recentes: Vec<Stored<Transmission>> =
        dossier.liste(|query| query.since(now - RAPPROCHE).newest_first().limit(30)).await?;
    Ok(recentes.into_iter().find(|lue: &Stored<Transmission>| {
        lue.id != redaction.id
            && lue.annule.is_none()
            && lue.donnees.as_deref().is_some_and(|connues| semblables(connues, donnees))
    }))
}

/// True if two texts share at least three words of five, whatever their order and endings.
pub(crate) fn semblables(a: &str, b: &str) -> bool {
    let racines = |texte: &str| mots(texte).into_iter().collect::<std::collections::BTreeSet<_>>();
    let (a, b) = (racines(a), racines(b));
    let communs = a.intersection(&b).count();
    let ensemble = a.union(&b).count();
    ensemble > 0 && communs * 5 >= ensemble * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_same_words_are_recognised_and_others_are_not() {
        assert!(semblables("Grimace au transfert, se tient la hanche droite", "grimaces au transfert, tient sa hanche droite"));
        assert!(!semblables("Grimace au transfert", "A bien dormi toute la nuit"));
        assert!(!semblables("", ""));
    }
}
