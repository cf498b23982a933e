//! Who may do what: the profiles of the rules file.

mod window;

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use subtle::ConstantTimeEq;

use crate::registry;
pub use window::Window;

/// All profiles.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    profiles: Vec<Profile>,
}

/// What the holder of a key may do.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// A name for log lines and counters; never the key.
    pub name: String,
    api_key: String,
    /// Actions that it may ask for; all where it is left out.
    actions: Option<Vec<String>>,
    /// Contexts that it may name; all where it is left out.
    contexts: Option<Vec<String>>,
    /// Requests in a minute; no limit where it is left out.
    pub rate_per_minute: Option<u32>,
    /// What its payloads may not have.
    #[serde(default)]
    payload: PayloadPolicy,
    /// When it may ask; always where it is left out.
    pub window: Option<Window>,
}

/// What a payload may not have.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct PayloadPolicy {
    /// Bytes of its JSON; the service's own limit binds too.
    max_bytes: Option<usize>,
    /// Fields, at any depth.
    #[serde(default)]
    forbidden_fields: Vec<String>,
}

impl Rules {
    /// One profile that may do everything.
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

    /// The rules of a file in TOML.
    ///
    /// # Errors
    /// When it cannot be read, is not what it should be, or names an action or a context that does not exist.
    pub fn read(path: &Path) -> Result<Self, String> {
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("cannot read the rules {shown}: {error}"))?;
        Self::parse(&text).map_err(|error| format!("the rules {shown}: {error}"))
    }

    fn parse(text: &str) -> Result<Self, String> {
        // The parser's own text repeats the line, which may hold a key.
        let rules: Self = toml::from_str(text).map_err(|error| {
            let line = error
                .span()
                .map_or(0, |span| text[..span.start].lines().count().max(1));
            format!("line {line}: {}", error.message())
        })?;
        rules.check()?;
        Ok(rules)
    }

    fn check(&self) -> Result<(), String> {
        if self.profiles.is_empty() {
            return Err("there is no [[profiles]]: nobody could ask for anything".to_owned());
        }
        for (position, profile) in self.profiles.iter().enumerate() {
            let name = &profile.name;
            if profile.api_key.is_empty() {
                return Err(format!("profile `{name}` has an empty api_key"));
            }
            let others = &self.profiles[..position];
            if others
                .iter()
                .any(|other| other.api_key == profile.api_key || other.name == *name)
            {
                return Err(format!(
                    "profile `{name}` has the name or the key of another one"
                ));
            }
            let unknown = |known: fn(&str) -> bool, list: &Option<Vec<String>>| {
                list.iter().flatten().find(|item| !known(item)).cloned()
            };
            let of_actions = unknown(|item| registry::action(item).is_some(), &profile.actions);
            let of_contexts = unknown(|item| registry::context(item).is_some(), &profile.contexts);
            if let Some(item) = of_actions.or(of_contexts) {
                return Err(format!(
                    "profile `{name}` names `{item}`, which does not exist"
                ));
            }
            profile.window.as_ref().map_or(Ok(()), Window::check)?;
        }
        Ok(())
    }

    /// The profile of this key. Every key is compared, in constant time.
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

    /// True when some profile has this key.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        self.profile_of(key).is_some()
    }
}

impl Profile {
    /// Whether it may ask for this action.
    #[must_use]
    pub fn allows_action(&self, action: &str) -> bool {
        allows(self.actions.as_ref(), action)
    }

    /// Whether it may name this context.
    #[must_use]
    pub fn allows_context(&self, context: &str) -> bool {
        allows(self.contexts.as_ref(), context)
    }

    /// Whether a payload keeps to its policy.
    #[must_use]
    pub fn allows_payload(&self, payload: &Value) -> bool {
        let policy = &self.payload;
        policy
            .max_bytes
            .is_none_or(|most| payload.to_string().len() <= most)
            && !has_field(payload, &policy.forbidden_fields)
    }
}

fn allows(list: Option<&Vec<String>>, item: &str) -> bool {
    list.is_none_or(|list| list.iter().any(|allowed| allowed == item))
}

/// A parsed value has at most the parser's 128 levels, so the recursion is bounded.
fn has_field(value: &Value, names: &[String]) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| has_field(item, names)),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| names.contains(name) || has_field(value, names)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const FULL: &str = r#"
        [[profiles]]
        name = "partner"
        api_key = "partner-key"
        actions = ["summarize_text"]
        contexts = ["ctx-production"]
        rate_per_minute = 60
        payload = { max_bytes = 100, forbidden_fields = ["password"] }
        window = { from = "08:00", to = "18:00", days = ["mon", "fri"] }
    "#;

    #[test]
    fn a_profile_allows_what_it_names() {
        let rules = Rules::parse(FULL).unwrap();
        let profile = rules.profile_of("partner-key").unwrap();
        assert!(rules.profile_of("partner-ke").is_none() && !rules.knows(""));
        assert!(profile.allows_action("summarize_text") && !profile.allows_action("always_fail"));
        assert!(profile.allows_context("ctx-production"));
        assert!(profile.allows_payload(&json!({ "text": "short" })));
        assert!(!profile.allows_payload(&json!({ "text": "x".repeat(100) })));
        assert!(!profile.allows_payload(&json!({ "deep": [{ "password": 1 }] })));
    }

    #[test]
    fn rules_that_are_wrong_are_refused_with_the_place_and_without_the_key() {
        for (from, to, expected) in [
            (
                "name = \"partner\"",
                "nmae = \"partner\"",
                "line 3: unknown field",
            ),
            (
                "summarize_text",
                "no_such_action",
                "`no_such_action`, which does not exist",
            ),
            ("partner-key", "", "empty api_key"),
            (
                "08:00",
                "8 o'clock",
                "`from` and `to` are times such as 08:30",
            ),
            ("[[profiles]]", "profiles = []\n[other]", "line"),
        ] {
            let error = Rules::parse(&FULL.replace(from, to)).unwrap_err();
            assert!(error.contains(expected), "{from}: {error}");
            assert!(!error.contains("partner-key"), "{error}");
        }
        let twice = format!("{FULL}{}", FULL.replace("partner-key", "other-key"));
        assert!(Rules::parse(&twice).unwrap_err().contains("of another one"));
    }

    #[test]
    fn one_key_may_do_everything_where_there_is_no_file() {
        let rules = Rules::everything("key");
        let profile = rules.profile_of("key").unwrap();
        assert!(profile.allows_action("anything") && profile.allows_payload(&json!({})));
    }
}
