//! R10-personal-name: the type of a parameter that a late record shows whole is looked up.
//! Passes: `to: &Email` -> `to: &Label`

use observed_runtime::{observed, observed_record};

type Email = String;
type Label = String;

#[observed(name = "send", late(label: text))]
fn send(to: &Email) {
    observed_record!(label = public(to));
}

fn main() {}
