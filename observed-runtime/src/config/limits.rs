//! How many events and links a span may have, and how many attributes an event.

use super::Reader;
use super::reader;

/// The most events, and the most links, that the record of one span holds.
pub(crate) const MOST: usize = 1_024;

/// Of the OpenTelemetry specification.
const DEFAULT: usize = 128;

const EVENTS: &str = "OTEL_SPAN_EVENT_COUNT_LIMIT";
const LINKS: &str = "OTEL_SPAN_LINK_COUNT_LIMIT";
const EVENT_ATTRIBUTES: &str = "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT";
const LINK_ATTRIBUTES: &str = "OTEL_LINK_ATTRIBUTE_COUNT_LIMIT";

/// The limits that the worker applies to each span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// `OTEL_SPAN_EVENT_COUNT_LIMIT`, at most [`MOST`].
    pub(crate) events: usize,
    /// `OTEL_SPAN_LINK_COUNT_LIMIT`, at most [`MOST`].
    pub(crate) links: usize,
    /// `OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT`.
    pub(crate) event_attributes: usize,
    /// `OTEL_LINK_ATTRIBUTE_COUNT_LIMIT`.
    #[allow(dead_code, reason = "always held: links have no attributes here")]
    pub(crate) link_attributes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            events: DEFAULT,
            links: DEFAULT,
            event_attributes: DEFAULT,
            link_attributes: DEFAULT,
        }
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Limits {
    Limits {
        events: held(reader, EVENTS),
        links: held(reader, LINKS),
        event_attributes: limit(reader, EVENT_ATTRIBUTES),
        link_attributes: limit(reader, LINK_ATTRIBUTES),
    }
}

/// A limit up to what a record holds; a higher one is told.
fn held(reader: &mut Reader<'_>, variable: &'static str) -> usize {
    let wanted = limit(reader, variable);
    if wanted > MOST {
        reader.warn(
            variable,
            &format!("held at {MOST}, the most that a span can have"),
        );
    }
    wanted.min(MOST)
}

fn limit(reader: &mut Reader<'_>, variable: &'static str) -> usize {
    let limit = reader.first_valid(&[variable], reader::LIMIT, reader::limit);
    limit.unwrap_or(DEFAULT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Settings, Source};

    fn settings(settings: &[(&str, &str)]) -> Result<Settings, String> {
        let mut source = Source::default();
        let settings = settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        source.replace(settings);
        Settings::read(&source, "test").map_err(|refused| refused.reason)
    }

    fn limits(set: &[(&str, &str)]) -> Result<Limits, String> {
        settings(set).map(|settings| settings.privacy.limits)
    }

    #[test]
    fn each_limit_is_read_and_none_is_that_of_the_specification() {
        assert_eq!(limits(&[]).unwrap(), Limits::default());
        let set = [
            (EVENTS, "3"),
            (LINKS, "0"),
            (EVENT_ATTRIBUTES, "2147483647"),
        ];
        let read = limits(&set).unwrap();
        let expected = Limits {
            events: 3,
            links: 0,
            event_attributes: 2_147_483_647,
            link_attributes: 128,
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn the_limit_of_the_attributes_of_links_is_checked_although_links_have_none() {
        for limit in ["0", "128", "2147483647"] {
            let read = settings(&[(LINK_ATTRIBUTES, limit)]).unwrap();
            assert_eq!(read.privacy.limits.link_attributes.to_string(), limit);
            assert_eq!(read.warnings, [""; 0]);
        }
        let reason = limits(&[(LINK_ATTRIBUTES, "many")]).unwrap_err();
        assert_eq!(
            reason,
            format!("{LINK_ATTRIBUTES} is malformed: it takes {}", reader::LIMIT)
        );
    }

    #[test]
    fn a_malformed_limit_is_named_with_what_it_takes_and_without_its_value() {
        for variable in [EVENTS, LINKS, EVENT_ATTRIBUTES, LINK_ATTRIBUTES] {
            for value in [
                "-1",
                "+1",
                "1e3",
                "2147483648",
                "9999999999999999999999",
                "all",
            ] {
                let reason = limits(&[(variable, value)]).unwrap_err();
                assert_eq!(
                    reason,
                    format!("{variable} is malformed: it takes {}", reader::LIMIT)
                );
            }
        }
    }

    #[test]
    fn a_limit_above_what_a_record_holds_is_held_at_that_and_named() {
        let told = |variable| format!("{variable}: held at 1024, the most that a span can have");
        let read = settings(&[(EVENTS, "1024"), (LINKS, "1025")]).unwrap();
        let limits = &read.privacy.limits;
        assert_eq!((limits.events, limits.links), (MOST, MOST));
        assert_eq!(read.warnings, [told(LINKS)]);
        let read = settings(&[(EVENTS, "2147483647"), (LINKS, "1024")]).unwrap();
        assert_eq!(read.privacy.limits.events, MOST);
        assert_eq!(read.warnings, [told(EVENTS)]);
    }
}
