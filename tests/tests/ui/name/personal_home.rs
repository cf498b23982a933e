//! R10-personal-name: the path of a home folder has a person's name in it.
//! Passes: `"HOME"` -> `"SHLVL"`

use observed_runtime::observed;

#[observed(name = "start", attrs(folder = public(std::env::var("HOME").unwrap_or_default())))]
fn start() {}

fn main() {}
