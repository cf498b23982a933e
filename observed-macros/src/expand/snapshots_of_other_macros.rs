//! The shape of spans and events in blocks and of the derives' implementations, input and output side by side. They are
//! the same in both modes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{attribute_value, classified, event, printed, span};

/// What `call` is expanded to, both as the last expression of a block.
fn in_block(call: &TokenStream, output: &TokenStream) -> String {
    let block = |expression: &TokenStream| printed::items(&quote!(fn block() { #expression }));
    format!("{}\n// becomes\n\n{}", block(call), block(output))
}

fn expanded_span(arguments: TokenStream) -> String {
    in_block(&quote!(observed_span!(#arguments)), &span(arguments))
}

fn expanded_event(arguments: TokenStream) -> String {
    in_block(&quote!(observed_event!(#arguments)), &event(arguments))
}

/// What a derive adds to `item`.
fn derived(item: TokenStream, derive: fn(TokenStream) -> TokenStream) -> String {
    let input = printed::items(&item);
    format!("{input}\n// gets\n\n{}", printed::items(&derive(item)))
}

#[test]
fn a_span_is_the_value_of_its_block() {
    insta::assert_snapshot!(expanded_span(quote!(name = "sum_rows", attrs(rows))));
}

#[test]
fn a_span_with_a_parent_takes_its_attributes_once_it_is_current() {
    insta::assert_snapshot!(expanded_span(quote!(
        name = "sum_rows",
        kind = consumer,
        parent = &batch.context,
        links(senders.iter()),
        scope = "batches",
        attrs(batch.rows, n = rows.len())
    )));
}

#[test]
fn a_refused_span_gives_its_messages_as_an_expression() {
    insta::assert_snapshot!(expanded_span(
        quote!(name = "sum_rows", late(rows: u64), attrs(f(a)))
    ));
}

#[test]
fn an_event_is_one_call() {
    insta::assert_snapshot!(expanded_event(quote!(
        name = "table_empty",
        attrs(rows = rows.len())
    )));
}

#[test]
fn an_event_without_attributes_has_a_closure_that_is_never_asked() {
    insta::assert_snapshot!(expanded_event(quote!(name = "table_empty")));
}

#[test]
fn a_refused_event_gives_its_messages_as_an_expression() {
    insta::assert_snapshot!(expanded_event(quote!(attrs(customer.email), root)));
}

#[test]
fn a_type_with_marks_says_which_fields_they_are_on() {
    let item = quote!(
        #[classified(crate = facade::tracing)]
        struct Customer<T: Clone> {
            tier: T,
            #[pii]
            contact: String,
        }
    );
    insta::assert_snapshot!(derived(item, classified));
}

#[test]
fn a_refused_classification_gives_its_messages() {
    let item = quote!(
        #[pii]
        union Customer {
            tier: u8,
        }
    );
    insta::assert_snapshot!(derived(item, classified));
}

#[test]
fn an_enum_is_recorded_by_the_names_of_its_variants() {
    let item = quote!(
        enum Outcome {
            RateLimited,
            #[attribute(rename = "done")]
            Finished,
        }
    );
    insta::assert_snapshot!(derived(item, attribute_value));
}

#[test]
fn a_newtype_is_recorded_as_what_it_wraps() {
    let item = quote!(
        #[attribute(public)]
        struct Label<T>(T);
    );
    insta::assert_snapshot!(derived(item, attribute_value));
}

#[test]
fn a_refused_value_gives_its_messages() {
    let item = quote!(
        #[attribute(rename = "x")]
        enum Outcome {
            Failed(String),
        }
    );
    insta::assert_snapshot!(derived(item, attribute_value));
}
