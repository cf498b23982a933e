//! What may leave the process: the firewall's mode, the allow-list, the longest text.

use std::collections::BTreeSet;

use super::Reader;
use super::limits::{self, Limits};
use super::reader;

/// What the firewall does with what looks like personal data or a credential.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum OnHit {
    /// The attribute does not leave.
    #[default]
    Drop,
    /// Its key leaves, with `[withheld]` in place of the value.
    Mask,
    /// Nothing is looked at.
    Off,
}

impl OnHit {
    /// As the setting has it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Drop => "drop",
            Self::Mask => "mask",
            Self::Off => "off",
        }
    }
}

/// The settings of the firewall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Privacy {
    /// `OBSERVED_FIREWALL`.
    pub(crate) on_hit: OnHit,
    /// `OBSERVED_ATTRIBUTE_ALLOWLIST`: only these keys leave; nothing for all.
    pub(crate) allowed: Option<BTreeSet<String>>,
    /// `OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT`, else `OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT`: bytes of one text.
    pub(crate) max_text: usize,
    /// `OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT`, else `OTEL_ATTRIBUTE_COUNT_LIMIT`: attributes of one span.
    pub(crate) max_attributes: usize,
    /// What else is limited.
    pub(crate) limits: Limits,
}

impl Default for Privacy {
    fn default() -> Self {
        Self {
            on_hit: OnHit::Drop,
            allowed: None,
            max_text: DEFAULT_LENGTH,
            max_attributes: DEFAULT_COUNT,
            limits: Limits::default(),
        }
    }
}

const FIREWALL: &str = "OBSERVED_FIREWALL";
const ALLOWLIST: &str = "OBSERVED_ATTRIBUTE_ALLOWLIST";
const LENGTHS: [&str; 2] = [
    "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
    "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT",
];
const DEFAULT_LENGTH: usize = 256;
const COUNTS: [&str; 2] = [
    "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
    "OTEL_ATTRIBUTE_COUNT_LIMIT",
];
/// Of the OpenTelemetry specification.
const DEFAULT_COUNT: usize = 128;

pub(super) fn read(reader: &mut Reader<'_>) -> Privacy {
    let mode = reader.text(FIREWALL).map(|mode| mode.to_ascii_lowercase());
    let on_hit = match mode.as_deref() {
        None | Some("drop") => OnHit::Drop,
        Some("mask") => OnHit::Mask,
        Some("off") => {
            reader.warn(
                FIREWALL,
                "off: texts leave without being looked at for personal data and credentials",
            );
            OnHit::Off
        }
        Some(_) => {
            reader.reject(FIREWALL, "drop, mask or off");
            OnHit::Drop
        }
    };
    Privacy {
        on_hit,
        allowed: allowed(reader),
        max_text: limit(reader, LENGTHS).unwrap_or(DEFAULT_LENGTH),
        max_attributes: limit(reader, COUNTS).unwrap_or(DEFAULT_COUNT),
        limits: limits::read(reader),
    }
}

fn limit(reader: &mut Reader<'_>, variables: [&'static str; 2]) -> Option<usize> {
    reader.first_valid(&variables, reader::LIMIT, reader::limit)
}

fn allowed(reader: &mut Reader<'_>) -> Option<BTreeSet<String>> {
    let list = reader.text(ALLOWLIST)?;
    let keys: BTreeSet<String> = list.split(',').map(|key| key.trim().to_owned()).collect();
    let is_key = |key: &String| {
        key.starts_with(|first: char| first.is_ascii_lowercase())
            && key.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._".contains(&byte)
            })
    };
    if !keys.iter().all(is_key) {
        reader.reject(ALLOWLIST, "keys of attributes separated by commas");
    }
    Some(keys)
}
