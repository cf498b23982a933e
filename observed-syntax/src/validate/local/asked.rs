//! What can be asked of types at the head of a function: what is reached from its parameters, through locals of one binding
//! whose sources give the same type wherever they stand.

use syn::visit::Visit;
use syn::{Expr, ExprField, Pat};

use super::bound::{Bound, names_of};
use super::expression::{Free, is_path, is_plain};
use super::place::dotted;
use super::taken_out::{Taken, is_whole, owner, taken_out};
use crate::model::{About, By, Given, Local};

/// Collects questions.
pub(super) struct Asking<'a> {
    bound: &'a Bound,
    /// The parameters that nothing in the body hides.
    parameters: Vec<String>,
    pub(super) asked: Vec<Local>,
}

impl<'a> Asking<'a> {
    pub(super) fn new(bound: &'a Bound, parameters: &[String]) -> Self {
        let hidden = bound.names();
        let parameters = parameters.iter().filter(|name| !hidden.contains(name));
        Self {
            bound,
            parameters: parameters.cloned().collect(),
            asked: Vec::new(),
        }
    }

    pub(super) fn field(&mut self, field: &ExprField) {
        if let Some(given) = self.way_to(&field.base) {
            let about = About::Field(field.clone());
            self.asked.push(Local { given, about });
        }
    }

    /// A place that is shown as text.
    pub(super) fn text(&mut self, shown: &Expr) {
        if dotted(shown).is_some()
            && let Some(given) = self.way_to(shown)
        {
            let about = About::Text(shown.clone());
            self.asked.push(Local { given, about });
        }
    }

    /// The fields that a pattern takes `name` out of, and what a written type may take out of its wrapper.
    pub(super) fn pattern(&mut self, bound: &Given, name: &str) {
        let Given {
            pattern,
            source,
            by,
        } = bound;
        if matches!(pattern, Pat::Type(_))
            && dotted(source).is_some()
            && let Some(given) = self.way_to(source)
        {
            let about = About::Opened(source.clone());
            self.asked.push(Local { given, about });
        }
        for Taken { pattern, member } in taken_out(pattern, name) {
            let is_place = *by == By::Value && dotted(source).is_some() && is_whole(&pattern);
            let base = if is_place {
                source.clone()
            } else {
                Expr::Path(syn::ExprPath {
                    attrs: Vec::new(),
                    qself: None,
                    path: owner().into(),
                })
            };
            let given = if is_place {
                self.way_to(source)
            } else {
                self.way_through(&Given {
                    pattern,
                    source: source.clone(),
                    by: *by,
                })
            };
            let field = ExprField {
                attrs: Vec::new(),
                base: Box::new(base),
                dot_token: syn::token::Dot::default(),
                member,
            };
            if let Some(given) = given {
                let about = About::Field(field);
                self.asked.push(Local { given, about });
            }
        }
    }

    /// What must be bound before an expression can stand at the head, if it can.
    fn way_to(&self, expression: &Expr) -> Option<Vec<Given>> {
        if self.bound.is_apart && !is_path(expression) {
            return None;
        }
        let mut names = Free::default();
        names.visit_expr(expression);
        if names.is_bound_here {
            return None;
        }
        let mut way = Vec::new();
        for name in &names.found {
            if self.parameters.contains(name) || name.starts_with(char::is_uppercase) {
                continue;
            }
            let mut binding = self
                .bound
                .patterns
                .iter()
                .filter(|it| names_of(&it.pattern).contains(name));
            let (Some(bound), None) = (binding.next(), binding.next()) else {
                return None;
            };
            way.extend(self.way_through(bound)?);
        }
        Some(way)
    }

    fn way_through(&self, bound: &Given) -> Option<Vec<Given>> {
        if bound.by == By::Unknown || self.bound.is_apart || !is_plain(&bound.source) {
            return None;
        }
        // A source that names what it binds names a parameter, or nobody knows what.
        let mut names = Free::default();
        names.visit_expr(&bound.source);
        let binds = names_of(&bound.pattern);
        if names.found.iter().any(|name| binds.contains(name)) {
            return None;
        }
        let mut way = self.way_to(&bound.source)?;
        way.push(bound.clone());
        Some(way)
    }
}
