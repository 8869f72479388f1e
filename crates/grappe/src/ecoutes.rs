//! Where hospitals send their messages: one listener a correspondent, by flag, variable or `[[mllp]]` tables.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, bail, ensure};
use kernel::numeros::Finess;
use mouvements_hl7v2::{Reglages, Tls};
use serde::Deserialize;

/// A `[[mllp]]` table of `grappe.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    adresse: String,
    #[serde(default)]
    correspondant: String,
    finess: Option<String>,
    certificat: Option<PathBuf>,
    cle: Option<PathBuf>,
    clients: Option<PathBuf>,
    revocations: Option<PathBuf>,
}

impl Table {
    /// Reads `ADRESSE,correspondant=NOM,finess=…,certificat=…,cle=…,clients=…,revocations=…`.
    fn lire(texte: &str) -> anyhow::Result<Self> {
        let mut parties = texte.split(',').map(str::trim);
        let mut table = Self { adresse: parties.next().unwrap_or_default().to_owned(), ..Self::default() };
        for partie in parties {
            let Some((nom, valeur)) = partie.split_once('=') else { bail!("« {partie} » ne s'écrit pas nom=valeur") };
            match nom.trim() {
                "correspondant" => valeur.trim().clone_into(&mut table.correspondant),
                "finess" => table.finess = Some(valeur.trim().to_owned()),
                "certificat" => table.certificat = Some(valeur.trim().into()),
                "cle" => table.cle = Some(valeur.trim().into()),
                "clients" => table.clients = Some(valeur.trim().into()),
                "revocations" => table.revocations = Some(valeur.trim().into()),
                autre => bail!("le réglage « {autre} » n'existe pas"),
            }
        }
        Ok(table)
    }

    fn reglages(self) -> anyhow::Result<Reglages> {
        let adresse: SocketAddr = self
            .adresse
            .parse()
            .with_context(|| format!("« {} » n'est pas une adresse et un port (0.0.0.0:2575)", self.adresse))?;
        ensure!(!self.correspondant.is_empty(), "{adresse} ne dit pas qui envoie (correspondant)");
        let finess = match self.finess {
            Some(numero) => {
                let lu = Finess::new(&numero).map_err(|erreur| anyhow::anyhow!("{adresse} : {erreur}"))?;
                Some(lu.as_str().to_owned())
            }
            None => None,
        };
        ensure!(self.clients.is_some() || self.revocations.is_none(), "{adresse} : « revocations » demande « clients »");
        let tls = match (self.certificat, self.cle) {
            (Some(certificat), Some(cle)) => Some(Tls { certificat, cle, clients: self.clients, revocations: self.revocations }),
            (None, None) if self.clients.is_none() => None,
            _ => bail!("{adresse} : « certificat » et « cle » vont ensemble, et « clients » les demande"),
        };
        Ok(Reglages { adresse, correspondant: self.correspondant, finess, tls })
    }
}

/// The listeners asked: those of the flag or of the variable, else those of the file.
pub(crate) fn lire(option: Option<&str>, fichier: Vec<Table>) -> anyhow::Result<Vec<Reglages>> {
    let tables = match option {
        Some(texte) => {
            let ecrites = texte.split(';').map(str::trim).filter(|un| !un.is_empty());
            ecrites.map(Table::lire).collect::<anyhow::Result<Vec<_>>>().context("lecture de GRAPPE_MLLP (ou --mllp)")?
        }
        None => fichier,
    };
    let lus: Vec<Reglages> =
        tables.into_iter().map(Table::reglages).collect::<anyhow::Result<_>>().context("réglage des écoutes HL7 (mllp)")?;
    for (rang, un) in lus.iter().enumerate() {
        let double = lus.iter().skip(rang + 1).any(|autre| autre.adresse == un.adresse && un.adresse.port() != 0);
        ensure!(!double, "deux écoutes HL7 (mllp) demandent la même adresse : {}", un.adresse);
    }
    Ok(lus)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(texte: &str) -> String {
        lire(Some(texte), Vec::new()).map_or_else(|erreur| format!("{erreur:#}"), |lus| format!("{lus:?}"))
    }

    #[test]
    fn several_listeners_are_read_from_one_text_or_from_tables() {
        let texte = "127.0.0.1:2575, correspondant = CH d'Ormes, finess=750000018; 0.0.0.0:2576,correspondant=Clinique,certificat=c.pem,cle=k.pem,clients=a.pem";
        let lus = lire(Some(texte), Vec::new()).expect("read");
        assert_eq!(lus.len(), 2);
        assert_eq!(
            (lus[0].correspondant.as_str(), lus[0].finess.as_deref(), &lus[0].tls),
            ("CH d'Ormes", Some("750000018"), &None)
        );
        assert_eq!(lus[1].tls.as_ref().and_then(|tls| tls.clients.clone()), Some("a.pem".into()));
        let tables: Vec<Table> = toml::from_str::<std::collections::BTreeMap<String, Vec<Table>>>(
            "[[mllp]]\nadresse = \"127.0.0.1:2575\"\ncorrespondant = \"CH d'Ormes\"\nfiness = \"750000018\"\n",
        )
        .expect("toml")
        .remove("mllp")
        .expect("a table");
        assert_eq!(lire(None, tables.clone()).expect("read"), lus[..1]);
        assert_eq!(lire(Some("127.0.0.1:1,correspondant=X"), tables).expect("read").len(), 1);
        assert!(lire(None, Vec::new()).expect("read").is_empty());
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (texte, dit) in [
            ("2575", "n'est pas une adresse"),
            ("127.0.0.1:2575", "ne dit pas qui envoie"),
            ("127.0.0.1:2575,correspondant=X,finess=12", "127.0.0.1:2575 : "),
            ("127.0.0.1:2575,correspondant=X,certificat=c.pem", "vont ensemble"),
            ("127.0.0.1:2575,correspondant=X,clients=c.pem", "vont ensemble"),
            ("127.0.0.1:2575,correspondant=X,revocations=c.pem", "demande « clients »"),
            ("127.0.0.1:2575,correspondant=X,port=3", "« port » n'existe pas"),
            ("127.0.0.1:2575,X", "nom=valeur"),
            ("127.0.0.1:2575,correspondant=X;127.0.0.1:2575,correspondant=Y", "la même adresse"),
        ] {
            assert!(phrase(texte).contains(dit), "{texte} : {}", phrase(texte));
        }
    }
}
