//! The annotated function where spans are recorded.

use observed_syntax::function::Function;
use observed_syntax::model::{ObservedFn, Work};
use proc_macro2::TokenStream;

use super::names::Runtime;
use super::{asynchronous, expectations, synchronous};

/// Expands by where the function does its work.
pub(super) fn expand(model: &ObservedFn, mut function: Function) -> TokenStream {
    let body_stays = model.work == Work::Body && model.err.is_none();
    if !body_stays {
        expectations::are_permissions(&mut function);
    }
    let function = &function;
    let runtime = &Runtime::at(model.span.runtime.as_ref());
    match (model.work, &model.err, &function.boxed) {
        (Work::Body, None, _) => synchronous::expand(runtime, model, function),
        (Work::Body, Some(err), _) => {
            synchronous::expand_with_result(runtime, model, err, function)
        }
        (Work::Polls, ..) => asynchronous::expand(runtime, model, function),
        (Work::AsyncTrait, _, Some(boxed)) => {
            asynchronous::expand_async_trait(runtime, model, function, boxed)
        }
        (Work::ReturnedFuture | Work::BoxedFuture | Work::AsyncTrait, ..) => {
            asynchronous::expand_call(runtime, model, function)
        }
    }
}
