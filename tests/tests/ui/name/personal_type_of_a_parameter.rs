//! R10-personal-name: the type of what is recorded whole is looked up.
//! Passes: `to: &Email` -> `to: &Label`

use std::fmt::{Display, Formatter, Result};

use observed_runtime::observed;

struct Email;
struct Label;

impl Display for Email {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("somebody")
    }
}

impl Display for Label {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("something")
    }
}

#[observed(name = "send", attrs(to = public_display(to)))]
fn send(to: &Email) {}

fn main() {}
