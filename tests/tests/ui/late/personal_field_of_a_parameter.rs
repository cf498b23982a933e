//! R10-personal-name: the field behind a parameter's new name is looked up in late records too.
//! Passes: `email: to` -> `label: to`

use observed_runtime::{observed, observed_record};

struct User {
    email: String,
    label: String,
}

#[observed(name = "send", late(label: text))]
fn send(User { email: to, .. }: &User) {
    observed_record!(label = public(to));
}

fn main() {}
