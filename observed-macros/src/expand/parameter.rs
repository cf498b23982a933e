//! The attributes of a parameter that is bound again in the body.

use observed_syntax::tokens::idents;
use quote::ToTokens;
use syn::Attribute;

/// The attributes of a parameter that stand on its binding.
pub(super) struct Placed {
    /// They stand on the parameter as well.
    pub(super) conditions: Vec<Attribute>,
    /// They are about the binding, and moved there.
    pub(super) levels: Vec<Attribute>,
}

/// Takes from a parameter what is about its binding. Whatever else stands there is for another macro, such as the `#[case]` of
/// `#[rstest]`.
pub(super) fn placed(attributes: &mut Vec<Attribute>) -> Placed {
    let conditions = attributes.iter().filter(|it| is_condition(it));
    let conditions = conditions.cloned().collect();
    let (levels, others) = attributes
        .drain(..)
        .partition(|it| !is_condition(it) && is_lint_level(it));
    *attributes = others;
    Placed { conditions, levels }
}

/// `#[cfg(..)]`, also in a `#[cfg_attr(..)]`.
pub(super) fn is_condition(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") || is_conditional(attribute, &["cfg"])
}

fn is_lint_level(attribute: &Attribute) -> bool {
    const LEVELS: &[&str] = &["allow", "deny", "expect", "forbid", "warn"];
    LEVELS.iter().any(|level| attribute.path().is_ident(level)) || is_conditional(attribute, LEVELS)
}

/// True for a `#[cfg_attr(..)]` that names one of these.
fn is_conditional(attribute: &Attribute, names: &[&str]) -> bool {
    attribute.path().is_ident("cfg_attr")
        && idents(attribute.to_token_stream())
            .iter()
            .any(|ident| names.iter().any(|name| ident == name))
}
