//! The parser never panics, and what it accepts means the same when it is printed and read again.

mod bodies;
mod privacy;
mod understood;

use proptest::prelude::*;
use understood::ITEM;

fn understood(arguments: &str) -> Result<String, Vec<String>> {
    understood::understood(arguments, ITEM)
}

/// Pieces that arguments are made of, right and wrong.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "name = \"price_order\"",
        "name = \"Price\"",
        "name",
        "attrs(a.b)",
        "attrs(a, a)",
        "attrs(n = a.len())",
        "attrs(\"k.e\" = public(b.c))",
        "attrs(self.x, y = &*b as u64)",
        "attrs(x = a?)",
        "attrs(x = a[0])",
        "attrs",
        "late(rows: u64)",
        "late(\"k\": not_pii(text, \"why\"))",
        "late(\"k\": u8)",
        "late(a: u8)",
        "kind = server",
        "kind = other",
        "err",
        "err = error.code()",
        "parent = &ctx",
        "root",
        "links(ctxs.iter())",
        "scope = \"pipe\"",
        "scope = \"Pi pe\"",
        "future",
        "crate = facade::x",
        "skip_all",
        "level = 3",
        "nmae = \"x\"",
        "err err",
        "=",
        ",",
        "attrs(,)",
        "attrs(a = )",
        "\"text\"",
        "late(x)",
        "late(self: u64)",
        "late(_: u64)",
        "late(crate: u8, type: u8)",
        "late(Self: u8)",
        "err = self.code(error)",
    ]);
    prop_oneof![8 => fixed.prop_map(str::to_owned), 1 => "[a-z(),=.:\"@&*?!\\[\\]{} ]{0,20}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_written_makes_the_grammar_panic(pieces in prop::collection::vec(piece(), 0..6)) {
        let _ = understood(&pieces.join(", "));
        let _ = understood(&pieces.join(" "));
    }

    #[test]
    fn what_is_accepted_means_the_same_when_it_is_printed(pieces in prop::collection::vec(piece(), 0..5)) {
        let written = format!("name = \"price_order\", {}", pieces.join(", "));
        if let Ok(once) = understood(&written) {
            prop_assert_eq!(understood(&once), Ok(once.clone()), "{}", written);
        }
    }
}

#[test]
fn the_properties_see_accepted_arguments_too() {
    let all = "name = \"a\", attrs(a.b, n = public(b.c)), late(rows: u64), kind = client, err = error.code(), \
               parent = &ctx, links(x.iter()), scope = \"s\", crate = x::y";
    let once = understood(all).unwrap();
    assert_eq!(understood(&once), Ok(once.clone()));
    assert!(understood("name = \"a\", attrs(a?)").unwrap_err()[0].contains("R5-expression"));
}
