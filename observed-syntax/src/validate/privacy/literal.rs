//! Literals that look like an instance of personal data.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::visit::Visit;
use syn::{Expr, LitFloat, LitInt, LitStr};

use crate::patterns::Pattern;
use crate::{Diagnostics, Rule, dictionary, patterns};

/// R10, R11: a literal does not look like personal data or a credential. Nothing overrides this: a literal can be
/// written otherwise.
pub(in crate::validate) fn has_no_personal_literal(
    key: &str,
    value: &Expr,
    diagnostics: &mut Diagnostics,
) {
    let mut literals = Literals {
        key,
        found: Vec::new(),
    };
    literals.visit_expr(value);
    for (literal, what, pattern) in literals.found {
        let message = format!(
            "this {what} looks like an instance of: {}; record something else",
            pattern.name()
        );
        diagnostics.report(Rule::PersonalLiteral, literal, message);
    }
}

struct Literals<'a> {
    key: &'a str,
    found: Vec<(TokenStream, &'static str, Pattern)>,
}

impl Literals<'_> {
    /// The digits of a number, where it is no measure. A number that somebody wrote down with the check digits of a document is
    /// one, whatever its key; a telephone has none, and a key may say that it is something else.
    fn number(&mut self, digits: &str, literal: impl ToTokens) {
        let found = match patterns::find(digits, "") {
            Some(Pattern::Phone) => patterns::find(digits, self.key),
            Some(pattern) => Some(pattern),
            None => {
                let number = digits.parse().ok();
                number.and_then(|number| patterns::find_number(number, self.key))
            }
        };
        if let Some(pattern) = found.filter(|_| !dictionary::is_measure(self.key)) {
            self.found
                .push((literal.to_token_stream(), "number", pattern));
        }
    }
}

impl Visit<'_> for Literals<'_> {
    fn visit_lit_str(&mut self, literal: &LitStr) {
        if let Some(pattern) = patterns::find(&literal.value(), self.key) {
            self.found
                .push((literal.to_token_stream(), "text", pattern));
        }
    }

    fn visit_lit_int(&mut self, literal: &LitInt) {
        self.number(literal.base10_digits(), literal);
    }

    fn visit_lit_float(&mut self, literal: &LitFloat) {
        if let Some(whole) = literal.base10_digits().strip_suffix(".0") {
            self.number(whole, literal);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(key: &str, value: &str) -> bool {
        let mut diagnostics = Diagnostics::default();
        has_no_personal_literal(key, &syn::parse_str(value).unwrap(), &mut diagnostics);
        !diagnostics.is_clean()
    }

    #[test]
    fn a_number_that_is_somebodys_is_refused_whatever_its_key_and_form() {
        for value in [
            "52998224725_u64",
            "529_982_247_25",
            "0xc_56f0_bb55",
            "52998224725.0",
            "-52998224725",
            "find(52998224725)",
            "11222333000181",
            "4111111111111111",
        ] {
            assert!(is_refused("id", value), "{value}");
        }
        assert!(is_refused("note", "11987654321"));
    }

    #[test]
    fn ordinary_numbers_pass() {
        for value in [
            "7",
            "65_535",
            "1_000_000_007",
            "4_294_967_296",
            "10_000_000_000",
            "31_536_000_000",
            "52898224726",
            "86_400_000_000_000",
            "11222333000182",
            "1_763_900_000_000_000",
            "4111111111111112",
            "6364136223846793005",
            "9_223_372_036_854_775_807",
            "14695981039346656037",
            "18446744073709551615",
            "0.5",
            "1e300",
        ] {
            assert!(!is_refused("note", value), "{value}");
        }
    }

    #[test]
    fn a_key_that_says_what_is_measured_lets_any_number_pass() {
        assert!(!is_refused("timeout_ns", "52998224725"));
        assert!(!is_refused("order.number", "11987654321"));
    }
}
