//! R10-personal-name: a closure makes what its local holds.
//! Passes: `user.email` -> `user.label`

use observed_runtime::{observed, observed_record};

struct User {
    email: String,
    label: String,
}

#[observed(name = "greet", late(label: text))]
fn greet(user: Option<&User>) {
    let who = user.map(|user| user.email.clone()).unwrap_or_default();
    observed_record!(label = public(&who));
}

fn main() {}
