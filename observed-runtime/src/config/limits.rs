//! How many events and links a span may have, and how many attributes an event.

use super::Reader;

/// The most events, and the most links, that the record of one span holds.
pub(crate) const MOST: usize = 1_024;

/// Of the OpenTelemetry specification.
const DEFAULT: usize = 128;

const EVENTS: &str = "OTEL_SPAN_EVENT_COUNT_LIMIT";
const LINKS: &str = "OTEL_SPAN_LINK_COUNT_LIMIT";
const EVENT_ATTRIBUTES: &str = "OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT";
/// Checked, and always held: links have no attributes here.
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
    /// The variables that ask for more than a record holds.
    pub(crate) too_high: Vec<&'static str>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            events: DEFAULT,
            links: DEFAULT,
            event_attributes: DEFAULT,
            too_high: Vec::new(),
        }
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Limits {
    let (events, links) = (limit(reader, EVENTS), limit(reader, LINKS));
    limit(reader, LINK_ATTRIBUTES);
    let wanted = [(EVENTS, events), (LINKS, links)];
    let too_high = wanted.into_iter().filter(|(_, wanted)| *wanted > MOST);
    Limits {
        events: events.min(MOST),
        links: links.min(MOST),
        event_attributes: limit(reader, EVENT_ATTRIBUTES),
        too_high: too_high.map(|(variable, _)| variable).collect(),
    }
}

fn limit(reader: &mut Reader<'_>, variable: &'static str) -> usize {
    let limit = reader.first_valid(&[variable], ACCEPTED, parse);
    limit.unwrap_or(DEFAULT)
}

/// What [`parse`] takes.
const ACCEPTED: &str = "a whole number from 0 to 2147483647";

/// A whole number in digits; the largest is what other SDKs take for no limit.
fn parse(text: &str) -> Option<usize> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let limit: i32 = text.parse().ok().filter(|_| is_plain)?;
    usize::try_from(limit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Settings, Source};

    fn limits(settings: &[(&str, &str)]) -> Result<Limits, String> {
        let mut source = Source::default();
        let settings = settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        source.replace(settings);
        Settings::read(&source, "test").map(|settings| settings.privacy.limits)
    }

    #[test]
    fn each_limit_is_read_and_none_is_that_of_the_specification() {
        assert_eq!(limits(&[]).unwrap(), Limits::default());
        let read = limits(&[
            (EVENTS, "3"),
            (LINKS, "0"),
            (EVENT_ATTRIBUTES, "2147483647"),
        ])
        .unwrap();
        let expected = Limits {
            events: 3,
            links: 0,
            event_attributes: 2_147_483_647,
            too_high: vec![],
        };
        assert_eq!(read, expected);
    }

    #[test]
    fn the_limit_of_the_attributes_of_links_is_checked_although_links_have_none() {
        for limit in ["0", "128", "2147483647"] {
            assert_eq!(
                limits(&[(LINK_ATTRIBUTES, limit)]).unwrap(),
                Limits::default()
            );
        }
        let reason = limits(&[(LINK_ATTRIBUTES, "many")]).unwrap_err();
        assert_eq!(
            reason,
            format!("{LINK_ATTRIBUTES} is malformed: it takes {ACCEPTED}")
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
                    format!("{variable} is malformed: it takes {ACCEPTED}")
                );
            }
        }
    }

    #[test]
    fn a_limit_above_what_a_record_holds_is_held_at_that_and_named() {
        let read = limits(&[(EVENTS, "1024"), (LINKS, "1025")]).unwrap();
        assert_eq!((read.events, read.links), (MOST, MOST));
        assert_eq!(read.too_high, [LINKS]);
        let read = limits(&[(EVENTS, "2147483647"), (LINKS, "1024")]).unwrap();
        assert_eq!((read.events, read.too_high), (MOST, vec![EVENTS]));
    }
}
