//! What items say by their attributes, and where their macros come from.

use observed_syntax::fingerprint::canonical;
use syn::{Attribute, Item, Meta};

/// Crates that have macros by these names and are not the toolkit.
pub(super) fn is_elsewhere(name: &str) -> bool {
    matches!(
        name,
        "tracing" | "tracing_attributes" | "observed" | "observed_macros"
    )
}

/// The conditions that an item stands under.
pub(super) fn conditions(attrs: &[Attribute]) -> Vec<String> {
    let list = |attribute: &Attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => Some(canonical(list.tokens.clone())),
        _ => None,
    };
    attrs.iter().filter_map(list).collect()
}

/// The attributes of an item.
pub(super) fn of(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::ExternCrate(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::ForeignMod(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::TraitAlias(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Union(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}
