//! The hours and days in which a profile may ask, in UTC.

use std::time::{SystemTime, UNIX_EPOCH};

use serde::Deserialize;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;
/// 1 January 1970 was a Thursday.
const DAY_OF_THE_EPOCH: u64 = 3;

/// A window from one time of the day to another one; over midnight where the second is the earlier one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    from: String,
    to: String,
    /// All days where it is left out.
    #[serde(default)]
    days: Vec<String>,
}

/// The reason why a window is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WindowError {
    /// A time that is not `HH:MM`.
    #[error("`from` and `to` are times such as 08:30")]
    Time,
    /// It closes when it opens.
    #[error("a window that opens and closes at the same time is never open")]
    NeverOpen,
    /// A day that is not in the list.
    #[error("`{0}` is no day; there are {days}", days = DAYS.join(", "))]
    Day(String),
}

impl Window {
    pub(super) fn check(&self) -> Result<(), WindowError> {
        if minutes(&self.from).is_none() || minutes(&self.to).is_none() {
            return Err(WindowError::Time);
        }
        if self.from == self.to {
            return Err(WindowError::NeverOpen);
        }
        match self.days.iter().find(|day| !DAYS.contains(&day.as_str())) {
            Some(day) => Err(WindowError::Day(day.clone())),
            None => Ok(()),
        }
    }

    /// Returns whether it is open at `now`.
    #[must_use]
    pub fn is_open(&self, now: SystemTime) -> bool {
        let seconds = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let today = seconds / SECONDS_OF_A_DAY + DAY_OF_THE_EPOCH;
        let minute = (seconds % SECONDS_OF_A_DAY) / 60;
        let (Some(from), Some(to)) = (minutes(&self.from), minutes(&self.to)) else {
            return false;
        };
        // Over midnight, the days are those on which it opens.
        let (in_hours, opened) = if from <= to {
            ((from..to).contains(&minute), today)
        } else if minute < to {
            (true, today + 6)
        } else {
            (minute >= from, today)
        };
        let day = DAYS[(opened % 7) as usize];
        in_hours && (self.days.is_empty() || self.days.iter().any(|open| open == day))
    }
}

/// Reads the minutes since midnight of `HH:MM`, up to 24:00.
fn minutes(time: &str) -> Option<u64> {
    let (hours, minutes) = time.split_once(':')?;
    let number = |text: &str| {
        let is_two_digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u64>().ok().filter(|_| is_two_digits)
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let time = hours * 60 + minutes;
    (minutes < 60 && time <= 24 * 60).then_some(time)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn window(from: &str, to: &str, days: &[&str]) -> Window {
        Window {
            from: from.to_owned(),
            to: to.to_owned(),
            days: days.iter().map(|day| (*day).to_owned()).collect(),
        }
    }

    #[test]
    fn hours_and_days_are_those_of_utc() {
        // Monday, 23 November 2026, 09:30.
        let monday = UNIX_EPOCH + Duration::from_mins(29_923_770);
        for (from, to, days, open) in [
            ("09:30", "09:31", &[][..], true),
            ("09:31", "18:00", &[], false),
            ("00:00", "24:00", &["mon"], true),
            ("00:00", "24:00", &["tue", "sun"], false),
            ("22:00", "10:00", &[], true),
            ("22:00", "09:30", &[], false),
            ("22:00", "10:00", &["sun"], true),
            ("22:00", "10:00", &["mon"], false),
            ("09:00", "08:00", &["mon"], true),
        ] {
            assert_eq!(
                window(from, to, days).is_open(monday),
                open,
                "{from}-{to} {days:?}"
            );
        }
    }

    #[test]
    fn what_is_no_time_or_no_day_is_refused() {
        for time in ["", "8:00", "24:01", "08:60", "08-00", "+8:00"] {
            assert!(window(time, "24:00", &[]).check().is_err(), "{time}");
        }
        assert!(window("00:00", "24:00", &["monday"]).check().is_err());
        assert!(window("08:00", "08:00", &[]).check().is_err());
    }
}
