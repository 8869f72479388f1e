//! What is understood of every official message of the hospitals' guides.

use hl7v2::{Adt, Limits, Message};
use hospitalisations::{Annonce, Classe, Effet, EtatEpisode, Sorte, episodes};
use kernel::clock::fuseau_par_defaut;
use mouvements_hl7v2::{Envoi, annonces, identite, ipps};

use crate::pair::officiels;

const PATIENTE: &str = "1.2.250.1.213.1.4.10=279035121518989 PAT-TROIS/DOMINIQUE/DOMINIQUE F 1979-03-28 63220";
const PATIENT: &str = "1.2.250.1.213.1.4.8=276037510669380 DE VINCI/DONATELLO/ M 2010-08-07 63220";

/// The five consents differ by their day and their stay only; the movement bears the same number in all five.
fn consentement(jour: &str, venue: &str) -> String {
    format!(
        "Entree Nouvelle 2024-03-{jour}T10:00:00Z dite 2024-03-{jour}T10:11:54Z CHU-X venue {venue} mouvement \
         312^CHU-X^000897406 Hospitalisation, Chir V, fin prévue 2024-03-10T07:00:00Z, motif Surveillance"
    )
}

/// File, person, and what is announced.
fn attendus() -> Vec<(String, &'static str, String)> {
    let dossier = |dossier: &str, noms: &[&str]| noms.iter().map(|nom| format!("{dossier}/{nom}")).collect::<Vec<_>>();
    let consents = dossier(
        "adt-consentement",
        &[
            "ConsentementConsultation_NonOppositionAlimentation.er7",
            "NonConsentementConsultation_NonOppositionAlimentation.er7",
            "NonConsentementConsultation_OppositionAlimentation.er7",
            "NonRecueillieConsentementConsultation_NonOppositionAlimentation.er7",
            "NonRecueillieConsentementConsultation_NonRecueillieOppositionAlimentation.er7",
        ],
    );
    let jours = [("06", "000897406"), ("07", "000197406"), ("09", "000297406"), ("10", "000597406"), ("11", "000997406")];
    let dits = jours.map(|(jour, venue)| consentement(jour, venue));
    let mut tous: Vec<_> = consents.into_iter().zip(dits).map(|(nom, dit)| (nom, PATIENTE, dit)).collect();
    let rien = |nom: &str, qui| (nom.to_owned(), qui, "-".to_owned());
    let sgl = |nom: &str, debut: &str, mouvement: &str, service: &str| {
        let dit = format!(
            "{debut} Nouvelle 2024-03-06T10:00:00Z dite 2024-03-06T10:11:54Z CHU-X venue 000897406 mouvement \
             {mouvement}^CHU-X^000897406 Hospitalisation, {service}"
        );
        (nom.to_owned(), PATIENTE, dit)
    };
    tous.extend([
        rien("cda-en-mdm/message_MDM_CR_Radio_INIT_N1.er7", PATIENTE),
        rien("cda-en-mdm/message_MDM_CR_Radio_INIT_N1_Base64.er7", PATIENTE),
        rien("cda-en-oru/message_ORU_CR_Bio_INIT_N3_SEGUR.hl7", PATIENTE),
        rien("depuis-mssante/ack.er7", "-"),
        rien("depuis-mssante/message_MDM__LPS_MSS_CR_Radio_INIT_N1.er7", PATIENTE),
        rien("depuis-mssante/message_MDM__LPS_MSS_CR_Radio_INIT_N1_Base64.er7", PATIENTE),
        sgl("sgl/admission.er7", "Entree", "001", "Chir V"),
        sgl("sgl/sortie.er7", "Sortie", "002", "Urgences"),
        rien("volet-1.2/mdm/ack.hl7", "-"),
        rien("volet-1.2/mdm/message.hl7", PATIENT),
        rien("volet-1.2/oru/ack.hl7", "-"),
        rien("volet-1.2/oru/message.hl7", PATIENT),
    ]);
    tous
}

fn en_mots(annonce: &Annonce) -> String {
    let a = |quoi: &str, valeur: Option<&str>| valeur.map_or_else(String::new, |valeur| format!("{quoi}{valeur}"));
    format!(
        "{:?} {:?} {} dite {} {}{}{}{}{}{}{}",
        annonce.sorte,
        annonce.effet,
        annonce.le,
        annonce.annoncee_le,
        annonce.hopital.nom,
        a(" venue ", annonce.venue.as_deref()),
        a(" mouvement ", annonce.mouvement.as_deref()),
        annonce.classe.map_or_else(String::new, |classe| format!(" {classe:?}")),
        a(", ", annonce.service.as_deref()),
        annonce.sortie_prevue.map_or_else(String::new, |le| format!(", fin prévue {le}")),
        a(", motif ", annonce.motif.as_deref()),
    )
}

fn personne(message: &Message) -> String {
    let Some(lu) = identite(message) else { return "-".into() };
    let ins: Vec<String> = lu.ins.iter().map(|(oid, numero)| format!("{oid}={numero}")).collect();
    let tout = [lu.nom_naissance, lu.premier_prenom, lu.prenoms].map(Option::unwrap_or_default).join("/");
    let reste = [lu.sexe, lu.naissance, lu.lieu].map(Option::unwrap_or_default).join(" ");
    format!("{} {tout} {reste}", ins.join(" "))
}

#[test]
fn every_official_message_says_what_it_says() {
    let fuseau = fuseau_par_defaut();
    let mut vus = Vec::new();
    for chemin in officiels() {
        let message = Message::parse(&std::fs::read(&chemin).expect("read"), &Limits::default()).expect("readable");
        let envoi = Envoi::de(message.header(), &fuseau);
        let dit = match Adt::read(&message) {
            Ok(adt) => {
                annonces(&adt, &envoi).map(|dites| dites.iter().map(en_mots).collect::<Vec<_>>().join(" ; ")).expect("announced")
            }
            Err(_) => "-".into(),
        };
        let nom = chemin.to_string_lossy().rsplit_once("hl7v2/").expect("under hl7v2").1.to_owned();
        vus.push((nom, personne(&message), dit));
    }
    let vus: Vec<_> = vus.iter().map(|(nom, qui, dit)| (nom.clone(), qui.as_str(), dit.clone())).collect();
    if !vus.is_empty() {
        assert_eq!(vus, attendus());
    }
}

#[test]
fn the_official_entry_and_its_shifted_exit_are_one_stay_in_any_order() {
    let fuseau = fuseau_par_defaut();
    let lire = |nom: &str| {
        let chemin = officiels().into_iter().find(|chemin| chemin.ends_with(nom))?;
        let message = Message::parse(&std::fs::read(chemin).expect("read"), &Limits::default()).expect("readable");
        let adt = Adt::read(&message).expect("an ADT");
        let envoi = Envoi::de(message.header(), &fuseau);
        let connus = ipps(&adt.patient.identifiers, &envoi.hopital);
        assert_eq!((connus.len(), connus[0].autorite.as_str(), connus[0].numero.as_str()), (1, "000897406", "000003"));
        Some(annonces(&adt, &envoi).expect("announced"))
    };
    let (Some(entree), Some(sortie)) = (lire("sgl/admission.er7"), lire("sgl/sortie.er7")) else { return };
    for dites in [[entree.clone(), sortie.clone()].concat(), [sortie, entree].concat()] {
        let trouves = episodes(&dites);
        assert_eq!(
            (trouves.len(), trouves[0].etat(), trouves[0].classe()),
            (1, EtatEpisode::Termine, Some(Classe::Hospitalisation))
        );
        assert_eq!(trouves[0].etapes.iter().map(|etape| etape.sorte).collect::<Vec<_>>(), [Sorte::Entree, Sorte::Sortie]);
        assert!(dites.iter().all(|dite| dite.effet == Effet::Nouvelle));
    }
}
