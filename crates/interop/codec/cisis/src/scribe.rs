//! What the writers of sections share: identifiers, and the recurring elements of entries.

use cda_r2::write::{Element, Section, code};
use cda_r2::{Code, Id, Narrative, Timestamp};

use crate::concept::Concept;

/// Gives identifiers to entries and anchors to narratives: the same document gets the same ones.
#[derive(Debug)]
pub(crate) struct Scribe {
    document: Id,
    entries: u32,
    anchors: u32,
}

impl Scribe {
    /// The identifiers of the entries live under that of the document.
    pub(crate) fn new(document: &Id) -> Self {
        Self { document: document.clone(), entries: 0, anchors: 0 }
    }

    /// A new identifier for an entry or a section.
    pub(crate) fn id(&mut self) -> Id {
        self.entries += 1;
        let own = format!("e{}", self.entries);
        let extension = match &self.document.extension {
            Some(document) => format!("{document}.{own}"),
            None => own,
        };
        Id { root: self.document.root.clone(), extension: Some(extension), authority: None }
    }

    /// A new `id` element.
    pub(crate) fn id_element(&mut self) -> Element {
        cda_r2::write::id(&self.id())
    }

    /// A new identifier for a piece of narrative.
    pub(crate) fn anchor(&mut self) -> String {
        self.anchors += 1;
        format!("t{}", self.anchors)
    }
}

/// The fixed part of a section: models, type, title.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SectionModel {
    pub(crate) templates: &'static [&'static str],
    pub(crate) code: Concept,
    pub(crate) title: &'static str,
}

impl SectionModel {
    /// A section of this model.
    pub(crate) fn section(&self, scribe: &mut Scribe, narrative: Narrative, entries: Vec<Element>) -> Section {
        Section {
            template_ids: self.templates.iter().map(|root| template_id(root)).collect(),
            ids: vec![scribe.id()],
            code: Some(self.code.to_code()),
            title: Some(self.title.to_owned()),
            narrative,
            entries,
            sections: Vec::new(),
        }
    }
}

fn template_id(root: &str) -> Id {
    Id { root: root.to_owned(), extension: None, authority: None }
}

/// `templateId` elements.
pub(crate) fn templates(roots: &[&str]) -> impl Iterator<Item = Element> {
    roots.iter().map(|root| Element::new("templateId").with("root", *root))
}

/// A clinical statement in its mood, with its models.
pub(crate) fn statement(name: &'static str, class: &str, mood: &str, roots: &[&str]) -> Element {
    Element::new(name).with("classCode", class).with("moodCode", mood).children(templates(roots))
}

/// A coded element of this name.
pub(crate) fn coded(name: &'static str, concept: &Concept) -> Element {
    code(name, &concept.to_code())
}

/// An element of this name that says why it is absent.
pub(crate) fn absent(name: &'static str, flavor: &str) -> Element {
    Element::new(name).absent(flavor)
}

/// `text`, that refers to the narrative.
pub(crate) fn text(anchor: &str) -> Element {
    Element::new("text").child(reference(anchor))
}

/// `reference` to the narrative.
pub(crate) fn reference(anchor: &str) -> Element {
    Element::new("reference").with("value", format!("#{anchor}"))
}

/// `statusCode`.
pub(crate) fn status(code: &str) -> Element {
    Element::new("statusCode").with("code", code)
}

/// `effectiveTime` as a point, or unknown.
pub(crate) fn point(time: Option<&Timestamp>) -> Element {
    match time {
        Some(time) => Element::new("effectiveTime").with("value", &time.raw),
        None => absent("effectiveTime", "UNK"),
    }
}

/// A bound of an interval, or unknown.
pub(crate) fn bound(name: &'static str, time: Option<&Timestamp>) -> Element {
    match time {
        Some(time) => Element::new(name).with("value", &time.raw),
        None => absent(name, "UNK"),
    }
}

/// A coded value with the text it was chosen from, in the narrative and in itself.
pub(crate) fn with_original(code: Code, text: &str, anchor: &str) -> Code {
    Code { original_text: Some(text.to_owned()), original_reference: Some(anchor.to_owned()), ..code }
}

/// A coded value for a text without any code.
pub(crate) fn uncoded(text: &str, anchor: &str) -> Code {
    with_original(Code { null_flavor: Some("UNK".to_owned()), ..Code::default() }, text, anchor)
}

/// `value` of type `CD`.
pub(crate) fn coded_value(found: &Code) -> Element {
    code("value", found).data_type("CD")
}

/// `value` of type `BL`, or unknown.
pub(crate) fn boolean(value: Option<bool>) -> Element {
    let element = Element::new("value").data_type("BL");
    match value {
        Some(value) => element.with("value", value.to_string()),
        None => element.absent("UNK"),
    }
}

/// `value` of type `ST`.
pub(crate) fn string(text: &str) -> Element {
    Element::new("value").data_type("ST").text(text)
}

/// Models of FR-Simple-Observation (CI-SIS, IHE PCC 1.3.6.1.4.1.19376.1.5.3.1.4.13).
pub(crate) const SIMPLE_OBSERVATION: [&str; 2] = ["1.3.6.1.4.1.19376.1.5.3.1.4.13", "1.2.250.1.213.1.1.3.48"];

/// A simple observation: what, where it is said, when, and its value.
pub(crate) fn observation(scribe: &mut Scribe, what: Element, anchor: &str, when: Element, value: Element) -> Element {
    observation_of(scribe, &SIMPLE_OBSERVATION, what, anchor, [when, value])
}

/// An observation of these models; `rest` is its time, then its values.
pub(crate) fn observation_of(
    scribe: &mut Scribe,
    roots: &[&str],
    what: Element,
    anchor: &str,
    rest: impl IntoIterator<Item = Element>,
) -> Element {
    statement("observation", "OBS", "EVN", roots)
        .child(scribe.id_element())
        .child(what)
        .child(text(anchor))
        .child(status("completed"))
        .children(rest)
}

/// A statement under another one.
pub(crate) fn under(link: &str, inverted: bool, inner: Element) -> Element {
    let holder = Element::new("entryRelationship").with("typeCode", link);
    holder.with("inversionInd", inverted.to_string()).child(inner)
}

/// A comment under a statement (FR-Commentaire, IHE PCC 1.3.6.1.4.1.19376.1.5.3.1.4.2).
pub(crate) fn comment(anchor: &str) -> Element {
    const MODELS: [&str; 3] = ["2.16.840.1.113883.10.20.1.40", "1.3.6.1.4.1.19376.1.5.3.1.4.2", "1.2.250.1.213.1.1.3.32"];
    let code = Concept::new("48767-8", "Commentaire", crate::concept::System::Loinc);
    let act = statement("act", "ACT", "EVN", &MODELS).child(coded("code", &code)).child(text(anchor));
    under("SUBJ", true, act.child(status("completed")))
}
