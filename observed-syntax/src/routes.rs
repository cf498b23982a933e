//! The two closed parts of a request's name: a method of HTTP, and the template of a route (R3).

/// The methods that a name may hold; any other one is `HTTP` (semantic conventions of HTTP spans, `_OTHER`).
pub const METHODS: [&str; 10] = [
    "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "CONNECT", "TRACE", "QUERY",
];
/// What a name says of a method that is not among [`METHODS`].
pub const OTHER_METHOD: &str = "HTTP";

/// The longest template.
pub const MAX_TEMPLATE: usize = 128;
/// A run of this many digits looks like an identifier of one entity.
const DIGIT_RUN: usize = 5;
/// A hexadecimal segment of this length with a digit in it looks like a piece of a UUID or a hash.
const HEX_SEGMENT: usize = 8;

/// Returns the method as a name holds it.
#[must_use]
pub fn method(method: &str) -> &'static str {
    let known = METHODS.iter().find(|known| **known == method);
    known.copied().unwrap_or(OTHER_METHOD)
}

/// Returns true for the template of a route: `/users/{id}`, `/files/{*path}`, `/shop.Orders/Place`. It begins with `/`, has
/// no query, nothing that is percent-encoded, and no piece that looks like the number of one entity.
#[must_use]
pub fn is_template(template: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"?#%&=,\"'".contains(&byte);
    template.starts_with('/')
        && template.len() <= MAX_TEMPLATE
        && template.bytes().all(is_plain)
        && !has_one_entity(template)
}

fn has_one_entity(template: &str) -> bool {
    let mut digits = template.split(|c: char| !c.is_ascii_digit());
    let mut pieces = template.split(|c: char| !c.is_ascii_alphanumeric());
    digits.any(|run| run.len() >= DIGIT_RUN) || pieces.any(is_hex_piece)
}

fn is_hex_piece(piece: &str) -> bool {
    piece.len() >= HEX_SEGMENT
        && piece.bytes().all(|byte| byte.is_ascii_hexdigit())
        && piece.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_of_routers_are_templates() {
        for template in [
            "/",
            "/users/{id}",
            "/users/:id/orders",
            "/files/{*path}",
            "/v1/sha256/{digest}",
            "/shop.v1.Orders/PlaceOrder",
            "/{tail:.*}",
            "/~{user}/@me",
        ] {
            assert!(is_template(template), "{template}");
        }
    }

    #[test]
    fn what_names_one_entity_or_holds_a_query_is_none() {
        for path in [
            "",
            "users",
            "http://a.test/users",
            "/users?id=1",
            "/users#top",
            "/users/a b",
            "/caf\u{e9}",
            "/users/ada%40example.com",
            "/orders/12345",
            "/orders/550e8400-e29b-41d4-a716-446655440000",
            "/a\nb",
        ] {
            assert!(!is_template(path), "{path}");
        }
        assert!(!is_template(&format!("/{}", "a".repeat(MAX_TEMPLATE))));
    }

    #[test]
    fn a_method_that_is_not_known_is_http() {
        assert_eq!(method("GET"), "GET");
        for other in ["get", "PROPFIND", "", "GET ", "_OTHER"] {
            assert_eq!(method(other), "HTTP", "{other}");
        }
    }
}
