//! R3: the shape of span names and attribute keys.

use quote::ToTokens;
use syn::LitStr;

use crate::shape::{MAX_LENGTH, has_shape, one_entity};
use crate::{Diagnostics, Rule, patterns};

/// Checks shape, length and cardinality of a span name.
pub(super) fn check_span_name(literal: &LitStr, diagnostics: &mut Diagnostics) {
    let name = literal.value();
    if !has_shape(&name) {
        let message = format!(
            "span name {name:?} must be lower-case words joined by `.` or `_`, such as \"price_order\" or \
             \"order.price\""
        );
        diagnostics.report(Rule::NameShape, literal, message);
        return;
    }
    if name.len() > MAX_LENGTH {
        let message = format!(
            "span name has {} characters; at most {MAX_LENGTH} are allowed",
            name.len()
        );
        diagnostics.report(Rule::NameLength, literal, message);
    }
    has_no_pattern(&name, literal, diagnostics);
    if let Some(part) = one_entity(&name) {
        let message = format!(
            "span name contains {part:?}, which looks like a number or identifier of one entity; name the \
             operation and put the number into `attrs(...)`"
        );
        diagnostics.report(Rule::NameCardinality, literal, message);
    }
}

/// Checks the shape and the length of an attribute key; a dot is not required.
pub(super) fn check_key(key: &str, tokens: impl ToTokens, diagnostics: &mut Diagnostics) {
    if !has_shape(key) || key.len() > MAX_LENGTH {
        let message = format!(
            "key `{key}` must be lower-case words joined by `.` or `_`, at most {MAX_LENGTH} characters; write \
             key = expression, such as order.total = self.total"
        );
        diagnostics.report(Rule::KeyShape, &tokens, message);
    }
    has_no_pattern(key, tokens, diagnostics);
}

/// A name that is made like a taxpayer's or a card's number is one.
pub(super) fn has_no_pattern(name: &str, tokens: impl ToTokens, diagnostics: &mut Diagnostics) {
    if let Some(pattern) = patterns::find(name, "") {
        let message = format!(
            "`{name}` looks like an instance of: {}; use another name",
            pattern.name()
        );
        diagnostics.report(Rule::PersonalLiteral, tokens, message);
    }
}

/// Checks the shape of a scope, which becomes part of the name of a variable.
pub(super) fn check_scope(literal: &LitStr, diagnostics: &mut Diagnostics) {
    let scope = literal.value();
    if !has_shape(&scope) || scope.len() > MAX_LENGTH {
        let message = format!(
            "scope {scope:?} must be lower-case words joined by `.` or `_`: scope = \"pipeline\" is switched by \
             OBSERVED_PIPELINE_ENABLED"
        );
        diagnostics.report(Rule::ScopeShape, literal, message);
    }
}
