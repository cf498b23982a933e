//! Names of requests: a method of the closed list, and the template of a route that the program wrote (R3).

use super::Site;
#[cfg(feature = "enable")]
use crate::record::routes;

/// The name of a request's span, in its two parts.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "enable"), allow(dead_code, reason = "nothing is named"))]
pub struct Named<'a> {
    method: &'static str,
    template: Option<&'a str>,
}

/// The method of a request: `http::Method`, or its text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the method of a request [R3-not-a-method]",
    label = "not a method of HTTP",
    note = "write request.method(), or a text such as \"GET\""
)]
pub trait RouteMethod {
    /// Its text.
    fn text(&self) -> &str;
}

impl RouteMethod for str {
    fn text(&self) -> &str {
        self
    }
}

impl RouteMethod for String {
    fn text(&self) -> &str {
        self
    }
}

impl<T: RouteMethod + ?Sized> RouteMethod for &T {
    fn text(&self) -> &str {
        (**self).text()
    }
}

#[cfg(feature = "http")]
impl RouteMethod for http::Method {
    fn text(&self) -> &str {
        self.as_str()
    }
}

/// The template of a route, which the program wrote: a `&'static str`, or what its router matched; or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not the template of a route [R3-not-a-template]",
    label = "not a `&'static str`, nor what a router matched",
    note = "a path holds what the client sent, and is never a name: write \"/users/{{id}}\", or observed_http::template(..) of \
            what axum matched"
)]
pub trait RouteTemplate<'a> {
    /// Its text.
    fn text(self) -> Option<&'a str>;
}

impl<'a> RouteTemplate<'a> for &'static str {
    fn text(self) -> Option<&'a str> {
        Some(self)
    }
}

impl<'a> RouteTemplate<'a> for Template<'a> {
    fn text(self) -> Option<&'a str> {
        Some(self.0)
    }
}

impl<'a, T: RouteTemplate<'a>> RouteTemplate<'a> for Option<T> {
    fn text(self) -> Option<&'a str> {
        self?.text()
    }
}

/// What a router matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template<'a>(&'a str);

impl<'a> Template<'a> {
    /// The template as the router has it; for the crate that knows the router's type.
    #[must_use]
    pub fn of_router(template: &'a str) -> Self {
        Self(template)
    }

    /// The template, as it may leave; nothing where it is none.
    #[must_use]
    pub fn text(self) -> Option<&'a str> {
        is_template(self.0).then_some(self.0)
    }
}

#[cfg(feature = "enable")]
use observed_syntax::routes::is_template;

/// Nothing leaves.
#[cfg(not(feature = "enable"))]
fn is_template(_: &str) -> bool {
    false
}

/// The name of a request.
#[inline]
pub fn named<'a, M: RouteMethod + ?Sized>(
    method: &M,
    template: impl RouteTemplate<'a>,
) -> Named<'a> {
    Named {
        method: known(method.text()),
        template: template.text(),
    }
}

#[cfg(feature = "enable")]
fn known(method: &str) -> &'static str {
    observed_syntax::routes::method(method)
}

#[cfg(not(feature = "enable"))]
#[inline]
fn known(_: &str) -> &'static str {
    ""
}

/// The site of the request that `named` names, made at its first call; `site` itself where nothing is recorded.
#[cfg(feature = "enable")]
#[inline]
pub fn route<'a>(site: &'static Site, named: &dyn Fn() -> Named<'a>) -> &'static Site {
    if crate::switch::is_on() {
        made(site, named)
    } else {
        site
    }
}

#[cfg(feature = "enable")]
#[cold]
#[inline(never)]
fn made<'a>(site: &'static Site, named: &dyn Fn() -> Named<'a>) -> &'static Site {
    use crate::panics::swallowing;
    use crate::thread::annotate;
    let Some(named) = swallowing(named) else {
        annotate::count_lost();
        return site;
    };
    let (site, is_whole) = routes::site(site, named.method, named.template);
    if !is_whole {
        annotate::count_unnamed();
    }
    site
}

/// The site itself.
#[cfg(not(feature = "enable"))]
#[inline]
pub fn route<'a>(site: &'static Site, _: &dyn Fn() -> Named<'a>) -> &'static Site {
    site
}
