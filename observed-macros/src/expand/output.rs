//! A function's return type, where generated code can name it.

use observed_syntax::function::Function;
use syn::visit::{self, Visit};
use syn::{ReturnType, Type};

/// The return type, unless it cannot be written outside a signature (`impl Trait`, `!`); nothing for `()`.
pub(super) fn nameable(function: &Function) -> Option<&Type> {
    struct Unnameable(bool);
    impl<'ast> Visit<'ast> for Unnameable {
        fn visit_type(&mut self, ty: &'ast Type) {
            self.0 |= matches!(ty, Type::ImplTrait(_) | Type::Never(_));
            visit::visit_type(self, ty);
        }
    }
    let ReturnType::Type(_, output) = &function.sig.output else {
        return None;
    };
    let mut found = Unnameable(false);
    found.visit_type(output);
    (!found.0).then_some(output)
}
