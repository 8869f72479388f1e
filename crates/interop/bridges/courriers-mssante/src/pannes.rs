//! What does not go with the operator, in words: what happened and what to do. The words of the operator and of the system are
//! technical, in English, and may name a recipient: they stay apart, and those which hold an address are not kept.

use mssante::{ImapError, LaterReason};

/// A message which the sas could not keep.
pub(crate) const GARDE: &str = "Un message n'a pas pu être gardé : il reste chez l'opérateur et sera repris. Si cela dure, \
                                 prévenez l'exploitant : le journal du service dit pourquoi.";
/// Anything else.
pub(crate) const ARRET: &str = "La relève s'est arrêtée et reprend d'elle-même. Si cela dure, prévenez l'exploitant : le journal \
                                 du service dit pourquoi.";
const CERTIFICAT: &str = "Un certificat est refusé : celui de la structure par l'opérateur, ou le sien par ce serveur. Vérifiez \
                          qu'il n'est pas arrivé à son terme, puis les réglages mssante.certificat, mssante.cle et mssante.autorites.";
const REGLAGES: &str = "Les réglages de la messagerie sont inutilisables. Faites vérifier par l'exploitant le nom du serveur, le \
                        certificat et sa clé (réglages mssante).";
const MUET: &str =
    "L'opérateur ne répond pas. Nouvel essai automatique ; si cela dure, vérifiez le réseau, puis appelez l'opérateur.";
const LENT: &str = "L'opérateur met trop de temps à répondre. Nouvel essai automatique ; si cela dure, appelez l'opérateur.";
const INATTENDU: &str = "L'opérateur répond autrement que prévu. Nouvel essai automatique ; si cela dure, appelez l'opérateur.";

/// A reading which failed.
pub(crate) fn lecture(erreur: &ImapError) -> &'static str {
    match erreur.code() {
        "login_refused" => {
            "L'opérateur refuse d'ouvrir cette boîte. Vérifiez avec lui que l'adresse est ouverte à ce logiciel, puis le \
             certificat ou le mot de passe réglé pour elle."
        }
        "tls" => CERTIFICAT,
        "configuration" => REGLAGES,
        "unreachable" | "closed" => MUET,
        "timeout" => LENT,
        "refused" => "L'opérateur a refusé une demande de la relève, qui reprend d'elle-même. Si cela dure, appelez l'opérateur.",
        "protocol" => INATTENDU,
        "argument" => "L'adresse ou le mot de passe de cette boîte ne peut pas servir. Faites corriger ses réglages.",
        _ => ARRET,
    }
}

/// A sending the operator has not taken yet.
pub(crate) fn remise(raison: LaterReason) -> &'static str {
    match raison {
        LaterReason::Connection => MUET,
        LaterReason::Tls => CERTIFICAT,
        LaterReason::Timeout => LENT,
        LaterReason::Server => {
            "L'opérateur remet à plus tard. Nouvel essai automatique ; s'il y a urgence, appelez le destinataire."
        }
        LaterReason::Configuration => REGLAGES,
        _ => INATTENDU,
    }
}

/// Technical words which may be shown: none as soon as they hold what may be an address.
pub(crate) fn dite(mots: &str) -> Option<String> {
    let mots = documents::borner(mots);
    (!mots.is_empty() && !mots.contains('@')).then_some(mots)
}
