//! `observed.lock` as the program was built with it: which annotations may let something out (R21).
//!
//! `cargo observed` writes the file. Here it is only read, and strictly: of a line that cannot be read nobody knows what it
//! was to let out. Messages name the line and never quote it, because the text may be that of another file.

mod line;
#[cfg(test)]
mod tests;

use line::Line;
pub(crate) use line::What;

/// The lines of a lock.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Lock(Vec<Line>);

impl Lock {
    /// Reads the text of a lock.
    ///
    /// # Errors
    /// Where it cannot be read, and what to do.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let at = |number: usize, message: &str| {
            format!(
                "observed.lock, line {}: {message}; run `cargo observed sync` to make the file anew",
                number + 1
            )
        };
        let (mut lines, mut has_version) = (Vec::new(), false);
        for (number, line) in text.lines().enumerate() {
            match line.trim() {
                "" => {}
                "version 1" => has_version = true,
                it if it.starts_with('#') => {}
                it if it.starts_with("version ") => {
                    return Err(at(number, "a version that this release does not know"));
                }
                it if ["<<<<<<<", "=======", ">>>>>>>"]
                    .iter()
                    .any(|mark| it.starts_with(mark)) =>
                {
                    return Err(at(number, "a conflict of a merge is left"));
                }
                it => lines.push(Line::parse(it).map_err(|message| at(number, message))?),
            }
        }
        if !has_version {
            return Err(at(0, "`version 1` is missing"));
        }
        Ok(Self(lines))
    }

    /// True where every line for what leaves here, a request where it has no name, says that it was reviewed, or exempts it, and there is one.
    ///
    /// Called once for each site, so a list is as good as a map.
    pub(crate) fn lets_out(&self, what: What, name: Option<&str>, fingerprint: u64) -> bool {
        let mut alike = self.alike(what, name, fingerprint);
        alike.next().is_some_and(|first| first.leaves) && alike.all(|line| line.leaves)
    }

    /// True where there is a line for what leaves here, whatever it says.
    #[cfg(feature = "testing")]
    pub(crate) fn lists(&self, what: What, name: Option<&str>, fingerprint: u64) -> bool {
        self.alike(what, name, fingerprint).next().is_some()
    }

    fn alike(
        &self,
        what: What,
        name: Option<&str>,
        fingerprint: u64,
    ) -> impl Iterator<Item = &Line> {
        // A request is listed by its parts, `METHOD template`: no other name has a blank.
        let is_named_so = move |line: &Line| match name {
            Some(name) => *line.name == *name,
            None => line.name.contains(' '),
        };
        let lines = self.0.iter();
        lines.filter(move |line| {
            (line.what, line.fingerprint) == (what, fingerprint) && is_named_so(line)
        })
    }
}

/// The beginning of the text's SHA-256, as `sha256sum` prints it; the line ends of a checkout change nothing.
#[cfg(feature = "otlp")]
pub(crate) fn digest(text: &str) -> String {
    use std::fmt::Write;

    use sha2::{Digest, Sha256};

    let hash = Sha256::digest(text.replace("\r\n", "\n"));
    hash.iter().take(8).fold(String::new(), |mut digits, byte| {
        // A `String` takes whatever is written.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
