//! R10-personal-name: an event name is looked up.
//! Passes: `password_wrong` -> `login_refused`

use observed_runtime::observed_event;

fn check() {
    observed_event!(name = "password_wrong");
}

fn main() {}
