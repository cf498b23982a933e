//! One line of the lock: `span NAME KIND PATH [scope=..] [err..] [links] [cfg=..] KEY:TYPE:CLASS.. #FINGERPRINT STANDING`.

use std::fmt;

use observed_syntax::routes::{METHODS, OTHER_METHOD, is_template};

use crate::people::{Renames, Standing};
use crate::site::{Outcome, Recorded, Site};

/// What one site lets out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) path: String,
    /// `span` or `event`.
    pub(crate) what: String,
    pub(crate) kind: String,
    /// `scope=..`, `err`, `err=..`, `links`, `cfg=..`.
    pub(crate) also: Vec<String>,
    pub(crate) keys: Vec<Listed>,
    pub(crate) fingerprint: String,
    pub(crate) standing: Standing,
}

/// One key of a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Listed {
    pub(crate) key: String,
    pub(crate) ty: String,
    /// What kind of value, and by which wrappers.
    pub(crate) classes: String,
}

impl Listed {
    fn of(key: &Recorded) -> Self {
        Self {
            key: key.key.clone(),
            ty: key.ty.clone(),
            classes: key.classes(),
        }
    }
}

impl Line {
    pub(crate) fn of(site: &Site, standing: Standing) -> Self {
        let scope = site.scope.iter().map(|scope| format!("scope={scope}"));
        let err = match &site.err {
            Outcome::Unrecorded => None,
            Outcome::TypeName => Some("err".to_owned()),
            Outcome::Code(code) => Some(format!("err={code}")),
        };
        let links = site.has_links.then(|| "links".to_owned());
        let cfg = site.cfg.iter().map(|cfg| format!("cfg={cfg}"));
        Self {
            name: site.name.clone(),
            path: site.path.clone(),
            what: site.what.word().to_owned(),
            kind: site.kind.clone(),
            also: scope.chain(err).chain(links).chain(cfg).collect(),
            keys: site.keys.iter().map(Listed::of).collect(),
            fingerprint: site.fingerprint.to_string(),
            standing,
        }
    }

    /// A key of another line as it is in this one, by its name or by the one that people gave it since.
    pub(crate) fn key_after(&self, key: &str, renames: &Renames) -> Option<&Listed> {
        let same = self.keys.iter().find(|it| it.key == key);
        same.or_else(|| self.keys.iter().find(|it| renames.key_leads(key, &it.key)))
    }

    /// What leaves, without its standing and its place in the sources.
    pub(crate) fn what_leaves(&self) -> (&str, &str, &[String], &[Listed]) {
        (&self.what, &self.kind, &self.also, &self.keys)
    }

    /// Whether a span that leaves under this name is one of this line's: of a route the method and the template, where they
    /// are known only when the program runs, are any.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        if self.name == name {
            return true;
        }
        let Some((method, template)) = self.name.split_once(' ') else {
            return false;
        };
        let (sent, rest) = name.split_once(' ').unwrap_or((name, ""));
        let is_method = match method {
            "METHOD" => METHODS.contains(&sent) || sent == OTHER_METHOD,
            known => known == sent,
        };
        let is_template = match template {
            // By its method alone, where the template was none, or one too many.
            _ if rest.is_empty() => template == "template" || method == "METHOD",
            "template" => is_template(rest),
            known => known == rest,
        };
        is_method && is_template
    }

    /// Reads a line; the error says what is wrong with it.
    pub(crate) fn parse(line: &str) -> Result<Self, String> {
        let words = words(line)?;
        let [what, name, kind, path, rest @ .., fingerprint, standing] = words.as_slice() else {
            return Err(
                "a line holds at least what, name, kind, path, fingerprint and standing".to_owned(),
            );
        };
        if !matches!(what.as_str(), "span" | "event") {
            return Err(format!(
                "a line begins with span or event, and not with `{what}`"
            ));
        }
        let hexadecimal = fingerprint.strip_prefix('#').filter(|it| it.len() == 16);
        let Some(hexadecimal) =
            hexadecimal.filter(|it| it.chars().all(|it| it.is_ascii_hexdigit()))
        else {
            return Err(format!(
                "`{fingerprint}` is no fingerprint: `#` and sixteen hexadecimal digits"
            ));
        };
        let standing = Standing::parse(standing)
            .ok_or_else(|| format!("`{standing}` is no standing: reviewed, exempt or new"))?;
        let (mut also, mut keys) = (Vec::new(), Vec::new());
        for word in rest {
            match key(word) {
                Some(listed) => keys.push(listed),
                None => also.push(word.clone()),
            }
        }
        Ok(Self {
            name: name.clone(),
            path: path.clone(),
            what: what.clone(),
            kind: kind.clone(),
            also,
            keys,
            fingerprint: hexadecimal.to_owned(),
            standing,
        })
    }
}

/// Reads `key:type:class`; a key holds no `=`, so that `err=a:b` is none.
fn key(word: &str) -> Option<Listed> {
    let (key, rest) = word.split_once(':')?;
    if key.contains('=') {
        return None;
    }
    // A reason may hold colons, a type may be a path: the class begins after the last colon before the first bracket.
    let head = rest.find('(').unwrap_or(rest.len());
    let at = rest[..head].rfind(':')?;
    Some(Listed {
        key: key.to_owned(),
        ty: rest[..at].to_owned(),
        classes: rest[at + 1..].to_owned(),
    })
}

impl fmt::Display for Line {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            to,
            "{} {} {} {}",
            self.what,
            quoted(&self.name),
            self.kind,
            self.path
        )?;
        for also in &self.also {
            write!(to, " {}", quoted(also))?;
        }
        for Listed { key, ty, classes } in &self.keys {
            write!(to, " {}", quoted(&format!("{key}:{ty}:{classes}")))?;
        }
        write!(to, " #{} {}", self.fingerprint, self.standing.word())
    }
}

/// A word, in quotes where it holds a blank or a quote.
fn quoted(word: &str) -> String {
    if word.contains(|it: char| it.is_whitespace() || it.is_control() || it == '"') {
        serde_json::Value::from(word).to_string()
    } else {
        word.to_owned()
    }
}

fn words(line: &str) -> Result<Vec<String>, String> {
    let (mut words, mut rest) = (Vec::new(), line.trim());
    while !rest.is_empty() {
        if rest.starts_with('"') {
            let mut values = serde_json::Deserializer::from_str(rest).into_iter::<String>();
            let word = values
                .next()
                .and_then(Result::ok)
                .ok_or("a quote is not closed")?;
            let end = values.byte_offset();
            words.push(word);
            rest = rest[end..].trim_start();
        } else {
            let end = rest.find(' ').unwrap_or(rest.len());
            words.push(rest[..end].to_owned());
            rest = rest[end..].trim_start();
        }
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let line = r#"span price_order server shop::orders::price scope=shop err=Failed::code(error) "cfg=feature = \"a b\"" lines:usize:number "shelf:u64:not_pii(\"in: the (warehouse)\")" to:Kind{a|b}:enum who:text:late+public #0123456789abcdef reviewed"#;
        let read = Line::parse(line).unwrap();
        assert_eq!(read.to_string(), line);
        let keys: Vec<_> = read
            .keys
            .iter()
            .map(|it| (it.key.as_str(), it.ty.as_str(), it.classes.as_str()))
            .collect();
        let shelf = ("shelf", "u64", "not_pii(\"in: the (warehouse)\")");
        assert_eq!(
            keys,
            [
                ("lines", "usize", "number"),
                shelf,
                ("to", "Kind{a|b}", "enum"),
                ("who", "text", "late+public")
            ]
        );
        assert_eq!(read.also.len(), 3);
    }

    /// The runtime, which reads a lock without this crate, has the same test with the same lines.
    #[test]
    fn a_line_is_one_for_the_command_where_it_is_one_for_the_runtime() {
        let lines = include_str!("../../tests/fixtures/lock-lines.txt");
        for (expected, line) in lines.lines().filter_map(|line| line.split_once(' ')) {
            let read = Line::parse(line).map(|line| line.standing.word());
            match expected {
                "bad" => assert!(read.is_err(), "{line}"),
                _ => assert_eq!(read.as_deref(), Ok(expected), "{line}"),
            }
        }
    }

    #[test]
    fn a_route_is_listed_in_quotes_and_called_by_whatever_it_lets_through() {
        let line = |name: &str| {
            let text = format!("span \"{name}\" server shop::get #0123456789abcdef new");
            let read = Line::parse(&text).unwrap();
            assert_eq!(read.to_string(), text);
            read
        };
        for (listed, called, others) in [
            (
                "METHOD template",
                &["GET /users/{id}", "HTTP /users", "GET", "HTTP"][..],
                &["get /users", "GET users", "GET /users?id=1", "price_order"][..],
            ),
            (
                "METHOD /users",
                &["GET /users", "HTTP /users", "GET"],
                &["GET /orders"],
            ),
            (
                "GET template",
                &["GET /users", "GET /orders", "GET"],
                &["POST /users", "HTTP"],
            ),
            (
                "GET /users",
                &["GET /users"],
                &["GET", "GET /orders", "POST /users"],
            ),
        ] {
            let line = line(listed);
            for name in called {
                assert!(line.is_called(name), "{listed}: {name}");
            }
            for name in others {
                assert!(!line.is_called(name), "{listed}: {name}");
            }
        }
    }

    #[test]
    fn what_is_wrong_with_a_line_is_said() {
        for (line, message) in [
            ("span a", "at least"),
            (
                "spam a internal b #0123456789abcdef new",
                "begins with span",
            ),
            ("span a internal b 0123456789abcdef new", "no fingerprint"),
            ("span a internal b #0123456789abcdef fine", "no standing"),
            ("span a internal b \"x #0123456789abcdef new", "not closed"),
        ] {
            let said = Line::parse(line).unwrap_err();
            assert!(said.contains(message), "{line}: {said}");
        }
    }
}
