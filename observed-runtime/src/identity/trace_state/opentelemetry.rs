//! The member `ot` of a list: what samplers say to each other (OpenTelemetry, "`TraceState` Handling").

use super::super::threshold::{self, Threshold};
use super::{Carried, LONGEST_VALUE, Member, TraceState};

/// The key, and the sub-keys of the threshold and of an explicit random value.
const KEY: &str = "ot";
const THRESHOLD: &str = "th";
const RANDOM: &str = "rv";

impl TraceState {
    /// The threshold by which the trace was sampled so far, if that is known.
    pub(crate) fn threshold(&self) -> Option<Threshold> {
        match self {
            Self::Sampled(threshold) => *threshold,
            Self::List(list) => Threshold::parse(sub_value(list, THRESHOLD)?),
        }
    }

    /// The random value that stands in place of the trace id's.
    pub(crate) fn random(&self) -> Option<u64> {
        match self {
            Self::Sampled(_) => None,
            Self::List(list) => threshold::parse_random(sub_value(list, RANDOM)?),
        }
    }

    /// Puts another threshold in, or none; returns how many members had to go.
    #[inline]
    pub(crate) fn set_threshold(&mut self, threshold: Option<Threshold>) -> u64 {
        if let Self::Sampled(said) = self {
            *said = threshold;
            return 0;
        }
        let carried = std::mem::take(self).with_threshold(threshold);
        *self = carried.state;
        carried.dropped
    }

    /// This state with another threshold, or with none. What has changed is moved to the front (W3C Trace Context
    /// Level 2, section 3.5); the other sub-keys and members stay, and the last members go where there is no room.
    #[cold]
    pub(super) fn with_threshold(self, threshold: Option<Threshold>) -> Carried {
        let list = match &self {
            Self::Sampled(_) => return Carried::from(Self::Sampled(threshold)),
            Self::List(list) => list,
        };
        let said = sub_value(list, THRESHOLD);
        if said.and_then(Threshold::parse) == threshold && said.is_some() == threshold.is_some() {
            return Carried::from(self);
        }
        let text = threshold.map(|threshold| format!("{THRESHOLD}:{threshold}"));
        let others = sub_members(list).filter(|(key, _)| *key != THRESHOLD);
        let parts: Vec<&str> = text
            .as_deref()
            .into_iter()
            .chain(others.map(|(_, part)| part))
            .collect();
        let value = parts.join(";");
        if value.len() > LONGEST_VALUE {
            // Without room for it the probability is unknown, and an old threshold would be a wrong one.
            return self.with_threshold(None);
        }
        let own = format!("{KEY}={value}");
        let first = (!value.is_empty()).then_some(Member {
            text: &own,
            key: KEY,
        });
        let others = members(list).filter(|member| member.key != KEY);
        Carried::of(first.into_iter().chain(others).collect())
    }
}

impl From<TraceState> for Carried {
    fn from(state: TraceState) -> Self {
        Self { state, dropped: 0 }
    }
}

fn members(list: &str) -> impl Iterator<Item = Member<'_>> {
    list.split(',').filter_map(|text| {
        let (key, _) = text.split_once('=')?;
        Some(Member { text, key })
    })
}

/// The parts of the member `ot`, each with its sub-key.
fn sub_members(list: &str) -> impl Iterator<Item = (&str, &str)> {
    let own = members(list).find(|member| member.key == KEY);
    let value = own.and_then(|own| own.text.split_once('='));
    let parts = value.into_iter().flat_map(|(_, value)| value.split(';'));
    parts.map(|part| (part.split_once(':').map_or(part, |(key, _)| key), part))
}

fn sub_value<'a>(list: &'a str, key: &str) -> Option<&'a str> {
    let (_, part) = sub_members(list).find(|(sub_key, _)| *sub_key == key)?;
    part.split_once(':').map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(list: &str, threshold: Option<&str>) -> (String, u64) {
        let threshold = threshold.map(|digits| Threshold::parse(digits).unwrap());
        let carried = TraceState::of(list).with_threshold(threshold);
        (
            carried.state.header().unwrap_or_default().into_owned(),
            carried.dropped,
        )
    }

    fn written(list: &str, threshold: Option<&str>) -> String {
        let (written, dropped) = with(list, threshold);
        assert_eq!(dropped, 0, "{list}");
        written
    }

    #[test]
    fn threshold_and_random_value_are_read_where_they_are_valid() {
        let read = |list| {
            let state = TraceState::of(list);
            (
                state.threshold().map(|threshold| threshold.to_string()),
                state.random(),
            )
        };
        let some = |digits: &str| Some(digits.to_owned());
        assert_eq!(read("ot=th:0"), (some("0"), None));
        assert_eq!(read("ot=th:fd70a4"), (some("fd70a4"), None));
        assert_eq!(
            read("a=1,ot=p:8;rv:6e6d1a75832a2f;th:8,b=2"),
            (some("8"), Some(0x6e_6d1a_7583_2a2f))
        );
        for nothing in [
            "ot=th:",
            "ot=th",
            "ot=th:zz;rv:1",
            "tenant@ot=th:8",
            "x=th:8",
            "ot=xth:8;xrv:6e6d1a75832a2f",
        ] {
            assert_eq!(read(nothing), (None, None), "{nothing}");
        }
    }

    #[test]
    fn what_has_not_changed_stays_where_it_is() {
        for list in ["a=1,ot=rv:6e6d1a75832a2f;th:8,b=2", "ot=th:800", "ot=th:8"] {
            assert_eq!(written(list, Some("8")), list);
        }
        for list in ["", "a=1", "a=1,ot=rv:6e6d1a75832a2f"] {
            assert_eq!(written(list, None), list);
        }
    }

    #[test]
    fn a_new_threshold_comes_first_and_everything_else_stays() {
        assert_eq!(written("", Some("e666")), "ot=th:e666");
        assert_eq!(written("a=1,b=2", Some("0")), "ot=th:0,a=1,b=2");
        assert_eq!(
            written("a=1,ot=p:8;th:c;r:62,b=2", Some("e")),
            "ot=th:e;p:8;r:62,a=1,b=2"
        );
        assert_eq!(
            written("a=1,ot=th:nonsense,b=2", Some("e")),
            "ot=th:e,a=1,b=2"
        );
    }

    #[test]
    fn a_threshold_that_is_removed_leaves_the_rest() {
        assert_eq!(written("ot=th:c", None), "");
        assert_eq!(written("a=1,ot=th:c", None), "a=1");
        assert_eq!(
            written("a=1,ot=th:c;rv:6e6d1a75832a2f", None),
            "ot=rv:6e6d1a75832a2f,a=1"
        );
        assert_eq!(written("a=1,ot=th:nonsense", None), "a=1");
    }

    #[test]
    fn where_there_is_no_room_the_last_members_go_and_are_counted() {
        let members: Vec<String> = (0..32).map(|n| format!("k{n}=1")).collect();
        let expected = format!("ot=th:8,{}", members[..31].join(","));
        assert_eq!(with(&members.join(","), Some("8")), (expected, 1));
        let full = format!("ot=x:{}", "v".repeat(250));
        assert_eq!(
            written(&full, Some("8")),
            full,
            "it is left out where the member has no room"
        );
        assert_eq!(written(&format!("{full};th:c"), Some("8e")), full);
    }
}
