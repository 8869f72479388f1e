//! The call sheet: what to say to the centre 15 in its order (HAS, SAED), one tap for each fact.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use medical::Nature;
use ui::Icone;
use ui::alerte::{Alerte, Nature as NatureAlerte};
use ui::bloc::{Bloc, EntetePage, deux_volets};
use ui::boutons::{Bouton, boutons};
use ui::champs::{Texte, ZoneTexte, cache};
use ui::liste::Fiche;
use ui::puces::{Etat, Puce, puces};
use usagers::RoleContact;
use uuid::Uuid;

use super::chronologie;
use crate::dlu::Dlu;
use crate::document::{MESURES, qui};
use crate::episode::Episode;
use crate::etape::{APPELS, MOTIFS, OBSERVATIONS, Quoi, REPONSES};

/// What the sheet shows.
pub(crate) struct Ecran<'a> {
    pub dlu: &'a Dlu,
    pub episode: Option<&'a Episode>,
    /// Name and profession of who calls.
    pub qui: (&'a str, &'a str),
    pub peut: bool,
    pub peut_mesurer: bool,
    /// May write and sign the transfer sheet.
    pub peut_rediger: bool,
    /// Where the DLU may be sent: name, address.
    pub destinataires: &'a [(String, String)],
    /// Ids of the acts of this page: a double tap counts once.
    pub ids: [Uuid; 8],
    pub now: Timestamp,
    pub fuseau: &'a TimeZone,
}

/// The sheet.
pub(crate) fn page(ecran: &Ecran<'_>) -> Markup {
    let depuis = ecran.episode.map(|episode| format!("depuis {}", kernel::dates::heure_levee(episode.debut(), ecran.fuseau)));
    let principal = html! {
        (motifs(ecran))
        (appel(ecran))
        (Bloc::new("À dire, dans cet ordre", html! { (situation(ecran)) (antecedents(ecran)) (evaluation(ecran)) (demande(ecran)) }).icone(Icone::MessageSquare))
    };
    let cote = html! {
        div id="urgence-suivi" class="pile" data-suivre=(format!("personne/{}", ecran.dlu.id())) data-source=(format!("{}/urgence", base(ecran))) {
            (reponse(ecran))
            (envoyer(ecran))
            (prevenir(ecran))
            (suite(ecran))
            (chronologie::bloc(ecran))
        }
    };
    html! {
        div class="urgence" data-sensible data-resident=(ecran.dlu.id()) {
            (EntetePage::new("Urgence").phrase(depuis.unwrap_or_else(|| "Fiche d'appel au 15. Chaque touche est notée avec son heure.".into()))
                .actions(html! { (Bouton::lien("DLU", format!("{}/dlu", base(ecran))).icone(Icone::FileText)) @if ecran.peut_rediger { (Bouton::lien("Fiche de transfert", format!("{}/redaction/fludt", base(ecran))).icone(Icone::Pencil)) } (Bouton::lien("Imprimer le DLU", format!("{}/dlu/pdf", base(ecran))).icone(Icone::Printer)) }))
            (deux_volets(&principal, &cote))
        }
    }
}

pub(super) fn base(ecran: &Ecran<'_>) -> String {
    format!("/residents/{}", ecran.dlu.id())
}

/// The act of a step: its name for tablets, the end of its address.
const ETAPE: (&str, &str) = ("urgence.etape", "etape");

/// A form of one tap; on a tablet terrain keeps it and sends it when it can.
fn geste(ecran: &Ecran<'_>, (operation, fin): (&str, &str), libelle: &str, contenu: &Markup) -> Markup {
    html! {
        form method="post" action=(format!("{}/urgence/{fin}", base(ecran))) data-operation=(operation) data-resident=(ecran.dlu.id()) data-libelle=(libelle) data-phrase=(format!("{libelle} : noté.")) {
            (contenu)
        }
    }
}

fn motifs(ecran: &Ecran<'_>) -> Markup {
    let dit = ecran.episode.and_then(Episode::motif);
    let boutons_motif = html! {
        @for (code, libelle) in MOTIFS {
            (geste(ecran, ETAPE, libelle, &html! {
                (cache("id", &kernel::id::derived(ecran.ids[0], code).to_string())) (cache("quoi", "motif")) (cache("motif", code))
                @let bouton = Bouton::envoyer(libelle);
                (if dit.as_deref() == Some(libelle) { bouton.principal().icone(Icone::Check) } else { bouton })
            }))
        }
    };
    html! { @if ecran.peut { div class="rangee" role="group" aria-label="Ce qui se passe" { (boutons_motif) } } @else if let Some(dit) = dit { p { strong { (dit) } } } }
}

fn appel(ecran: &Ecran<'_>) -> Markup {
    let appele = ecran.episode.is_some_and(|episode| episode.a_eu(|quoi| *quoi == Quoi::Appel15));
    let numero = &ecran.dlu.etablissement.telephone;
    html! {
        div class="rangee urgence-appel" {
            (Bouton::lien("Appeler le 15", "tel:15").danger().large().icone(Icone::PhoneCall))
            @if ecran.peut && !appele {
                form method="post" action=(format!("{}/urgence/etape", base(ecran))) data-operation=(ETAPE.0) data-resident=(ecran.dlu.id()) data-libelle="Appel au 15" data-phrase="Appel au 15 : noté." data-une-fois {
                    (cache("id", &ecran.ids[1].to_string())) (cache("quoi", "appel15")) (Bouton::envoyer("Noter l'appel").icone(Icone::Clock))
                }
            }
            @if !numero.is_empty() { p { "Votre numéro à donner : " strong { (kernel::numeros::telephone_lisible(numero)) } } }
            @else { p { "Le numéro de la maison n'est pas renseigné : donnez celui de l'appareil qui appelle." } }
        }
    }
}

fn situation(ecran: &Ecran<'_>) -> Markup {
    let dlu = ecran.dlu;
    let house = &dlu.etablissement;
    let lieu: Vec<&str> = [house.nom.as_str(), house.adresse.as_str(), house.commune.as_str()]
        .into_iter()
        .filter(|texte| !texte.is_empty())
        .collect();
    let fait = ecran.episode.and_then(|episode| {
        let motif = episode.valides().find(|etape| matches!(etape.quoi, Quoi::Motif { .. }))?;
        Some(format!("{} à {}", motif.quoi.phrase(), kernel::dates::heure_levee(motif.a, ecran.fuseau)))
    });
    let fait = fait.unwrap_or_else(|| "dites ce qui se passe".into());
    html! {
        h3 { "Situation" }
        p { "« Ici " (ecran.qui.0) @if !ecran.qui.1.is_empty() { ", " (ecran.qui.1.to_lowercase()) } ", " (lieu.join(", ")) "."
            @if !house.acces_nuit.is_empty() { " Accès de nuit : " (house.acces_nuit) "." } }
        p { strong { (dlu.usager.nom_complet()) } @if !dlu.age().is_empty() { ", " (dlu.age()) } @if !dlu.sejour.chambre_libelle.is_empty() { ", chambre " (dlu.sejour.chambre_libelle) } " : " (fait) ". »" }
    }
}

fn antecedents(ecran: &Ecran<'_>) -> Markup {
    let dlu = ecran.dlu;
    let noms = |natures: &[Nature]| {
        natures
            .iter()
            .flat_map(|nature| dlu.de(*nature))
            .map(|un| match un.debut {
                Some(debut) => format!("{} {}", un.libelle, debut.annee()),
                None => un.libelle.clone(),
            })
            .collect::<Vec<_>>()
            .join(" · ")
    };
    let passe = noms(&[Nature::Pathologie, Nature::Antecedent, Nature::Intervention]);
    let risques: Vec<Puce> = dlu
        .a_risque()
        .map(|un| Puce::new(Etat::Danger, [un.libelle.as_str(), un.detail.as_str()].join(" ").trim().to_owned()))
        .collect();
    let allergie = if dlu.allergique() { Etat::Danger } else { Etat::ASurveiller };
    let traitements = noms(&[Nature::Traitement]);
    html! {
        h3 { "Antécédents" }
        p { @if passe.is_empty() { "Aucun antécédent noté dans ce dossier." } @else { (passe) } }
        (puces(&risques.into_iter().chain([Puce::new(allergie, dlu.allergies())]).collect::<Vec<_>>()))
        p { @if traitements.is_empty() { "Traitements non notés dans ce dossier : ayez l'ordonnance en main." } @else { "Traitements : " (traitements) } }
        @for refus in &dlu.refuses { p class="secondaire" { "La personne s'oppose à la lecture de : " (refus) "." } }
    }
}

fn evaluation(ecran: &Ecran<'_>) -> Markup {
    let mesures: Vec<(String, String)> = MESURES
        .iter()
        .filter_map(|code| {
            let (mesure, grandeur) = (ecran.dlu.constantes.get(*code)?, constantes::Grandeur::get(code)?);
            let age = kernel::dates::il_y_a(ecran.now.duration_since(mesure.mesuree_le));
            Some((grandeur.libelle.clone(), format!("{}, {age}", mesure.lisible())))
        })
        .collect();
    let essentiel = ecran.dlu.alertes.as_ref().map(usagers::Alertes::essentiel).unwrap_or_default();
    let observees = ecran.dlu.consignes.as_ref().map(|consignes| consignes.observees().join(", ")).unwrap_or_default();
    let habitude = [essentiel, observees].into_iter().filter(|texte| !texte.is_empty()).collect::<Vec<_>>().join(" · ");
    html! {
        h3 { "Évaluation" }
        @if ecran.peut { ul class="urgence-questions" { @for (rang, (code, libelle)) in OBSERVATIONS.into_iter().enumerate() { (question(ecran, rang, code, libelle)) } } }
        @if mesures.is_empty() { p { "Aucune mesure récente." } }
        @else { (mesures.into_iter().fold(Fiche::new(), |fiche, (nom, valeur)| fiche.ligne(nom, valeur))) }
        @if ecran.peut_mesurer { p { (Bouton::lien("Saisir des constantes", format!("{}/constantes/saisir", base(ecran))).petit().icone(Icone::Activity)) } }
        p { "D'habitude : " @if habitude.is_empty() { "non renseigné" } @else { (habitude) } }
    }
}

fn question(ecran: &Ecran<'_>, rang: usize, code: &str, libelle: &str) -> Markup {
    let dit = ecran.episode.and_then(|episode| episode.reponse_a(code));
    let tour = ecran.episode.map_or(0, |episode| episode.etapes.len());
    html! {
        li {
            span { (libelle) }
            @for (valeur, mot) in [("oui", "Oui"), ("non", "Non")] {
                (geste(ecran, ETAPE, &format!("{libelle} : {}", mot.to_lowercase()), &html! {
                    (cache("id", &kernel::id::derived(ecran.ids[2], &format!("{rang}/{valeur}/{tour}")).to_string()))
                    (cache("quoi", "observation")) (cache("question", code)) (cache("oui", valeur))
                    @let bouton = Bouton::envoyer(mot).petit().precision(libelle);
                    (if dit == Some(valeur == "oui") { bouton.principal().icone(Icone::Check) } else { bouton })
                }))
            }
        }
    }
}

fn demande(ecran: &Ecran<'_>) -> Markup {
    let dlu = ecran.dlu;
    let directives: Vec<String> = dlu
        .consignes
        .iter()
        .flat_map(|consignes| &consignes.directives)
        .map(|une| format!("{} : {}", une.libelle(), une.volonte))
        .collect();
    let abordees = dlu.entourage.as_ref().map_or("question non abordée", usagers::Entourage::directives_libelle);
    let confiance = dlu.contact(RoleContact::PersonneDeConfiance);
    html! {
        h3 { "Demande" }
        p { strong { (dlu.niveau()) } }
        p { "Directives anticipées : " @if directives.is_empty() { (abordees) } @else { (directives.join(" ; ")) } }
        p { "Personne de confiance : " @if let Some(contact) = confiance { (qui(contact)) ", " strong { (kernel::numeros::telephone_lisible(&contact.telephone)) } } @else { "non désignée" } }
    }
}

fn reponse(ecran: &Ecran<'_>) -> Markup {
    if !ecran.peut {
        return html! {};
    }
    let dite = ecran.episode.and_then(|episode| {
        episode.valides().rev().find_map(|etape| match &etape.quoi {
            Quoi::Reponse { decision, .. } => Some(decision.clone()),
            _ => None,
        })
    });
    let corps = geste(
        ecran,
        ETAPE,
        "Réponse du 15",
        &html! {
            (cache("id", &ecran.ids[3].to_string())) (cache("quoi", "reponse"))
            (Texte::new("dossier", "Numéro de dossier du 15").court().maximum(40).completion("off"))
            div class="rangee" {
                @for (code, libelle) in REPONSES {
                    @let bouton = Bouton::envoyer(libelle).valeur("decision", code);
                    (if dite.as_deref() == Some(code) { bouton.principal().icone(Icone::Check) } else { bouton })
                }
            }
        },
    );
    Bloc::new("Réponse du 15", corps).icone(Icone::Ambulance).render()
}

/// The DLU to emergency departments, one tap each; without network it leaves with the rest.
fn envoyer(ecran: &Ecran<'_>) -> Markup {
    if !ecran.peut {
        return html! {};
    }
    let tour = ecran.episode.map_or(0, |episode| episode.etapes.len());
    let parti = |adresse: &str| {
        let deja =
            |quoi: &Quoi| matches!(quoi, Quoi::Dlu { comment, adresse: connue, .. } if comment == "demande" && connue == adresse);
        ecran.episode.is_some_and(|episode| episode.a_eu(deja))
    };
    let corps = html! {
        @if ecran.destinataires.is_empty() { p { "Aucun service d'urgences n'a d'adresse sécurisée dans l'annuaire des correspondants. Imprimez le DLU, ou donnez un lien de lecture." } }
        @for (nom, adresse) in ecran.destinataires {
            (geste(ecran, ETAPE, &format!("Envoi du DLU demandé : {nom}"), &html! {
                (cache("id", &kernel::id::derived(ecran.ids[2], &format!("dlu/{adresse}/{tour}")).to_string()))
                (cache("quoi", "dlu")) (cache("a_qui", nom)) (cache("adresse", adresse))
                @let bouton = Bouton::envoyer(if parti(adresse) { "Envoyer de nouveau" } else { "Envoyer le DLU" }).icone(Icone::Send);
                div class="rangee" { (if parti(adresse) { bouton.petit() } else { bouton }.precision(nom.clone())) span { (nom) } }
            }))
        }
    };
    let corps = html! {
        (corps)
        @if ecran.destinataires.iter().any(|(_, adresse)| parti(adresse)) { p class="secondaire" { "Parti seulement quand la chronologie dit « DLU envoyé ». Sinon, imprimez-le pour l'équipage." } }
    };
    Bloc::new("DLU par messagerie sécurisée", corps).icone(Icone::Send).render()
}

fn prevenir(ecran: &Ecran<'_>) -> Markup {
    let contacts: Vec<&usagers::Contact> = ecran
        .dlu
        .entourage
        .iter()
        .flat_map(|entourage| &entourage.contacts)
        .filter(|contact| !contact.telephone.is_empty() && contact.roles.iter().any(|role| *role != RoleContact::Autre))
        .collect();
    let tour = ecran.episode.map_or(0, |episode| episode.etapes.len());
    let corps = html! {
        @if contacts.is_empty() { p { "Personne à prévenir non renseignée." } }
        @for contact in contacts {
            div class="urgence-contact" {
                p { (qui(contact)) br; a href=(format!("tel:{}", contact.telephone.replace([' ', '.'], ""))) { (kernel::numeros::telephone_lisible(&contact.telephone)) }
                    @if !contact.consigne.is_empty() { br; small class="secondaire" { (contact.consigne) } } }
                @if ecran.peut {
                    div class="rangee" {
                        @for (code, libelle) in APPELS {
                            (geste(ecran, ETAPE, &format!("{} : {}", qui(contact), libelle.to_lowercase()), &html! {
                                (cache("id", &kernel::id::derived(ecran.ids[4], &format!("{}/{code}/{tour}", contact.id)).to_string()))
                                (cache("quoi", "proche")) (cache("nom", &qui(contact))) (cache("resultat", code))
                                (Bouton::envoyer(libelle).petit().precision(contact.nom.clone()))
                            }))
                        }
                    }
                }
            }
        }
    };
    Bloc::new("Prévenir", corps).icone(Icone::Users).render()
}

fn suite(ecran: &Ecran<'_>) -> Markup {
    if !ecran.peut {
        return html! {};
    }
    let parti = ecran.episode.is_some_and(|episode| episode.a_eu(|quoi| matches!(quoi, Quoi::Depart { .. })));
    let hopital = ecran.dlu.consignes.as_ref().map(|consignes| consignes.hopital.nom.clone()).unwrap_or_default();
    let corps = html! {
        @if parti { (Alerte::new(NatureAlerte::Info, "Départ noté : le lit est gardé, les soins sont suspendus.")) }
        @else {
            (geste(ecran, ("urgence.depart", "depart"), "Départ à l'hôpital", &html! {
                (cache("id", &ecran.ids[5].to_string()))
                (Texte::new("hopital", "Hôpital et service").valeur(hopital).maximum(160).completion("off"))
                (boutons(&html! { (Bouton::envoyer("Départ à l'hôpital").icone(Icone::Hospital)) }))
            }))
        }
        (geste(ecran, ETAPE, "Note", &html! {
            (cache("id", &ecran.ids[6].to_string())) (cache("quoi", "note"))
            (ZoneTexte::new("texte", "Note").maximum(1000).sans_brouillon())
            (boutons(&html! { (Bouton::envoyer("Ajouter la note").petit()) }))
        }))
        @if ecran.episode.is_some() {
            (geste(ecran, ("urgence.fin", "fin"), "Fin de l'urgence", &html! {
                (cache("id", &ecran.ids[7].to_string()))
                (boutons(&html! { (Bouton::envoyer(if parti { "Terminer : la personne est partie" } else { "Terminer : reste sur place" }).icone(Icone::Check)) }))
            }))
        }
    };
    Bloc::new("Suite", corps).icone(Icone::ListChecks).render()
}
