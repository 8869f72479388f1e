//! Doors of the product.

/// Through which door a request came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origine {
    /// A page.
    Page,
    /// A bedside operation, perhaps made without network.
    Terrain,
    /// A file or a message received.
    Reception,
    /// The system's own scheduled work.
    Automate,
    /// A partner's program, by the API.
    Api,
}

impl Origine {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Terrain => "terrain",
            Self::Reception => "reception",
            Self::Automate => "automate",
            Self::Api => "api",
        }
    }
}
