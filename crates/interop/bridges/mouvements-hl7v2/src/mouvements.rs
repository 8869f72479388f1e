//! Admissions and movements (IHE PAM, national extension France 2.11) as announcements; pure.

use hl7v2::{Adt, AdtEvent, MovementAction, Organization, PatientClass, Visit};
use hospitalisations::{Annonce, Classe, Effet, Sorte};
use jiff::Timestamp;

use crate::envoi::Envoi;
use crate::temps::{instant, propre};

/// Why a message announces nothing of a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SansAnnonce {
    /// It is about the identity only: A28, A31, A40, A47, and A08 without movement.
    IdentiteSeule,
    /// It changes the doctor in charge (A54, A55): nothing we keep.
    MedecinSeul,
    /// It moves an administrative file from an identity to another (A44).
    DossierDeplace,
    /// It changes a movement without saying which kind (ZBE-6 absent or unknown).
    OrigineInconnue,
    /// Nothing in it says when.
    SansInstant,
}

/// What the message announces of a stay.
///
/// # Errors
/// [`SansAnnonce`] when it announces nothing.
pub fn annonces(adt: &Adt, envoi: &Envoi<'_>) -> Result<Vec<Annonce>, SansAnnonce> {
    let effet = effet(adt);
    let sorte = sorte(adt, effet)?;
    let le = quand(adt, sorte, envoi).ok_or(SansAnnonce::SansInstant)?;
    let lire = |lu: Option<&hl7v2::Timestamp>| lu.and_then(|lu| instant(lu, envoi.fuseau));
    let visite = adt.visit.as_ref();
    Ok(vec![Annonce {
        annoncee_le: lire(adt.recorded.as_ref()).or(envoi.envoye_le).unwrap_or(le),
        effet,
        le,
        sorte,
        hopital: envoi.hopital.clone(),
        venue: visite.and_then(|visite| visite.number.as_ref()).and_then(|numero| propre(&numero.value)),
        mouvement: numero_de_mouvement(adt),
        classe: classe(adt),
        service: service(adt),
        deces: sorte == Sorte::Sortie && effet != Effet::Annulation && est_un_deces(adt),
        vers: if sorte == Sorte::Sortie { destination(adt) } else { None },
        sortie_prevue: lire(visite.and_then(|visite| visite.expected_discharge.as_ref())),
        retour_prevu: lire(visite.and_then(|visite| visite.expected_return.as_ref())),
        motif: visite.and_then(motif),
        source: None,
    }])
}

/// ZBE-4, or the event: cancellations have events of their own.
fn effet(adt: &Adt) -> Effet {
    let action = adt.movement.as_ref().map(|mouvement| mouvement.action);
    match (adt.event.cancels(), action, adt.event) {
        (true, ..) | (_, Some(MovementAction::Cancel), _) => Effet::Annulation,
        (_, Some(MovementAction::Update), _) | (_, _, AdtEvent::Z99 | AdtEvent::A08) => Effet::MiseAJour,
        _ => Effet::Nouvelle,
    }
}

/// What is announced: the event, or for a change the event which made the movement (ZBE-6).
fn sorte(adt: &Adt, effet: Effet) -> Result<Sorte, SansAnnonce> {
    let origine = adt.movement.as_ref().and_then(|mouvement| mouvement.original_event.as_deref());
    let origine = origine.and_then(AdtEvent::from_code).and_then(sorte_de);
    match adt.event {
        AdtEvent::A28 | AdtEvent::A31 | AdtEvent::A40 | AdtEvent::A47 => Err(SansAnnonce::IdentiteSeule),
        AdtEvent::A08 if adt.movement.is_none() => Err(SansAnnonce::IdentiteSeule),
        AdtEvent::A44 => Err(SansAnnonce::DossierDeplace),
        AdtEvent::A54 | AdtEvent::A55 => Err(SansAnnonce::MedecinSeul),
        AdtEvent::A08 | AdtEvent::Z99 => origine.ok_or(SansAnnonce::OrigineInconnue),
        event => {
            let origine = origine.filter(|_| effet != Effet::Nouvelle);
            origine.or_else(|| sorte_de(event)).ok_or(SansAnnonce::OrigineInconnue)
        }
    }
}

/// The kind of an event and of its cancellation. Z80 to Z89 change who is responsible: a movement inside the hospital.
fn sorte_de(event: AdtEvent) -> Option<Sorte> {
    use AdtEvent as E;
    match event {
        E::A01 | E::A04 | E::A11 => Some(Sorte::Entree),
        E::A05 | E::A14 | E::A38 => Some(Sorte::Prevue),
        E::A03 | E::A13 => Some(Sorte::Sortie),
        E::A21 | E::A52 => Some(Sorte::DepartPermission),
        E::A22 | E::A53 => Some(Sorte::RetourPermission),
        E::A02
        | E::A06
        | E::A07
        | E::A12
        | E::Z80
        | E::Z81
        | E::Z82
        | E::Z83
        | E::Z84
        | E::Z85
        | E::Z86
        | E::Z87
        | E::Z88
        | E::Z89 => Some(Sorte::Mutation),
        _ => None,
    }
}

/// When it happened: the movement (ZBE-2), the event (EVN-6), the stay (PV1-44, PV1-45). What is planned has its own hours.
fn quand(adt: &Adt, sorte: Sorte, envoi: &Envoi<'_>) -> Option<Timestamp> {
    let visite = adt.visit.as_ref();
    let mouvement = adt.movement.as_ref().map(|mouvement| &mouvement.start);
    let prevue = visite.and_then(|visite| visite.expected_admission.as_ref()).or(adt.planned.as_ref());
    let du_sejour = match sorte {
        Sorte::Prevue | Sorte::Entree => visite.and_then(|visite| visite.admitted.as_ref()),
        Sorte::Sortie => visite.and_then(|visite| visite.discharged.as_ref()),
        _ => None,
    };
    let faite = [mouvement, adt.occurred.as_ref(), du_sejour, adt.recorded.as_ref()];
    let prevue = prevue.filter(|_| sorte == Sorte::Prevue);
    let lu = std::iter::once(prevue).chain(faite).flatten().find_map(|lu| instant(lu, envoi.fuseau));
    lu.or(envoi.envoye_le)
}

/// ZBE-1: the first number with who gave it.
fn numero_de_mouvement(adt: &Adt) -> Option<String> {
    let id = adt.movement.as_ref()?.ids.first()?;
    let parties = [Some(&id.id), id.namespace.as_ref(), id.universal_id.as_ref()];
    propre(&parties.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("^"))
}

fn classe(adt: &Adt) -> Option<Classe> {
    match (adt.event, adt.visit.as_ref()?.class) {
        (_, Some(PatientClass::Inpatient | PatientClass::Obstetrics)) | (AdtEvent::A06, None) => Some(Classe::Hospitalisation),
        (_, Some(PatientClass::Emergency)) => Some(Classe::Urgences),
        (_, Some(PatientClass::Outpatient)) | (AdtEvent::A07, None) => Some(Classe::Consultation),
        (_, Some(PatientClass::Recurring)) => Some(Classe::Seances),
        _ => None,
    }
}

fn nom_d_unite(unite: Option<&Organization>) -> Option<String> {
    let unite = unite?;
    let nom = unite.name.as_deref().and_then(propre);
    nom.or_else(|| unite.id.as_deref().and_then(propre).map(|numero| format!("UF {numero}")))
}

/// Service (ZBE-7, ZBE-8, PV1-3, PV1-10), then room and bed (PV1-3).
fn service(adt: &Adt) -> Option<String> {
    let mouvement = adt.movement.as_ref();
    let lieu = adt.visit.as_ref().and_then(|visite| visite.location.as_ref());
    let texte = |texte: Option<&String>| texte.and_then(|texte| propre(texte));
    let unite = nom_d_unite(mouvement.and_then(|mouvement| mouvement.medical_unit.as_ref()))
        .or_else(|| nom_d_unite(mouvement.and_then(|mouvement| mouvement.care_unit.as_ref())))
        .or_else(|| texte(lieu.and_then(|lieu| lieu.description.as_ref())))
        .or_else(|| texte(lieu.and_then(|lieu| lieu.unit.as_ref())))
        .or_else(|| texte(adt.visit.as_ref().and_then(|visite| visite.service.as_ref())));
    let chambre = texte(lieu.and_then(|lieu| lieu.room.as_ref())).map(|chambre| format!("chambre {chambre}"));
    let lit = texte(lieu.and_then(|lieu| lieu.bed.as_ref())).map(|lit| format!("lit {lit}"));
    let parties: Vec<String> = [unite, chambre, lit].into_iter().flatten().collect();
    propre(&parties.join(", "))
}

/// ZFM-2 `9` (codes of the PMSI), PID-29 or PID-30.
fn est_un_deces(adt: &Adt) -> bool {
    let mode = adt.pmsi.as_ref().and_then(|modes| modes.exit.as_deref()) == Some("9");
    mode || adt.patient.dead == Some(true) || adt.patient.died.is_some()
}

/// PV1-37 when it is words, else ZFM-2.
fn destination(adt: &Adt) -> Option<String> {
    let dite = adt.visit.as_ref().and_then(|visite| visite.discharged_to.as_deref()).and_then(propre);
    let en_mots = dite.filter(|texte| texte.chars().filter(|c| c.is_alphabetic()).count() > 2);
    en_mots.or_else(|| {
        let mots = match adt.pmsi.as_ref()?.exit.as_deref()? {
            "7" => "transfert vers un autre établissement",
            "8" => "domicile ou lieu d'hébergement",
            _ => return None,
        };
        Some(mots.to_owned())
    })
}

/// PV2-3, else PV2-12.
fn motif(visite: &Visit) -> Option<String> {
    let code = visite.reason.as_ref().and_then(|code| propre(code.label()?));
    code.or_else(|| propre(visite.description.as_deref()?))
}
