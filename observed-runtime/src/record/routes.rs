//! Sites of requests: one for each annotation, method and template, made at the first request of it and kept for the life of
//! the process.
//!
//! A record holds its site's number and no text of its own, so a name that is known only at run time becomes a site. There
//! are at most [`MOST`] templates; a request by another one is named by its method alone.

use std::collections::HashMap;
use std::sync::RwLock;

use observed_syntax::routes::{self, OTHER_METHOD};

use super::site::Site;
use crate::fork;

/// More routes than a service has; what is beyond is no route but a path that somebody took for one.
const MOST: usize = 1_024;

static MADE: RwLock<Option<Made>> = RwLock::new(None);

#[derive(Default)]
struct Made {
    /// By where the annotation's site is, then by the template, an empty one being none, then by the method.
    sites: HashMap<usize, HashMap<Box<str>, HashMap<&'static str, &'static Site>>>,
    /// The site of the annotation, by where the one that was made of it is.
    of: HashMap<usize, &'static Site>,
    /// How many templates there are: of methods, which a client chooses, there are a few to each.
    templates: usize,
}

impl Made {
    fn find(&self, of: &'static Site, method: &str, template: &str) -> Option<&'static Site> {
        let by_method = self.sites.get(&address(of))?.get(template)?;
        by_method.get(method).copied()
    }

    fn has_room(&self, of: &'static Site, template: &str) -> bool {
        let by_template = self.sites.get(&address(of));
        template.is_empty()
            || self.templates < MOST
            || by_template.is_some_and(|known| known.contains_key(template))
    }

    fn put(
        &mut self,
        of: &'static Site,
        method: &'static str,
        template: &str,
        site: &'static Site,
    ) {
        self.of.insert(address(site), of);
        let by_template = self.sites.entry(address(of)).or_default();
        let before = by_template.len();
        let by_method = by_template.entry(template.into()).or_default();
        by_method.insert(method, site);
        if !template.is_empty() {
            self.templates += by_template.len() - before;
        }
    }
}

fn address(site: &'static Site) -> usize {
    std::ptr::from_ref(site).addr()
}

/// The site of a request by a method of the list, and whether its name is whole: false where the template is none, or is one too many.
pub(crate) fn site(
    of: &'static Site,
    method: &'static str,
    template: Option<&str>,
) -> (&'static Site, bool) {
    let known = template.filter(|template| routes::is_template(template));
    let is_well_formed = template.is_some() == known.is_some();
    if let Some(site) = known.and_then(|template| made(of, method, template)) {
        return (site, true);
    }
    let site = made(of, method, "");
    let is_whole = known.is_none() && is_well_formed;
    (site.unwrap_or(of), is_whole)
}

/// The site with this name, made where there is none yet; nothing where there is no room for it.
fn made(of: &'static Site, method: &'static str, template: &str) -> Option<&'static Site> {
    if method == OTHER_METHOD && template.is_empty() {
        return Some(of);
    }
    if let Some(made) = fork::read(&MADE)?.as_ref() {
        let site = made.find(of, method, template);
        if site.is_some() || !made.has_room(of, template) {
            return site;
        }
    }
    let mut made = fork::write(&MADE)?;
    let made = made.get_or_insert_default();
    let site = made.find(of, method, template);
    if site.is_some() || !made.has_room(of, template) {
        return site;
    }
    let name = if template.is_empty() {
        method.to_owned()
    } else {
        format!("{method} {template}")
    };
    let site: &'static Site = Box::leak(Box::new(of.named(name.leak())));
    made.put(of, method, template, site);
    Some(site)
}

/// True where `site` was made of `of`.
#[inline]
pub(crate) fn is_made_of(site: &'static Site, of: &'static Site) -> bool {
    site.is_made() && is_known_to_be_made_of(site, of)
}

#[cold]
fn is_known_to_be_made_of(site: &'static Site, of: &'static Site) -> bool {
    let made = fork::read(&MADE);
    let origin = made
        .as_ref()
        .and_then(|made| made.as_ref()?.of.get(&address(site)));
    origin.is_some_and(|origin| std::ptr::eq(*origin, of))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::site::Kind;

    static FIRST: Site = Site(
        "HTTP",
        2,
        &["n"],
        "scope",
        ["package", "", "", "", ""],
        7,
        1,
    );
    static SECOND: Site = Site("HTTP", 3, &[], "", [""; 5], 0, 2);

    #[test]
    fn a_request_has_one_site_for_each_annotation_method_and_template() {
        let (site, is_whole) = super::site(&FIRST, "GET", Some("/users/{id}"));
        assert!(is_whole);
        assert_eq!(
            (site.name(), site.kind(), site.keys(), site.scope()),
            ("GET /users/{id}", Kind::Server, FIRST.keys(), "scope")
        );
        assert_eq!((site.code().package, site.code().line), ("package", 7));
        assert_eq!((site.name_in_lock(), site.fingerprint()), (None, 1));
        assert_eq!(FIRST.name_in_lock(), None);
        let again = super::site(&FIRST, "GET", Some("/users/{id}")).0;
        assert!(std::ptr::eq(site, again));
        let others = [
            super::site(&FIRST, "POST", Some("/users/{id}")).0,
            super::site(&FIRST, "GET", Some("/users")).0,
            super::site(&SECOND, "GET", Some("/users/{id}")).0,
        ];
        for other in others {
            assert!(!std::ptr::eq(site, other), "{other:?}");
        }
        assert!(is_made_of(site, &FIRST) && !is_made_of(site, &SECOND));
        assert!(!is_made_of(&FIRST, &FIRST) && !is_made_of(&FIRST, &SECOND));
        assert_eq!(others[2].kind(), Kind::Client);
    }

    #[test]
    fn the_methods_of_a_template_take_one_place_and_beyond_the_last_place_none_is_made() {
        let mut made = Made::default();
        let put = |made: &mut Made, method, template: &str| {
            made.put(&FIRST, method, template, &SECOND);
        };
        for method in ["GET", "POST", "HTTP"] {
            put(&mut made, method, "/a");
            put(&mut made, method, "");
        }
        assert_eq!(made.templates, 1);
        (1..MOST).for_each(|n| put(&mut made, "GET", &format!("/{n}/b")));
        assert_eq!(made.templates, MOST);
        assert!(made.has_room(&FIRST, "") && made.has_room(&FIRST, "/a"));
        assert!(!made.has_room(&FIRST, "/c") && !made.has_room(&SECOND, "/a"));
    }

    #[test]
    fn what_is_no_template_or_no_method_leaves_a_shorter_name() {
        let name = |method: &str, template| {
            let (site, is_whole) = super::site(&FIRST, routes::method(method), template);
            (site.name(), is_whole)
        };
        assert_eq!(name("GET", None), ("GET", true));
        assert_eq!(name("PROPFIND", None), ("HTTP", true));
        assert_eq!(name("get", Some("/users")), ("HTTP /users", true));
        assert_eq!(name("GET", Some("/users?id=1")), ("GET", false));
        assert_eq!(name("GET", Some("/orders/123456789")), ("GET", false));
        assert_eq!(name("GET", Some("")), ("GET", false));
    }
}
