//! How one try ended badly, and whether there is to be another one.

use std::time::Duration;

use crate::export::failure::{Failure, FailureClass};

/// A try that delivered nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) failure: Failure,
    pub(super) again: Again,
}

/// Whether the same request is to be sent again (OTLP specification 1.9, "Failures").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    Never,
    /// After the time that the receiver asked for.
    After(Duration),
    /// After a pause that grows.
    Later,
}

impl Trouble {
    pub(super) const fn never(failure: Failure) -> Self {
        Self {
            failure,
            again: Again::Never,
        }
    }

    /// One that the receiver answered with a status.
    pub(super) const fn answered(class: FailureClass, status: u16, again: Again) -> Self {
        Self {
            failure: Failure {
                class,
                status: Some(status),
            },
            again,
        }
    }

    /// Nothing of the request was answered: it is sent again.
    pub(super) const fn unanswered(class: FailureClass) -> Self {
        Self {
            failure: Failure::of(class),
            again: Again::Later,
        }
    }
}
