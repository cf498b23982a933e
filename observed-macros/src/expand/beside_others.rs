//! What stands beside the attribute: attributes of other macros, lint levels, conditions.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Mode, printed};

fn expanded(mode: Mode, arguments: TokenStream, item: TokenStream) -> String {
    printed::items(&super::observed(arguments, item, mode))
}

#[test]
fn attributes_of_other_macros_stay_on_their_parameter() {
    let function = quote!(
        fn f(
            #[case] text: String,
            #[allow(unused)] rows: Vec<u8>,
            #[cfg_attr(a, cfg(b))] more: Vec<u8>,
        ) -> Result<(), ()> {
            Ok(())
        }
    );
    let output = expanded(Mode::Recording, quote!(name = "f", err), function);
    let (parameters, body) = output.split_once("-> Result").unwrap();
    assert!(parameters.contains("#[case]") && !body.contains("#[case]"));
    assert!(!parameters.contains("#[allow(unused)]") && body.contains("#[allow(unused)]"));
    for part in [parameters, body] {
        assert!(part.contains("#[cfg_attr(a, cfg(b))]"), "{part}");
    }
}

#[test]
fn an_expectation_is_a_permission_only_where_the_body_moves_and_is_recorded() {
    let function = quote!(
        #[expect(clippy::some)]
        #[cfg_attr(a, expect(clippy::other))]
        fn f(#[expect(unused)] text: String) -> Result<(), ()> {
            #![expect(dead_code)]
            Ok(())
        }
    );
    let moves = expanded(Mode::Recording, quote!(name = "f", err), function.clone());
    assert!(!moves.contains("expect"), "{moves}");
    for permission in [
        "#[allow(clippy::some)]",
        "allow(clippy::other)",
        "#[allow(unused)]",
        "#![allow(dead_code)]",
    ] {
        assert!(moves.contains(permission), "{permission} in {moves}");
    }
    let stays = [
        expanded(Mode::Recording, quote!(name = "f"), function.clone()),
        expanded(Mode::CompiledOut, quote!(name = "f", err), function),
    ];
    for stays in stays {
        assert_eq!(stays.matches("expect(").count(), 4, "{stays}");
    }
}
