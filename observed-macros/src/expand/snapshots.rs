//! The shape of the output, input and output side by side: one snapshot per shape of function.

use proc_macro2::TokenStream;
use quote::quote;

use super::Mode;

/// The expansion of an annotated function behind the input.
fn expanded(arguments: TokenStream, item: TokenStream) -> String {
    let input = pretty(&quote!(#[observed(#arguments)] #item));
    let output = pretty(&super::observed(arguments, item, Mode::Recording));
    format!("{input}\n// becomes\n\n{output}")
}

fn pretty(tokens: &TokenStream) -> String {
    let file = syn::parse_file(&tokens.to_string()).expect("generated code parses");
    prettyplease::unparse(&file)
}

macro_rules! snapshot {
    ($name:ident, [$($arguments:tt)*], $($item:tt)*) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(expanded(quote!($($arguments)*), quote!($($item)*)));
        }
    };
}

snapshot!(
    a_function_gets_one_statement,
    [
        name = "price_order",
        attrs(
            order.total,
            lines = order.lines.len() as u32,
            action = public(action)
        )
    ],
    pub fn price(order: &Order, action: &str) -> u64 {
        order.total
    }
);

snapshot!(
    a_function_with_err_runs_its_body_as_a_closure,
    [name = "price_order", err = error.code(), attrs(lines)],
    fn price(mut lines: Vec<u32>, (left, _): (A, B), _: C) -> Result<&mut u32, E> {
        body()
    }
);

snapshot!(
    an_async_function_becomes_a_plain_one_with_one_wrapper,
    [name = "fetch", err, attrs(n)],
    pub async fn fetch(&self, mut text: String, (n, _): (u32, u32)) -> Result<T, E> {
        text.clear();
        Ok(n)
    }
);

snapshot!(
    an_async_function_whose_parent_is_given_stays_one,
    [name = "fetch", parent = parent],
    async fn fetch(&self, parent: &Context, mut text: String, n: u32) -> Result<T, E> {
        text.clear();
        Ok(n)
    }
);

snapshot!(late_attributes_are_bound_before_the_body,
    [name = "read_rows", attrs(limit), late(rows: u64, last @ "rows.last": public(String)), links(senders.iter()), root],
    fn read(limit: u32, senders: &[Context]) { rows.set(1); });

snapshot!(
    a_returned_future_is_made_inside_its_span,
    [
        name = "fetch",
        future,
        err,
        scope = "pipeline",
        kind = client
    ],
    fn fetch(text: String) -> Pin<Box<dyn Future<Output = Result<T, E>> + Send>> {
        Box::pin(async move { text })
    }
);

snapshot!(
    another_path_of_the_runtime_is_used_throughout,
    [name = "price", crate = facade::tracing, err],
    fn price() -> Result<(), ()> {
        Ok(())
    }
);

#[test]
fn the_body_passes_through_untouched() {
    let body = quote!({
        let x = vec![1, 2];
        if x.len() > 1 {
            return;
        }
        loop {
            break;
        }
    });
    let function = quote!(fn f(n: u32) #body);
    let output = expanded(quote!(name = "f", attrs(n)), function);
    assert!(output.contains("let x = vec![1, 2];"), "{output}");
}
