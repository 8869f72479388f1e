//! Names that cannot be taken for those of real people: surnames by syllables, folding, logins, fictitious phones.

use super::donnees::Noms;
use crate::alea::Alea;

/// Ranges ARCEP keeps for works of fiction (decision 2018-0881 as quoted by ux.md 6.2): the first six digits.
pub const PLAGES_FICTION: [&str; 6] = ["019900", "026191", "035301", "046571", "053649", "063998"];

/// Lower case, without accents, with a hyphen for what is not a letter.
pub fn plier(texte: &str) -> String {
    let mut sortie = String::with_capacity(texte.len());
    for c in texte.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'â' | 'ä' | 'ã' => sortie.push('a'),
            'é' | 'è' | 'ê' | 'ë' => sortie.push('e'),
            'î' | 'ï' | 'í' => sortie.push('i'),
            'ô' | 'ö' | 'ó' => sortie.push('o'),
            'ù' | 'û' | 'ü' | 'ú' => sortie.push('u'),
            'ç' => sortie.push('c'),
            'a'..='z' | '0'..='9' => sortie.push(c),
            _ if !sortie.ends_with('-') => sortie.push('-'),
            _ => {}
        }
    }
    sortie
}

/// A phone of fiction, ten digits; `mobile` chooses the mobile range.
pub(crate) fn telephone(alea: &mut Alea, mobile: bool) -> String {
    let plage = if mobile { PLAGES_FICTION[5] } else { PLAGES_FICTION[alea.indice(5)] };
    format!("{plage}{:04}", alea.entre(0, 9999))
}

/// Gives each surname once, in a shuffled order.
#[derive(Debug)]
pub(crate) struct Patronymes {
    reste: Vec<String>,
}

impl Patronymes {
    pub(super) fn nouveaux(noms: &Noms, graine: u64) -> Self {
        let mut alea = Alea::pour(graine, &[101]);
        let mut reste = Vec::with_capacity(noms.debuts.len() * noms.fins.len());
        for debut in &noms.debuts {
            for fin in &noms.fins {
                let nom = format!("{debut}{fin}");
                if !noms.reserves.contains(&nom) && !noms.nommes.contains(&nom) {
                    reste.push(nom);
                }
            }
        }
        alea.melange(&mut reste);
        for compose in &noms.composes {
            if let Some(nom) = reste.pop() {
                reste.push(format!("{nom} {compose}"));
            }
            alea.melange(&mut reste);
        }
        let mut nommes = noms.nommes.clone();
        alea.melange(&mut nommes);
        reste.extend(nommes);
        Self { reste }
    }

    pub(super) fn prendre(&mut self) -> String {
        self.reste.pop().unwrap_or_else(|| "Brumelande".to_owned())
    }
}
