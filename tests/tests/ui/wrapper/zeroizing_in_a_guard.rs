//! R7-hidden-value: and behind a guard.
//! Passes: `part: MutexGuard<Kept<u32>>` -> `part: MutexGuard<Box<u32>>`

use std::sync::MutexGuard;

use observed_runtime::observed;
use zeroize::Zeroizing as Kept;

#[observed(name = "greet", attrs(n = **part))]
fn greet(part: MutexGuard<Kept<u32>>) {}

fn main() {}
