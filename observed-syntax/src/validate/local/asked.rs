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
        if let Some(given) = dotted(shown).and_then(|_| self.way_to(shown)) {
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
        if matches!(pattern, Pat::Type(_)) {
            if let Some(given) = dotted(source).and_then(|_| self.way_to(source)) {
                let about = About::Opened(source.clone());
                self.asked.push(Local { given, about });
            }
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
        let mut way = Way::default();
        self.lead_to(expression, &mut way)?;
        Some(way.given)
    }

    fn way_through(&self, bound: &Given) -> Option<Vec<Given>> {
        let mut way = Way::default();
        self.lead_through(bound, &mut way)?;
        Some(way.given)
    }

    fn lead_to(&self, expression: &Expr, way: &mut Way) -> Option<()> {
        if self.bound.is_apart && !is_path(expression) {
            return None;
        }
        let mut names = Free::default();
        names.visit_expr(expression);
        if names.is_bound_here {
            return None;
        }
        for name in &names.found {
            if self.parameters.contains(name) || name.starts_with(char::is_uppercase) {
                continue;
            }
            let patterns = self.bound.patterns.iter().enumerate();
            let mut binding = patterns.filter(|(_, it)| names_of(&it.pattern).contains(name));
            let (Some((at, bound)), None) = (binding.next(), binding.next()) else {
                return None;
            };
            if way.been.contains(&at) {
                continue;
            }
            // Where names lead in a circle, one of them is of a parameter that the body hides.
            if way.pending.contains(&at) || way.pending.len() >= LONGEST {
                return None;
            }
            way.pending.push(at);
            self.lead_through(bound, way)?;
            way.pending.pop();
            way.been.push(at);
        }
        Some(())
    }

    fn lead_through(&self, bound: &Given, way: &mut Way) -> Option<()> {
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
        self.lead_to(&bound.source, way)?;
        way.given.push(bound.clone());
        Some(())
    }
}

/// Locals behind one another beyond which nobody is asked.
const LONGEST: usize = 32;

/// The bindings that lead from the parameters to an expression, each once.
#[derive(Default)]
struct Way {
    given: Vec<Given>,
    /// Those among the patterns of the body that are in it, and those being looked through.
    been: Vec<usize>,
    pending: Vec<usize>,
}
