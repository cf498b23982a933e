//! One file: its `mod` lines, and all of it where it holds a word that matters.

use std::path::Path;
use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};

use super::seen::Seen;
use crate::failure::Result;
use crate::modules::declared::{declared, may_declare};
use crate::modules::{Member, words};
use crate::packages::{Described, Package};
use crate::source::names::Names;
use crate::source::{self, Setting};

/// The crates whose names may lead to the toolkit's macros.
pub(super) struct Known(Vec<String>);

impl Known {
    pub(super) fn of(package: &Package, packages: &Described) -> Self {
        let crates = packages.packages.iter().flat_map(|it| &it.roots);
        let crates = crates.map(|root| root.crate_name.clone());
        let runtime = package.runtime_names.iter().cloned();
        let runtime = runtime.chain(["observed_runtime".to_owned()]);
        Self(runtime.chain(crates).collect())
    }

    pub(super) fn may_lead_to_macros(&self, first: &str) -> bool {
        matches!(first, "crate" | "self" | "super") || self.0.iter().any(|it| it == first)
    }
}

/// Brackets in brackets beyond which nobody writes; a deeper file would need more stack than a thread has.
const DEEPEST: usize = 1000;

/// Reads one file, with the files of the modules that it declares.
pub(super) fn read(
    member: Member,
    packages: &Described,
    names: &Names,
) -> Result<(Seen, Vec<Member>)> {
    let text = member.text()?;
    let (declares, matters) = (
        may_declare(&text),
        words::may_matter(&text, &names.others()),
    );
    let mut seen = Seen {
        member,
        text,
        read: None,
    };
    let mut children = Vec::new();
    if declares || matters {
        let tokens = tokens(&seen)?;
        if declares {
            let found = declared(tokens.clone());
            children = seen.member.children(found, &packages.root)?;
        }
        if matters {
            parse(&mut seen, tokens, packages, names)?;
        }
    }
    Ok((seen, children))
}

/// Parses a file of which only the `mod` lines were read.
pub(super) fn read_whole(seen: &mut Seen, packages: &Described, names: &Names) -> Result<()> {
    let tokens = tokens(seen)?;
    parse(seen, tokens, packages, names)
}

fn tokens(seen: &Seen) -> Result<TokenStream> {
    // What was read of the file before is kept as plain data; its spans are not asked again.
    proc_macro2::extra::invalidate_current_thread_spans();
    let tokens = TokenStream::from_str(&without_shebang(&seen.text)).map_err(|error| {
        let place = error.span().start();
        broken(
            seen,
            place.line,
            "the text is not Rust: a bracket or a quote is not closed",
        )
    })?;
    if deepest(tokens.clone()) > DEEPEST {
        let message =
            format!("brackets stand more than {DEEPEST} deep; exclude the file from the crate");
        return Err(seen.member.failure(message));
    }
    Ok(tokens)
}

fn broken(seen: &Seen, line: usize, message: impl std::fmt::Display) -> crate::failure::Failure {
    seen.member.failure(format_args!(
        "line {line}: {message}; the file must compile before it can be read"
    ))
}

fn without_shebang(text: &str) -> String {
    let is_shebang = text.starts_with("#!")
        && !text[2..].trim_start().starts_with('[')
        && !text[2..].trim_start().starts_with('/');
    let is_path = text.starts_with("#!/");
    if !is_shebang && !is_path {
        return text.to_owned();
    }
    let end = text.find('\n').unwrap_or(text.len());
    format!("{}{}", " ".repeat(end), &text[end..])
}

fn deepest(tokens: TokenStream) -> usize {
    let (mut open, mut deepest) = (vec![tokens.into_iter()], 0);
    while let Some(last) = open.last_mut() {
        match last.next() {
            Some(TokenTree::Group(group)) => open.push(group.stream().into_iter()),
            Some(_) => {}
            None => {
                open.pop();
            }
        }
        deepest = deepest.max(open.len());
    }
    deepest
}

fn parse(seen: &mut Seen, tokens: TokenStream, packages: &Described, names: &Names) -> Result<()> {
    let package = &packages.packages[seen.member.package];
    let known = Known::of(package, packages);
    let setting = Setting {
        shown: &seen.member.shown,
        module: &seen.member.module,
        cfg: &seen.member.cfg,
        package: &package.name,
        is_member: package.is_member,
        names,
        known_crates: &known.0,
    };
    let read = source::read(tokens, &setting);
    seen.read = Some(read.map_err(|error| broken(seen, error.span().start().line, error))?);
    Ok(())
}

/// Reads one file alone, all of it if `is_whole`; gives its lines, and whether it is one that the parser knows.
pub(crate) fn alone(file: &Path, packages: &Described, is_whole: bool) -> Result<(usize, bool)> {
    let folder = file.parent().unwrap_or(file);
    let member = Member::root(0, "alone", file, folder);
    let text = member.text()?;
    let lines = text.lines().count();
    let matters = is_whole || words::may_matter(&text, &[]);
    if !matters && !may_declare(&text) {
        return Ok((lines, true));
    }
    let mut seen = Seen {
        member,
        text,
        read: None,
    };
    let read = tokens(&seen).and_then(|tokens| {
        // The modules are not followed, and must be readable.
        let _ = declared(tokens.clone());
        if matters {
            parse(&mut seen, tokens, packages, &Names::default())?;
        }
        Ok(())
    });
    Ok((lines, read.is_ok()))
}
