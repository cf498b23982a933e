//! The parts of an expression that its value is made of: all that it mentions, but for measures, comparisons, conditions,
//! and what functions of the program make of their arguments.

use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprCall, ExprField, ExprMethodCall, Path, Stmt};

use super::exits::exits;
use super::functions;
use super::known::{Known, is_built};
use super::place::dotted;
use crate::validate::secret::exposes;

/// What a value is made of.
pub(super) struct Made<'a> {
    known: &'a Known,
    /// Names, calls that expose a secret, and macros that nobody can read.
    pub(super) parts: Vec<Expr>,
    /// Fields.
    pub(super) fields: Vec<ExprField>,
    /// What is written as text.
    pub(super) texts: Vec<Expr>,
}

/// The parts of an expression that its value is made of.
pub(in crate::validate) fn made_of(expression: &Expr) -> Vec<Expr> {
    made_with(expression, &Known::default()).parts
}

/// The same in a body whose locals are known.
pub(super) fn made_with<'a>(expression: &Expr, known: &'a Known) -> Made<'a> {
    let mut made = Made {
        known,
        parts: Vec::new(),
        fields: Vec::new(),
        texts: Vec::new(),
    };
    made.visit_expr(expression);
    made
}

impl Visit<'_> for Made<'_> {
    fn visit_expr(&mut self, expression: &Expr) {
        match expression {
            // Their value is a flag or nothing, or arrives elsewhere.
            Expr::Let(_)
            | Expr::Assign(_)
            | Expr::While(_)
            | Expr::ForLoop(_)
            | Expr::Break(_)
            | Expr::Continue(_)
            | Expr::Return(_) => {}
            Expr::Binary(it) if !functions::is_arithmetic(it.op) => {}
            Expr::If(it) => {
                self.last_of(&it.then_branch);
                if let Some((_, otherwise)) = &it.else_branch {
                    self.visit_expr(otherwise);
                }
            }
            Expr::Match(it) => it.arms.iter().for_each(|arm| self.visit_expr(&arm.body)),
            Expr::Block(it) => {
                self.last_of(&it.block);
                if it.label.is_some() {
                    self.all(&exits(&it.block, false));
                }
            }
            Expr::Loop(it) => self.all(&exits(&it.body, false)),
            Expr::Async(it) => {
                self.last_of(&it.block);
                self.all(&exits(&it.block, true));
            }
            Expr::Closure(it) => {
                self.visit_expr(&it.body);
                if let Expr::Block(body) = &*it.body {
                    self.all(&exits(&body.block, true));
                }
            }
            Expr::Unsafe(it) => self.last_of(&it.block),
            Expr::Const(it) => self.last_of(&it.block),
            Expr::Index(it) => self.visit_expr(&it.expr),
            Expr::MethodCall(it) => self.method(it),
            Expr::Call(it) => self.call(it),
            Expr::Macro(it) => self.text(&it.mac),
            Expr::Path(_) => self.parts.push(expression.clone()),
            Expr::Field(it) => {
                self.fields.push(it.clone());
                if dotted(expression).is_some() {
                    self.parts.push(expression.clone());
                } else {
                    self.visit_expr(&it.base);
                }
            }
            _ => visit::visit_expr(self, expression),
        }
    }
}

impl Made<'_> {
    fn all(&mut self, expressions: &[Expr]) {
        for expression in expressions {
            self.visit_expr(expression);
        }
    }

    fn last_of(&mut self, block: &Block) {
        match block.stmts.last() {
            Some(Stmt::Expr(last, None)) => self.visit_expr(last),
            Some(Stmt::Macro(last)) if last.semi_token.is_none() => self.text(&last.mac),
            _ => {}
        }
    }

    fn method(&mut self, call: &ExprMethodCall) {
        // The call is what is refused, whatever it is called on.
        // A `peek` under another name is more often that of a queue.
        if exposes(&call.method) && call.method != "peek" {
            self.parts.push(Expr::MethodCall(call.clone()));
            return;
        }
        if functions::is_measure(call) {
            return;
        }
        if call.method == "to_string" {
            self.texts.push((*call.receiver).clone());
        }
        // What a closure makes of an element is the value; the closure's input is bound to the receiver.
        let is_made_anew = functions::maps(&call.method)
            && call.args.last().is_some_and(|last| match last {
                Expr::Closure(_) => true,
                Expr::Path(path) => functions::is_measure_by_path(&path.path),
                _ => false,
            });
        let is_own =
            is_built(&call.receiver, self.known) && !functions::is_conversion(&call.method);
        if !is_made_anew && !is_own {
            self.visit_expr(&call.receiver);
        }
        if functions::selects(&call.method) {
            return;
        }
        for argument in &call.args {
            if functions::hands_on(&call.method) && !is_function(argument) {
                self.visit_expr(argument);
            } else {
                self.function(argument);
            }
        }
    }

    fn call(&mut self, call: &ExprCall) {
        let Expr::Path(function) = &*call.func else {
            visit::visit_expr_call(self, call);
            return;
        };
        let path = &function.path;
        if exposes_by(path) {
            self.parts.push(Expr::Call(call.clone()));
        } else if functions::is_measure_by_path(path) {
            // Another value.
        } else if dotted(&call.func).is_some_and(|name| self.known.closures.contains(&name)) {
            visit::visit_expr_call(self, call);
        } else if functions::gives_back(path) {
            if path
                .segments
                .last()
                .is_some_and(|last| last.ident == "to_string")
            {
                self.texts.extend(call.args.first().cloned());
            }
            call.args.iter().for_each(|it| self.visit_expr(it));
        } else {
            call.args.iter().for_each(|it| self.function(it));
        }
    }

    /// What is given to a function to be run gives its value; what exposes a secret does so under any.
    fn function(&mut self, argument: &Expr) {
        match argument {
            Expr::Closure(_) | Expr::Async(_) => self.visit_expr(argument),
            Expr::Path(path) if is_function(argument) && exposes_by(&path.path) => {
                self.parts.push(argument.clone());
            }
            _ => {}
        }
    }
}

/// `str::len`; a single name may be a variable.
fn is_function(expression: &Expr) -> bool {
    matches!(expression, Expr::Path(path) if path.path.get_ident().is_none())
}

fn exposes_by(function: &Path) -> bool {
    let last = function.segments.last();
    last.is_some_and(|last| exposes(&last.ident))
}
