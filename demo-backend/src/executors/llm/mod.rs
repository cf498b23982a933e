//! `llm_executor_v1`: asks a language model over the `OpenAI` chat-completions protocol.
//!
//! Spans carry what the `GenAI` semantic conventions name (model, token counts, finish reasons), and never the prompt or the
//! completion.

mod call;
mod executor;
pub mod server;
mod validate;

pub use call::Llm;
