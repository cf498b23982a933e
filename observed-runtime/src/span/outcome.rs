//! The outcome of a function annotated with `err`: that it failed, and the error's type (R12).

/// A `Result`, by whatever alias; sealed.
#[diagnostic::on_unimplemented(
    message = "`err` records that a `Result` failed, and this function returns `{Self}` [R4-err-without-result]",
    label = "not a `Result`",
    note = "remove `err`"
)]
pub trait Fallible: sealed::Sealed {
    /// The type of the error, if there is one; never its text.
    fn error_type(&self) -> Option<&'static str>;
}

impl<T, E> Fallible for Result<T, E> {
    fn error_type(&self) -> Option<&'static str> {
        self.as_ref().err().map(|_| std::any::type_name::<E>())
    }
}

mod sealed {
    pub trait Sealed {}
    impl<T, E> Sealed for Result<T, E> {}
}
