//! W3C Trace Context Level 2 in HTTP headers, and the layer that makes what came in them current.

mod body;
mod headers;
mod layer;
mod traceparent;

pub use body::{ExtractBody, ExtractFuture};
pub use headers::{extract, inject};
pub use layer::{Extract, ExtractLayer};
