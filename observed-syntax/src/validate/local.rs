//! R7: the names that a body gives to values before it records them, followed by name to what they were made of.
//!
//! A value is followed through patterns, fields, methods of its own, conversions and formatting, and through nothing else:
//! what a function or somebody else's method makes of an argument is another value, and so are counts, flags and
//! comparisons. Scopes are not told apart.

use proc_macro2::{Ident, TokenTree};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, ExprField, Macro, Member, Pat, Path, Stmt, Token};

use crate::function::Function;
use crate::{bindings, tokens};

/// What recorded names of a body were made of.
#[derive(Default)]
pub(super) struct Origins {
    /// The expressions, in the order in which they were found.
    pub(super) sources: Vec<Expr>,
    /// Fields that patterns took out of places.
    taken: Vec<ExprField>,
}

/// Follows the names in what a body records.
pub(super) fn origins(function: &Function, recorded: &[&Expr]) -> Origins {
    let mut origins = Origins::default();
    if recorded.is_empty() {
        return origins;
    }
    let Ok(body) = syn::parse2::<Block>(TokenTree::Group(function.body.clone()).into()) else {
        return origins;
    };
    let mut bound = Bound(Vec::new());
    bound.visit_block(&body);
    let mut names = Names {
        bound: bound.names(),
        found: Vec::new(),
    };
    let mut parts = Vec::new();
    recorded
        .iter()
        .for_each(|expression| made_of(expression, &mut parts));
    parts.iter().for_each(|part| names.visit_expr(part));
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
    /// The fields of parameters among them: at the top of the function their owners can be asked.
    pub(super) fn fields_of_parameters(&self, function: &Function) -> Vec<ExprField> {
        let parameters = function.bindings().into_iter();
        let parameters: Vec<String> = parameters
            .map(|binding| binding.name.unraw().to_string())
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

/// Patterns, and what they are matched with.
struct Bound(Vec<(Pat, Expr)>);

impl Bound {
    fn add(&mut self, pattern: &Pat, source: &Expr) {
        self.0.push((pattern.clone(), source.clone()));
    }

    fn names(&self) -> Vec<String> {
        let patterns = self.0.iter().map(|(pattern, _)| pattern);
        let bound = patterns.flat_map(bindings::of_pattern);
        bound.map(|name| name.unraw().to_string()).collect()
    }
}

impl Visit<'_> for Bound {
    fn visit_local(&mut self, local: &syn::Local) {
        if let Some(init) = &local.init {
            self.add(&local.pat, &init.expr);
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_let(&mut self, condition: &syn::ExprLet) {
        self.add(&condition.pat, &condition.expr);
        visit::visit_expr_let(self, condition);
    }

    fn visit_expr_match(&mut self, matched: &syn::ExprMatch) {
        for arm in &matched.arms {
            self.add(&arm.pat, &matched.expr);
        }
        visit::visit_expr_match(self, matched);
    }

    fn visit_expr_for_loop(&mut self, repeated: &syn::ExprForLoop) {
        self.add(&repeated.pat, &repeated.expr);
        visit::visit_expr_for_loop(self, repeated);
    }

    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        for argument in &call.args {
            if let Expr::Closure(closure) = argument {
                for input in &closure.inputs {
                    self.add(input, &call.receiver);
                }
            }
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_assign(&mut self, assigned: &syn::ExprAssign) {
        if let Expr::Path(path) = &*assigned.left
            && let Some(name) = path.path.get_ident()
        {
            let pattern = Pat::Ident(syn::PatIdent {
                attrs: Vec::new(),
                by_ref: None,
                mutability: None,
                ident: name.clone(),
                subpat: None,
            });
            self.add(&pattern, &assigned.right);
        }
        visit::visit_expr_assign(self, assigned);
    }
}

/// Functions and wrappers that give back what they were given.
const CONVERSIONS: &[&str] = &[
    "from",
    "new",
    "into",
    "to_owned",
    "to_string",
    "clone",
    "identity",
    "black_box",
    "not_pii",
    "public",
    "public_static",
    "public_display",
];

/// The parts of an expression that its value is made of.
fn made_of(expression: &Expr, parts: &mut Vec<Expr>) {
    let mut all = |inner: &mut dyn Iterator<Item = &Expr>| inner.for_each(|it| made_of(it, parts));
    match expression {
        Expr::Reference(it) => made_of(&it.expr, parts),
        Expr::Paren(it) => made_of(&it.expr, parts),
        Expr::Group(it) => made_of(&it.expr, parts),
        Expr::Cast(it) => made_of(&it.expr, parts),
        Expr::Unary(it) => made_of(&it.expr, parts),
        Expr::Try(it) => made_of(&it.expr, parts),
        Expr::Await(it) => made_of(&it.base, parts),
        Expr::Index(it) => made_of(&it.expr, parts),
        Expr::MethodCall(it) if is_measure(&it.method) => {}
        Expr::MethodCall(it) => made_of(&it.receiver, parts),
        Expr::Binary(it) if is_comparison(it.op) => {}
        Expr::Binary(it) => all(&mut [&*it.left, &*it.right].into_iter()),
        Expr::Tuple(it) => all(&mut it.elems.iter()),
        Expr::Array(it) => all(&mut it.elems.iter()),
        Expr::Struct(it) => all(&mut it.fields.iter().map(|field| &field.expr)),
        Expr::Call(it) if gives_back(&it.func) => all(&mut it.args.iter()),
        Expr::Block(it) => last_of(&it.block, parts),
        Expr::Unsafe(it) => last_of(&it.block, parts),
        Expr::If(it) => {
            last_of(&it.then_branch, parts);
            if let Some((_, otherwise)) = &it.else_branch {
                made_of(otherwise, parts);
            }
        }
        Expr::Match(it) => all(&mut it.arms.iter().map(|arm| &*arm.body)),
        Expr::Macro(it) if it.mac.path.is_ident("matches") => {}
        Expr::Macro(it) => {
            // `format!` and its kin: what is shown by name is in the text, the rest are expressions.
            parts.push(expression.clone());
            let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
            let arguments = parser.parse2(it.mac.tokens.clone()).unwrap_or_default();
            arguments.iter().for_each(|it| made_of(it, parts));
        }
        Expr::Path(_) | Expr::Field(_) => parts.push(expression.clone()),
        _ => {}
    }
}

/// A count or a flag says how much there is of a value, or whether it is there: it is another value.
fn is_measure(method: &Ident) -> bool {
    let name = method.to_string();
    ["len", "count", "contains", "starts_with", "ends_with", "eq"].contains(&name.as_str())
        || name.starts_with("is_")
        || name.starts_with("has_")
}

fn is_comparison(operator: BinOp) -> bool {
    matches!(
        operator,
        BinOp::Eq(_)
            | BinOp::Ne(_)
            | BinOp::Lt(_)
            | BinOp::Le(_)
            | BinOp::Gt(_)
            | BinOp::Ge(_)
            | BinOp::And(_)
            | BinOp::Or(_)
    )
}

/// `Some`, a structure, or a conversion.
fn gives_back(function: &Expr) -> bool {
    let Expr::Path(path) = function else {
        return false;
    };
    path.path.segments.last().is_some_and(|last| {
        let name = last.ident.unraw().to_string();
        name.starts_with(char::is_uppercase) || CONVERSIONS.contains(&name.as_str())
    })
}

fn last_of(block: &Block, parts: &mut Vec<Expr>) {
    if let Some(Stmt::Expr(last, _)) = block.stmts.last() {
        made_of(last, parts);
    }
}

/// The field that a pattern takes `name` out of, where the pattern is matched with a place.
fn taken_out(pattern: &Pat, source: &Expr, name: &str, taken: &mut Vec<ExprField>) {
    let binds = |pattern: &Pat| {
        let bound = bindings::of_pattern(pattern);
        bound.iter().any(|it| it.unraw() == name)
    };
    let take = |member: Member, inner: &Pat, taken: &mut Vec<ExprField>| {
        let field: ExprField = ExprField {
            attrs: Vec::new(),
            base: Box::new(place(source).clone()),
            dot_token: syn::token::Dot::default(),
            member,
        };
        taken.push(field.clone());
        taken_out(inner, &Expr::Field(field), name, taken);
    };
    match pattern {
        Pat::Paren(it) => taken_out(&it.pat, source, name, taken),
        Pat::Reference(it) => taken_out(&it.pat, source, name, taken),
        Pat::Type(it) => taken_out(&it.pat, source, name, taken),
        Pat::Or(it) => it
            .cases
            .iter()
            .for_each(|case| taken_out(case, source, name, taken)),
        Pat::Struct(it) => {
            for field in it.fields.iter().filter(|field| binds(&field.pat)) {
                take(field.member.clone(), &field.pat, taken);
            }
        }
        Pat::TupleStruct(it) => {
            for (position, element) in it.elems.iter().enumerate() {
                if binds(element) {
                    take(Member::from(position), element, taken);
                }
            }
        }
        _ => {}
    }
}

/// An expression without references and parentheses around it.
fn place(expression: &Expr) -> &Expr {
    match expression {
        Expr::Reference(it) => place(&it.expr),
        Expr::Paren(it) => place(&it.expr),
        Expr::Group(it) => place(&it.expr),
        _ => expression,
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
        Expr::Path(path) => Some(path.path.get_ident()?.unraw().to_string()),
        _ => None,
    }
}
