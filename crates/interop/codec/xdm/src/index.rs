//! The two files a person opens first: `INDEX.HTM` and `README.TXT`. They are written in French, the
//! language of those who receive the packages.

use crate::print::Printer;
use crate::writer::Origin;

/// A line of the index.
pub(crate) struct Line {
    /// Title of the document.
    pub(crate) title: String,
    /// Path of the document from the root.
    pub(crate) path: String,
    /// Path of its readable copy from the root.
    pub(crate) readable: Option<String>,
}

/// `INDEX.HTM`, in XHTML (IHE ITI TF-2 3.32.4.1.2.2).
pub(crate) fn index(origin: &Origin, lines: &[Line]) -> Vec<u8> {
    let doctype =
        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML Basic 1.0//EN\" \"http://www.w3.org/TR/xhtml-basic/xhtml-basic10.dtd\">\n";
    let mut page = Printer::new(doctype);
    page.open("html", &[("xmlns", "http://www.w3.org/1999/xhtml"), ("xml:lang", "fr")]);
    page.open("head", &[]);
    page.empty("meta", &[("http-equiv", "Content-Type"), ("content", "text/html; charset=utf-8")]);
    page.text("title", &[], "Documents de santé");
    page.close();
    page.open("body", &[]);
    page.text("h1", &[], "Documents de santé");
    page.text("p", &[], &format!("Envoi de : {}", origin.institution));
    page.open("ul", &[]);
    for line in lines {
        page.open("li", &[]);
        if let Some(readable) = &line.readable {
            page.text("a", &[("href", readable)], &format!("{} (PDF)", line.title));
        }
        page.text("a", &[("href", &line.path)], &format!("{} (fichier destiné aux logiciels de santé)", line.title));
        page.close();
    }
    page.close();
    page.open("p", &[]);
    page.text("a", &[("href", "README.TXT")], "À propos de cet envoi");
    page.close();
    page.finish()
}

/// `README.TXT`: what the package is, which software made it, whom to ask.
pub(crate) fn readme(origin: &Origin) -> Vec<u8> {
    let lines = [
        "Ce dossier contient des documents de santé au format IHE XDM.".to_owned(),
        "Ouvrir INDEX.HTM pour les lire ; le dossier IHE_XDM est destiné aux logiciels de santé.".to_owned(),
        String::new(),
        format!("Envoi de : {}", origin.institution),
        format!("Contact : {}", origin.contact),
        format!("Logiciel : {}", origin.software),
    ];
    let mut text = String::new();
    for line in lines {
        text.push_str(&line.replace(char::is_control, " "));
        text.push_str("\r\n");
    }
    text.into_bytes()
}
