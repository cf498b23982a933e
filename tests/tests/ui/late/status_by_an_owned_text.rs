//! R12-error-code: the code of a status is a word of the program's, and no text that is made for it.
//! Passes: `note.clone()` -> `"noted"`

use observed_runtime::{observed, observed_record};

#[observed(name = "price_order", late(status: error))]
fn price(note: &String) {
    observed_record!(status = error(note.clone()));
}

fn main() {}
