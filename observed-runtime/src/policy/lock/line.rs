//! One line of the lock: `span NAME KIND PATH .. #FINGERPRINT STANDING`.

/// What makes a record; an event and a span may have one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// `#[observed]` or `observed_span!`.
    Span,
    /// `observed_event!`.
    Event,
}

impl What {
    /// As the lock has it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Span => "span",
            Self::Event => "event",
        }
    }
}

/// What the runtime needs of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) what: What,
    pub(super) name: Box<str>,
    pub(super) fingerprint: u64,
    /// It was reviewed, or is exempt.
    pub(super) leaves: bool,
}

impl Line {
    /// Reads a line; the error says what is wrong with it.
    pub(super) fn parse(line: &str) -> Result<Self, &'static str> {
        let words = words(line)?;
        let [what, name, _kind, _path, .., fingerprint, standing] = words.as_slice() else {
            return Err("expected at least what, name, kind, path, fingerprint and standing");
        };
        let what = [What::Span, What::Event]
            .into_iter()
            .find(|it| it.as_str() == *what);
        let leaves = match *standing {
            "reviewed" | "exempt" => true,
            "new" => false,
            _ => return Err("expected a standing at the end: reviewed, exempt or new"),
        };
        Ok(Self {
            what: what.ok_or("expected `span` or `event` at the beginning")?,
            name: unquoted(name).into(),
            fingerprint: number(fingerprint)
                .ok_or("expected a fingerprint: `#` and sixteen hexadecimal digits")?,
            leaves,
        })
    }
}

fn number(fingerprint: &str) -> Option<u64> {
    let digits = fingerprint.strip_prefix('#').filter(|it| it.len() == 16)?;
    // `from_str_radix` takes a sign too.
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u64::from_str_radix(digits, 16).ok().filter(|_| is_plain)
}

/// The words of a line; one in quotes, as JSON has them, may hold blanks.
fn words(line: &str) -> Result<Vec<&str>, &'static str> {
    let (mut words, mut rest) = (Vec::new(), line.trim());
    while !rest.is_empty() {
        let end = match rest.strip_prefix('"') {
            Some(quoted) => 1 + closing(quoted).ok_or("a quote is not closed")?,
            None => rest.find(' ').unwrap_or(rest.len()),
        };
        let (word, after) = rest.split_at(end);
        words.push(word);
        rest = after.trim_start();
    }
    Ok(words)
}

/// A name as it is: those that need quotes, of requests, hold nothing that would be escaped (R3).
fn unquoted(name: &str) -> &str {
    let quoted = name.strip_prefix('"');
    let name_alone = quoted.and_then(|quoted| quoted.strip_suffix('"'));
    name_alone.unwrap_or(name)
}

/// Where a text in quotes ends, its last quote included.
fn closing(quoted: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, byte) in quoted.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}
