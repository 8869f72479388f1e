//! An element to print.

/// An element of the HL7 vocabulary. Its name and those of its attributes come from the program,
/// never from data; everything else is escaped by the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    pub(crate) name: &'static str,
    pub(crate) attributes: Vec<(&'static str, String)>,
    pub(crate) nodes: Vec<Node>,
}

/// What an [`Element`] holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
    /// Base64 made by the printer's own code: nothing to escape.
    Base64(String),
}

impl Element {
    /// An empty element.
    pub fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), nodes: Vec::new() }
    }

    /// With an attribute, in place of a former one of the same name. The CDA schema knows no empty
    /// value: an attribute without any is left out.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value = value.into();
        self.attributes.retain(|(own, _)| *own != name);
        if !value.trim().is_empty() {
            self.attributes.push((name, value));
        }
        self
    }

    /// With an attribute, when it has a value.
    #[must_use]
    pub fn maybe(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With the HL7 data type (`xsi:type`) of its value.
    #[must_use]
    pub fn data_type(self, name: &str) -> Self {
        self.with("xsi:type", name)
    }

    /// With the HL7 reason why it has no value, such as `UNK` or `NA`.
    #[must_use]
    pub fn absent(self, null_flavor: &str) -> Self {
        self.with("nullFlavor", null_flavor)
    }

    /// With one more element inside.
    #[must_use]
    pub fn child(mut self, child: Self) -> Self {
        self.nodes.push(Node::Element(child));
        self
    }

    /// With more elements inside: an `Option` gives none or one.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.nodes.extend(children.into_iter().map(Node::Element));
        self
    }

    /// With text inside.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.nodes.push(Node::Text(text.into()));
        self
    }

    pub(crate) fn base64(mut self, encoded: String) -> Self {
        self.nodes.push(Node::Base64(encoded));
        self
    }

    /// Value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str())
    }

    /// The elements inside, in order.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::Base64(_) => None,
        })
    }

    /// Name of the element.
    pub fn name(&self) -> &'static str {
        self.name
    }
}
