//! The template of a request's route: what the program wrote, and never a path.

use http::Request;
use observed_runtime::__private::Template;

/// The template of a route as the program wrote it, in a request's extensions: for routers other than axum's, and for
/// requests that are sent.
///
/// ```
/// use observed_http::Route;
///
/// let mut request = http::Request::get("http://users.test/users/7").body(()).unwrap();
/// request.extensions_mut().insert(Route("/users/{id}"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route(pub &'static str);

/// What axum matched, for `name = route(method, template)` of an annotation by hand.
///
/// ```
/// use axum::extract::MatchedPath;
/// use observed_runtime::observed;
///
/// #[observed(name = route(&method, observed_http::template(&matched)), kind = server)]
/// async fn handle(method: http::Method, matched: MatchedPath) -> &'static str {
///     "ada"
/// }
/// # drop(handle);
/// ```
#[cfg(feature = "axum")]
#[must_use]
pub fn template(matched: &axum::extract::MatchedPath) -> Template<'_> {
    Template::of_router(matched.as_str())
}

/// The template of a request's route, if there is one.
pub(crate) fn of<B>(request: &Request<B>) -> Option<Template<'_>> {
    let extensions = request.extensions();
    let written = extensions
        .get::<Route>()
        .map(|route| Template::of_router(route.0));
    #[cfg(feature = "axum")]
    let written = written.or_else(|| extensions.get().map(template));
    written
}

/// The same as an attribute.
pub(crate) fn text<B>(request: &Request<B>) -> Option<&str> {
    of(request).and_then(Template::text)
}
