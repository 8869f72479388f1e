//! What a server says besides resources.

use crate::{Object, concept_text};

/// How bad it is (`issue-severity`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Nothing was done.
    Error,
    /// Done, with a reserve.
    Warning,
    /// Good to know.
    Information,
}

/// What kind of issue (`issue-type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueType {
    /// The content is not readable.
    Structure,
    /// A required element is missing.
    Required,
    /// An element has a value that is not accepted.
    Value,
    /// A business rule.
    BusinessRule,
    /// Nobody is authenticated.
    Login,
    /// The authorisation does not cover it.
    Forbidden,
    /// Nothing there.
    NotFound,
    /// Not served.
    NotSupported,
    /// Somebody else changed it, or took it.
    Conflict,
    /// Too large.
    TooLong,
    /// Too many requests.
    Throttled,
    /// A failure of the server.
    Exception,
    /// What is told for information.
    Informational,
    /// Some of it was left out.
    Incomplete,
}

impl IssueType {
    /// The code of `http://hl7.org/fhir/issue-type`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Required => "required",
            Self::Value => "value",
            Self::BusinessRule => "business-rule",
            Self::Login => "login",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::NotSupported => "not-supported",
            Self::Conflict => "conflict",
            Self::TooLong => "too-long",
            Self::Throttled => "throttled",
            Self::Exception => "exception",
            Self::Informational => "informational",
            Self::Incomplete => "incomplete",
        }
    }
}

/// One issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// How bad it is.
    pub severity: Severity,
    /// What kind.
    pub kind: IssueType,
    /// A sentence for people.
    pub text: String,
}

impl Issue {
    /// An error.
    pub fn error(kind: IssueType, text: impl Into<String>) -> Self {
        Self { severity: Severity::Error, kind, text: text.into() }
    }

    /// A warning.
    pub fn warning(kind: IssueType, text: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, kind, text: text.into() }
    }
}

/// An `OperationOutcome`.
pub fn outcome(issues: &[Issue]) -> Object {
    let issue = |issue: &Issue| {
        let severity = match issue.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "information",
        };
        Object::new()
            .with("severity", severity)
            .with("code", issue.kind.code())
            .with("details", concept_text(&issue.text))
            .with("diagnostics", issue.text.as_str())
    };
    Object::resource("OperationOutcome").with("issue", issues.iter().map(issue).collect::<Vec<_>>())
}
