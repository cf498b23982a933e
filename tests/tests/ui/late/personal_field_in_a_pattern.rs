//! R10-personal-name: the field behind a name that a pattern of the body gives is looked up.
//! Passes: `email: who` -> `label: who`

use observed_runtime::{observed, observed_record};

struct User {
    email: String,
    label: String,
}

#[observed(name = "greet", late(label: text))]
fn greet(user: &User) {
    let User { email: who, .. } = user;
    observed_record!(label = public(who));
}

fn main() {}
