//! R10-personal-name: a local is looked up by what it was made of.
//! Passes: `user.email` -> `user.label`

use observed_runtime::{observed, observed_record};

struct User {
    email: String,
    label: String,
}

#[observed(name = "greet", late(label: text))]
fn greet(user: &User) {
    let who = user.email.as_str();
    observed_record!(label = public(who));
}

fn main() {}
