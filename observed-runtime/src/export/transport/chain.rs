//! What a failed connection or request was, read from the chain of its errors' causes.

use std::error::Error;
use std::io::ErrorKind;

use super::attempt::Trouble;
use super::tunnel::Declined;
use crate::export::failure::{Failure, FailureClass};

/// The name of the receiver has no address: tagged by our own resolver, because the system's error has no kind of its own.
#[derive(Debug)]
pub(super) struct Unresolved;

impl std::fmt::Display for Unresolved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the name was not resolved")
    }
}

impl Error for Unresolved {}

/// What a request that got no answer failed of.
pub(super) fn trouble(error: &(dyn Error + 'static)) -> Trouble {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(found) = told(error) {
            return found;
        }
        cause = error.source();
    }
    Trouble::unanswered(FailureClass::Broken)
}

/// What one error of the chain tells; the nearest one that tells something counts.
fn told(error: &(dyn Error + 'static)) -> Option<Trouble> {
    if error.is::<Unresolved>() {
        return Some(Trouble::unanswered(FailureClass::Unresolved));
    }
    if let Some(Declined(trouble)) = error.downcast_ref() {
        return Some(*trouble);
    }
    if let Some(error) = error.downcast_ref::<std::io::Error>() {
        // What an I/O error wraps is not its source: that is the source of what it wraps.
        let wrapped = error.get_ref();
        return match error.kind() {
            ErrorKind::ConnectionRefused => Some(Trouble::unanswered(FailureClass::Refused)),
            ErrorKind::TimedOut => Some(Trouble::unanswered(FailureClass::Timeout)),
            _ => wrapped.and_then(|wrapped| told(wrapped)),
        };
    }
    #[cfg(feature = "_tls")]
    if error.is::<rustls::Error>() {
        return Some(Trouble::never(Failure::of(FailureClass::Tls)));
    }
    if let Some(error) = error.downcast_ref::<hyper::Error>() {
        if has_endless_headers(error) {
            return Some(Trouble::never(Failure::of(FailureClass::Broken)));
        }
        // What came was no HTTP/1.1: a gRPC port, or TLS.
        return (error.is_parse() || is_unasked(error))
            .then(|| Trouble::never(Failure::of(FailureClass::WrongProtocol)));
    }
    let error = error.downcast_ref::<h2::Error>()?;
    if let Some(io) = error.get_io() {
        return told(io);
    }
    let reason = error.reason()?;
    // What came was no HTTP/2: the text of an HTTP/1.1 answer reads as a frame of three megabytes.
    let foreign = [h2::Reason::FRAME_SIZE_ERROR, h2::Reason::PROTOCOL_ERROR];
    if foreign.contains(&reason) {
        return Some(Trouble::never(Failure::of(FailureClass::WrongProtocol)));
    }
    // What this side refuses of an answer, such as headers without end; what comes again is the same.
    error
        .is_library()
        .then(|| Trouble::never(Failure::of(FailureClass::Broken)))
}

/// True where the headers of an answer had no end. hyper has a method for it, but only in servers.
fn has_endless_headers(error: &hyper::Error) -> bool {
    error.to_string() == "message head is too large"
}

/// True where the other side spoke first: a gRPC server does, with its settings. hyper tells it by its text alone.
fn is_unasked(error: &hyper::Error) -> bool {
    error.to_string() == "received unexpected message from connection"
}

#[cfg(test)]
mod tests {
    use super::super::attempt::Again;
    use super::*;

    #[test]
    fn the_cause_is_found_below_what_wraps_it() {
        #[derive(Debug)]
        struct Wraps(std::io::Error);
        impl std::fmt::Display for Wraps {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("connecting failed")
            }
        }
        impl Error for Wraps {
            fn source(&self) -> Option<&(dyn Error + 'static)> {
                Some(&self.0)
            }
        }
        let class = |kind: ErrorKind| trouble(&Wraps(kind.into())).failure.class;
        assert_eq!(class(ErrorKind::ConnectionRefused), FailureClass::Refused);
        assert_eq!(class(ErrorKind::TimedOut), FailureClass::Timeout);
        assert_eq!(class(ErrorKind::ConnectionReset), FailureClass::Broken);
        let unresolved = trouble(&Unresolved);
        assert_eq!(
            (unresolved.failure.class, unresolved.again),
            (FailureClass::Unresolved, Again::Later)
        );
    }
}
