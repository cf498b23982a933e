//! An annotation's arguments on the first line, the item below: nothing panics, and what is accepted means the same when
//! it is printed and read again.

#![no_main]

#[path = "../../tests/understood/mod.rs"]
mod understood;

use libfuzzer_sys::fuzz_target;
use understood::{ITEM, understood};

fuzz_target!(|text: &str| {
    let (arguments, item) = text.split_once('\n').unwrap_or((text, ITEM));
    if let Ok(once) = understood(arguments, item) {
        assert_eq!(understood(&once, item), Ok(once.clone()), "{arguments}");
    }
});
