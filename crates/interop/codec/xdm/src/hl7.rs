//! Components of HL7 v2.5 data types inside metadata values (IHE ITI TF-3 4.2.3.1.7).

/// Escapes the delimiters of HL7 v2 in one component.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\E\\"),
            '|' => out.push_str("\\F\\"),
            '^' => out.push_str("\\S\\"),
            '&' => out.push_str("\\T\\"),
            '~' => out.push_str("\\R\\"),
            other => out.push(other),
        }
    }
    out
}

/// Undoes [`escape`]; a backslash that starts no known escape is kept as it is.
pub(crate) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let tail = rest.get(at..).unwrap_or_default();
        let (replacement, taken) = match tail.get(..3) {
            Some("\\E\\") => ("\\", 3),
            Some("\\F\\") => ("|", 3),
            Some("\\S\\") => ("^", 3),
            Some("\\T\\") => ("&", 3),
            Some("\\R\\") => ("~", 3),
            _ => ("\\", 1),
        };
        out.push_str(replacement);
        rest = tail.get(taken..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The components of a value, delimiters still escaped inside.
pub(crate) struct Components<'v>(Vec<&'v str>);

impl<'v> Components<'v> {
    pub(crate) fn of(value: &'v str) -> Self {
        Self(value.split('^').collect())
    }

    /// Component `number`, counted from 1, unescaped; empty when absent.
    pub(crate) fn text(&self, number: usize) -> String {
        unescape(self.raw(number))
    }

    /// The universal id of the assigning authority in component `number`: `&OID&ISO`.
    pub(crate) fn authority(&self, number: usize) -> String {
        let mut parts = self.raw(number).split('&');
        unescape(parts.nth(1).unwrap_or_default())
    }

    fn raw(&self, number: usize) -> &'v str {
        number.checked_sub(1).and_then(|index| self.0.get(index)).copied().unwrap_or_default()
    }
}

/// The assigning authority `&OID&ISO`, empty when there is no OID.
pub(crate) fn authority(oid: &str) -> String {
    if oid.is_empty() { String::new() } else { format!("&{}&ISO", escape(oid)) }
}

/// Whether `text` is an OID: arcs of digits without leading zeros, the first one 0, 1 or 2.
pub(crate) fn is_oid(text: &str) -> bool {
    let mut arcs = text.split('.');
    let first = matches!(arcs.next(), Some("0" | "1" | "2"));
    let mut count = 0_usize;
    let all = arcs.all(|arc| {
        count += 1;
        !arc.is_empty() && arc.bytes().all(|b| b.is_ascii_digit()) && (arc == "0" || !arc.starts_with('0'))
    });
    first && all && count > 0 && text.len() <= 64
}
