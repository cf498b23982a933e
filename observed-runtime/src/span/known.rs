//! Errors of other people that say more than the name of their type: behind a `dyn Error`, and a status of gRPC.

use std::any::type_name;
use std::error::Error;
use std::fmt::{self, Debug, Write};

/// How far a chain of sources is followed; it may be one without end.
const DEPTH: usize = 16;

/// The name of the first error of a chain whose type is one of the standard library's.
pub(super) fn name_of(error: &(dyn Error + 'static)) -> Option<&'static str> {
    std::iter::successors(Some(error), |&error| error.source())
        .take(DEPTH)
        .find_map(of_the_standard_library)
}

fn of_the_standard_library(error: &(dyn Error + 'static)) -> Option<&'static str> {
    macro_rules! one_of {
        ($($ty:ty),+ $(,)?) => {
            $(if error.is::<$ty>() { return Some(type_name::<$ty>()); })+
        };
    }
    one_of!(
        std::array::TryFromSliceError,
        std::char::ParseCharError,
        std::env::VarError,
        std::ffi::FromBytesWithNulError,
        std::ffi::NulError,
        std::fmt::Error,
        std::io::Error,
        std::net::AddrParseError,
        std::num::ParseFloatError,
        std::num::ParseIntError,
        std::num::TryFromIntError,
        std::str::ParseBoolError,
        std::str::Utf8Error,
        std::string::FromUtf8Error,
        std::sync::mpsc::RecvError,
        std::sync::mpsc::RecvTimeoutError,
        std::thread::AccessError,
        std::time::SystemTimeError,
    );
    None
}

/// The codes of gRPC, as `tonic` and as the specification writes them.
const GRPC: &[(&str, &str)] = &[
    ("Ok", "OK"),
    ("Cancelled", "CANCELLED"),
    ("Unknown", "UNKNOWN"),
    ("InvalidArgument", "INVALID_ARGUMENT"),
    ("DeadlineExceeded", "DEADLINE_EXCEEDED"),
    ("NotFound", "NOT_FOUND"),
    ("AlreadyExists", "ALREADY_EXISTS"),
    ("PermissionDenied", "PERMISSION_DENIED"),
    ("ResourceExhausted", "RESOURCE_EXHAUSTED"),
    ("FailedPrecondition", "FAILED_PRECONDITION"),
    ("Aborted", "ABORTED"),
    ("OutOfRange", "OUT_OF_RANGE"),
    ("Unimplemented", "UNIMPLEMENTED"),
    ("Internal", "INTERNAL"),
    ("Unavailable", "UNAVAILABLE"),
    ("DataLoss", "DATA_LOSS"),
    ("Unauthenticated", "UNAUTHENTICATED"),
];

/// The code of a `tonic::Status`, of whatever version: it is what its `Debug` begins with. What comes after it, the message
/// first, is not written, and what leaves is a word of the list above.
pub(super) fn code_of_grpc(name: &str, error: &impl Debug) -> Option<&'static str> {
    if name != "tonic::status::Status" {
        return None;
    }
    let mut beginning = Beginning(String::new());
    // It fails where there is no room for more.
    let _ = write!(beginning, "{error:?}");
    let code = beginning.0.strip_prefix("Status { code: ")?;
    let (code, _) = code.split_once(',')?;
    GRPC.iter()
        .find(|(written, _)| *written == code)
        .map(|(_, code)| *code)
}

/// Takes a text up to its first comma.
struct Beginning(String);

impl Write for Beginning {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let (text, is_end) = text
            .split_once(',')
            .map_or((text, false), |(before, _)| (before, true));
        self.0.push_str(text);
        if is_end {
            self.0.push(',');
        }
        if is_end || self.0.len() > 64 {
            return Err(fmt::Error);
        }
        Ok(())
    }
}
