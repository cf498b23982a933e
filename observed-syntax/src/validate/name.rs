//! R3: the shape of span names and attribute keys.

use quote::ToTokens;
use syn::LitStr;

use crate::{Diagnostics, Rule, patterns};

const MAX_LENGTH: usize = 64;
/// A run of this many digits looks like an identifier of one entity, not like a name.
const DIGIT_RUN: usize = 5;
/// A hexadecimal segment of this length with a digit in it looks like a piece of a UUID or a hash.
const HEX_SEGMENT: usize = 8;

/// Checks shape, length and cardinality of a span name.
pub(super) fn check_span_name(literal: &LitStr, diagnostics: &mut Diagnostics) {
    let name = literal.value();
    if !has_shape(&name) {
        let message = format_args!(
            "span name {name:?} must be lower-case words joined by `.` or `_`, such as \"price_order\" or \
             \"order.price\""
        );
        diagnostics.report(Rule::NameShape, literal, message);
        return;
    }
    if name.len() > MAX_LENGTH {
        let message = format_args!(
            "span name has {} characters; at most {MAX_LENGTH} are allowed",
            name.len()
        );
        diagnostics.report(Rule::NameLength, literal, message);
    }
    has_no_pattern(&name, literal, diagnostics);
    if let Some(part) = one_entity(&name) {
        let message = format_args!(
            "span name contains {part:?}, which looks like a number or identifier of one entity; name the \
             operation and put the number into `attrs(...)`"
        );
        diagnostics.report(Rule::NameCardinality, literal, message);
    }
}

/// Checks the shape and the length of an attribute key; a dot is not required.
pub(super) fn check_key(key: &str, tokens: impl ToTokens, diagnostics: &mut Diagnostics) {
    if !has_shape(key) || key.len() > MAX_LENGTH {
        let message = format_args!(
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
        let message = format_args!(
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
        let message = format_args!(
            "scope {scope:?} must be lower-case words joined by `.` or `_`: scope = \"pipeline\" is switched by \
             OBSERVED_PIPELINE_ENABLED"
        );
        diagnostics.report(Rule::ScopeShape, literal, message);
    }
}

/// `[a-z][a-z0-9]*([._][a-z0-9]+)*`
fn has_shape(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.split(['.', '_']).all(|segment| {
            !segment.is_empty()
                && segment
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// The part of a name that belongs to one entity rather than to an operation, if there is one.
fn one_entity(name: &str) -> Option<&str> {
    let digits = name
        .split(|c: char| !c.is_ascii_digit())
        .find(|run| run.len() >= DIGIT_RUN);
    digits.or_else(|| name.split(['.', '_']).find(|segment| is_hex_piece(segment)))
}

fn is_hex_piece(segment: &str) -> bool {
    segment.len() >= HEX_SEGMENT
        && segment.bytes().all(|byte| byte.is_ascii_hexdigit())
        && segment.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_joined_by_dots_and_underscores_have_the_shape() {
        for name in [
            "a",
            "price_order",
            "order.price",
            "sha256",
            "llm_executor_v1",
            "a.b_c.d9",
        ] {
            assert!(has_shape(name), "{name}");
        }
    }

    #[test]
    fn anything_else_does_not() {
        for name in [
            "", "A", "9a", "_a", "a_", "a..b", "a__b", "a-b", "a b", "ação", "a.", ".a",
        ] {
            assert!(!has_shape(name), "{name}");
        }
    }

    #[test]
    fn numbers_and_hashes_of_one_entity_are_found() {
        assert_eq!(one_entity("order_12345"), Some("12345"));
        assert_eq!(one_entity("get.deadbee1"), Some("deadbee1"));
        assert_eq!(one_entity("v4_550e8400_e29b"), Some("550e8400"));
    }

    #[test]
    fn versions_and_algorithms_are_not() {
        for name in [
            "sha256",
            "llm_executor_v1",
            "order_1234",
            "deadbeef",
            "facade_added",
            "base64",
        ] {
            assert_eq!(one_entity(name), None, "{name}");
        }
    }
}
