//! Types that sources define, as far as a key's type can lead to them.

use std::collections::BTreeMap;

use observed_syntax::Diagnostics;
use observed_syntax::derive::{self, Shape};
use observed_syntax::fingerprint::canonical;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, DeriveInput, Fields, Meta, Token};

/// A type with the module that defines it.
#[derive(Clone, Debug)]
pub(crate) struct Defined {
    pub(crate) module: Vec<String>,
    pub(crate) name: String,
    pub(crate) definition: Definition,
}

/// What a type is made of.
#[derive(Clone, Debug)]
pub(crate) enum Definition {
    /// An enum that is recorded by the names of its variants.
    Names(Vec<String>),
    /// A struct that is recorded as its one field.
    Newtype { ty: String, is_public: bool },
    /// The fields of a struct that is not recorded itself.
    Fields(BTreeMap<String, String>),
    /// Another name of a type.
    Alias(String),
}

/// Reads a struct or an enum.
pub(crate) fn read(input: &DeriveInput) -> Option<Definition> {
    if derives(&input.attrs, "AttributeValue") {
        // What is wrong with it is the compiler's to say.
        let mut ignored = Diagnostics::default();
        return match derive::value(input, &mut ignored)?.shape {
            Shape::Names(names) => Some(Definition::Names(
                names.into_iter().map(|(_, name)| name).collect(),
            )),
            Shape::Newtype { ty, public, .. } => Some(Definition::Newtype {
                ty: canonical(ty.to_token_stream()),
                is_public: public,
            }),
        };
    }
    let syn::Data::Struct(data) = &input.data else {
        return None;
    };
    let Fields::Named(fields) = &data.fields else {
        return None;
    };
    let field = |field: &syn::Field| {
        let name = field.ident.as_ref()?.unraw().to_string();
        Some((name, canonical(field.ty.to_token_stream())))
    };
    Some(Definition::Fields(
        fields.named.iter().filter_map(field).collect(),
    ))
}

/// Whether a type derives `name`, by whatever path.
fn derives(attributes: &[Attribute], name: &str) -> bool {
    let lists = attributes.iter().filter(|it| it.path().is_ident("derive"));
    lists.into_iter().any(|attribute| {
        let Meta::List(list) = &attribute.meta else {
            return false;
        };
        let paths = list
            .parse_args_with(syn::punctuated::Punctuated::<syn::Path, Token![,]>::parse_terminated);
        let is_it = |path: &syn::Path| path.segments.last().is_some_and(|it| it.ident == name);
        paths.is_ok_and(|paths| paths.iter().any(is_it))
    })
}
