//! What moves the fingerprint, and what does not.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::*;
use crate::parse::{self, Form};
use crate::{Diagnostics, function, validate};

/// The fingerprint of an annotation on a function that has all the names that the cases record.
fn of(arguments: &str) -> Fingerprint {
    let mut diagnostics = Diagnostics::default();
    let arguments: TokenStream = arguments.parse().unwrap();
    let item = quote!(
        fn price(order: &Order, lines: u32, shelf: u64) -> Result<u8, Failed> {
            Ok(1)
        }
    );
    let arguments = parse::arguments(arguments, Form::Attribute, &mut diagnostics);
    let function = function::read(item, &mut diagnostics).unwrap();
    let model = validate::observed_fn(&arguments, &function, &[], &mut diagnostics);
    let model = model.unwrap_or_else(|| panic!("{:?}", diagnostics.messages()));
    of_function(&model)
}

#[test]
fn the_hash_is_fnv_1a_as_published() {
    assert_eq!(fnv1a(""), 0xcbf2_9ce4_8422_2325);
    assert_eq!(fnv1a("a"), 0xaf63_dc4c_8601_ec8c);
    assert_eq!(fnv1a("foobar"), 0x8594_4171_f739_67e8);
}

/// A change of the method makes every review stale: it is a major release.
#[test]
fn the_fingerprint_of_an_annotation_is_the_same_in_every_release() {
    let written = r#"name = "price_order", kind = server, scope = "shop", err = error.code(), links(order.links()),
        attrs(lines, order.action = public(order.action), order.shelf = not_pii(shelf, "in the warehouse")),
        late(order.cents: u64, reason: text)"#;
    assert_eq!(of(written).to_string(), "c8b163b78a7dab1f");
}

#[test]
fn each_thing_that_leaves_moves_the_fingerprint() {
    let written = [
        r#"name = "price_order""#,
        r#"name = "price_orders""#,
        r#"name = "price_order", kind = client"#,
        r#"name = "price_order", scope = "shop""#,
        r#"name = "price_order", err"#,
        r#"name = "price_order", err = error.code()"#,
        r#"name = "price_order", err = error.kind()"#,
        r#"name = "price_order", links(order.links())"#,
        r#"name = "price_order", attrs(lines)"#,
        r#"name = "price_order", attrs(rows = lines)"#,
        r#"name = "price_order", attrs(lines, rows = lines)"#,
        r#"name = "price_order", attrs(rows = lines, lines)"#,
        r#"name = "price_order", attrs(lines = lines.min(3))"#,
        r#"name = "price_order", attrs(lines = public(lines))"#,
        r#"name = "price_order", attrs(lines = public_static(lines))"#,
        r#"name = "price_order", attrs(lines = public_display(lines))"#,
        r#"name = "price_order", attrs(lines = not_pii(lines, "a count"))"#,
        r#"name = "price_order", attrs(lines = not_pii(lines, "a number of rows"))"#,
        r#"name = "price_order", late(lines: u64)"#,
        r#"name = "price_order", late(lines: u32)"#,
        r#"name = "price_order", late(lines: text)"#,
        r#"name = "price_order", late(lines: not_pii(u64, "a count"))"#,
        r#"name = "price_order", late(status: text)"#,
        r#"name = "price_order", late(status: error)"#,
    ];
    let different: BTreeSet<_> = written.iter().map(|it| of(it)).collect();
    assert_eq!(different.len(), written.len());
}

#[test]
fn blanks_parents_and_the_spelling_of_a_key_do_not_move_it() {
    let plain = of(r#"name = "price_order", attrs(lines)"#);
    for written in [
        "name=\"price_order\",attrs(\n  lines,\n)",
        r#"attrs(lines = lines), name = "price_order""#,
        r#"name = "price_order", attrs("lines" = lines)"#,
        r#"name = "price_order", root, attrs(lines)"#,
        r#"name = "price_order", kind = internal, crate = facade, attrs(lines)"#,
    ] {
        assert_eq!(of(written), plain, "{written}");
    }
}

#[test]
fn what_a_macro_passed_on_reads_like_what_was_written() {
    let inner: TokenStream = "order . total ( 1 )".parse().unwrap();
    let group = proc_macro2::Group::new(Delimiter::None, inner.clone());
    assert_eq!(
        canonical(quote!(#group as u64)),
        canonical(quote!(#inner as u64))
    );
    assert_eq!(canonical(inner), "order.total(1)");
}
