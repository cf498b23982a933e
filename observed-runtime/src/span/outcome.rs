//! The outcome of a function annotated with `err`: that it failed, and the error's type or a static code (R12).

/// A `Result`, by whatever alias; sealed.
#[diagnostic::on_unimplemented(
    message = "`err` records that a `Result` failed, and this function returns `{Self}` [R4-err-without-result]",
    label = "not a `Result`",
    note = "remove `err`"
)]
pub trait Fallible: sealed::Sealed {
    /// The error.
    type Error;

    /// The error, if there is one.
    fn error(&self) -> Option<&Self::Error>;
}

impl<T, E> Fallible for Result<T, E> {
    type Error = E;

    fn error(&self) -> Option<&E> {
        self.as_ref().err()
    }
}

mod sealed {
    pub trait Sealed {}
    impl<T, E> Sealed for Result<T, E> {}
}

/// The code of an error, as `err = expr` names it: a `&'static str`, or an `Option` of one, where `None` is no error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the code of an error [R12-error-code]",
    label = "not a `&'static str`, nor an `Option` of one",
    note = "a code is a word of the program's own: write err = \"declined\", or err = code(error) with \
            fn code(error: &Error) -> &'static str"
)]
pub trait ErrorCode {
    /// The code; nothing where the `Err` is no failure.
    fn code(self) -> Option<&'static str>;
}

impl ErrorCode for &'static str {
    fn code(self) -> Option<&'static str> {
        Some(self)
    }
}

impl ErrorCode for Option<&'static str> {
    fn code(self) -> Option<&'static str> {
        self
    }
}

/// What the output of an observed future says of its span.
pub trait Judge<T> {
    /// The type or the code of the error, if the output is one.
    fn error_type(&self, output: &T) -> Option<&'static str>;
}

/// Without `err`: the output is not looked at.
#[derive(Debug)]
pub struct NoVerdict;

impl<T> Judge<T> for NoVerdict {
    fn error_type(&self, _: &T) -> Option<&'static str> {
        None
    }
}

/// With `err`: a closure around what asks the error, or the function [`by_type`].
impl<T, J: Fn(&T) -> Option<&'static str>> Judge<T> for J {
    fn error_type(&self, output: &T) -> Option<&'static str> {
        self(output)
    }
}

/// With `err` where the type of the error is not known yet: an `Err` fails the span by its type.
pub fn by_type<T: Fallible>(output: &T) -> Option<&'static str> {
    output.error().map(|_| std::any::type_name::<T::Error>())
}

/// An `Err` fails the span by the code that the closure names, if it names one.
#[cfg(feature = "enable")]
pub(super) fn by_code<T: Fallible, K: ErrorCode>(
    code: impl Fn(&T::Error) -> K,
) -> impl Fn(&T) -> Option<&'static str> {
    move |output| {
        let error = output.error()?;
        let code = crate::panics::swallowing(|| code(error));
        code.map_or_else(
            || {
                crate::thread::annotate::count_lost();
                Some(std::any::type_name::<T::Error>())
            },
            ErrorCode::code,
        )
    }
}
