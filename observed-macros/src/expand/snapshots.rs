//! The shape of annotated functions, input and output side by side: one snapshot per shape and mode.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Mode, printed};

/// The expansion of an annotated function behind the input.
fn expanded(arguments: TokenStream, item: TokenStream) -> String {
    expanded_in(Mode::Recording, arguments, item)
}

/// The same where nothing is recorded.
fn compiled_out(arguments: TokenStream, item: TokenStream) -> String {
    expanded_in(Mode::CompiledOut, arguments, item)
}

fn expanded_in(mode: Mode, arguments: TokenStream, item: TokenStream) -> String {
    let input = printed::items(&quote!(#[observed(#arguments)] #item));
    let output = printed::items(&super::observed(arguments, item, mode));
    format!("{input}\n// becomes\n\n{output}")
}

/// The snapshot of the name, and one for the other mode.
macro_rules! snapshot {
    ($name:ident, [$($arguments:tt)*], $($item:tt)*) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(expanded(quote!($($arguments)*), quote!($($item)*)));
            insta::assert_snapshot!(
                concat!(stringify!($name), "_compiled_out"),
                compiled_out(quote!($($arguments)*), quote!($($item)*))
            );
        }
    };
}

snapshot!(
    names_and_literals_are_given_without_a_closure,
    [
        name = "count_rows",
        attrs(lines, region = "eu", tier = public_static(tier))
    ],
    fn count(lines: usize, tier: &'static str) -> usize {
        lines
    }
);

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

snapshot!(late_attributes_get_a_macro_before_the_body,
    [name = "read_rows", attrs(limit), late(rows: u64, "rows.last": text), links(senders.iter()), root],
    fn read(limit: u32, senders: &[Context]) { observed_record!(rows = 1); });

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

snapshot!(
    the_block_of_an_async_trait_is_wrapped_inside_its_box,
    [name = "fetch", err = error.code(), attrs(self.rows, left), links(self.senders.iter()), late(n: u32)],
    fn fetch<'life0, 'async_trait>(
        &'life0 self,
        n: u32,
        __arg2: (u32, u32),
    ) -> Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'async_trait>> {
        Box::pin(async move {
            if let Some(__ret) = None::<Result<T, E>> {
                #[allow(unreachable_code)]
                return __ret;
            }
            let __self = self;
            let n = n;
            let (left, _) = {
                let __arg2 = __arg2;
                __arg2
            };
            let __ret: Result<T, E> = { __self.read(n, left).await };
            #[allow(unreachable_code)]
            __ret
        })
    }
);

#[test]
fn a_refused_function_stays_beside_its_messages_without_its_marks() {
    let arguments = quote!(name = "Price", attrs(order[0], note), nmae = "price");
    let item = quote!(
        fn price(order: &[u32], #[pii] note: &str) -> u32 {
            order.iter().sum()
        }
    );
    let recording = expanded(arguments.clone(), item.clone());
    assert_eq!(recording, compiled_out(arguments, item));
    insta::assert_snapshot!(recording);
}

#[test]
fn what_is_no_function_stays_beside_its_message() {
    let item = quote!(
        impl Order {
            fn price(&self, #[pii] note: &str) {}
        }
    );
    let recording = expanded(quote!(name = "price"), item.clone());
    assert_eq!(recording, compiled_out(quote!(name = "price"), item));
    insta::assert_snapshot!(recording);
}

snapshot!(
    a_route_names_the_site_when_it_starts,
    [name = route(method, "/users/{id}"), kind = server, attrs(n)],
    fn find(method: &str, n: u64) -> u64 {
        n
    }
);

snapshot!(
    an_async_function_by_a_route_keeps_its_form,
    [name = route(request.method(), template), kind = client],
    async fn send(request: Request, template: &'static str) -> u64 {
        7
    }
);

/// ADR 025: with a parent the shape is that of a recording function, and without one that of any that is compiled out.
#[test]
fn where_what_came_is_forwarded_only_a_parent_changes_the_shape() {
    let items = [
        quote!(
            fn f(n: u64) -> Result<u64, ()> {
                Ok(n)
            }
        ),
        quote!(
            async fn f(n: u64) -> Result<u64, ()> {
                Ok(n)
            }
        ),
    ];
    let arguments = |more| quote!(name = "price_order", attrs(n), err #more);
    for item in items {
        let expanded = |mode, more| expanded_in(mode, arguments(more), item.clone());
        for (more, shape) in [
            (quote!(, parent = &here()), Mode::Recording),
            (quote!(, root), Mode::CompiledOut),
            (quote!(), Mode::CompiledOut),
        ] {
            assert_eq!(
                expanded(Mode::Forwarding, more.clone()),
                expanded(shape, more)
            );
        }
        assert_ne!(
            expanded(Mode::Recording, quote!()),
            expanded(Mode::CompiledOut, quote!())
        );
    }
}
