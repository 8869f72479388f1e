//! French spacing: the space before « : ; ? ! » » and after « « » never breaks.

use maud::{Markup, PreEscaped};

const INTOUCHABLES: [&str; 4] = ["<textarea", "<script", "<pre", "<style"];

/// Replaces, in the text of a page, the ordinary spaces that French typography forbids to break.
///
/// Attributes and the content of `textarea`, `script`, `pre` and `style` are left alone. `Page::render`
/// applies it; a fragment answered alone may call it too.
pub fn insecables(page: &Markup) -> Markup {
    let source = page.0.as_str();
    let mut sortie = String::with_capacity(source.len() + 256);
    let mut reste = source;
    while let Some(debut) = reste.find('<') {
        let (texte, suite) = reste.split_at(debut);
        espacer(texte, &mut sortie);
        let fin = fin_de_balise(suite);
        sortie.push_str(&suite[..fin]);
        reste = &suite[fin..];
    }
    espacer(reste, &mut sortie);
    PreEscaped(sortie)
}

/// Length of the tag at the start of `suite`, or of the whole element when its content is not prose.
fn fin_de_balise(suite: &str) -> usize {
    if let Some(nom) = INTOUCHABLES.iter().find(|nom| suite.starts_with(**nom)) {
        let fermeture = format!("</{}", &nom[1..]);
        return suite.find(&fermeture).unwrap_or(suite.len());
    }
    let mut guillemets = false;
    for (rang, octet) in suite.bytes().enumerate() {
        match octet {
            b'"' => guillemets = !guillemets,
            b'>' if !guillemets => return rang + 1,
            _ => {}
        }
    }
    suite.len()
}

fn espacer(texte: &str, sortie: &mut String) {
    let mut precedent = '\0';
    let mut caracteres = texte.chars().peekable();
    while let Some(caractere) = caracteres.next() {
        let suivant = caracteres.peek().copied().unwrap_or('\0');
        let colle = caractere == ' ' && (matches!(suivant, ':' | ';' | '?' | '!' | '»' | '%') || precedent == '«');
        sortie.push(if colle { '\u{a0}' } else { caractere });
        precedent = caractere;
    }
}

#[cfg(test)]
mod tests {
    use super::insecables;
    use maud::{Markup, PreEscaped};

    fn passe(html: &str) -> String {
        let page: Markup = PreEscaped(html.to_owned());
        insecables(&page).0
    }

    #[test]
    fn prose_is_spaced() {
        assert_eq!(passe("<p>Allergie : « noix » ?</p>"), "<p>Allergie\u{a0}: «\u{a0}noix\u{a0}»\u{a0}?</p>");
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
