//! Operations of former releases, brought to the present form before they are applied.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{Erreur, Operation};

/// Brings the `donnees` of one version to the next.
pub type Conversion = fn(&mut Map<String, Value>);

/// The conversions of every type, declared by the modules.
#[derive(Debug, Default)]
pub struct Conversions {
    courantes: BTreeMap<&'static str, u32>,
    etapes: BTreeMap<(&'static str, u32), Conversion>,
}

impl Conversions {
    /// Declares a type and the version this release writes.
    #[must_use]
    pub fn declarer(mut self, genre: &'static str, version: u32) -> Self {
        self.courantes.insert(genre, version);
        self
    }

    /// Declares how `donnees` of version `de` become those of `de + 1`.
    #[must_use]
    pub fn etape(mut self, genre: &'static str, de: u32, conversion: Conversion) -> Self {
        self.etapes.insert((genre, de), conversion);
        self
    }

    /// Brings an operation to the present version. A type or a version which this release does not know waits on the tablet
    /// ([`Erreur::TropRecente`]): the server is behind, nothing is lost.
    pub fn convertir(&self, operation: &mut Operation) -> Result<(), Erreur> {
        let Some((&genre, &courante)) = self.courantes.get_key_value(operation.genre.as_str()) else {
            return Err(Erreur::TropRecente);
        };
        while operation.v < courante {
            if let Some(etape) = self.etapes.get(&(genre, operation.v)) {
                etape(&mut operation.donnees);
            }
            operation.v += 1;
        }
        if operation.v > courante { Err(Erreur::TropRecente) } else { Ok(()) }
    }
}
