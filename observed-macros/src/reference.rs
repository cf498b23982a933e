//! The reference documentation shows what the macro makes, shortened: each block of plain text in it is the expansion of
//! the annotated function in the example before, and a test compares them.

mod shortening;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Item, ItemFn, Meta};

use crate::expand::{self, Mode, printed};

const REFERENCE: &str = include_str!("docs/observed.md");

/// A fenced block of the documentation.
struct Fenced<'a> {
    /// What stands after the opening fence; nothing for an example that compiles.
    info: &'a str,
    text: String,
}

fn fenced(document: &str) -> Vec<Fenced<'_>> {
    let mut blocks = Vec::new();
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let inside = lines.by_ref().take_while(|line| *line != "```");
            let text = inside.flat_map(|line| [line, "\n"]).collect();
            blocks.push(Fenced { info, text });
        }
    }
    blocks
}

/// Each expansion that the documentation shows, with the example before it.
fn shown(document: &str) -> Vec<(String, String)> {
    let mut example = String::new();
    let mut shown = Vec::new();
    for block in fenced(document) {
        if block.info == "text" {
            shown.push((example.clone(), block.text));
        } else {
            example = block.text;
        }
    }
    shown
}

/// The expansion of the annotated function of an example.
fn expansion(example: &str) -> String {
    let visible: Vec<&str> = example
        .lines()
        .filter(|line| !line.starts_with("# "))
        .collect();
    let file = syn::parse_file(&visible.join("\n")).expect("an example is a file");
    let annotated = file.items.into_iter().find_map(|item| match item {
        Item::Fn(function) => annotation(function),
        _ => None,
    });
    let (arguments, function) = annotated.expect("an example has an annotated function");
    let expanded = expand::observed(arguments, quote!(#function), Mode::Recording);
    printed::items(&shortening::shortened(expanded))
}

/// Takes `#[observed(arguments)]` off a function.
fn annotation(mut function: ItemFn) -> Option<(TokenStream, ItemFn)> {
    let position = function
        .attrs
        .iter()
        .position(|attribute| attribute.path().is_ident("observed"))?;
    match function.attrs.remove(position).meta {
        Meta::List(list) => Some((list.tokens.to_token_stream(), function)),
        _ => None,
    }
}

#[test]
fn every_expansion_in_the_reference_is_the_real_one() {
    let shown = shown(REFERENCE);
    assert_eq!(
        shown.len(),
        REFERENCE.matches("becomes").count(),
        "an expansion for each \"becomes\""
    );
    for (example, block) in shown {
        let real = expansion(&example);
        assert!(
            block == real,
            "docs/observed.md is stale. It shows\n\n{block}\nand should show\n\n{real}"
        );
    }
}

#[test]
fn a_block_of_text_belongs_to_the_example_before_it() {
    let document = "```\nfirst\n```\n```\nsecond\n# hidden\n```\nbecomes\n```text\nshown\n```\n";
    let pair = ("second\n# hidden\n".to_owned(), "shown\n".to_owned());
    assert_eq!(shown(document), [pair]);
}
