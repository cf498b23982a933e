//! Whatever a text or a number holds, the last layer looks at it without a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use observed_syntax::patterns::{find, find_number};

fuzz_target!(|input: (&str, &str, i64)| {
    let (text, key, number) = input;
    let _ = find(text, key);
    let _ = find_number(number, key);
});
