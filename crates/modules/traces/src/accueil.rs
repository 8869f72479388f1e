//! What waits for those who review exceptional accesses, at once on their home page: records opened by exception
//! (INV-21), records read in numbers (INV-26).

use kernel::id::EtablissementId;
use maud::{Markup, html};
use platform::acces::{Acces, BrisDeGlace, Droit, Freinage};
use platform::erreur::Resultat;
use platform::prelude::{Answer, Parametres};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;
use ui::liste::{Ligne, liste};
use ui::puces::{Etat, Puce};

use crate::motifs;
use crate::pages::freinage;
use crate::pages::revue::{Lieu, en_retard};
use crate::rights::RevoirBris;

/// Where the notices of one establishment are read again.
const SOURCE_BRIS: &str = "/admin/bris-de-glace/avis";
const SOURCE_LECTURES: &str = "/admin/bris-de-glace/lectures/avis";

/// Lines shown in a notice; the page it leads to has them all.
const MONTREES: usize = 5;

/// The notices of what waits for a review, two an establishment where the reader reviews.
///
/// Empty when the reader reviews none. Where nothing waits stands an empty zone, so that the page tells the next one
/// without being reloaded. Each reading is one line of the journal.
pub async fn avis_bris<D: Droit>(acces: &Acces<D>) -> Resultat<Vec<Markup>> {
    if !acces.peut::<RevoirBris>() {
        return Ok(Vec::new());
    }
    let revoir = acces.aussi::<RevoirBris>().await?;
    let lieux = match revoir.etablissements_ouverts() {
        Some(lieux) => lieux,
        None => acces.etablissement().into_iter().collect(),
    };
    let mut avis = avis_lectures(&revoir, &lieux).await?;
    let par_lieu = revoir.bris_a_revoir(&lieux).await?;
    avis.extend(par_lieu.iter().map(|(lieu, attente)| avis_du_bris(&revoir, *lieu, attente)));
    Ok(avis)
}

/// The notice of one establishment, asked again each time one of its broken glasses is written.
pub(crate) async fn relire(acces: Acces<RevoirBris>, Parametres(lieu): Parametres<Lieu>) -> Resultat<Answer> {
    let lieu = lieu.etablissement.map_or_else(|| acces.etablissement(), Ok)?;
    let lus = acces.bris_a_revoir(&[lieu]).await?;
    Ok(Answer::html(html! { @for (lieu, attente) in &lus { (avis_du_bris(&acces, *lieu, attente)) } }))
}

/// The notice of one establishment, asked again each time an account is braked there.
pub(crate) async fn relire_lectures(acces: Acces<RevoirBris>, Parametres(lieu): Parametres<Lieu>) -> Resultat<Answer> {
    let lieu = lieu.etablissement.map_or_else(|| acces.etablissement(), Ok)?;
    let avis = avis_lectures(&acces, &[lieu]).await?;
    Ok(Answer::html(html! { @for avis in &avis { (avis) } }))
}

/// A notice: what waits in an establishment, and the list it follows.
struct Avis<'a> {
    titre: &'a str,
    pied: String,
    suivre: String,
    source: &'a str,
    icone: Icone,
    lieu: EtablissementId,
}

impl Avis<'_> {
    fn render(self, acces: &Acces<RevoirBris>, lignes: &[Ligne]) -> Markup {
        let Self { titre, pied, suivre, source, icone, lieu } = self;
        let source = format!("{source}?etablissement={lieu}");
        if lignes.is_empty() {
            return html! { div hidden data-suivre=(suivre) data-source=(source) {} };
        }
        let plusieurs = acces.etablissements_ouverts().is_none_or(|lieux| lieux.len() > 1);
        let nom = acces.services().enseigne.etablissement(lieu).filter(|_| plusieurs);
        let titre = nom.map_or_else(|| titre.to_owned(), |nom| format!("{titre}, {nom}"));
        let pied = html! { (Bouton::lien(pied, adresse(lieu)).petit()) };
        Bloc::new(titre, html! { (liste(lignes)) }).icone(icone).pied(pied).suivre(suivre, source, false).render()
    }
}

fn adresse(lieu: EtablissementId) -> String {
    format!("/admin/bris-de-glace?etablissement={lieu}")
}

async fn avis_lectures(acces: &Acces<RevoirBris>, lieux: &[EtablissementId]) -> Resultat<Vec<Markup>> {
    let (now, fuseau) = (acces.now(), &acces.services().fuseau);
    let par_lieu = acces.freinages_a_voir(lieux).await?;
    let ligne = |lieu: EtablissementId, lu: &Stored<Freinage>| {
        let detail = format!("{} dossiers en une heure, {}", lu.dossiers, kernel::dates::date_heure(lu.le, fuseau));
        let puce = freinage::puce(lu, now, |fin| kernel::dates::heure_levee(fin, fuseau));
        Ligne::new(lu.nom.clone()).detail(detail).icone(Icone::Eye).lien(adresse(lieu)).puce(puce)
    };
    let dessiner = |(lieu, attente): &(EtablissementId, Vec<Stored<Freinage>>)| {
        let avis = Avis {
            titre: "Lectures en nombre",
            pied: format!("Examiner ces lectures ({})", attente.len()),
            suivre: Freinage::lane_examen(*lieu),
            source: SOURCE_LECTURES,
            icone: Icone::Eye,
            lieu: *lieu,
        };
        let lignes: Vec<Ligne> = attente.iter().take(MONTREES).map(|lu| ligne(*lieu, lu)).collect();
        avis.render(acces, &lignes)
    };
    Ok(par_lieu.iter().map(dessiner).collect())
}

fn avis_du_bris(acces: &Acces<RevoirBris>, lieu: EtablissementId, attente: &[Stored<BrisDeGlace>]) -> Markup {
    let (now, fuseau) = (acces.now(), &acces.services().fuseau);
    let ligne = |bris: &Stored<BrisDeGlace>| {
        let puce = if en_retard(bris, now) {
            Puce::new(Etat::EnRetard, "plus de 7 jours")
        } else {
            Puce::new(Etat::ARevoir, "à relire")
        };
        let detail = format!("{}, {}", kernel::dates::date_heure(bris.ouvert_le, fuseau), motifs::libelle(&bris.motif));
        Ligne::new(bris.nom.clone()).detail(detail).icone(Icone::ShieldAlert).lien(adresse(lieu)).puce(puce)
    };
    let avis = Avis {
        titre: "Dossiers ouverts par exception",
        pied: format!("Relire les accès par exception ({})", attente.len()),
        suivre: BrisDeGlace::lane_revue(lieu),
        source: SOURCE_BRIS,
        icone: Icone::ShieldAlert,
        lieu,
    };
    let lignes: Vec<Ligne> = attente.iter().take(MONTREES).map(ligne).collect();
    avis.render(acces, &lignes)
}
