//! `cargo observed review`: a person looks, and answers for each site by itself.

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use super::shared::{decided, write};
use crate::cli::Shared;
use crate::day;
use crate::exit;
use crate::failure::{Failure, Result};
use crate::git;
use crate::lock::{Line, Lock};
use crate::people::{self, People, Review, Standing};
use crate::rules;
use crate::show;
use crate::site::Site;
use crate::survey;

/// Shows what would leave, asks, and writes the answers.
pub(super) fn run(shared: &Shared, name: Option<&str>, url: Option<&str>) -> Result<u8> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let message = "a review is a person's: it needs a terminal, and has no --yes";
        return Err(Failure::new(message));
    }
    let survey = shared.survey()?;
    let mut people = decided(&survey)?;
    let root = survey::root(&survey.packages);
    let who = git::run(root, &["config", "user.name"], None).unwrap_or_default();
    let who = String::from_utf8_lossy(&who).trim().to_owned();
    if who.is_empty() {
        let message = "git knows no user.name to write down: git config user.name \"Your Name\"";
        return Err(Failure::new(message));
    }
    let lock = Lock::read(root)?.unwrap_or_default();
    let mut names: Vec<&str> = survey.sites.iter().map(|site| site.name.as_str()).collect();
    names.dedup();
    match name {
        Some(name) if !names.contains(&name) => {
            return Err(Failure::new(format!(
                "no span or event `{name}`; `cargo observed list` shows them"
            )));
        }
        Some(name) => names.retain(|it| *it == name),
        None => names.retain(|name| {
            of_name(&survey.sites, name).any(|site| people.standing(site) == Standing::New)
        }),
    }
    let mut terminal = Terminal {
        input: std::io::stdin().lock(),
        output: std::io::stdout(),
    };
    for name in names {
        let sites: Vec<&Site> = of_name(&survey.sites, name).collect();
        if !terminal.approves(&sites, &people, &lock, root)? {
            continue;
        }
        let review = Review {
            who: who.clone(),
            when: day::today(),
            url: url.unwrap_or_default().to_owned(),
            seals: sites.iter().map(|site| site.seal()).collect(),
            ..Review::default()
        };
        people::review(&mut people.document, name, &review);
        let text = people.document.to_string();
        people = people::with_imports(people::parse(&text)?, root)?;
        write(&root.join(people::FILE), &text)?;
        write(
            &crate::lock::path(root),
            &Lock::of(&survey.sites, &people).text(),
        )?;
    }
    Ok(exit::CLEAN)
}

fn of_name<'a>(sites: &'a [Site], name: &'a str) -> impl Iterator<Item = &'a Site> {
    sites.iter().filter(move |site| site.name == name)
}

struct Terminal<I, O> {
    input: I,
    output: O,
}

impl<I: BufRead, O: Write> Terminal<I, O> {
    /// Shows every site of a name, and asks about each; one `n` leaves the name as it is.
    fn approves(
        &mut self,
        sites: &[&Site],
        people: &People,
        lock: &Lock,
        root: &Path,
    ) -> Result<bool> {
        for site in sites {
            self.say(&show::site(site, people, root))?;
            self.say(&since(site, people, lock))?;
            if !self.asked()? {
                self.say("left as it is\n\n")?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn asked(&mut self) -> Result<bool> {
        loop {
            self.say("May this leave? [y/n] ")?;
            let mut answer = String::new();
            let read = self
                .input
                .read_line(&mut answer)
                .map_err(|error| terminal(&error))?;
            match answer.trim() {
                "y" | "yes" => return Ok(true),
                "n" | "no" => return Ok(false),
                _ if read == 0 => return Ok(false),
                _ => {}
            }
        }
    }

    fn say(&mut self, text: &str) -> Result<()> {
        let said = self
            .output
            .write_all(text.as_bytes())
            .and_then(|()| self.output.flush());
        said.map_err(|error| terminal(&error))
    }
}

fn terminal(error: &std::io::Error) -> Failure {
    Failure::new(format!("the terminal: {error}"))
}

/// What changed since the lock was written.
fn since(site: &Site, people: &People, lock: &Lock) -> String {
    let now = Line::of(site, people.standing(site));
    let before = lock
        .lines
        .iter()
        .find(|it| it.name == now.name && it.path == now.path);
    match before {
        Some(before) if *before == now => {
            "  nothing changed since observed.lock was written\n".to_owned()
        }
        Some(before) => format!(
            "  changed since observed.lock was written: {}\n",
            rules::changes(before, &now)
        ),
        None => "  it is not in observed.lock\n".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(typed: &str) -> (bool, String) {
        let mut terminal = Terminal {
            input: typed.as_bytes(),
            output: Vec::new(),
        };
        let answer = terminal.asked().unwrap();
        (answer, String::from_utf8(terminal.output).unwrap())
    }

    #[test]
    fn only_a_yes_is_a_yes_and_the_end_of_the_input_is_a_no() {
        assert!(answered("y\n").0 && answered("what\nyes\n").0);
        for typed in ["n\n", "no\n", "", "\n\n", "maybe\nn\n", "Y E S\n"] {
            assert!(!answered(typed).0, "{typed:?}");
        }
        assert_eq!(
            answered("what\nyes\n").1.matches("May this leave?").count(),
            2
        );
    }
}
