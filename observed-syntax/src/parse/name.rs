//! The value of `name`: a literal, or `route(method, template)`.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, LitStr, Token};

use super::read;
use super::unread::Unread;
use crate::{Diagnostics, Rule};

const ROUTE: &str = "route";

/// What stands behind `name =`.
pub enum NameArgument {
    /// `"..."`
    Literal(LitStr),
    /// `route(method, template)`
    Route(Box<RouteArgument>),
}

/// A name of two closed parts.
pub struct RouteArgument {
    /// The word `route`, to point at.
    pub keyword: Ident,
    /// The method.
    pub method: Expr,
    /// The template of the route.
    pub template: Expr,
}

impl NameArgument {
    /// Lists the expressions that are evaluated for the name.
    pub fn expressions(&self) -> impl Iterator<Item = &Expr> {
        let route = match self {
            Self::Literal(_) => None,
            Self::Route(route) => Some(route),
        };
        route
            .into_iter()
            .flat_map(|route| [&route.method, &route.template])
    }
}

/// `= "..."`, `= route(method, template)`
pub(super) fn name(
    keyword: &Ident,
    input: ParseStream<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<NameArgument> {
    read::equals(keyword, "a string literal", input, diagnostics)?;
    let ahead = input.fork();
    if ahead.parse::<Ident>().is_ok_and(|word| word == ROUTE) {
        let route = route(input, diagnostics)?;
        return Some(NameArgument::Route(Box::new(route)));
    }
    let message = "`name` must be a string literal, so that every span of a code base can be listed without \
                   building it; write name = \"verb_object\"";
    read::literal(Rule::NameLiteral, message, input, diagnostics).map(NameArgument::Literal)
}

fn route(input: ParseStream<'_>, diagnostics: &mut Diagnostics) -> Option<RouteArgument> {
    let keyword: Ident = input.parse().ok()?;
    let example = "route(request.method(), \"/users/{id}\")";
    let what = "a method and the template of a route";
    let content = read::parenthesized(&keyword, what, example, input, diagnostics)?;
    let parts = match Punctuated::<Expr, Token![,]>::parse_terminated.parse2(content) {
        Ok(parts) => parts,
        Err(error) => {
            let written = format!("write {example}");
            Unread::Parser(error).report(keyword.to_token_stream(), &written, diagnostics);
            return None;
        }
    };
    let mut parts = parts.into_iter();
    let (Some(method), Some(template), None) = (parts.next(), parts.next(), parts.next()) else {
        let message = format!("`route` takes {what}: {example}");
        diagnostics.report(Rule::RouteParts, &keyword, message);
        return None;
    };
    Some(RouteArgument {
        keyword,
        method,
        template,
    })
}
