//! `cargo observed`: see the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    cargo_observed::run()
}
