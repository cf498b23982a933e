//! Why an export failed: a class and a number, because an exporter's own text may hold credentials or a server's words.

use std::fmt;

/// Why an export failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) class: FailureClass,
    /// The HTTP status or the gRPC code, where the receiver gave one.
    pub(crate) status: Option<u16>,
}

/// The classes of failed exports; their words are the index of docs/TRACING-TROUBLESHOOTING.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(feature = "otlp"), allow(dead_code, reason = "exporters fail"))]
pub(crate) enum FailureClass {
    /// Not done in time.
    Timeout,
    /// The exporter panicked.
    Panic,
    /// The exporter had been shut down.
    Shutdown,
    /// An exporter of the program's failed and says no more.
    Failed,
    /// The batch could not be encoded.
    NotEncoded,
    /// Nobody listens at the address.
    Refused,
    /// The name has no address.
    Unresolved,
    /// TLS could not be agreed on.
    #[cfg_attr(not(feature = "_tls"), allow(dead_code, reason = "found by TLS"))]
    Tls,
    /// The receiver wants credentials (HTTP 401, gRPC 16).
    Unauthorized,
    /// The credentials do not suffice (HTTP 403, gRPC 7).
    Forbidden,
    /// Nothing takes traces under this path (HTTP 404, gRPC 12).
    NotFound,
    /// The other side speaks something else: gRPC to an HTTP port, the reverse, or a web page.
    WrongProtocol,
    /// The request was too large for the receiver (HTTP 413, gRPC 8 or 11).
    TooLarge,
    /// Too many requests (HTTP 429, gRPC 8 with a time to wait).
    Throttled,
    /// The receiver cannot take anything at the moment (HTTP 502, 503, 504, gRPC 14).
    Unavailable,
    /// The receiver refused the data, and would refuse it again.
    Rejected,
    /// The connection broke before the answer was whole, or the answer was larger than is read.
    Broken,
}

impl Failure {
    pub(crate) const fn of(class: FailureClass) -> Self {
        Self {
            class,
            status: None,
        }
    }
}

impl fmt::Display for Failure {
    /// The class, and the receiver's number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.class.as_str())?;
        match self.status {
            Some(status) => write!(f, " ({status})"),
            None => Ok(()),
        }
    }
}

impl FailureClass {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Panic => "exporter panicked",
            Self::Shutdown => "exporter shut down",
            Self::Failed => "export failed",
            Self::NotEncoded => "not_encoded",
            Self::Refused => "refused",
            Self::Unresolved => "unresolved",
            Self::Tls => "tls",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::WrongProtocol => "wrong_protocol",
            Self::TooLarge => "too_large",
            Self::Throttled => "throttled",
            Self::Unavailable => "unavailable",
            Self::Rejected => "rejected",
            Self::Broken => "broken",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const PAGE: &str = include_str!("../../../docs/TRACING-TROUBLESHOOTING.md");

    /// Each class once; one that is added is missing here until the compiler has asked for it.
    fn after(class: FailureClass) -> Option<FailureClass> {
        use FailureClass as Class;
        Some(match class {
            Class::Timeout => Class::Panic,
            Class::Panic => Class::Shutdown,
            Class::Shutdown => Class::Failed,
            Class::Failed => Class::NotEncoded,
            Class::NotEncoded => Class::Refused,
            Class::Refused => Class::Unresolved,
            Class::Unresolved => Class::Tls,
            Class::Tls => Class::Unauthorized,
            Class::Unauthorized => Class::Forbidden,
            Class::Forbidden => Class::NotFound,
            Class::NotFound => Class::WrongProtocol,
            Class::WrongProtocol => Class::TooLarge,
            Class::TooLarge => Class::Throttled,
            Class::Throttled => Class::Unavailable,
            Class::Unavailable => Class::Rejected,
            Class::Rejected => Class::Broken,
            Class::Broken => return None,
        })
    }

    fn words() -> impl Iterator<Item = &'static str> {
        let classes = std::iter::successors(Some(FailureClass::Timeout), |class| after(*class));
        classes.map(FailureClass::as_str)
    }

    #[test]
    fn the_metrics_have_a_series_for_each_class() {
        assert_eq!(words().collect::<Vec<_>>(), crate::status::FAILURES);
    }

    #[test]
    fn the_words_of_the_classes_are_those_of_the_troubleshooting_page() {
        let words: BTreeSet<&str> = words().collect();
        let (_, table) = PAGE.split_once("| class | number |").unwrap();
        let rows = table.lines().skip(2).take_while(|row| row.starts_with('|'));
        let cells = rows.filter_map(|row| row.split('|').nth(1));
        // What stands between two backticks.
        let documented = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2));
        assert_eq!(words, documented.collect());
    }
}
