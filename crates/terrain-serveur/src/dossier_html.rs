//! Cutting a page of the server into what a tablet keeps: the content, and its fragments.

use std::ops::Range;

/// A page cut up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoupe {
    /// The content of `main`, its fragments taken out of their places.
    pub(crate) page: String,
    /// Key and text of each fragment, in the order of the page.
    pub(crate) fragments: Vec<(String, String)>,
}

/// Cuts the text of a page; `None` when it has no `main`.
pub(crate) fn decouper(html: &str) -> Option<Decoupe> {
    let debut = html.find("<main")?;
    let ouvre = debut + html.get(debut..)?.find('>')? + 1;
    let ferme = html.rfind("</main>")?;
    let contenu = sans_numeros(&html.get(ouvre..ferme)?.replacen("<grappe-reseau></grappe-reseau>", "", 1));
    let mut page = String::with_capacity(contenu.len());
    let mut fragments = Vec::new();
    let mut ici = 0;
    while let Some((cle, place)) = suivant(&contenu, ici) {
        page.push_str(contenu.get(ici..place.start)?);
        fragments.push((cle, contenu.get(place.clone())?.to_owned()));
        ici = place.end;
    }
    page.push_str(contenu.get(ici..)?);
    Some(Decoupe { page, fragments })
}

/// Without the ids forms carry for one sending: a tablet makes its own, and they would make every page look changed.
fn sans_numeros(html: &str) -> String {
    const CHAMP: &str = "<input type=\"hidden\" name=\"id\" value=\"";
    let mut sortie = String::with_capacity(html.len());
    let mut reste = html;
    while let Some((avant, apres)) = reste.split_once(CHAMP) {
        sortie.push_str(avant);
        reste = apres.split_once('>').map_or("", |(_, suite)| suite);
    }
    sortie.push_str(reste);
    sortie
}

/// The next element which carries `data-fragment`, from `depuis`.
fn suivant(html: &str, depuis: usize) -> Option<(String, Range<usize>)> {
    const MARQUE: &str = " data-fragment=\"";
    let marque = depuis + html.get(depuis..)?.find(MARQUE)?;
    let debut = html.get(..marque)?.rfind('<')?;
    let cle_de = marque + MARQUE.len();
    let cle = html.get(cle_de..)?.split('"').next()?.to_owned();
    let nom: String = html.get(debut + 1..)?.chars().take_while(char::is_ascii_alphanumeric).collect();
    let fin = fin_de(html, debut, &nom)?;
    Some((cle, debut..fin))
}

/// End of the element `nom` which opens at `debut`: its own closing tag, those inside it counted.
fn fin_de(html: &str, debut: usize, nom: &str) -> Option<usize> {
    let (ouvrante, fermante) = (format!("<{nom}"), format!("</{nom}>"));
    let mut profondeur = 0_u32;
    let mut ici = debut;
    loop {
        let reste = html.get(ici..)?;
        let ferme = reste.find(&fermante)?;
        let ouvre = reste.match_indices(&ouvrante).map(|(i, _)| i).find(|i| est_balise(reste, i + ouvrante.len()));
        match ouvre {
            Some(ouvre) if ouvre < ferme => {
                profondeur += 1;
                ici += ouvre + ouvrante.len();
            }
            _ => {
                profondeur = profondeur.checked_sub(1)?;
                ici += ferme + fermante.len();
                if profondeur == 0 {
                    return Some(ici);
                }
            }
        }
    }
}

/// True when a tag name ends here (`<div` is not the beginning of `<divers`).
fn est_balise(texte: &str, fin_du_nom: usize) -> bool {
    texte.get(fin_du_nom..).and_then(|suite| suite.chars().next()).is_some_and(|c| c == '>' || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_leave_their_place_and_keep_what_is_inside() {
        let html = "<html><main class=\"principal\" id=\"contenu\"><grappe-reseau></grappe-reseau><h1>Tour</h1><div data-fragments=\"t/\">\
                    <article class=\"c\" data-fragment=\"t/1\"><article>dedans</article></article><article data-fragment=\"t/2\">é</article></div><p>fin</p></main></html>";
        let Decoupe { page, fragments } = decouper(html).unwrap();
        assert_eq!(page, "<h1>Tour</h1><div data-fragments=\"t/\"></div><p>fin</p>");
        assert_eq!(
            fragments[0],
            ("t/1".into(), "<article class=\"c\" data-fragment=\"t/1\"><article>dedans</article></article>".into())
        );
        assert_eq!(fragments[1].0, "t/2");
    }

    #[test]
    fn a_longer_tag_name_is_another_tag() {
        let html = "<main><li data-fragment=\"a\"><link rel=x><ul><li>b</li></ul></li></main>";
        assert_eq!(decouper(html).unwrap().fragments[0].1, "<li data-fragment=\"a\"><link rel=x><ul><li>b</li></ul></li>");
    }

    #[test]
    fn the_number_of_one_sending_is_not_kept() {
        let html = |id: &str| format!("<main><form><input type=\"hidden\" name=\"id\" value=\"{id}\"><p>a</p></form></main>");
        assert_eq!(decouper(&html("1")), decouper(&html("2")));
        assert_eq!(decouper(&html("1")).unwrap().page, "<form><p>a</p></form>");
    }

    #[test]
    fn a_page_without_content_or_badly_closed_gives_nothing_false() {
        assert_eq!(decouper("<html><body>rien</body></html>"), None);
        let mal = decouper("<main><p data-fragment=\"a\">jamais fermé</main>").unwrap();
        assert!(mal.fragments.is_empty());
        assert!(mal.page.contains("jamais fermé"));
    }
}
