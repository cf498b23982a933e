//! A function's return type, where generated code can name it.

use observed_syntax::function::Function;
use syn::visit_mut::{self, VisitMut};
use syn::{ReturnType, Type, parse_quote};

/// A return type as generated code may write it.
pub(super) struct Output {
    /// The type; `_` where it cannot be written outside a signature.
    pub(super) ty: Type,
    /// Whether nothing had to be left to inference.
    pub(super) is_complete: bool,
}

/// The return type; nothing for `()`, for `!`, and where it is an `impl Trait` as a whole.
pub(super) fn nameable(function: &Function) -> Option<Output> {
    let ReturnType::Type(_, output) = &function.sig.output else {
        return None;
    };
    let mut ty = (**output).clone();
    let mut holes = Holes::default();
    holes.visit_type_mut(&mut ty);
    if holes.never || matches!(ty, Type::Infer(_)) {
        return None;
    }
    Some(Output {
        ty,
        is_complete: !holes.found,
    })
}

/// True for `()`, written or not.
pub(super) fn is_unit(written: &ReturnType) -> bool {
    match written {
        ReturnType::Default => true,
        ReturnType::Type(_, ty) => matches!(&**ty, Type::Tuple(tuple) if tuple.elems.is_empty()),
    }
}

/// True for a type that can be written where types stand: no `impl Trait` in it, not `!`.
pub(super) fn is_complete(ty: &Type) -> bool {
    let mut holes = Holes::default();
    holes.visit_type_mut(&mut ty.clone());
    !holes.found && !holes.never && !matches!(ty, Type::Infer(_))
}

/// Replaces each `impl Trait` by `_`, and looks for `!`, which no stable type argument can be.
#[derive(Default)]
struct Holes {
    found: bool,
    never: bool,
}

impl VisitMut for Holes {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        match ty {
            // A macro may stand for one.
            Type::ImplTrait(_) | Type::Macro(_) => {
                self.found = true;
                *ty = parse_quote!(_);
            }
            Type::Never(_) => self.never = true,
            _ => visit_mut::visit_type_mut(self, ty),
        }
    }
}
