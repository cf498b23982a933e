//! R7: the names that a body gives to values before it records them, followed by name to what they were made of.
//!
//! Whatever an expression mentions, its value is made of, and so is a place of what is written to it, with two exceptions:
//! counts, flags and comparisons are other values, and so is what a function of the program makes of its arguments, or a
//! method of a value that the program built. Scopes are not told apart.

mod asked;
mod bound;
mod exits;
mod expression;
mod functions;
mod known;
mod made_of;
mod place;
mod taken_out;
mod text;

use asked::Asking;
use bound::{bound, names_of};
pub(super) use functions::{gives_back, is_measure};
use known::Known;
pub(super) use made_of::made_of;
use made_of::{Made, made_with};
use place::{dotted, overlap, root};
use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::token::Dot;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprField, Macro, Path};
use taken_out::taken_out;

use crate::function::Function;
use crate::model::{Given, Local};
use crate::tokens;

/// What recorded names of a body were made of.
#[derive(Default)]
pub(super) struct Origins {
    /// The expressions, in the order in which they were found.
    pub(super) sources: Vec<Expr>,
    /// The same, whole: a name or a text in them may select what the parts do not show.
    pub(super) whole: Vec<Expr>,
    /// Fields that patterns took out.
    pub(super) taken: Vec<ExprField>,
    /// What the types of parameters are asked.
    pub(super) asked: Vec<Local>,
    /// The names that the body binds: a parameter of such a name may be hidden where it is named.
    bound: Vec<String>,
}

impl Origins {
    /// Whether a local has this name: a parameter of it may be hidden.
    pub(super) fn hides(&self, name: &str) -> bool {
        self.bound.iter().any(|it| it == name)
    }
}

/// Follows the names in what a body records.
pub(super) fn origins(function: &Function, recorded: &[&Expr]) -> Origins {
    if recorded.is_empty() {
        return Origins::default();
    }
    let body = match &function.boxed {
        Some(boxed) => &boxed.rest,
        None => &function.body,
    };
    let Ok(body) = syn::parse2::<Block>(TokenTree::Group(body.clone()).into()) else {
        return Origins::default();
    };
    let parameters = function.bindings().into_iter();
    let parameters: Vec<String> = parameters
        .map(|binding| binding.name.unraw().to_string())
        .collect();
    let bound = bound(&body, &parameters);
    let known = bound.known();
    let mut follow = Follow {
        known: &known,
        places: Places::default(),
        asking: Asking::new(&bound, &parameters),
        sources: Vec::new(),
        whole: Vec::new(),
        taken: Vec::new(),
    };
    for expression in recorded {
        for part in made_with(expression, &known).parts {
            follow.places.visit_expr(&part);
        }
    }
    let mut patterns_done = vec![false; bound.patterns.len()];
    let mut writes_done = vec![false; bound.writes.len()];
    let mut at = 0;
    while let Some(place) = follow.places.0.get(at).cloned() {
        at += 1;
        let name = root(&place);
        for (given, is_done) in bound.patterns.iter().zip(&mut patterns_done) {
            if !names_of(&given.pattern).iter().any(|it| it == name) {
                continue;
            }
            follow.asking.pattern(given, name);
            follow.take(given, name);
            if !std::mem::replace(is_done, true) {
                follow.source(&given.source);
            }
        }
        for ((written, source), is_done) in bound.writes.iter().zip(&mut writes_done) {
            if overlap(written, &place) && !std::mem::replace(is_done, true) {
                follow.source(source);
            }
        }
    }
    Origins {
        sources: follow.sources,
        whole: follow.whole,
        taken: follow.taken,
        bound: bound.names(),
        asked: follow.asking.asked,
    }
}

/// The walk from what is recorded to what it was made of.
struct Follow<'a> {
    known: &'a Known,
    places: Places,
    asking: Asking<'a>,
    sources: Vec<Expr>,
    whole: Vec<Expr>,
    taken: Vec<ExprField>,
}

impl Follow<'_> {
    /// The fields that a pattern gives a name to.
    fn take(&mut self, given: &Given, name: &str) {
        let taken = taken_out(&given.pattern, name).into_iter();
        self.taken.extend(taken.map(|taken| ExprField {
            attrs: Vec::new(),
            base: Box::new(given.source.clone()),
            dot_token: Dot::default(),
            member: taken.member,
        }));
    }

    fn source(&mut self, source: &Expr) {
        self.whole.push(source.clone());
        let Made {
            parts,
            fields,
            texts,
            ..
        } = made_with(source, self.known);
        for field in &fields {
            self.asking.field(field);
        }
        for text in &texts {
            self.asking.text(text);
        }
        for part in &parts {
            self.places.visit_expr(part);
        }
        self.sources.extend(parts);
    }
}

/// The places that expressions name, also inside of macros.
#[derive(Default)]
struct Places(Vec<String>);

impl Places {
    fn add(&mut self, place: String) {
        if !self.0.contains(&place) {
            self.0.push(place);
        }
    }
}

impl Visit<'_> for Places {
    fn visit_expr(&mut self, expression: &Expr) {
        match (expression, dotted(expression)) {
            (Expr::Field(_), Some(place)) => self.add(place),
            _ => visit::visit_expr(self, expression),
        }
    }

    fn visit_path(&mut self, path: &Path) {
        if let Some(ident) = path.get_ident() {
            self.add(ident.unraw().to_string());
        }
    }

    fn visit_macro(&mut self, call: &Macro) {
        for leaf in tokens::leaves(call.tokens.clone()) {
            match &leaf {
                TokenTree::Ident(ident) => self.add(ident.unraw().to_string()),
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    for name in tokens::shown(&text) {
                        self.add(name.to_owned());
                    }
                }
                TokenTree::Group(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}
