//! The file: one block a family, the instructions for an emergency beside.

use kernel::id::UsagerId;
use maud::{Markup, html};
use platform::store::Stored;
use ui::Icone;
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::Bouton;
use ui::liste::{Fiche, Ligne, liste};
use ui::puces::{Etat as EtatPuce, Puce};

use crate::{Code, Consignes, Element, Etat, Nature, NiveauSoins};

/// The page.
pub(crate) fn page(usager: UsagerId, elements: &[Stored<Element>], consignes: Option<&Consignes>, peut: bool) -> Markup {
    let base = format!("/residents/{usager}/medical");
    let principal = html! { @for (nature, ..) in Nature::TOUTES { (famille(&base, nature, elements, consignes, peut)) } };
    let cote = html! { (bloc_consignes(&base, consignes, peut)) };
    html! {
        (EntetePage::new("Dossier médical").phrase("Ce qu'un médecin dit de la personne, et ce qui part avec elle à l'hôpital."))
        (deux_volets(&principal, &cote))
    }
}

fn famille(base: &str, nature: Nature, elements: &[Stored<Element>], consignes: Option<&Consignes>, peut: bool) -> Markup {
    let (actifs, passes): (Vec<_>, Vec<_>) = elements.iter().filter(|un| un.nature == nature).partition(|un| un.en_vigueur());
    let lignes = |liste: &[&Stored<Element>]| liste.iter().map(|un| ligne(base, un)).collect::<Vec<_>>();
    let rien = match nature {
        Nature::Bmr if consignes.is_some_and(|consignes| consignes.bmr_absente) => "Aucune portage connu, vérifié.",
        _ => "Rien de noté.",
    };
    let corps = html! {
        @if actifs.is_empty() { p class="secondaire" { (rien) } } @else { (liste(&lignes(&actifs))) }
        @if !passes.is_empty() {
            details { summary { (passes.len()) " ligne" @if passes.len() > 1 { "s" } " du passé ou annulée" @if passes.len() > 1 { "s" } }
                (liste(&lignes(&passes))) }
        }
    };
    let ajouter = Bouton::lien("Ajouter", format!("{base}/nouveau?nature={}", nature.code()))
        .petit()
        .icone(Icone::Plus)
        .precision(nature.libelle().to_lowercase());
    let bloc = Bloc::new(nature.titre(), corps).id(nature.code());
    if peut { bloc.pied(html! { (ajouter) }).render() } else { bloc.render() }
}

fn ligne(base: &str, un: &Stored<Element>) -> Ligne {
    let code = un.code.as_ref().map(Code::en_mots).unwrap_or_default();
    let origine = un.origine.mention();
    let suite = un.phrase().strip_prefix(&un.libelle).map(|suite| suite.trim_start_matches(" · ").to_owned()).unwrap_or_default();
    let detail = [suite, code, origine].into_iter().filter(|texte| !texte.is_empty()).collect::<Vec<_>>().join(" · ");
    let ligne = Ligne::new(un.libelle.clone()).detail(detail).lien(format!("{base}/{}", un.id));
    match &un.etat {
        Etat::EnVigueur if un.a_risque => ligne.puce(Puce::new(EtatPuce::Danger, "à dire en premier")),
        Etat::EnVigueur => ligne,
        Etat::Termine { le, .. } => ligne.puce(Puce::neutre(format!("terminé le {}", kernel::dates::date_courte(*le)))),
        Etat::Annule { .. } => ligne.puce(Puce::neutre("annulé")),
    }
}

fn bloc_consignes(base: &str, consignes: Option<&Consignes>, peut: bool) -> Markup {
    let niveau = consignes.and_then(|consignes| consignes.niveau).map_or("non décidé", NiveauSoins::libelle);
    let mut fiche = Fiche::new().ligne("Niveau de soins", niveau);
    if let Some(consignes) = consignes {
        let observees = consignes.observees().join(", ");
        let lignes = [
            ("À ajouter", &consignes.niveau_precision),
            ("Soins palliatifs", &consignes.palliatif),
            ("Hôpital de préférence", &consignes.hopital.nom),
            ("Directives conservées", &consignes.directives_ou),
            ("À savoir", &observees),
            ("Commentaire", &consignes.commentaire),
        ];
        fiche = lignes
            .into_iter()
            .filter(|(_, valeur)| !valeur.is_empty())
            .fold(fiche, |fiche, (nom, valeur)| fiche.ligne(nom, valeur.clone()));
        fiche = consignes
            .directives
            .iter()
            .fold(fiche, |fiche, une| fiche.ligne(format!("Directive : {}", une.libelle().to_lowercase()), une.volonte.clone()));
    }
    let pied = html! { (Bouton::lien(if peut { "Modifier" } else { "Lire" }, format!("{base}/consignes")).petit().icone(Icone::Pencil).precision("les consignes pour une urgence")) };
    Bloc::new("Consignes pour une urgence", html! { (fiche) }).icone(Icone::Siren).pied(pied).render()
}
