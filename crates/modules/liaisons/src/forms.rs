//! The form of a sending: typed values out of fields, French sentences when they cannot be read.

use documents::Lu;
use kernel::texte::Texte;
use platform::web::{Champs, Erreurs};
use uuid::Uuid;

/// Recipients a form offers.
pub(crate) const RANGS: usize = 4;

/// What was asked for.
pub(crate) struct DemandeLue<'a> {
    pub(crate) documents: Vec<&'a Lu>,
    /// Address and name.
    pub(crate) destinataires: Vec<(String, String)>,
    pub(crate) message: String,
    pub(crate) accuse: bool,
    /// The mailbox it leaves from; the house's own when none was chosen.
    pub(crate) boite: Option<Uuid>,
}

/// How a recipient of the directory is proposed: « CHU d'essai, urgences <urgences@…> ».
pub(crate) fn proposition(nom: &str, adresse: &str) -> String {
    format!("{nom} <{adresse}>")
}

/// An address typed alone, or chosen among those proposed.
fn destinataire(texte: &str) -> Option<(String, String)> {
    let texte = texte.trim();
    let (nom, adresse) = match texte.rsplit_once('<') {
        Some((nom, reste)) => (nom.trim(), reste.trim_end_matches('>').trim()),
        None => ("", texte),
    };
    let (boite, domaine) = adresse.split_once('@')?;
    let bonne = !boite.is_empty() && domaine.contains('.') && !adresse.contains(|c: char| c.is_whitespace() || c.is_control());
    (bonne && adresse.len() <= 254).then(|| (adresse.to_owned(), nom.chars().take(160).collect()))
}

/// The mailbox of a citizen is named after their INS: only the person's own, and only a qualified one, may be written to.
const CITOYEN: &str = "Mon espace santé ne s'adresse qu'à la personne elle-même, avec son INS qualifiée : cochez « Mon espace santé » quand la case est proposée.";

/// Reads a sending; `connus` are the documents which may leave, `citoyen` the person's own mailbox when there is one, `boites`
/// the mailboxes who asks may send from.
pub(crate) fn lire<'a>(
    champs: &Champs,
    connus: &'a [Lu],
    citoyen: Option<&str>,
    boites: &[Uuid],
) -> Result<DemandeLue<'a>, Erreurs> {
    let mut erreurs = Erreurs::default();
    let documents: Vec<&Lu> = connus.iter().filter(|lu| champs.tous("documents").any(|id| id == lu.id.to_string())).collect();
    erreurs.exiger("documents", !documents.is_empty(), "Choisissez au moins un document.");
    let mut destinataires: Vec<(String, String)> = Vec::new();
    for rang in 0..RANGS {
        let nom = format!("destinataire-{rang}");
        let texte = champs.texte(&nom);
        if texte.trim().is_empty() {
            continue;
        }
        match destinataire(texte) {
            Some((adresse, _)) if correspondants::est_citoyen(&adresse) && Some(adresse.as_str()) != citoyen => {
                erreurs.ajouter(&nom, CITOYEN);
            }
            Some(un) if destinataires.iter().any(|(connue, _)| connue.eq_ignore_ascii_case(&un.0)) => {}
            Some(un) => destinataires.push(un),
            None => erreurs.ajouter(&nom, "Choisissez un correspondant, ou écrivez une adresse : nom@domaine.mssante.fr."),
        }
    }
    let deja = |adresse: &str| destinataires.iter().any(|(connue, _)| connue == adresse);
    if let Some(adresse) = citoyen.filter(|adresse| champs.coche("citoyen") && !deja(adresse)) {
        destinataires.push((adresse.to_owned(), "Mon espace santé".to_owned()));
    }
    erreurs.exiger("destinataire-0", !destinataires.is_empty() || !erreurs.aucune(), "Choisissez au moins un destinataire.");
    let message = erreurs.garder("message", Texte::<2000>::facultatif(champs.texte("message"))).flatten();
    let boite = champs.lire::<Uuid>("boite");
    let ouverte = champs.texte("boite").is_empty() || boite.is_some_and(|boite| boites.contains(&boite));
    erreurs.exiger("boite", ouverte, "Cette messagerie ne vous est pas ouverte. Choisissez-en une autre.");
    if !erreurs.aucune() {
        return Err(erreurs);
    }
    Ok(DemandeLue {
        documents,
        destinataires,
        message: message.map(String::from).unwrap_or_default(),
        accuse: champs.coche("accuse"),
        boite,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_alone_or_as_proposed() {
        let propose = proposition("CHU d'essai, urgences", "urgences@chu-test.mssante.fr");
        let lu = destinataire(&propose).unwrap();
        assert_eq!(lu, ("urgences@chu-test.mssante.fr".to_owned(), "CHU d'essai, urgences".to_owned()));
        assert_eq!(destinataire(" a@b.mssante.fr ").unwrap().0, "a@b.mssante.fr");
        for mauvais in ["CHU", "a@b", "@b.fr", "a b@c.fr", "CHU <pas une adresse>", "a@b.fr\r\nBcc: x@y.fr"] {
            assert!(destinataire(mauvais).is_none(), "{mauvais}");
        }
    }
}
