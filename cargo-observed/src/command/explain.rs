//! `cargo observed explain`

use super::shared::{decided, print};
use crate::catalogue::{self, RULES};
use crate::cli::Shared;
use crate::exit;
use crate::failure::{Failure, Result};
use crate::show;
use crate::survey;

/// Explains a rule or shows a span; without a name lists the rules.
pub(super) fn run(shared: &Shared, name: Option<&str>) -> Result<u8> {
    let Some(name) = name else {
        let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
        for rule in RULES {
            print(&format!(
                "{:width$}  {:5}  {}\n",
                rule.id,
                rule.level.word(),
                rule.short
            ));
        }
        return Ok(exit::CLEAN);
    };
    if let Some(rule) = catalogue::find(name) {
        print(&format!(
            "{}\n\nLevel: {}. Remedy: {}.\n",
            rule.page.trim_end(),
            rule.level.word(),
            rule.remedy
        ));
        return Ok(exit::CLEAN);
    }
    if observed_syntax::Rule::ALL
        .iter()
        .any(|rule| rule.id() == name)
    {
        let requirement = name.split('-').next().unwrap_or(name);
        print(&format!(
            "{name} is a rule of the compiler: its message says what to write instead. It keeps requirement {requirement} \
             of docs/requirements.md.\n"
        ));
        return Ok(exit::CLEAN);
    }
    let survey = shared.survey()?;
    let people = decided(&survey)?;
    let sites: Vec<_> = survey
        .sites
        .iter()
        .filter(|site| site.name == name)
        .collect();
    for site in &sites {
        print(&show::site(site, &people, survey::root(&survey.packages)));
    }
    if sites.is_empty() {
        let names = survey
            .sites
            .iter()
            .map(|site| site.name.as_str())
            .chain(RULES.iter().map(|rule| rule.id));
        let near = names.min_by_key(|it| strsim::osa_distance(it, name));
        let near = near
            .map(|it| format!("; did you mean `{it}`?"))
            .unwrap_or_default();
        return Err(Failure::new(format!(
            "no rule and no span or event `{name}`{near}"
        )));
    }
    Ok(exit::CLEAN)
}
