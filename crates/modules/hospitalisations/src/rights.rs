//! Rights of the module.

platform::droits! {
    /// Reads what hospitals announce of a person.
    LireHospitalisations = "hospitalisations.lire", "Lire les hospitalisations et les rendez-vous annoncés par les hôpitaux", Presence, Lire, Dossier;
    /// Sees who is in hospital and what our record says otherwise.
    VoirHospitalisations = "hospitalisations.voir", "Voir qui est à l'hôpital, et ce que l'hôpital annonce d'autre que le séjour", Presence, Lire, Perimetre;
    /// Notes what a hospital announces, takes it back when it was about somebody else.
    NoterHospitalisations = "hospitalisations.noter", "Noter ce qu'un hôpital annonce, le retirer quand il parle d'une autre personne", Presence, Ecrire, Dossier;
    /// Concludes on a difference of identity shown by a hospital.
    VerifierIdentiteHopital = "hospitalisations.verifier_identite", "Conclure sur une différence d'identité montrée par un hôpital", Identite, Ecrire, Dossier;
}
