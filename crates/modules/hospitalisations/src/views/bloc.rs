//! The block of the synthesis: only when somebody is in hospital, expected there, or has an appointment soon.

use jiff::{SignedDuration, Timestamp};
use kernel::dates::date_heure;
use maud::html;
use platform::acces::{Acces, Categorie, DossierOuvert};
use platform::dossier::{ConsulterDossier, Fragment};
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;

use crate::pages::lit_le_service;
use crate::suivi::suivi;
use crate::views::{alerte, puce};

/// An appointment is near within so long.
const PROCHE: SignedDuration = SignedDuration::from_hours(24 * 14);
/// Appointments shown at most.
const MONTRES: usize = 3;

/// The block as the platform asks for it.
pub(crate) fn fragment<'a>(acces: &'a Acces<ConsulterDossier>, dossier: &'a DossierOuvert<ConsulterDossier>) -> Fragment<'a> {
    Box::pin(async move {
        if !dossier.peut_lire(Categorie::Presence) {
            return Ok(None);
        }
        let now = acces.now();
        let suivi = suivi(dossier, now).await?;
        let proches: Vec<_> =
            suivi.a_venir(now).filter(|un| un.debut.is_some_and(|debut| debut <= now + PROCHE)).take(MONTRES).collect();
        let actuel = suivi.actuel(now);
        if actuel.is_none() && proches.is_empty() && suivi.desaccord.is_none() {
            return Ok(None);
        }
        let service = lit_le_service(dossier);
        let usager = dossier.usager();
        let quand = |instant: Timestamp| date_heure(instant, &acces.services().fuseau);
        let corps = html! {
            @if let Some(desaccord) = suivi.desaccord { (alerte(usager, desaccord, dossier.peut_ecrire(Categorie::Presence))) }
            @if let Some(episode) = actuel {
                p { (puce(episode)) " " (episode.hopital.nom)
                    @if let Some(nom) = episode.service().filter(|_| service) { ", " (nom) } @if episode.est_attendu(now) { ", entrée prévue le " } @else { ", depuis le " } (quand(episode.debut())) }
                @if let Some(fin) = episode.sortie_prevue() { p { "Sortie prévue : " (quand(fin)) } }
            }
            @if !proches.is_empty() {
                ul { @for un in &proches {
                    li { strong { (un.debut.map(quand).unwrap_or_default()) } ", " (un.hopital.nom)
                        @if let Some(nom) = un.service.as_ref().filter(|_| service) { ", " (nom) } }
                } }
            }
        };
        let tout = Bouton::lien("Tout voir", format!("/residents/{usager}/hospitalisations"));
        let pied = html! { (tout.petit().discret().precision("les hospitalisations et les rendez-vous")) };
        Ok(Some(Bloc::new("Hôpital", corps).icone(Icone::Hospital).pied(pied).render()))
    })
}
