//! Who is the parent: the context of the current span, carried across threads and services.
//!
//! Nothing carries it by itself; a reviewer sees where it crosses:
//!
//! | to | write |
//! | --- | --- |
//! | a thread | `std::thread::spawn(context::wrap(work))` |
//! | a task | `tokio::spawn(work().in_current_context())` |
//! | a blocking task | `tokio::task::spawn_blocking(context::wrap(work))` |
//! | a job of a pool | `pool.execute(context::wrap(work))`, `rayon::spawn(context::wrap(work))` |
//! | many jobs at once | `let context = context::current();` and `items.par_iter().map(\|item\| context.run(\|\| work(item)))` |
//! | the rest of a block | `let _current = context.attach();` |
//! | another service | `propagation::inject(&context::current(), request.headers_mut())` |

mod current;
mod in_context;
#[cfg(feature = "http")]
pub mod propagation;

pub use current::{ContextGuard, current, ids, wrap};
pub use in_context::{InContext, InContextExt};

pub use crate::identity::{Context, Ids, SpanId, TraceFlags, TraceId};
