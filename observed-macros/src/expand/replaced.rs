//! R22: keys that the semantic conventions took back are used as deprecated items are: the one way on a stable compiler to warn
//! on a token, silenced by the `#[allow(deprecated)]` that people know.

use observed_syntax::model::{Attribute, Late, Replaced};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The uses of such keys, for where nothing runs.
pub(super) fn uses(attributes: &[Attribute], late: &[Late]) -> TokenStream {
    let of_attributes = attributes.iter().map(|it| &it.conventional);
    let of_late = late.iter().map(|it| &it.conventional);
    let replaced = of_attributes
        .chain(of_late)
        .filter_map(|it| it.replaced.as_ref());
    replaced.map(used).collect()
}

/// ```text
/// Input:  attrs(http.method = public_static("GET"))
/// Output: { #[deprecated(note = "`http.method` is deprecated ..")] const HTTP_METHOD: () = (); _ = HTTP_METHOD; }
/// ```
fn used(replaced: &Replaced) -> TokenStream {
    let Replaced { named, note } = replaced;
    let item = Ident::new(&named.to_string(), Span::mixed_site());
    quote! {{
        #[deprecated(note = #note)]
        const #item: () = ();
        _ = #named;
    }}
}
