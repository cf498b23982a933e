//! Sites that no source shows, because a macro, `include!` or a build script makes them: as a test run printed them.

use observed_syntax::fingerprint::Fingerprint;

use super::line::{Line, Listed};
use crate::place::Place;
use crate::site::{Class, Outcome, Recorded, Site, What};

/// Reads a line of the lock as the site that it is of; the error says what is wrong with it.
pub(crate) fn site(line: &str, place: &Place) -> Result<Site, String> {
    let line = Line::parse(line)?;
    let mut site = Site {
        what: if line.what == What::Event.word() {
            What::Event
        } else {
            What::Span
        },
        package: line.path.split("::").next().unwrap_or_default().to_owned(),
        name: line.name,
        kind: line.kind,
        path: line.path,
        scope: None,
        is_member: true,
        keys: Vec::new(),
        err: Outcome::Unrecorded,
        has_links: false,
        cfg: Vec::new(),
        fingerprint: number(&line.fingerprint)?,
        place: place.clone(),
    };
    for word in &line.also {
        match word.split_once('=') {
            Some(("scope", scope)) => site.scope = Some(scope.to_owned()),
            Some(("err", code)) => site.err = Outcome::Code(code.to_owned()),
            Some(("cfg", cfg)) => site.cfg.push(cfg.to_owned()),
            None if word == "err" => site.err = Outcome::TypeName,
            None if word == "links" => site.has_links = true,
            _ => {
                return Err(format!(
                    "`{word}` is neither a key with type and class nor scope, err, links or cfg"
                ));
            }
        }
    }
    for key in &line.keys {
        site.keys.push(recorded(key, place)?);
    }
    Ok(site)
}

fn number(fingerprint: &str) -> Result<Fingerprint, String> {
    let number = u64::from_str_radix(fingerprint, 16);
    let number = number.map_err(|_| format!("`{fingerprint}` is no fingerprint"))?;
    Ok(Fingerprint(number))
}

fn recorded(listed: &Listed, place: &Place) -> Result<Recorded, String> {
    let class = Class::parse(&listed.classes).ok_or_else(|| {
        let (key, class) = (&listed.key, &listed.classes);
        format!(
            "`{class}` is no class of `{key}`: number, flag, duration, enum, literal, text or ?"
        )
    })?;
    Ok(Recorded {
        key: listed.key.clone(),
        ty: listed.ty.clone(),
        class,
        wrappers: Vec::new(),
        not_pii: None,
        needs_reason: false,
        is_late: false,
        places: vec![place.clone()],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Standing;

    #[test]
    fn a_site_that_was_read_makes_the_line_that_it_was_read_from() {
        for line in [
            "span close_day internal shop::day::close lines:?:? #0123456789abcdef new",
            "span close_day server shop::day scope=shop err=error.code() links cfg=unix n:u64:number #0123456789abcdef new",
            "event table_empty internal ? rows:?:? to:text:text #000000000000000f new",
        ] {
            let site = site(line, &Place::top("observed.toml")).unwrap();
            assert_eq!(Line::of(&site, Standing::New).to_string(), line);
        }
    }

    #[test]
    fn what_is_wrong_with_a_line_is_said() {
        for (line, message) in [
            ("span a", "at least"),
            (
                "span a internal b n:u64:late #0123456789abcdef new",
                "`late` is no class of `n`",
            ),
            (
                "span a internal b spoce=x #0123456789abcdef new",
                "`spoce=x` is neither",
            ),
        ] {
            let said = site(line, &Place::top("observed.toml")).unwrap_err();
            assert!(said.contains(message), "{line}: {said}");
        }
    }
}
