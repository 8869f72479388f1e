//! French spacing: the space before « : ; ? ! » » and after « « » never breaks.

use maud::{Markup, PreEscaped};
use memchr::{memchr, memchr2, memchr3_iter, memrchr};

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
/// Attributes and the content of `textarea`, `script`, `pre` and `style` are left alone; no tag may be cut by the ends. Text
/// and attributes hold no `<` of their own: they are escaped.
pub(crate) fn insecables(source: &str, sortie: &mut String) {
    let mut ici = 0;
    while let Some(debut) = memchr(DEJA, &source.as_bytes()[ici..]).map(|rang| ici + rang) {
        coller(&source[ici..debut], sortie);
        let fin = memchr(FIN_DEJA, &source.as_bytes()[debut..]).map_or(source.len(), |rang| debut + rang);
        sortie.push_str(&source[debut + 1..fin]);
        ici = source.len().min(fin + 1);
    }
    coller(&source[ici..], sortie);
}

fn coller(source: &str, sortie: &mut String) {
    let mut copie = 0;
    for espace in espaces_a_coller(source.as_bytes()) {
        if est_de_la_prose(source, espace) {
            sortie.push_str(&source[copie..espace]);
            sortie.push('\u{a0}');
            copie = espace + 1;
        }
    }
    sortie.push_str(&source[copie..]);
}

/// Spaces before « : ; ? ! % » » and after « « », in their order, wherever they are: few, so that what they stand in is looked
/// at for them only.
fn espaces_a_coller(octets: &[u8]) -> Vec<usize> {
    const GUILLEMETS: u8 = "»".as_bytes()[0];
    let avant = |rang: usize| rang.checked_sub(1).filter(|espace| octets[*espace] == b' ');
    let hauts = memchr3_iter(b':', b';', b'?', octets).filter_map(avant);
    let autres = memchr3_iter(b'!', b'%', GUILLEMETS, octets).filter_map(|rang| {
        let suite = &octets[rang..];
        match octets[rang] {
            GUILLEMETS if suite.starts_with("« ".as_bytes()) => Some(rang + 2),
            GUILLEMETS if !suite.starts_with("»".as_bytes()) => None,
            _ => avant(rang),
        }
    });
    let mut espaces: Vec<usize> = hauts.chain(autres).collect();
    espaces.sort_unstable();
    espaces.dedup();
    espaces
}

/// True unless it stands in a tag, or in an element whose content is not prose.
fn est_de_la_prose(source: &str, ici: usize) -> bool {
    let Some(balise) = memrchr(b'<', &source.as_bytes()[..ici]) else { return true };
    let ouverte = &source[balise..];
    !INTOUCHABLES.iter().any(|nom| ouverte.starts_with(nom)) && balise + fin_de_balise(ouverte) <= ici
}

/// Length of the tag at the start of `suite`.
fn fin_de_balise(suite: &str) -> usize {
    let octets = suite.as_bytes();
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
