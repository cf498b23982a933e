//! The names of a body, what they are bound to, and what is written to them later.

use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprMacro, Item, Macro, Pat, Token};

use super::functions;
use super::known::{Known, is_built};
use super::place::{lends, place, written};
use crate::model::{By, Given};
use crate::{bindings, tokens};

/// The names of a body.
#[derive(Default)]
pub(super) struct Bound {
    /// Patterns, and what they are matched with.
    pub(super) patterns: Vec<Given>,
    /// Places, and what is put into them.
    pub(super) writes: Vec<(String, Expr)>,
    /// Macros that may bind or write whatever they name.
    macros: Vec<Macro>,
    /// Whether the body has what the head of the function does not: items of its own, or unsafe blocks.
    pub(super) is_apart: bool,
}

/// Looks through a body whose parameters have these names.
pub(super) fn bound(body: &Block, parameters: &[String]) -> Bound {
    let mut bound = Bound::default();
    bound.visit_block(body);
    let known = [bound.names(), parameters.to_vec()].concat();
    for mac in std::mem::take(&mut bound.macros) {
        for name in tokens::idents(mac.tokens.clone()) {
            let name = name.unraw().to_string();
            // A name that nothing else binds: the macro does, if anything.
            if !known.contains(&name) && !name.starts_with(char::is_uppercase) {
                let attrs = Vec::new();
                let mac = mac.clone();
                bound
                    .writes
                    .push((name, Expr::Macro(ExprMacro { attrs, mac })));
            }
        }
    }
    bound
}

impl Bound {
    pub(super) fn names(&self) -> Vec<String> {
        let bound = self.patterns.iter().flat_map(|it| names_of(&it.pattern));
        bound.collect()
    }

    /// What the locals are, where their patterns are plain names.
    pub(super) fn known(&self) -> Known {
        let mut known = Known::default();
        for Given {
            pattern, source, ..
        } in &self.patterns
        {
            if let Pat::Ident(name) = pattern {
                let name = name.ident.unraw().to_string();
                if matches!(source, Expr::Closure(_)) {
                    known.closures.push(name);
                } else if is_built(source, &known) {
                    known.built.push(name);
                }
            }
        }
        known
    }

    fn add(&mut self, pattern: &Pat, source: &Expr, by: By) {
        match (pattern, place(source)) {
            (Pat::Paren(it), _) => self.add(&it.pat, source, by),
            (Pat::Tuple(names), Expr::Tuple(values))
                if by == By::Value
                    && names.elems.len() == values.elems.len()
                    && !has_rest(pattern) =>
            {
                let pairs = names.elems.iter().zip(&values.elems);
                pairs.for_each(|(name, value)| self.add(name, value, by));
            }
            // The other is a number.
            (Pat::Tuple(names), Expr::MethodCall(call))
                if call.method == "enumerate" && by != By::Value =>
            {
                if let Some(element) = names.elems.last() {
                    self.add(element, &call.receiver, by);
                }
            }
            _ => {
                let (pattern, source) = (pattern.clone(), source.clone());
                self.patterns.push(Given {
                    pattern,
                    source,
                    by,
                });
            }
        }
    }

    fn write(&mut self, left: &Expr, right: &Expr) {
        match (left, right) {
            (Expr::Tuple(places), Expr::Tuple(values))
                if places.elems.len() == values.elems.len() =>
            {
                let pairs = places.elems.iter().zip(&values.elems);
                pairs.for_each(|(place, value)| self.write(place, value));
            }
            (Expr::Tuple(places), _) => places.elems.iter().for_each(|it| self.write(it, right)),
            _ => self
                .writes
                .extend(written(left).map(|place| (place, right.clone()))),
        }
    }

    /// What is put into a name that borrows a place is put into the place.
    fn lend(&mut self, pattern: &Pat, source: &Expr) {
        if !lends(source) {
            return;
        }
        if let Some(lent) = written(source) {
            for name in bindings::of_pattern(pattern) {
                let name = Expr::Path(syn::ExprPath {
                    attrs: Vec::new(),
                    qself: None,
                    path: name.into(),
                });
                self.writes.push((lent.clone(), name));
            }
        }
    }
}

impl Visit<'_> for Bound {
    fn visit_item(&mut self, _: &Item) {
        self.is_apart = true;
    }

    fn visit_expr_unsafe(&mut self, block: &syn::ExprUnsafe) {
        self.is_apart = true;
        visit::visit_expr_unsafe(self, block);
    }

    fn visit_local(&mut self, local: &syn::Local) {
        if let Some(init) = &local.init {
            self.add(&local.pat, &init.expr, By::Value);
            self.lend(&local.pat, &init.expr);
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_let(&mut self, condition: &syn::ExprLet) {
        self.add(&condition.pat, &condition.expr, By::Value);
        self.lend(&condition.pat, &condition.expr);
        visit::visit_expr_let(self, condition);
    }

    fn visit_expr_match(&mut self, matched: &syn::ExprMatch) {
        for arm in &matched.arms {
            self.add(&arm.pat, &matched.expr, By::Value);
            self.lend(&arm.pat, &matched.expr);
        }
        visit::visit_expr_match(self, matched);
    }

    fn visit_expr_for_loop(&mut self, repeated: &syn::ExprForLoop) {
        self.add(&repeated.pat, &repeated.expr, By::Element);
        self.lend(&repeated.pat, &repeated.expr);
        visit::visit_expr_for_loop(self, repeated);
    }

    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        for argument in &call.args {
            if let Expr::Closure(closure) = argument {
                let is_element = functions::maps(&call.method) && closure.inputs.len() == 1;
                let by = if is_element { By::Closure } else { By::Unknown };
                for input in &closure.inputs {
                    self.add(input, &call.receiver, by);
                }
            }
            if functions::writes(&call.method) {
                self.write(&call.receiver, argument);
            }
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_assign(&mut self, assigned: &syn::ExprAssign) {
        self.write(&assigned.left, &assigned.right);
        visit::visit_expr_assign(self, assigned);
    }

    fn visit_expr_binary(&mut self, binary: &syn::ExprBinary) {
        if functions::assigns(binary.op) {
            self.write(&binary.left, &binary.right);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_macro(&mut self, call: &Macro) {
        if functions::is_macro(&call.path, "write writeln") {
            let parser = Punctuated::<Expr, Token![,]>::parse_terminated;
            let arguments = parser.parse2(call.tokens.clone()).unwrap_or_default();
            let mut arguments = arguments.iter();
            if let Some(target) = arguments.next() {
                self.write(target, &syn::parse_quote!(format!(#(#arguments),*)));
            }
        } else if !functions::is_silent(&call.path) {
            self.macros.push(call.clone());
        }
    }
}

pub(super) fn names_of(pattern: &Pat) -> Vec<String> {
    let names = bindings::of_pattern(pattern);
    names.iter().map(|name| name.unraw().to_string()).collect()
}

fn has_rest(pattern: &Pat) -> bool {
    matches!(pattern, Pat::Tuple(it) if it.elems.iter().any(|it| matches!(it, Pat::Rest(_))))
}
