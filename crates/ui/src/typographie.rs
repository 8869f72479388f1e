//! French spacing: the space before « : ; ? ! » » and after « « » never breaks.

use maud::{Markup, PreEscaped};
use memchr::{memchr, memchr_iter, memchr2};

const INTOUCHABLES: [&str; 4] = ["<textarea", "<script", "<pre", "<style"];

/// Around what was spaced when it was drawn and kept (lines of care): no page looks through it again. Control characters,
/// which no text of ours holds and HTML refuses; they never leave in a page.
const DEJA: u8 = 1;
const FIN_DEJA: u8 = 2;

/// Spaces a piece once for all the pages it will stand in.
pub(crate) fn une_fois(morceau: &str) -> String {
    let mut espace = String::with_capacity(morceau.len() + 16);
    espace.push(char::from(DEJA));
    insecables(morceau, &mut espace);
    espace.push(char::from(FIN_DEJA));
    espace
}

/// A piece of page sent by itself, spaced as it is within its page.
pub fn fragment(morceau: &Markup) -> Markup {
    let mut espace = String::with_capacity(morceau.0.len() + morceau.0.len() / 64);
    insecables(&morceau.0, &mut espace);
    PreEscaped(espace)
}

/// Adds a text to a page, its ordinary spaces that French typography forbids to break replaced.
///
/// Attributes and the content of `textarea`, `script`, `pre` and `style` are left alone; no tag may be cut by the ends.
pub(crate) fn insecables(source: &str, sortie: &mut String) {
    let mut copie = 0;
    let mut ici = 0;
    while ici < source.len() {
        let fin = memchr2(b'<', DEJA, &source.as_bytes()[ici..]).map_or(source.len(), |debut| ici + debut);
        for espace in espaces_a_coller(source, ici, fin) {
            sortie.push_str(&source[copie..espace]);
            sortie.push('\u{a0}');
            copie = espace + 1;
        }
        if source.as_bytes().get(fin) == Some(&DEJA) {
            let deja = memchr(FIN_DEJA, &source.as_bytes()[fin..]).map_or(source.len(), |longueur| fin + longueur);
            sortie.push_str(&source[copie..fin]);
            sortie.push_str(&source[fin + 1..deja]);
            ici = source.len().min(deja + 1);
            copie = ici;
        } else {
            ici = fin + fin_de_balise(&source[fin..]);
        }
    }
    sortie.push_str(&source[copie..]);
}

/// Length of the tag at the start of `suite`, or of the whole element when its content is not prose.
fn fin_de_balise(suite: &str) -> usize {
    let octets = suite.as_bytes();
    if matches!(octets.get(1), Some(b't' | b's' | b'p'))
        && let Some(nom) = INTOUCHABLES.iter().find(|nom| suite.starts_with(**nom))
    {
        let fermeture = format!("</{}", &nom[1..]);
        return suite.find(&fermeture).unwrap_or(suite.len());
    }
    let mut ici = 0;
    while let Some(avance) = memchr2(b'"', b'>', &octets[ici..]) {
        ici += avance + 1;
        if octets[ici - 1] == b'>' {
            return ici;
        }
        let Some(fermant) = memchr(b'"', &octets[ici..]) else { break };
        ici += fermant + 1;
    }
    suite.len()
}

/// The places of spaces which must not break, in the prose between two bytes.
fn espaces_a_coller(source: &str, debut: usize, fin: usize) -> impl Iterator<Item = usize> {
    memchr_iter(b' ', &source.as_bytes()[debut..fin]).map(move |rang| debut + rang).filter(move |rang| {
        let suite = &source.as_bytes()[rang + 1..fin];
        matches!(suite.first(), Some(b':' | b';' | b'?' | b'!' | b'%'))
            || suite.starts_with("»".as_bytes())
            || source.as_bytes()[debut..*rang].ends_with("«".as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::insecables;

    fn passe(html: &str) -> String {
        let mut page = String::new();
        insecables(html, &mut page);
        page
    }

    #[test]
    fn prose_is_spaced() {
        assert_eq!(passe("<p>Allergie : « noix » ?</p>"), "<p>Allergie\u{a0}: «\u{a0}noix\u{a0}»\u{a0}?</p>");
    }

    #[test]
    fn what_was_spaced_once_is_copied_as_it_is_and_its_marks_never_leave() {
        let ligne = super::une_fois("<p>Repas : « mixé »</p>");
        let page = passe(&format!("<main>Tour :{ligne}<b>Fait ?</b>{ligne}</main>"));
        let attendue = "<p>Repas\u{a0}: «\u{a0}mixé\u{a0}»</p>";
        assert_eq!(page, format!("<main>Tour\u{a0}:{attendue}<b>Fait\u{a0}?</b>{attendue}</main>"));
    }

    #[test]
    fn a_space_at_the_edge_of_a_tag_and_an_open_tag_are_left_alone() {
        for html in ["a <b>:</b>", "<p>a", "<p title=\"a > b", "", "<", "é : è"] {
            assert_eq!(passe(html), html.replace("é : è", "é\u{a0}: è"), "{html}");
        }
    }

    #[test]
    fn attributes_and_typed_text_are_left_alone() {
        for html in
            [r#"<a title="a > b : c ?" href="/x">b</a>"#, "<textarea name=\"t\">a : b</textarea>", "<script>a ? b : c</script>"]
        {
            assert_eq!(passe(html), html);
        }
    }
}
