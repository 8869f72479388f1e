//! A JSON element which is never empty, and whose decimals are exact.

/// A JSON value of a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// Nothing: the member is not written.
    Absent,
    /// A string, a code, a date, an instant.
    Text(String),
    /// An integer.
    Integer(i64),
    /// A decimal, digits kept as they were: FHIR demands that precision survives.
    Decimal(String),
    /// A boolean.
    Bool(bool),
    /// An array.
    List(Vec<Element>),
    /// An object.
    Object(Object),
}

impl Element {
    /// A decimal from its digits (`-12.50`); `None` when they are not a JSON number without exponent.
    pub fn decimal(digits: &str) -> Option<Self> {
        let bare = digits.strip_prefix('-').unwrap_or(digits);
        let (whole, fraction) = bare.split_once('.').map_or((bare, None), |(whole, fraction)| (whole, Some(fraction)));
        let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let leading = whole.len() > 1 && whole.starts_with('0');
        let sound = number(whole) && !leading && fraction.is_none_or(number);
        sound.then(|| Self::Decimal(digits.to_owned()))
    }

    /// True for what FHIR forbids to write: nothing, white text, an empty array or object.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Absent => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(list) => list.iter().all(Self::is_empty),
            Self::Object(object) => object.0.is_empty(),
            Self::Integer(_) | Self::Decimal(_) | Self::Bool(_) => false,
        }
    }

    /// The text of a string.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Absent => out.push_str("null"),
            Self::Text(text) => write_text(text, out),
            Self::Integer(number) => out.push_str(&number.to_string()),
            Self::Decimal(digits) => out.push_str(digits),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::List(list) => {
                out.push('[');
                for (rank, element) in list.iter().filter(|element| !element.is_empty()).enumerate() {
                    if rank > 0 {
                        out.push(',');
                    }
                    element.write(out);
                }
                out.push(']');
            }
            Self::Object(object) => object.write(out),
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    // A string always serialises; what FHIR does not allow in one (control characters) becomes a space.
    let clean: String = text.chars().map(|c| if c.is_control() && !matches!(c, '\t' | '\n' | '\r') { ' ' } else { c }).collect();
    out.push_str(&serde_json::Value::String(clean).to_string());
}

/// A JSON object, its members in the order they were put; empty ones are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Object(Vec<(String, Element)>);

impl Object {
    /// An object without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// A resource of this type.
    pub fn resource(kind: &str) -> Self {
        Self::new().with("resourceType", kind)
    }

    /// With this member, unless it is empty.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Element>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.0.push((name.to_owned(), value));
        }
        self
    }

    /// A member.
    pub fn get(&self, name: &str) -> Option<&Element> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// The text of a member.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Element::as_text)
    }

    fn write(&self, out: &mut String) {
        out.push('{');
        for (rank, (name, value)) in self.0.iter().enumerate() {
            if rank > 0 {
                out.push(',');
            }
            write_text(name, out);
            out.push(':');
            value.write(out);
        }
        out.push('}');
    }

    /// The JSON text.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(512);
        self.write(&mut out);
        out
    }
}

impl From<&str> for Element {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Element {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Element {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Element {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<Object> for Element {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl<T: Into<Element>> From<Vec<T>> for Element {
    fn from(list: Vec<T>) -> Self {
        Self::List(list.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Element>> From<Option<T>> for Element {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }
}

impl From<jiff::Timestamp> for Element {
    /// An `instant` or a `dateTime`, to the millisecond, in UTC.
    fn from(at: jiff::Timestamp) -> Self {
        Self::Text(format!("{at:.3}"))
    }
}

impl From<jiff::civil::Date> for Element {
    fn from(date: jiff::civil::Date) -> Self {
        Self::Text(date.to_string())
    }
}
