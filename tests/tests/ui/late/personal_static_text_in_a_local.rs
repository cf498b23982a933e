//! R10-personal-name: of a special category static text tells as much, in a local too.
//! Passes: `person.religion` -> `person.label`

use observed_runtime::{observed, observed_record};

struct Person {
    religion: &'static str,
    label: &'static str,
}

#[observed(name = "greet", late(label: text))]
fn greet(person: &Person) {
    let found = person.religion;
    observed_record!(label = public_static(found));
}

fn main() {}
