//! R3: the shape of names of spans and events, of attribute keys and of scopes.

/// The longest name, in characters.
pub const MAX_LENGTH: usize = 64;
/// A run of this many digits looks like an identifier of one entity, not like a name.
const DIGIT_RUN: usize = 5;
/// A hexadecimal segment of this length with a digit in it looks like a piece of a UUID or a hash.
const HEX_SEGMENT: usize = 8;

/// Whether a name is `[a-z][a-z0-9]*([._][a-z0-9]+)*`.
#[must_use]
pub fn has_shape(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.split(['.', '_']).all(|segment| {
            !segment.is_empty()
                && segment
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// The part of a name that belongs to one entity rather than to an operation, if there is one.
#[must_use]
pub fn one_entity(name: &str) -> Option<&str> {
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
