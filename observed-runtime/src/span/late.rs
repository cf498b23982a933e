//! Late attributes: recorded while the function runs, under a key that its annotation declared.

use crate::panics::swallowing;
use crate::thread::annotate::{self, Address};
use crate::value::{AttributeValue, Value};

/// The span whose annotation declares late attributes, even while another span is current.
///
/// A value that is recorded after the span has ended, or on another thread than the one that runs the span, is dropped and
/// counted.
#[derive(Clone, Copy, Debug)]
pub struct Late {
    address: Option<Address>,
}

impl Late {
    #[inline]
    pub(super) fn of(address: Option<Address>) -> Self {
        Self { address }
    }

    /// Checks the type of a late attribute.
    #[inline]
    #[must_use = "the expansion goes on with it"]
    pub fn declares<T: AttributeValue>(self) -> Self {
        self
    }

    /// Records what `value` gives, if the span is recorded; the last value of a key counts. One whose expression panics is
    /// lost and counted.
    #[inline]
    pub fn record(self, key: usize, value: &dyn Fn() -> Value) {
        if let Some(address) = self.address {
            let value = swallowing(value).unwrap_or(Value::REFUSED);
            annotate::set_late(address, key, value);
        }
    }

    /// Fails the span by the code that `code` gives, if it gives one and the span is recorded; the first failure counts.
    #[inline]
    pub fn fail(self, code: &dyn Fn() -> Option<&'static str>) {
        if let Some(address) = self.address {
            match swallowing(code) {
                Some(Some(code)) => annotate::fail_late(address, code),
                Some(None) => {}
                None => annotate::count_lost(),
            }
        }
    }
}
