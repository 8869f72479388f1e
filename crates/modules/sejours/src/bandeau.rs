//! The banner of a resident, the same on every screen which shows one.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::Markup;
use platform::acces::{Categorie, DossierOuvert, Droit, EtatSejour, MotifAcces};
use platform::dossier::{ConsulterDossier, EnteteDossier};
use platform::erreur::{Erreur, Resultat};
use ui::bandeau_resident::BandeauResident;
use ui::puces::{Etat, Puce};
use usagers::{Civilite, Identification, allergies_ui, identite_courte, puces_ui, statut_ins};

use crate::model::Sejour;
use crate::onglets::onglets;
use crate::residents::{Resident, resident};

/// Draws the banner of an opened record: same content, same order, according to rights.
///
/// # Errors
/// `Introuvable` when the person has no stay; whatever the store says.
pub async fn bandeau<D: Droit>(dossier: &DossierOuvert<D>) -> Resultat<Markup> {
    bandeau_avec(dossier, Markup::default()).await
}

/// The same banner with buttons on its right: neighbours in walking order.
pub(crate) async fn bandeau_avec<D: Droit>(dossier: &DossierOuvert<D>, actions: Markup) -> Resultat<Markup> {
    let Some(resident) = resident(dossier).await? else { return Err(Erreur::Introuvable) };
    let lisible = dossier.peut_lire(Categorie::Identite);
    let identification = if lisible { dossier.lire::<Identification>(Identification::id(dossier.usager())).await? } else { None };
    let identification = identification.as_ref().map(|stored| &stored.value);
    let fuseau = kernel::clock::fuseau_par_defaut();
    let aujourd_hui = kernel::dates::jour_local(dossier.contexte().now, &fuseau);
    let mut identite = identite_courte(&resident.usager, identification, &resident.sejour.chambre_libelle, aujourd_hui);
    identite.homonyme = mention_homonymes(dossier, &resident).await?;
    let alertes = resident.alertes.as_ref().map(|stored| &stored.value);
    let gir = alertes.and_then(|alertes| alertes.gir);
    let mut bandeau = BandeauResident::new(identite, statut_ins(identification), allergies_ui(alertes), gir)
        .presence(presence(&resident, &fuseau))
        .actions(actions);
    if identification.is_none() {
        bandeau = bandeau.sans_identite();
    }
    if !dossier.peut_lire(Categorie::Alertes) {
        bandeau = bandeau.sans_alertes();
    }
    if let Some(fin) = fin_exception(dossier) {
        bandeau = bandeau
            .puce(Puce::new(Etat::Danger, format!("Ouvert par exception jusqu'à {}", kernel::dates::heure_levee(fin, &fuseau))));
    }
    for puce in puces_ui(alertes) {
        bandeau = bandeau.puce(puce);
    }
    if !dossier.rattachement().oppositions.is_empty() && dossier.peut_lire(Categorie::Administratif) {
        let href = format!("/residents/{}/oppositions", dossier.usager());
        bandeau = bandeau.puce(Puce::new(Etat::Info, "Opposition").lien(href));
    }
    if !resident.sejour.etat.en_cours() {
        bandeau = bandeau.cloture(cloture(resident.usager.civilite, &resident.sejour, &fuseau));
    }
    Ok(bandeau.render())
}

/// When a record opened by a broken glass closes again: said on every page of it (INV-21).
fn fin_exception<D: Droit>(dossier: &DossierOuvert<D>) -> Option<Timestamp> {
    if dossier.motif() != MotifAcces::BrisDeGlace {
        return None;
    }
    let contexte = dossier.contexte();
    let siens = contexte.acteur.bris.iter().filter(|(usager, fin)| *usager == dossier.usager() && contexte.now < *fin);
    siens.map(|(_, fin)| *fin).max()
}

/// « ch. 118 », the rooms of the homonyms who are in the house.
async fn mention_homonymes<D: Droit>(dossier: &DossierOuvert<D>, resident: &Resident) -> Resultat<Option<String>> {
    let mut chambres = Vec::new();
    for autre in &resident.usager.homonymes {
        let sejours = dossier.presence_de::<Sejour>(*autre).await?;
        let Some(sejour) = sejours.iter().find(|sejour| sejour.etat.en_cours()) else { continue };
        let chambre = &sejour.chambre_libelle;
        chambres.push(if chambre.is_empty() { "une personne attendue".to_owned() } else { format!("ch.\u{a0}{chambre}") });
    }
    Ok((!chambres.is_empty()).then(|| chambres.join(", ")))
}

/// « présente depuis le 3 avr. 2023 », « hospitalisée depuis le …, centre hospitalier ».
pub(crate) fn presence(resident: &Resident, fuseau: &TimeZone) -> String {
    let sejour = &resident.sejour.value;
    let mot = accorder(resident.usager.civilite, sejour.etat);
    let depuis = if sejour.etat == EtatSejour::Present { Some(sejour.entree_le) } else { sejour.parti_le };
    let depuis = depuis.map(|instant| format!(" depuis le {}", jour(instant, fuseau))).unwrap_or_default();
    match (sejour.etat, sejour.lieu.as_str()) {
        (EtatSejour::Preadmis, _) => format!("{mot}, entrée prévue le {}", jour(sejour.entree_le, fuseau)),
        (EtatSejour::Absent | EtatSejour::Hospitalise, lieu) if !lieu.is_empty() => format!("{mot}{depuis}, {lieu}"),
        _ => format!("{mot}{depuis}"),
    }
}

fn jour(instant: Timestamp, fuseau: &TimeZone) -> String {
    kernel::dates::date_courte(kernel::dates::jour_local(instant, fuseau))
}

/// The state in one word, agreeing with the person.
pub(crate) fn accorder(civilite: Civilite, etat: EtatSejour) -> String {
    let feminin = civilite == Civilite::Madame;
    match etat {
        EtatSejour::Preadmis => if feminin { "préadmise" } else { "préadmis" }.to_owned(),
        autre if feminin => format!("{}e", autre.libelle()),
        autre => autre.libelle().to_owned(),
    }
}

fn cloture(civilite: Civilite, sejour: &Sejour, fuseau: &TimeZone) -> String {
    let mot = accorder(civilite, sejour.etat);
    let mot =
        mot.chars().next().map_or_else(String::new, |premiere| premiere.to_uppercase().chain(mot.chars().skip(1)).collect());
    let le = sejour.sortie_le.map(|le| format!(" le {}", jour(le, fuseau))).unwrap_or_default();
    format!("{mot}{le}. Écriture close.")
}

/// The heading other modules put above their pages of a record.
pub(crate) fn entete<'a>(
    dossier: &'a DossierOuvert<ConsulterDossier>,
    actuel: &'a str,
) -> std::pin::Pin<Box<dyn Future<Output = Resultat<EnteteDossier>> + Send + 'a>> {
    Box::pin(async move { Ok(EnteteDossier { bandeau: bandeau(dossier).await?, onglets: onglets(dossier, actuel) }) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_agree_with_the_person() {
        assert_eq!(accorder(Civilite::Madame, EtatSejour::Hospitalise), "hospitalisée");
        assert_eq!(accorder(Civilite::Monsieur, EtatSejour::Absent), "absent");
        assert_eq!(accorder(Civilite::Madame, EtatSejour::Preadmis), "préadmise");
        assert_eq!(accorder(Civilite::Madame, EtatSejour::Decede), "décédée");
    }
}
