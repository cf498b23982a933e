//! What plain `err` says of an error: what the program says of its type, else what can be known without a crate of other people.
//!
//! Each rank dereferences to the next one, and method look-up takes the first whose bounds hold, as for marks
//! (`policy/autoderef.rs`).
#![expect(clippy::unused_self, reason = "they are found by their receiver")]
#![expect(
    clippy::unnecessary_wraps,
    reason = "every rank answers as the first one does"
)]

use std::any::type_name;
use std::error::Error;
use std::ops::Deref;

use super::known;

/// What `err` records of an error of this type as `error.type`, where the name of the type says too little.
///
/// It is a word of the program's own, never the error's text. `None` means that this `Err` is no failure of the service.
///
/// ```
/// use observed_runtime::{ErrorType, observed};
///
/// enum Failed { Missing, Declined }
///
/// impl ErrorType for Failed {
///     fn error_type(&self) -> Option<&'static str> {
///         match self {
///             Self::Missing => None,
///             Self::Declined => Some("declined"),
///         }
///     }
/// }
///
/// #[observed(name = "charge_card", err)]
/// fn charge(cents: u64) -> Result<(), Failed> {
///     if cents > 100 { Err(Failed::Declined) } else { Err(Failed::Missing) }
/// }
/// # assert!(charge(1).is_err());
/// ```
pub trait ErrorType {
    /// The word; nothing where the `Err` is no failure.
    fn error_type(&self) -> Option<&'static str>;
}

/// A pair of an answer and what goes with it, as handlers of HTTP return it, is what the answer says.
impl<A: ErrorType, B> ErrorType for (A, B) {
    fn error_type(&self) -> Option<&'static str> {
        self.0.error_type()
    }
}

/// Asks an error.
#[inline]
pub fn failure<E>(error: &E) -> Failure<'_, E> {
    Failure(Behind(Paired(Named(Other(error)))))
}

/// What is asked, the type itself first.
#[derive(Debug)]
pub struct Failure<'a, E>(Behind<'a, E>);

impl<E: ErrorType> Failure<'_, E> {
    /// What the program says.
    pub fn code(&self) -> Option<&'static str> {
        self.error().error_type()
    }
}

impl<'a, E> Deref for Failure<'a, E> {
    type Target = Behind<'a, E>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// Then an error behind a pointer.
#[derive(Debug)]
pub struct Behind<'a, E>(Paired<'a, E>);

impl<E: Deref<Target: AnyError>> Behind<'_, E> {
    /// The name of the error's own type, where it is one of the standard library's.
    pub fn code(&self) -> Option<&'static str> {
        let behind: &E::Target = self.error();
        Some(known::name_of(behind.any()).unwrap_or_else(type_name::<E>))
    }
}

impl<'a, E> Deref for Behind<'a, E> {
    type Target = Paired<'a, E>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// Then the second of a pair.
#[derive(Debug)]
pub struct Paired<'a, E>(Named<'a, E>);

impl<A, B> Paired<'_, (A, B)> {
    /// The name of its type.
    pub fn code(&self) -> Option<&'static str> {
        Some(type_name::<B>())
    }
}

impl<'a, E> Deref for Paired<'a, E> {
    type Target = Named<'a, E>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// Then an error that is known by the name of its type.
#[derive(Debug)]
pub struct Named<'a, E>(Other<'a, E>);

impl<E: Error> Named<'_, E> {
    /// The code of a status of gRPC, else the name of the type.
    pub fn code(&self) -> Option<&'static str> {
        let name = type_name::<E>();
        let error: &E = self.error();
        Some(known::code_of_grpc(name, error).unwrap_or(name))
    }
}

impl<'a, E> Deref for Named<'a, E> {
    type Target = Other<'a, E>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// Anything else.
#[derive(Debug)]
pub struct Other<'a, E>(&'a E);

impl<'a, E> Other<'a, E> {
    fn error(&self) -> &'a E {
        self.0
    }

    /// The name of its type.
    pub fn code(&self) -> Option<&'static str> {
        Some(type_name::<E>())
    }
}

/// An error of any type, however it may be sent.
pub trait AnyError {
    /// The error.
    fn any(&self) -> &(dyn Error + 'static);
}

impl AnyError for dyn Error + 'static {
    fn any(&self) -> &(dyn Error + 'static) {
        self
    }
}

impl AnyError for dyn Error + Send + 'static {
    fn any(&self) -> &(dyn Error + 'static) {
        self
    }
}

impl AnyError for dyn Error + Send + Sync + 'static {
    fn any(&self) -> &(dyn Error + 'static) {
        self
    }
}
