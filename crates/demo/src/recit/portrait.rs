//! Drawn faces from parameters: warm, simple, nobody.

use crate::alea::Alea;

/// Parameters of a face.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Portrait {
    /// Skin colour.
    pub peau: &'static str,
    /// Hair colour.
    pub cheveux: &'static str,
    /// 0 short, 1 bun, 2 wavy, 3 bald with sides, 4 bob, 5 curly.
    pub coiffure: u8,
    /// Glasses.
    pub lunettes: bool,
    /// 0 none, 1 moustache, 2 beard.
    pub barbe: u8,
    /// Wrinkles, 0 to 2.
    pub rides: u8,
    /// Colour of the clothes.
    pub vetement: &'static str,
    /// Colour behind.
    pub fond: &'static str,
}

const PEAUX: [&str; 8] = ["#f6dcc8", "#f2d2b6", "#eec6a4", "#e3b48d", "#d39f76", "#b47f57", "#8d5c3b", "#6d452c"];
const CHEVEUX: [&str; 6] = ["#f4f1ec", "#e4e0da", "#cfcac4", "#b5aea7", "#9b8f86", "#dcd2c0"];
const VETEMENTS: [&str; 8] = ["#7a9e9f", "#b56576", "#6d7fa8", "#8a9a5b", "#c58b4e", "#7d6b91", "#5f8575", "#a45a52"];
const FONDS: [&str; 6] = ["#eef3ea", "#f3ece4", "#e8eef3", "#f2e9ef", "#f5f0dc", "#e6f0ef"];

impl Portrait {
    /// A face drawn from `alea` for a person of sex F or M.
    pub fn tirer(alea: &mut Alea, sexe: char) -> Self {
        let femme = sexe == 'F';
        let coiffure = if femme { [0, 1, 2, 4, 5, 2][alea.indice(6)] } else { [0, 3, 3, 0, 5, 0][alea.indice(6)] };
        Self {
            peau: PEAUX[(alea.indice(8) * alea.indice(9)) / 8],
            cheveux: CHEVEUX[alea.indice(6)],
            coiffure,
            lunettes: alea.chance(620),
            barbe: if femme { 0 } else { [0, 0, 0, 1, 2][alea.indice(5)] },
            rides: [0, 1, 1, 2][alea.indice(4)],
            vetement: VETEMENTS[alea.indice(8)],
            fond: FONDS[alea.indice(6)],
        }
    }

    /// The drawing: an SVG of 96 by 96 units, under 2 kB, without text or script.
    pub fn svg(&self) -> String {
        let (peau, poil) = (self.peau, self.cheveux);
        let derriere = match self.coiffure {
            1 => format!("<circle cx='48' cy='13' r='9' fill='{poil}'/>"),
            2 => format!("<path d='M22 46q-4-34 26-34t26 34q3 12-3 20h-46q-6-8-3-20z' fill='{poil}'/>"),
            4 => format!("<path d='M23 64V40q0-28 25-28t25 28v24z' fill='{poil}'/>"),
            _ => String::new(),
        };
        let devant = match self.coiffure {
            3 => format!("<path d='M26 48q-3-12 2-18 0 10 2 18zM70 48q3-12-2-18 0 10-2 18z' fill='{poil}'/>"),
            5 => format!(
                "<g fill='{poil}'><circle cx='31' cy='28' r='9'/><circle cx='42' cy='20' r='10'/><circle cx='55' cy='20' r='10'/><circle cx='66' cy='28' r='9'/></g>"
            ),
            _ => {
                format!("<path d='M26 42q0-26 22-26t22 26q-6-14-16-15-14 6-28 15z' fill='{poil}'/>")
            }
        };
        let barbe = match self.barbe {
            1 => format!("<path d='M39 57q9-5 18 0-9 4-18 0z' fill='{poil}'/>"),
            2 => format!("<path d='M28 52q2 26 20 27 18-1 20-27-6 9-20 8-14 1-20-8z' fill='{poil}'/>"),
            _ => String::new(),
        };
        let lunettes = if self.lunettes {
            "<g fill='none' stroke='#4a4a4a' stroke-width='1.6'><circle cx='39' cy='45' r='7'/><circle cx='57' cy='45' r='7'/><path d='M46 45h4M32 44l-5-2M64 44l5-2'/></g>"
        } else {
            ""
        };
        let rides = match self.rides {
            2 => "<path d='M38 32h20M40 36h16M31 54q2 4 1 7M65 54q-2 4-1 7' fill='none' stroke='#0002' stroke-width='1.2'/>",
            1 => "<path d='M40 34h16M32 54q2 3 1 6M64 54q-2 3-1 6' fill='none' stroke='#0002' stroke-width='1.2'/>",
            _ => "",
        };
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 96 96'><rect width='96' height='96' fill='{}'/>{derriere}<path d='M14 96q2-22 34-24 32 2 34 24z' fill='{}'/><path d='M41 66h14v10q-7 5-14 0z' fill='{peau}'/><ellipse cx='48' cy='47' rx='22' ry='26' fill='{peau}'/>{devant}{rides}<circle cx='39' cy='45' r='2.2' fill='#3b3330'/><circle cx='57' cy='45' r='2.2' fill='#3b3330'/><path d='M48 47q-3 6 0 7' fill='none' stroke='#0003' stroke-width='1.4'/>{barbe}<path d='M40 62q8 6 16 0' fill='none' stroke='#8c4a42' stroke-width='2' stroke-linecap='round'/>{lunettes}</svg>",
            self.fond, self.vetement
        )
    }
}
