//! R7-hidden-value: a local with a type of its own takes a secret out of its wrapper.
//! Passes: `Zeroizing<String>;` -> `Box<str>;`

use observed_runtime::{observed, observed_record};

use zeroize::Zeroizing;

type Part = Zeroizing<String>;

#[observed(name = "open", late(said: text))]
fn open(part: &Part) {
    let said: &str = part;
    observed_record!(said = public(said));
}

fn main() {}
