//! The slip handed to a person: login, one-use password, QR code. Shown once, printed on half a sheet.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::id::CompteId;
use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};
use ui::alerte::{Alerte, Nature};
use ui::bloc::{Bloc, EntetePage};
use ui::boutons::{Bouton, boutons};
use ui::liste::Fiche;

/// A slip.
pub(crate) struct Bon {
    pub(crate) compte: CompteId,
    pub(crate) nom: String,
    pub(crate) identifiant: String,
    /// The one-use password, in clear.
    pub(crate) clair: String,
    pub(crate) expire_le: Timestamp,
    /// End of the role, when there is one.
    pub(crate) fin: Option<Timestamp>,
    pub(crate) profil: String,
}

/// The dark squares of a QR code as one SVG path; nothing when the text does not fit.
fn carre(texte: &str) -> Option<Markup> {
    let code = QrCode::with_error_correction_level(texte, EcLevel::M).ok()?;
    let cote = code.width();
    let mut trace = String::new();
    for (rang, couleur) in code.to_colors().iter().enumerate() {
        if *couleur == Color::Dark {
            trace.push_str(&format!("M{} {}h1v1h-1z", rang % cote + 4, rang / cote + 4));
        }
    }
    let vue = format!("0 0 {0} {0}", cote + 8);
    Some(html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox=(vue) width="176" height="176" role="img" aria-label="Code QR : identifiant et mot de passe" {
            rect width="100%" height="100%" fill="white" {}
            path d=(trace) fill="black" {}
        }
    })
}

impl Bon {
    pub(crate) fn render(&self, profil: &str, fuseau: &TimeZone) -> Markup {
        let moment = |le| kernel::dates::date_heure(le, fuseau);
        html! {
            (EntetePage::new("Bon de connexion").phrase(self.nom.clone()))
            div class="sans-impression" {
                (Alerte::new(Nature::Attention, "Ce mot de passe ne s'affichera plus.").texte("Imprimez ce bon ou remettez-le maintenant à la personne, en main propre."))
            }
            (Bloc::new(self.nom.clone(), html! {
                p { (profil) @if let Some(fin) = self.fin { ", jusqu'au " (moment(fin)) } }
                (Fiche::new()
                    .riche("Identifiant", html! { strong { code { (self.identifiant) } } })
                    .riche("Mot de passe à usage unique", html! { strong { code { (self.clair) } } })
                    .ligne("À utiliser avant le", moment(self.expire_le)))
                @if let Some(carre) = carre(&format!("{}\n{}", self.identifiant, self.clair)) { (carre) }
                p { "Ouvrez Grappe sur un poste ou une tablette de l'établissement, entrez l'identifiant et ce mot de passe, puis choisissez le vôtre : 15 caractères au moins." }
                p { "Ce bon ne sert qu'une fois : détruisez-le ensuite." }
            }))
            (boutons(&html! {
                (ui::impression::bouton_imprimer())
                (Bouton::lien("Voir le compte", format!("/admin/comptes/{}", self.compte)))
                (Bouton::lien("Ouvrir un autre compte de remplaçant", "/admin/comptes/remplacant").discret())
            }))
        }
    }
}
