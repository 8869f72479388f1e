//! Rights of the module.

platform::droits! {
    /// Proposes a transfer: counts what will be taken over, which is read by the other house only once it accepted.
    ProposerTransfert = "transferts.proposer", "Proposer le transfert d'une personne vers un autre établissement de la grappe", Administratif, Ecrire, Dossier + [Presence, Identite, Alertes, Medical];
    /// Sees the transfers of an establishment.
    VoirTransferts = "transferts.voir", "Voir les transferts demandés et reçus par l'établissement", Administratif, Lire, Perimetre;
    /// Answers a transfer: accepts, refuses, notes the arrival.
    RepondreTransfert = "transferts.repondre", "Accepter ou refuser un transfert, noter l'arrivée", Administratif, Ecrire, Structure;
}
