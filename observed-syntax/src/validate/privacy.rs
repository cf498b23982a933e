//! R10, R11: names of the dictionary, and literals that look like personal data.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ExprMethodCall, Lit, LitStr};

use super::alias::{Alias, StandsFor};
use super::chain::chains;
use crate::dictionary::Hit;
use crate::model::{Reading, Suspicion, ValueKind};
use crate::parse::LateType;
use crate::tokens::idents;
use crate::{Diagnostics, Rule, dictionary, patterns};

/// R10: what stands before a value of a name of the dictionary: in the written key, in the expression, or both. A text is
/// reported; of another value whose kind does not show the type is asked.
pub(super) fn judged(
    written_key: Option<(&str, &TokenStream)>,
    value: &Expr,
    reading: Reading,
    aliases: &[Alias],
    diagnostics: &mut Diagnostics,
) -> Option<Suspicion> {
    let of_key = written_key.and_then(|(key, tokens)| Named::find(key, tokens));
    // A variable may be called `key` or `body`; what is recorded under that key is another matter.
    let has_key = written_key.is_some();
    let of_value = named_in(value, aliases).into_iter();
    let of_value = of_value.filter(|named| !(has_key && named.hit.is_vague));
    let kind = Shown::of(value, reading);
    let mut doubts: Vec<Named> = of_key
        .into_iter()
        .chain(of_value)
        .filter(|named| !kind.may_leave(&named.hit))
        .collect();
    if let Shown::Text | Shown::Name = kind {
        if let Some(named) = doubts.into_iter().next() {
            report_text(&named, diagnostics);
        }
        return None;
    }
    // The narrowest question is the one that the type must answer.
    doubts.sort_by_key(|named| kinds(&named.hit).len());
    let narrowest = doubts.into_iter().next()?;
    Some(suspicion(&narrowest.name, &narrowest.hit))
}

/// R10: the key of a late attribute and what is declared for it.
pub(super) fn declared(
    key: &str,
    tokens: &TokenStream,
    ty: &LateType,
    diagnostics: &mut Diagnostics,
) -> Option<Suspicion> {
    let named = Named::find(key, tokens)?;
    match ty {
        LateType::Value(_) if named.hit.is_vague => None,
        LateType::Value(_) => Some(suspicion(&named.name, &named.hit)),
        LateType::Text => {
            report_text(&named, diagnostics);
            None
        }
    }
}

/// R10: the code of an error is static text. A literal is nobody's data; an expression is judged by its names.
pub(super) fn code_names_nothing_personal(code: &Expr, diagnostics: &mut Diagnostics) {
    if matches!(code, Expr::Lit(_)) {
        return;
    }
    for named in named_in(code, &[]) {
        if !named.hit.is_vague && !Shown::Name.may_leave(&named.hit) {
            let Named { name, tokens, hit } = &named;
            let message = format_args!(
                "`{name}` stands for {} (\"{}\" in the dictionary), of which a code tells as much; use another one",
                hit.group, hit.words
            );
            diagnostics.report(Rule::PersonalName, tokens, message);
        }
    }
}

/// A name that stands for personal data or a credential.
struct Named {
    name: String,
    tokens: TokenStream,
    hit: Hit,
}

impl Named {
    fn find(name: &str, tokens: impl ToTokens) -> Option<Self> {
        Some(Self {
            name: name.to_owned(),
            tokens: tokens.to_token_stream(),
            hit: dictionary::find(name)?,
        })
    }
}

/// The names of an expression: its chains whole, so that `email.template.id` is one name, and what is in no chain.
fn named_in(value: &Expr, aliases: &[Alias]) -> Vec<Named> {
    let chains = chains(value);
    let whole = chains
        .iter()
        .filter_map(|chain| Named::find(&chain.names.join("."), chain.whole));
    let mut named: Vec<Named> = whole.collect();
    let in_chains: Vec<&String> = chains.iter().flat_map(|chain| &chain.names).collect();
    for ident in idents(value.to_token_stream()) {
        let name = ident.unraw().to_string();
        if !in_chains.contains(&&name) {
            named.extend(Named::find(&name, &ident));
        }
    }
    named.extend(selectors(value).filter_map(|literal| Named::find(&literal.value(), &literal)));
    named.extend(aliased(value, aliases));
    named
}

/// Texts that select: `headers.get("authorization")`, `env::var("DATABASE_PASSWORD")`.
fn selectors(value: &Expr) -> impl Iterator<Item = LitStr> {
    const LONGEST: usize = 64;
    let mut selectors = Selectors(Vec::new());
    selectors.visit_expr(value);
    let is_a_name = |text: &String| text.len() <= LONGEST && !text.contains(char::is_whitespace);
    selectors
        .0
        .into_iter()
        .filter(move |literal| is_a_name(&literal.value()))
}

/// Literals in the arguments of calls, but for those that are a default or are compared with.
struct Selectors(Vec<LitStr>);

impl Selectors {
    fn take<'a>(&mut self, arguments: impl Iterator<Item = &'a Expr>) {
        for argument in arguments {
            if let Expr::Lit(literal) = argument
                && let Lit::Str(text) = &literal.lit
            {
                self.0.push(text.clone());
            }
        }
    }
}

impl Visit<'_> for Selectors {
    fn visit_expr_call(&mut self, call: &ExprCall) {
        self.take(call.args.iter());
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        const OTHER: &[&str] = &[
            "unwrap_or",
            "map_or",
            "expect",
            "starts_with",
            "ends_with",
            "contains",
            "eq",
            "strip_prefix",
            "strip_suffix",
            "split",
            "join",
            "replace",
            "trim_start_matches",
            "trim_end_matches",
        ];
        if !OTHER.contains(&call.method.to_string().as_str()) {
            self.take(call.args.iter());
        }
        visit::visit_expr_method_call(self, call);
    }
}

/// What the value stands for by its parameter: a field under another name, or, where the whole of it is recorded, its type.
fn aliased(value: &Expr, aliases: &[Alias]) -> Vec<Named> {
    let names: Vec<String> = idents(value.to_token_stream())
        .iter()
        .map(|ident| ident.unraw().to_string())
        .collect();
    let whole = whole_name(value);
    let stands_for = aliases
        .iter()
        .filter(|alias| names.contains(&alias.binding));
    let found = stands_for.filter_map(|alias| {
        let (name, hit) = match &alias.stands_for {
            StandsFor::Field(field) if *field != alias.binding => (field, dictionary::find(field)?),
            StandsFor::Type(ty) if whole.as_ref() == Some(&alias.binding) => {
                (ty, dictionary::find_at_end(ty)?)
            }
            _ => return None,
        };
        Some(Named {
            name: name.clone(),
            tokens: value.to_token_stream(),
            hit,
        })
    });
    found.filter(|named| !named.hit.is_vague).collect()
}

/// The variable that is recorded as it is, through references and conversions.
fn whole_name(value: &Expr) -> Option<String> {
    match value {
        Expr::Path(path) => Some(path.path.get_ident()?.unraw().to_string()),
        Expr::Reference(it) => whole_name(&it.expr),
        Expr::Paren(it) => whole_name(&it.expr),
        Expr::Group(it) => whole_name(&it.expr),
        Expr::Unary(it) => whole_name(&it.expr),
        Expr::Cast(it) => whole_name(&it.expr),
        Expr::MethodCall(it)
            if it.args.is_empty()
                && [
                    "as_str",
                    "as_ref",
                    "to_string",
                    "to_owned",
                    "clone",
                    "as_deref",
                    "get",
                ]
                .contains(&it.method.to_string().as_str()) =>
        {
            whole_name(&it.receiver)
        }
        _ => None,
    }
}

/// What an expression shows of the kind of its value.
#[derive(Clone, Copy)]
enum Shown {
    Text,
    /// Static text: a literal, a code.
    Name,
    /// A number of things.
    Count,
    /// The type knows.
    Nothing,
}

impl Shown {
    fn of(value: &Expr, reading: Reading) -> Self {
        match (reading, value) {
            (Reading::Public | Reading::PublicDisplay, _) => Self::Text,
            (Reading::PublicStatic, _) => Self::Name,
            (Reading::Plain, Expr::Lit(literal)) if matches!(literal.lit, Lit::Str(_)) => {
                Self::Name
            }
            _ if is_count(value) => Self::Count,
            _ => Self::Nothing,
        }
    }

    fn may_leave(self, hit: &Hit) -> bool {
        match self {
            Self::Count => true,
            Self::Name => !hit.is_special(),
            Self::Text => false,
            Self::Nothing => hit.is_vague,
        }
    }
}

fn is_count(value: &Expr) -> bool {
    match value {
        Expr::MethodCall(call) => {
            call.args.is_empty() && (call.method == "len" || call.method == "count")
        }
        Expr::Cast(it) => is_count(&it.expr),
        Expr::Paren(it) => is_count(&it.expr),
        Expr::Group(it) => is_count(&it.expr),
        Expr::Reference(it) => is_count(&it.expr),
        _ => false,
    }
}

fn report_text(named: &Named, diagnostics: &mut Diagnostics) {
    let Named { name, tokens, hit } = named;
    let message = format_args!(
        "`{name}` stands for {} (\"{}\" in the dictionary), and this is text; record something else, or say why it is \
         none: not_pii(expression, \"the reason\")",
        hit.group, hit.words
    );
    diagnostics.report(Rule::PersonalName, tokens, message);
}

/// The kinds that may stand behind such a name.
fn kinds(hit: &Hit) -> Vec<ValueKind> {
    let mut kinds = vec![ValueKind::Elapsed];
    if !hit.is_special() {
        kinds.extend([ValueKind::Flag, ValueKind::Name]);
    }
    if hit.is_measured {
        kinds.push(ValueKind::Number);
    }
    kinds
}

fn suspicion(name: &str, hit: &Hit) -> Suspicion {
    let (refused, recorded) = match (hit.is_special(), hit.is_measured) {
        (true, _) => (
            "a value",
            "of such data a flag or an enum tells as much; durations and counts (`.len()`, `.count()`) are recorded",
        ),
        (false, true) => (
            "a text",
            "flags, durations, enums and numbers are recorded under such a name",
        ),
        (false, false) => (
            "a number",
            "flags, durations, enums and counts (`.len()`, `.count()`) are recorded under such a name",
        ),
    };
    let word = hit.words.replace(' ', "_");
    Suspicion {
        message: format!(
            "`{name}` stands for {} (\"{}\" in the dictionary), and {refused} under that name may be it [{}]",
            hit.group,
            hit.words,
            Rule::PersonalName.id()
        ),
        label: format!("{refused} under the name `{name}`"),
        notes: [
            recorded.to_owned(),
            format!(
                "a measure says so in its key: {word}_count, _size, _ms; if it is no personal data, say why: \
                 not_pii(expression, \"the reason\")"
            ),
        ],
        kinds: kinds(hit),
    }
}

/// R10, R11: a literal does not look like personal data or a credential. Nothing overrides this: a literal can be
/// written otherwise.
pub(super) fn has_no_personal_literal(key: &str, value: &Expr, diagnostics: &mut Diagnostics) {
    let mut literals = Literals(Vec::new());
    literals.visit_expr(value);
    for literal in literals.0 {
        if let Some(pattern) = patterns::find(&literal.value(), key) {
            let message = format_args!(
                "this text looks like an instance of: {}; record something else",
                pattern.name()
            );
            diagnostics.report(Rule::PersonalLiteral, literal, message);
        }
    }
}

struct Literals(Vec<LitStr>);

impl Visit<'_> for Literals {
    fn visit_lit_str(&mut self, literal: &LitStr) {
        self.0.push(literal.clone());
    }
}
