//! R10, R22: asks the type of a value whether it may stand behind a name of the dictionary or a key of the conventions, with the
//! message of that name.

use observed_syntax::model::{Suspicion, ValueKind};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use super::names::Runtime;

/// The value of an expression, once its type was asked.
///
/// ```text
/// Input:  attrs(customer.phone)
/// Output: {
///             #[diagnostic::on_unimplemented(message = "`customer.phone` stands for ..", ..)] trait Harmless {}
///             impl Harmless for Elapsed {} ..
///             fn harmless<T: AttributeValue<Kind: Harmless>>(value: &T) -> Value { value(value) }
///             harmless(&customer.phone)
///         }
/// ```
pub(super) fn asked(
    runtime: &Runtime,
    suspicion: &Suspicion,
    value: &TokenStream,
    at: Span,
) -> TokenStream {
    let Question { items, function } = question(runtime, suspicion, at);
    quote_spanned!(at=> { #items #function(#value) })
}

/// A statement that asks the declared type of a late attribute.
pub(super) fn asked_of_type(
    runtime: &Runtime,
    suspicion: &Suspicion,
    ty: &Type,
    at: Span,
) -> TokenStream {
    let Question { items, function } = question(runtime, suspicion, at);
    quote_spanned!(at=> { #items _ = #function::<#ty>; })
}

struct Question {
    items: TokenStream,
    function: Ident,
}

fn question(runtime: &Runtime, suspicion: &Suspicion, at: Span) -> Question {
    let Suspicion {
        message,
        label,
        notes: [recorded, remedy],
        kinds,
    } = suspicion;
    let [kind, attribute_value, read, value] =
        ["kind", "AttributeValue", "value", "Value"].map(|item| runtime.private(item));
    let kinds = kinds.iter().map(|kind| {
        let name = match kind {
            ValueKind::Flag => "Flag",
            ValueKind::Elapsed => "Elapsed",
            ValueKind::Name => "Name",
            ValueKind::Number => "Number",
            ValueKind::Text => "PublicText",
        };
        Ident::new(name, Span::mixed_site())
    });
    let harmless = Ident::new("__ObservedHarmless", Span::mixed_site());
    let function = Ident::new("__observed_harmless", at);
    let items = quote! {
        #[diagnostic::on_unimplemented(message = #message, label = #label, note = #recorded, note = #remedy)]
        trait #harmless {}
        #(#[diagnostic::do_not_recommend] impl #harmless for #kind::#kinds {})*
        #[inline]
        fn #function<T: #attribute_value<Kind: #harmless> + ?::core::marker::Sized>(it: &T) -> #value { #read(it) }
    };
    Question { items, function }
}
