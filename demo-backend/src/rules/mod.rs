//! The rules file: its profiles, found by key.

mod error;
mod profile;
mod window;

use std::path::Path;

use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::registry;
pub use error::{Mistake, RulesError};
use profile::PayloadPolicy;
pub use profile::Profile;
pub use window::{Window, WindowError};

/// The longest name of a profile, in bytes.
const LONGEST_NAME: usize = 64;

/// All profiles.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    profiles: Vec<Profile>,
}

impl Rules {
    /// Makes one profile that may do everything.
    #[must_use]
    pub fn everything(api_key: &str) -> Self {
        Self {
            profiles: vec![Profile {
                name: "default".to_owned(),
                api_key: api_key.to_owned(),
                actions: None,
                contexts: None,
                rate_per_minute: None,
                payload: PayloadPolicy::default(),
                window: None,
            }],
        }
    }

    /// Reads the rules of a file in TOML.
    ///
    /// # Errors
    /// When it cannot be read, is not what it should be, or names an action or a context that does not exist.
    pub fn read(path: &Path) -> Result<Self, RulesError> {
        let text = std::fs::read_to_string(path).map_err(|error| RulesError::Unreadable {
            path: path.to_owned(),
            error,
        })?;
        Self::parse(&text).map_err(|mistake| RulesError::Wrong {
            path: path.to_owned(),
            mistake,
        })
    }

    /// Reads rules from their text in TOML.
    ///
    /// # Errors
    /// At the first mistake.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        // The parser's own text repeats the line, which may hold a key.
        let rules: Self = toml::from_str(text).map_err(|error| {
            let line = error
                .span()
                .map_or(0, |span| text[..span.start].lines().count().max(1));
            let message = error.message().to_owned();
            Mistake::Syntax { line, message }
        })?;
        rules.check()?;
        Ok(rules)
    }

    fn check(&self) -> Result<(), Mistake> {
        if self.profiles.is_empty() {
            return Err(Mistake::NoProfile);
        }
        for (position, profile) in self.profiles.iter().enumerate() {
            let name = &profile.name;
            if !(1..=LONGEST_NAME).contains(&name.len()) {
                return Err(Mistake::Name(LONGEST_NAME));
            }
            if profile.api_key.is_empty() {
                return Err(Mistake::EmptyKey(name.clone()));
            }
            let others = &self.profiles[..position];
            if others
                .iter()
                .any(|other| other.api_key == profile.api_key || other.name == *name)
            {
                return Err(Mistake::Repeated(name.clone()));
            }
            let unknown = |known: fn(&str) -> bool, list: &Option<Vec<String>>| {
                list.iter().flatten().find(|item| !known(item)).cloned()
            };
            let of_actions = unknown(|item| registry::action(item).is_some(), &profile.actions);
            let of_contexts = unknown(|item| registry::context(item).is_some(), &profile.contexts);
            if let Some(item) = of_actions.or(of_contexts) {
                return Err(Mistake::Unknown {
                    profile: name.clone(),
                    item,
                });
            }
            profile.window.as_ref().map_or(Ok(()), Window::check)?;
        }
        Ok(())
    }

    /// Returns the profile of this key. Every key is compared, in constant time.
    #[must_use]
    pub fn profile_of(&self, key: &str) -> Option<&Profile> {
        let mut found = None;
        for profile in &self.profiles {
            if profile.api_key.as_bytes().ct_eq(key.as_bytes()).into() {
                found = Some(profile);
            }
        }
        found
    }

    /// Returns all profiles.
    #[must_use]
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// Returns whether some profile has this key.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        self.profile_of(key).is_some()
    }
}

#[cfg(test)]
mod tests;
