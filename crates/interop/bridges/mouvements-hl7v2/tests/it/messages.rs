//! Messages of an imaginary hospital: what each says, cancellations and corrections included.

use documents::{Fiche, Verdict, decider};
use hl7v2::{Adt, Appointment, Limits, Message};
use hospitalisations::{Annonce, AnnonceRendezVous, Annoncee, Classe, Effet, Sorte};
use jiff::Timestamp;
use kernel::clock::fuseau_par_defaut;
use mouvements_hl7v2::{Envoi, Ipp, SansAnnonce, annonces, identite, ipps, rendez_vous};

pub(crate) const PID: &str = "PID|1||77001^^^ORMES&750000999&M^PI~279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS^^20101207||\
    PAT-TROIS^DOMINIQUE^DOMINIQUE MARIE^^^^L~USAGE^DOMINIQUE^^^^^D||19790328|F|||^^^^^^BDL^^51215|||||||||||||||||||||VALI";

/// A message about the person of the official examples; `suite` is what follows PID.
pub(crate) fn message(evenement: &str, numero: &str, pid: &str, suite: &[&str]) -> Vec<u8> {
    let genre = if evenement.starts_with('S') { "SIU" } else { "ADT" };
    let entete = format!(
        "MSH|^~\\&|GAM|ORMES|DUI|TILLEULS|20261120103000||{genre}^{evenement}|{numero}|T|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR"
    );
    let evn = if genre == "SIU" { Vec::new() } else { vec!["EVN||20261120101500||||20261120100000"] };
    let lignes = [vec![entete.as_str()], evn, vec![pid], suite.to_vec()].concat();
    lignes.join("\r").into_bytes()
}

pub(crate) const PV1: &str = "PV1|1|I|MED^12^B^ORMES&750000999&M||||||||||||||||26-1^^^ORMES&750000999&M^VN";

/// The segment with field `n` set.
pub(crate) fn avec_champ(segment: &str, n: usize, valeur: &str) -> String {
    let mut champs: Vec<&str> = segment.split('|').collect();
    champs.resize(champs.len().max(n + 1), "");
    champs[n] = valeur;
    champs.join("|")
}

fn lire(octets: &[u8]) -> Message {
    Message::parse(octets, &Limits::default()).expect("readable")
}

fn adt(evenement: &str, suite: &[&str]) -> Result<Annonce, SansAnnonce> {
    let message = lire(&message(evenement, "1", PID, suite));
    let fuseau = fuseau_par_defaut();
    annonces(&Adt::read(&message).expect("an ADT"), &Envoi::de(message.header(), &fuseau)).map(|mut dites| dites.remove(0))
}

fn le(texte: &str) -> Timestamp {
    testkit::instant(texte)
}

fn zbe(action: &str, origine: &str) -> String {
    format!("ZBE|M-1^GAM|20261120090000||{action}|N|{origine}|Médecine^^^^^ORMES&750000999&M^UF^^^2210||HMS")
}

#[test]
fn each_event_says_its_kind_and_what_it_does() {
    let insert = zbe("INSERT", "");
    let cas = [
        ("A01", Sorte::Entree, Effet::Nouvelle),
        ("A04", Sorte::Entree, Effet::Nouvelle),
        ("A02", Sorte::Mutation, Effet::Nouvelle),
        ("A06", Sorte::Mutation, Effet::Nouvelle),
        ("A03", Sorte::Sortie, Effet::Nouvelle),
        ("A05", Sorte::Prevue, Effet::Nouvelle),
        ("A21", Sorte::DepartPermission, Effet::Nouvelle),
        ("A22", Sorte::RetourPermission, Effet::Nouvelle),
        ("Z80", Sorte::Mutation, Effet::Nouvelle),
        ("A11", Sorte::Entree, Effet::Annulation),
        ("A12", Sorte::Mutation, Effet::Annulation),
        ("A13", Sorte::Sortie, Effet::Annulation),
        ("A38", Sorte::Prevue, Effet::Annulation),
        ("A52", Sorte::DepartPermission, Effet::Annulation),
        ("A53", Sorte::RetourPermission, Effet::Annulation),
    ];
    for (evenement, sorte, effet) in cas {
        let dite = adt(evenement, &[PV1, &insert]).expect("announced");
        assert_eq!((dite.sorte, dite.effet, dite.le), (sorte, effet, le("2026-11-20T08:00:00Z")), "{evenement}");
        assert_eq!((dite.mouvement.as_deref(), dite.venue.as_deref()), (Some("M-1^GAM"), Some("26-1")));
        assert_eq!(dite.service.as_deref(), Some("Médecine, chambre 12, lit B"));
    }
    for (origine, sorte) in [("A01", Sorte::Entree), ("A03", Sorte::Sortie), ("A21", Sorte::DepartPermission)] {
        let changee = adt("Z99", &[PV1, &zbe("UPDATE", origine)]).expect("announced");
        assert_eq!((changee.sorte, changee.effet), (sorte, Effet::MiseAJour));
        assert_eq!(adt("A08", &[PV1, &zbe("UPDATE", origine)]).expect("announced"), changee);
    }
    // An admission sent with ZBE-4 CANCEL is a cancellation; what it cancels is ZBE-6.
    let annulee = adt("A01", &[PV1, &zbe("CANCEL", "A05")]).expect("announced");
    assert_eq!((annulee.sorte, annulee.effet), (Sorte::Prevue, Effet::Annulation));
}

#[test]
fn what_announces_nothing_says_why() {
    let cas = [
        ("A28", SansAnnonce::IdentiteSeule),
        ("A31", SansAnnonce::IdentiteSeule),
        ("A08", SansAnnonce::IdentiteSeule),
        ("A54", SansAnnonce::MedecinSeul),
        ("Z99", SansAnnonce::OrigineInconnue),
    ];
    for (evenement, attendu) in cas {
        let zbe = zbe("UPDATE", "");
        let suite: &[&str] = if matches!(evenement, "Z99" | "A54") { &[PV1, &zbe] } else { &[PV1] };
        assert_eq!(adt(evenement, suite), Err(attendu), "{evenement}");
    }
    assert_eq!(adt("A40", &["MRG|77000^^^ORMES&750000999&M^PI"]), Err(SansAnnonce::IdentiteSeule));
    assert_eq!(adt("A44", &["MRG|77000^^^ORMES&750000999&M^PI||F-1"]), Err(SansAnnonce::DossierDeplace));
}

#[test]
fn without_zbe_the_event_and_the_stay_say_when_and_where() {
    let prevue = adt("A05", &["PV1|1|P|MED||||||||||||||||26-1", "PV2||||||||20261201093000|20261205"]).expect("announced");
    assert_eq!((prevue.le, prevue.sortie_prevue), (le("2026-12-01T08:30:00Z"), Some(le("2026-12-04T23:00:00Z"))));
    assert_eq!((prevue.mouvement, prevue.service.as_deref(), prevue.classe), (None, Some("MED"), None));
    let urgence = adt("A04", &["PV1|1|E|URG"]).expect("announced");
    assert_eq!((urgence.le, urgence.venue, urgence.classe), (le("2026-11-20T09:00:00Z"), None, Some(Classe::Urgences)));
    let permission =
        adt("A21", &[PV1, "PV2|||||||||||||||||||||||||||||||||||||||||||||||20261121180000+0100"]).expect("announced");
    assert_eq!(permission.retour_prevu, Some(le("2026-11-21T17:00:00Z")));
    assert_eq!(permission.annoncee_le, le("2026-11-20T09:15:00Z"));
}

#[test]
fn a_death_is_told_by_the_mode_of_exit_or_by_the_identity() {
    let insert = zbe("INSERT", "");
    let morte = adt("A03", &[PV1, &insert, "ZFM||9"]).expect("announced");
    assert!(morte.deces && morte.libelle() == "Décès à l'hôpital");
    let mort = avec_champ(PID, 30, "Y");
    let message = lire(&message("A03", "1", &mort, &[PV1, &insert]));
    let fuseau = fuseau_par_defaut();
    let dite = annonces(&Adt::read(&message).expect("an ADT"), &Envoi::de(message.header(), &fuseau)).expect("announced");
    assert!(dite[0].deces, "{:?}", Adt::read(&message).expect("an ADT").patient);
    let vivante = adt("A03", &[PV1, &insert, "ZFM||8"]).expect("announced");
    assert_eq!((vivante.deces, vivante.vers.as_deref()), (false, Some("domicile ou lieu d'hébergement")));
}

#[test]
fn an_appointment_says_when_where_with_whom_and_its_two_numbers() {
    let suite = [
        "SCH|D-1^DUI|A-9^ORMES|||||CHUTE^Bilan de chute^L|CONS^Consultation de gériatrie^L|45|min|^^^20261202140000|||||DOC^MARTIN^Paul||||ORMES|||||Booked",
        PID,
        "RGS|1|A",
        "AIS|1|A|ECG^Électrocardiogramme^L",
        "AIL|1|A|CONS^3^^ORMES^^^B^2",
        "AIP|1|A|80012^DURAND^Zoé^^^Dr",
    ];
    let octets = message("S12", "1", suite[0], &suite[1..]);
    let message = lire(&octets);
    let fuseau = fuseau_par_defaut();
    let dit =
        rendez_vous(&Appointment::read(&message).expect("a SIU"), &Envoi::de(message.header(), &fuseau)).expect("announced");
    let texte = |texte: &str| Some(texte.to_owned());
    let attendu = AnnonceRendezVous {
        annoncee_le: le("2026-11-20T09:30:00Z"),
        dite: Annoncee::Pris,
        hopital: hospitalisations::Hopital { cle: "ORMES".into(), nom: "ORMES".into() },
        numeros: vec!["agenda/A-9^ORMES".into(), "demande/D-1^DUI".into()],
        debut: Some(le("2026-12-02T13:00:00Z")),
        fin: Some(le("2026-12-02T13:45:00Z")),
        lieu: texte("CONS, bâtiment B, étage 2, salle 3"),
        service: texte("Électrocardiogramme"),
        avec: texte("Dr Zoé DURAND"),
        motif: texte("Bilan de chute"),
        source: None,
    };
    assert_eq!(dit, attendu);
    for (evenement, dite) in
        [("S13", Annoncee::Deplace), ("S14", Annoncee::Modifie), ("S15", Annoncee::Annule), ("S26", Annoncee::Manque)]
    {
        let texte = String::from_utf8(octets.clone()).expect("UTF-8").replace("SIU^S12", &format!("SIU^{evenement}"));
        let message = lire(texte.as_bytes());
        let dit = rendez_vous(&Appointment::read(&message).expect("a SIU"), &Envoi::de(message.header(), &fuseau));
        assert_eq!(dit.expect("announced").dite, dite);
    }
}

#[test]
fn an_identity_gives_all_that_strict_matching_asks_and_no_more() {
    let lu = identite(&lire(&message("A31", "1", PID, &[]))).expect("a person");
    assert_eq!(lu.ins, [("1.2.250.1.213.1.4.10".to_owned(), "279035121518989".to_owned())]);
    assert_eq!((lu.nom_naissance.as_deref(), lu.nom_affiche.as_str()), (Some("PAT-TROIS"), "USAGE DOMINIQUE"));
    assert_eq!((lu.prenoms.as_deref(), lu.premier_prenom.as_deref()), (Some("DOMINIQUE MARIE"), Some("DOMINIQUE")));
    assert!(lu.traits().is_some() && lu.ins_unique().is_some());
    let change = |de: &str, vers: &str| identite(&lire(&message("A31", "1", &PID.replace(de, vers), &[]))).expect("a person");
    assert_eq!(change("|19790328|", "|197903|").naissance.as_deref(), Some("1979-03-00"));
    assert_eq!(change("|19790328|", "|1979|").naissance.as_deref(), Some("1979-00-00"));
    assert_eq!(change("|F|", "|O|").sexe.as_deref(), Some("I"));
    // Without the list of given names nothing can be strictly the same.
    assert!(change("^DOMINIQUE MARIE^", "^^").traits().is_none());
    // Only the type L is a name of birth.
    assert_eq!(change("MARIE^^^^L", "MARIE^^^^S").nom_naissance, None);
    for doute in ["DOUT", "FICT", "PROV~USUR"] {
        assert!(change("|VALI", &format!("|{doute}")).ins.is_empty(), "{doute}");
    }
    assert_eq!(change("|VALI", "|PROV").ins.len(), 1);
    let deux = [PID, PID].join("\r");
    assert!(identite(&lire(&message("A31", "1", &deux, &[]))).is_none());
    assert!(identite(&lire(&message("A31", "1", "ZID|1", &[]))).is_none());
}

#[test]
fn nobody_is_matched_without_a_record() {
    let lu = identite(&lire(&message("A31", "1", PID, &[])));
    let fiches: &[Fiche] = &[];
    assert!(matches!(decider(lu.as_ref(), fiches), Verdict::Humain(_)));
}

#[test]
fn local_numbers_keep_who_gave_them() {
    let message = lire(&message("A40", "1", PID, &["MRG|77000^^^ORMES&750000999&M^PI~55^^^LABO^PI~9^^^X^AN~31"]));
    let adt = Adt::read(&message).expect("an ADT");
    let fuseau = fuseau_par_defaut();
    let hopital = Envoi::de(message.header(), &fuseau).hopital;
    let ipp = |autorite: &str, numero: &str| Ipp { autorite: autorite.into(), numero: numero.into() };
    assert_eq!(ipps(&adt.patient.identifiers, &hopital), [ipp("750000999", "77001")]);
    let anciens = ipps(&adt.merge.expect("MRG").identifiers, &hopital);
    assert_eq!(anciens, [ipp("750000999", "77000"), ipp("LABO", "55"), ipp("ORMES", "31")]);
}
