//! Spans of HTTP requests for `observed-runtime`: a layer around a server and one around a client.
//!
//! Both record a closed set of keys of the stable semantic conventions, and never a path, a query, a header or the address of
//! a client. A span is named by the request's method and the template of its route, `GET /users/{id}`.
//!
//! | key | server | client |
//! | --- | --- | --- |
//! | `http.request.method` | a method of the list, else `_OTHER` | the same |
//! | `http.route` | what axum matched (feature `axum`), or [`Route`] | |
//! | `http.response.status_code` | yes | yes |
//! | `url.scheme` | as the layer is told | of the request |
//! | `server.address`, `server.port` | as the layer is told | of the request |
//! | `network.protocol.version` | yes | |
//! | `error.type` | a status of 500 and more, or the error's type | a status of 400 and more, or the error's type |
//!
//! ```
//! use observed_http::ServerLayer;
//!
//! async fn user() -> &'static str {
//!     "ada"
//! }
//!
//! let app: axum::Router = axum::Router::new()
//!     .route("/users/{id}", axum::routing::get(user))
//!     .layer(ServerLayer::new());
//! # drop(app);
//! ```

mod attributes;
mod client;
mod outcome;
mod route;
mod server;

pub use client::{Client, ClientLayer};
pub use route::Route;
#[cfg(feature = "axum")]
pub use route::template;
pub use server::{Server, ServerLayer};

/// The example of the README, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

/// The examples of the guide, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../docs/http.md")]
mod guide {}
