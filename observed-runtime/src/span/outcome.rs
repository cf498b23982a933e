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

/// With `err`: the function [`by_type`] or a closure around the user's expression.
impl<T, J: Fn(&T) -> Option<&'static str>> Judge<T> for J {
    fn error_type(&self, output: &T) -> Option<&'static str> {
        self(output)
    }
}

/// With `err`: an `Err` fails the span by its type.
pub fn by_type<T: Fallible>(output: &T) -> Option<&'static str> {
    output.error().map(|_| std::any::type_name::<T::Error>())
}

/// With `err = expr`: an `Err` fails the span by the code that the expression names.
#[cfg(feature = "enable")]
pub(super) fn by_code<T: Fallible>(
    code: impl Fn(&T::Error) -> &'static str,
) -> impl Fn(&T) -> Option<&'static str> {
    move |output| {
        let error = output.error()?;
        let code = crate::panics::swallowing(|| code(error));
        Some(code.unwrap_or_else(|| {
            crate::thread::annotate::count_lost();
            std::any::type_name::<T::Error>()
        }))
    }
}
