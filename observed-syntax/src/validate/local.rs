//! R7: the names that a body gives to values before it records them, followed by name to what they were made of.
//!
//! A value is followed through patterns, fields, methods of its own, conversions and formatting, and through nothing else:
//! what a function or somebody else's method makes of an argument is another value, and so are counts, flags and
//! comparisons. Scopes are not told apart.

mod bound;
mod made_of;
mod taken_out;

use bound::Bound;
pub(super) use made_of::{gives_back, is_measure, made_of};
use proc_macro2::TokenTree;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprField, Macro, Path};
use taken_out::{place, taken_out};

use crate::function::Function;
use crate::{bindings, tokens};

/// What recorded names of a body were made of.
#[derive(Default)]
pub(super) struct Origins {
    /// The expressions, in the order in which they were found.
    pub(super) sources: Vec<Expr>,
    /// The same, whole: a name or a text in them may select what the parts do not show.
    pub(super) whole: Vec<Expr>,
    /// Fields that patterns took out of places.
    pub(super) taken: Vec<ExprField>,
    /// The names that the body binds: a parameter of such a name may be hidden where a field of it is named.
    bound: Vec<String>,
}

/// Follows the names in what a body records.
pub(super) fn origins(function: &Function, recorded: &[&Expr]) -> Origins {
    let mut origins = Origins::default();
    if recorded.is_empty() {
        return origins;
    }
    let body = match &function.boxed {
        Some(boxed) => &boxed.rest,
        None => &function.body,
    };
    let Ok(body) = syn::parse2::<Block>(TokenTree::Group(body.clone()).into()) else {
        return origins;
    };
    let mut bound = Bound(Vec::new());
    bound.visit_block(&body);
    origins.bound = bound.names();
    let mut names = Names {
        bound: origins.bound.clone(),
        found: Vec::new(),
    };
    let mut parts = Vec::new();
    for expression in recorded {
        made_of(expression, &mut parts);
    }
    for part in &parts {
        names.visit_expr(part);
    }
    let mut at = 0;
    while let Some(name) = names.found.get(at).cloned() {
        at += 1;
        for (pattern, source) in &bound.0 {
            if !bindings::of_pattern(pattern)
                .iter()
                .any(|it| it.unraw() == name)
            {
                continue;
            }
            let mut parts = Vec::new();
            made_of(source, &mut parts);
            origins.whole.push(source.clone());
            for part in parts {
                names.visit_expr(&part);
                origins.sources.push(part);
            }
            taken_out(pattern, source, &name, &mut origins.taken);
        }
    }
    origins
}

impl Origins {
    /// Whether a local has this name: a parameter of it may be hidden.
    pub(super) fn hides(&self, name: &str) -> bool {
        self.bound.iter().any(|it| it == name)
    }

    /// The fields of parameters among them: at the top of the function their owners can be asked. A local that takes over
    /// a parameter's name has a type of its own, which nobody knows there.
    pub(super) fn fields_of_parameters(&self, function: &Function) -> Vec<ExprField> {
        let parameters = function.bindings().into_iter();
        let parameters: Vec<String> = parameters
            .map(|binding| binding.name.unraw().to_string())
            .filter(|name| !self.bound.contains(name))
            .collect();
        let mut fields = Fields(Vec::new());
        self.sources
            .iter()
            .for_each(|source| fields.visit_expr(source));
        fields.0.extend(self.taken.iter().cloned());
        fields
            .0
            .retain(|field| root(field).is_some_and(|root| parameters.contains(&root)));
        fields.0
    }
}

/// The bound variables that expressions name, also inside of macros and in the texts of `format!` and its kin.
struct Names {
    bound: Vec<String>,
    found: Vec<String>,
}

impl Names {
    fn add(&mut self, name: &str) {
        if self.bound.iter().any(|it| it == name) && !self.found.iter().any(|it| it == name) {
            self.found.push(name.to_owned());
        }
    }
}

impl Visit<'_> for Names {
    fn visit_path(&mut self, path: &Path) {
        if let Some(ident) = path.get_ident() {
            self.add(&ident.unraw().to_string());
        }
    }

    fn visit_macro(&mut self, call: &Macro) {
        for leaf in tokens::leaves(call.tokens.clone()) {
            match &leaf {
                TokenTree::Ident(ident) => self.add(&ident.unraw().to_string()),
                TokenTree::Literal(literal) => {
                    for name in self.bound.clone() {
                        if tokens::shows(literal, &name) {
                            self.add(&name);
                        }
                    }
                }
                TokenTree::Group(_) | TokenTree::Punct(_) => {}
            }
        }
    }
}

struct Fields(Vec<ExprField>);

impl Visit<'_> for Fields {
    fn visit_expr_field(&mut self, field: &ExprField) {
        self.0.push(field.clone());
        visit::visit_expr_field(self, field);
    }
}

/// The variable that a path of fields begins with.
fn root(field: &ExprField) -> Option<String> {
    match place(&field.base) {
        Expr::Field(base) => root(base),
        Expr::Path(path) => {
            let name = path.path.get_ident()?.unraw().to_string();
            // So `#[async_trait]` calls it.
            Some(if name == "__self" {
                "self".to_owned()
            } else {
                name
            })
        }
        _ => None,
    }
}
