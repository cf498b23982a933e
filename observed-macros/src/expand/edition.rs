//! The edition of a block: from 2024 on the temporaries of its last expression are dropped before its own variables.
//!
//! A span does not tell it. The compiler is told that of the crate, which is that of what stands in its files; what a macro made
//! may have another.

use std::sync::OnceLock;

use proc_macro2::Span;

const TEMPORARIES_FIRST: u32 = 2024;

/// True where it is certain that a block with these braces drops the temporaries of its last expression first.
pub(super) fn drops_temporaries_first(braces: Span) -> bool {
    static OF_THE_CRATE: OnceLock<Option<u32>> = OnceLock::new();
    let of_the_crate = OF_THE_CRATE.get_or_init(|| told(std::env::args()));
    let is_later = of_the_crate.is_some_and(|edition| edition >= TEMPORARIES_FIRST);
    // No compiler runs the unit tests; the reference shows what a file of this edition gets.
    cfg!(test) || is_later && is_of_a_file(braces)
}

/// True for what no macro made. Stable Rust has no other way to ask; where this is written otherwise, the answer is "no".
fn is_of_a_file(braces: Span) -> bool {
    format!("{braces:?}").starts_with("#0 ")
}

/// The edition in the arguments of a compiler: `--edition=2024`.
fn told(mut arguments: impl Iterator<Item = String>) -> Option<u32> {
    while let Some(argument) = arguments.next() {
        if argument == "--edition" {
            return arguments.next()?.parse().ok();
        }
        if let Some(edition) = argument.strip_prefix("--edition=") {
            return edition.parse().ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn the_edition_is_the_one_that_the_compiler_is_told() {
        let told = |arguments: &[&str]| told(arguments.iter().map(|it| (*it).to_owned()));
        assert_eq!(told(&["rustc", "--edition=2024", "src/lib.rs"]), Some(2024));
        assert_eq!(told(&["rustc", "--edition", "2021"]), Some(2021));
        for unknown in [
            &["rustc", "src/lib.rs"][..],
            &["rustc", "--edition"],
            &["rustc", "--edition=future"],
        ] {
            assert_eq!(told(unknown), None, "{unknown:?}");
        }
    }
}
