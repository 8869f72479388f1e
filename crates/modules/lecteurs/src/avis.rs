//! What the house is told: a notice on the home page for a day, an event in the handover digest.

use jiff::{SignedDuration, Timestamp};
use kernel::id::EtablissementId;
use maud::{Markup, html};
use platform::acces::{Acces, Droit, LectureDlu, PerimetreOuvert};
use platform::erreur::Resultat;
use platform::releve::{EvenementReleve, FenetreReleve, SourcesReleve};
use platform::store::{Query, Stored};
use ui::Icone;
use ui::bloc::Bloc;
use ui::boutons::Bouton;
use ui::liste::{Ligne, liste};

use crate::acts::dire;
use crate::motifs::libelle;
use crate::rights::VoirLectures;

/// How long a reading is told on the home page.
const MONTREE: SignedDuration = SignedDuration::from_hours(24);
/// Lines of the notice; the page it leads to has them all.
const LIGNES: usize = 5;

/// The notice of the house of whoever asks; nothing without the right or a house. Where nothing was read stands an empty zone which
/// follows the list.
///
/// # Errors
/// The store.
pub async fn avis_lectures<D: Droit>(acces: &Acces<D>) -> Resultat<Option<Markup>> {
    let (true, Ok(etablissement)) = (acces.peut::<VoirLectures>(), acces.etablissement()) else { return Ok(None) };
    avis(&acces.aussi().await?, etablissement).await.map(Some)
}

/// The notice of one house.
pub(crate) async fn avis(acces: &Acces<VoirLectures>, etablissement: EtablissementId) -> Resultat<Markup> {
    let perimetre = acces.ouvrir_perimetre(etablissement, &[]).await?;
    let depuis = acces.now().saturating_sub(MONTREE).unwrap_or(Timestamp::UNIX_EPOCH);
    let lectures = depuis_instant(&perimetre, depuis).await?;
    let (suivre, source) = (LectureDlu::lane_maison(etablissement), "/dlu/lectures/avis");
    if lectures.is_empty() {
        return Ok(html! { div hidden data-suivre=(suivre) data-source=(source) {} });
    }
    let fuseau = &acces.services().fuseau;
    let ligne = |lue: &Stored<LectureDlu>| {
        let detail = format!("{}, {}", kernel::dates::date_heure(lue.ouverte_le, fuseau), libelle(&lue.motif));
        Ligne::new(lue.nom.clone()).detail(detail).icone(Icone::Eye).lien(format!("/residents/{}/dlu/liens", lue.usager))
    };
    let lignes: Vec<Ligne> = lectures.iter().take(LIGNES).map(ligne).collect();
    let pied = html! { (Bouton::lien(format!("Toutes les lectures de DLU ({})", lectures.len()), "/dlu/lectures").petit()) };
    Ok(Bloc::new("DLU lus hors de la maison", html! { (liste(&lignes)) })
        .icone(Icone::Eye)
        .pied(pied)
        .suivre(suivre, source, false)
        .render())
}

/// The readings of a house since an instant, newest first.
pub(crate) async fn depuis_instant(
    perimetre: &PerimetreOuvert<VoirLectures>,
    depuis: Timestamp,
) -> Resultat<Vec<Stored<LectureDlu>>> {
    let lane = LectureDlu::lane_maison(perimetre.etablissement());
    let lues = perimetre.liste(&Query::lane2(&lane).since(depuis).newest_first().limit(200)).await?;
    let mut vues = Vec::with_capacity(lues.len());
    for lue in lues {
        let lue: Stored<LectureDlu> = lue;
        let unite = perimetre.lien(lue.usager).await?.and_then(|lien| lien.unite);
        if perimetre.couvre(unite) {
            vues.push(lue);
        }
    }
    Ok(vues)
}

/// Declares what the handover digest reads.
pub(crate) fn declarer(sources: &mut SourcesReleve) {
    sources.declarer::<VoirLectures, _, _>(|acces, fenetre| async move { evenements(&acces, &fenetre).await });
}

async fn evenements(acces: &Acces<VoirLectures>, fenetre: &FenetreReleve) -> Resultat<Vec<EvenementReleve>> {
    let perimetre = acces.ouvrir_perimetre(fenetre.etablissement, &fenetre.unites).await?;
    let lectures = depuis_instant(&perimetre, fenetre.depuis).await?;
    let dit = |lue: &Stored<LectureDlu>| EvenementReleve {
        usager: lue.usager,
        le: lue.ouverte_le,
        connu_le: lue.ouverte_le,
        genre: "lecture_dlu".into(),
        libelle: format!("DLU lu par {}", dire(lue)),
        href: Some(format!("/residents/{}/dlu/liens", lue.usager)),
    };
    Ok(lectures.iter().map(dit).collect())
}
