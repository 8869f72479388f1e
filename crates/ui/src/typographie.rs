//! French spacing: the space before « : ; ? ! » » and after « « » never breaks.

use memchr::{memchr, memchr_iter, memchr2};

const INTOUCHABLES: [&str; 4] = ["<textarea", "<script", "<pre", "<style"];

/// Adds a text to a page, its ordinary spaces that French typography forbids to break replaced.
///
/// Attributes and the content of `textarea`, `script`, `pre` and `style` are left alone; no tag may be cut by the ends.
pub(crate) fn insecables(source: &str, sortie: &mut String) {
    let mut copie = 0;
    let mut ici = 0;
    while ici < source.len() {
        let fin = memchr(b'<', &source.as_bytes()[ici..]).map_or(source.len(), |debut| ici + debut);
        for espace in espaces_a_coller(source, ici, fin) {
            sortie.push_str(&source[copie..espace]);
            sortie.push('\u{a0}');
            copie = espace + 1;
        }
        ici = fin + fin_de_balise(&source[fin..]);
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
