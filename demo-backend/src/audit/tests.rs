//! The chain is whole after whatever ends the process, and broken by whatever changes a line.

use std::path::PathBuf;
use std::sync::Arc;

use observed_runtime::context::TraceId;
use serde_json::Value;

use super::*;
use crate::request::ProcessRequest;

/// Small files, each line on the disk.
const SMALL: Policy = Policy {
    fsync: Fsync::Always,
    file_bytes: 4_096,
};

struct Log(PathBuf, Policy);

impl Log {
    fn with(name: &str, lines: usize) -> Self {
        Self::kept(name, lines, Policy::default())
    }

    fn kept(name: &str, lines: usize, policy: Policy) -> Self {
        let path = std::env::temp_dir().join(format!("demo-chain-{name}-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let log = Self(path, policy);
        log.append(lines);
        log
    }

    fn append(&self, lines: usize) {
        let request = ProcessRequest {
            action: "summarize_text".to_owned(),
            context_id: "ctx-production".to_owned(),
            payload: Value::Null,
        };
        let log = Arc::new(AuditLog::open(&self.0, self.1).unwrap());
        for _ in 0..lines {
            log.append(&Entry::new(TraceId::random(), "default", &request))
                .unwrap();
        }
    }

    /// The number of the last line in the files before this one.
    fn last_of_the_files_before(&self) -> u64 {
        verify(self.before().last().unwrap(), &[]).unwrap().last
    }

    /// The files before this one.
    fn before(&self) -> Vec<PathBuf> {
        rotation::before(&self.0).unwrap()
    }

    fn text(&self) -> String {
        std::fs::read_to_string(&self.0).unwrap()
    }

    fn verified(&self) -> Result<u64, Broken> {
        match verify(&self.0, &[]) {
            Ok(whole) => Ok(whole.last),
            Err(NotWhole::Broken { broken, .. }) => Err(broken),
            Err(unreadable) => panic!("{unreadable}"),
        }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        for file in self.before() {
            let _ = std::fs::remove_file(file);
        }
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn the_chain_goes_on_when_the_log_is_opened_again() {
    let log = Log::with("again", 3);
    log.append(2);
    assert_eq!(log.verified(), Ok(5));
}

#[test]
fn what_a_crash_left_of_a_last_line_is_cut_off_wherever_it_was() {
    let log = Log::with("crash", 3);
    let whole = log.text();
    let two_lines = whole
        .lines()
        .take(2)
        .map(|line| line.len() + 1)
        .sum::<usize>();
    for cut in (two_lines..whole.len()).step_by(7) {
        std::fs::write(&log.0, &whole[..cut]).unwrap();
        log.append(1);
        assert_eq!(log.verified(), Ok(3), "cut at {cut}");
    }
}

#[test]
fn a_log_that_another_has_open_and_a_file_that_is_no_log_are_refused_and_not_touched() {
    let log = Log::with("open", 1);
    let holds = AuditLog::open(&log.0, Policy::default()).unwrap();
    let refused = AuditLog::open(&log.0, Policy::default()).unwrap_err();
    assert!(
        refused.to_string().contains("another process has it open"),
        "{refused}"
    );
    drop(holds);
    std::fs::write(&log.0, "something dear, without an end").unwrap();
    let refused = AuditLog::open(&log.0, Policy::default()).unwrap_err();
    assert!(
        refused.to_string().contains("it is no audit log"),
        "{refused}"
    );
    assert_eq!(log.text(), "something dear, without an end");
}

#[test]
fn a_changed_missing_or_added_line_breaks_the_chain_at_its_place() {
    let log = Log::with("changed", 5);
    let whole = log.text();
    let lines: Vec<&str> = whole.lines().collect();
    let broken = |lines: &[&str]| {
        std::fs::write(&log.0, lines.join("\n") + "\n").unwrap();
        log.verified().unwrap_err()
    };
    let changed = lines[1].replace("ok", "no");
    assert_eq!(broken(&[lines[0], &changed, lines[2]]), Broken::Changed(3));
    assert_eq!(broken(&[lines[0], lines[2]]), Broken::Misplaced(2));
    assert_eq!(broken(&[lines[0], lines[0]]), Broken::Misplaced(2));
    assert_eq!(broken(&[lines[0], "{}"]), Broken::Unreadable(2));
    std::fs::write(&log.0, lines[1..].join("\n") + "\n").unwrap();
    let refused = AuditLog::open(&log.0, Policy::default()).unwrap_err();
    assert!(refused.to_string().contains("line 1"), "{refused}");
}

#[test]
fn the_chain_goes_on_over_the_files_of_a_log_and_over_its_end() {
    let log = Log::kept("rotated", 50, SMALL);
    let files = log.before();
    assert!(files.len() > 3, "{files:?}");
    for file in &files {
        assert!(std::fs::metadata(file).unwrap().len() <= SMALL.file_bytes);
    }
    let whole = verify(&log.0, &[]).unwrap();
    // Each file but the first has a line of its own.
    assert_eq!(whole.last, 50 + files.len() as u64);
    assert_eq!((whole.files, whole.first), (files.len() + 1, 1));
    log.append(1);
    let before = log.before().len() - files.len();
    assert_eq!(log.verified(), Ok(whole.last + 1 + before as u64));
    // As a crash leaves it: one file has its number, and the next one was not begun.
    std::fs::rename(&log.0, rotation::next(&log.0).unwrap()).unwrap();
    let lines = log.last_of_the_files_before();
    log.append(1);
    assert_eq!(log.verified(), Ok(lines + 2));
}

#[test]
fn a_file_that_was_moved_away_is_not_missed_and_one_that_was_taken_out_is() {
    let log = Log::kept("moved", 50, SMALL);
    let whole = log.verified().unwrap();
    let files = log.before();
    std::fs::remove_file(&files[0]).unwrap();
    let rest = verify(&log.0, &[]).unwrap();
    assert!(rest.first > 1 && rest.last == whole, "{rest:?}");
    std::fs::remove_file(&files[2]).unwrap();
    assert!(matches!(log.verified(), Err(Broken::Misplaced(_))));
    for file in log.before() {
        std::fs::remove_file(file).unwrap();
    }
    log.append(1);
    assert!(log.verified().is_ok());
}

#[test]
fn a_change_in_an_earlier_file_is_found_where_the_next_one_begins() {
    let log = Log::kept("earlier", 50, SMALL);
    let file = log.before().pop().unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let changed = text.trim_end().rsplit_once('\n').unwrap().1;
    std::fs::write(&file, text.replace(changed, &changed.replace("ok", "no"))).unwrap();
    assert!(matches!(log.verified(), Err(Broken::Changed(_))));
    let refused = AuditLog::open(&log.0, SMALL).unwrap_err();
    assert!(refused.to_string().contains("changed"), "{refused}");
}

#[test]
fn a_file_of_an_earlier_day_is_not_written_any_more() {
    let log = Log::with("day", 2);
    let text = log.text();
    let first = text.lines().next().unwrap();
    let time = first.split("\"unix_ms\":").nth(1).unwrap();
    let time = time.split(',').next().unwrap();
    // Its first line alone: the second one would not follow from the changed one.
    let yesterday = time.parse::<u64>().unwrap() - 86_400_000;
    std::fs::write(&log.0, first.replace(time, &yesterday.to_string()) + "\n").unwrap();
    log.append(1);
    assert_eq!(log.before().len(), 1);
    assert_eq!(log.verified(), Ok(3));
    log.append(1);
    assert_eq!(log.before().len(), 1, "it is of today");
}

#[cfg(target_os = "linux")]
#[test]
fn room_for_a_line_is_taken_from_the_disk_before_there_is_one() {
    use std::os::unix::fs::MetadataExt;

    let log = Log::with("room", 1);
    let open = Arc::new(AuditLog::open(&log.0, Policy::default()).unwrap());
    let places: Vec<_> = (0..200).map(|_| open.reserve().unwrap()).collect();
    let file = std::fs::metadata(&log.0).unwrap();
    assert!(file.len() < 1_024, "nothing was written");
    assert!(
        file.blocks() * 512 >= 200 * space::LONGEST_LINE,
        "{}",
        file.blocks()
    );
    drop(places);
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_without_room_is_told_before_there_is_a_line() {
    let full = AuditLog::open(std::path::Path::new("/dev/full"), Policy::default()).unwrap();
    let refused = Arc::new(full).reserve().unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::StorageFull);
}

#[test]
fn callers_without_a_profile_are_counted_into_one_line() {
    let log = Log::with("unknown", 0);
    let open = Arc::new(AuditLog::open(&log.0, Policy::default()).unwrap());
    let callers = UnknownCallers::default();
    callers.record(&open).unwrap();
    assert_eq!(log.text(), "", "there was none");
    for _ in 0..1_000 {
        callers.count();
    }
    callers.record(&open).unwrap();
    callers.record(&open).unwrap();
    assert_eq!(log.text().lines().count(), 1);
    assert!(log.text().contains("\"count\":1000"), "{}", log.text());
}

/// The lines of `text` with another outcome in the second one, and every digest after it made anew.
fn chained_anew(text: &str) -> String {
    let mut prev = None::<String>;
    let mut anew = String::new();
    for (number, line) in text.lines().enumerate() {
        let mut line = line.to_owned();
        if let Some(prev) = prev {
            let at = line.find("\"prev\":\"").unwrap() + 8;
            line.replace_range(at..at + 64, &prev);
        }
        if number == 1 {
            line = line.replace("\"ok\"", "\"no\"");
        }
        prev = Some(crate::digest::of(line.as_bytes()));
        anew += &(line + "\n");
    }
    anew
}

#[test]
fn a_log_that_was_changed_and_chained_anew_is_found_by_an_anchor() {
    let log = Log::with("anew", 5);
    let anchor = AuditLog::open(&log.0, Policy::default()).unwrap().anchor();
    let anchors = [anchor.to_string().parse::<Anchor>().unwrap()];
    log.append(3);
    assert_eq!(verify(&log.0, &anchors).unwrap().last, 8);
    let text = log.text();
    std::fs::write(&log.0, chained_anew(&text)).unwrap();
    assert_eq!(log.verified(), Ok(8), "without an anchor it looks whole");
    let found = verify(&log.0, &anchors);
    assert!(matches!(found, Err(NotWhole::Rewritten(5))), "{found:?}");
    let cut: Vec<&str> = text.lines().take(4).collect();
    std::fs::write(&log.0, cut.join("\n") + "\n").unwrap();
    let found = verify(&log.0, &anchors);
    assert!(matches!(found, Err(NotWhole::Missing(5))), "{found:?}");
    for text in ["", "5", "x:y", "5:abc"] {
        assert!(text.parse::<Anchor>().is_err(), "{text}");
    }
}

#[test]
fn an_anchor_is_dropped_once_for_what_was_written_since() {
    let log = Log::with("anchors", 2);
    let file = log.0.with_extension("anchors");
    let open = Arc::new(AuditLog::open(&log.0, Policy::default()).unwrap());
    let anchors = Anchors::to(Some(file.clone()));
    anchors.drop_one(&open).unwrap();
    anchors.drop_one(&open).unwrap();
    open.note(&UnknownKeys::denied(1, 0)).unwrap();
    anchors.drop_one(&open).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let dropped: Vec<Anchor> = text.lines().map(|line| line.parse().unwrap()).collect();
    std::fs::remove_file(file).unwrap();
    assert_eq!(
        dropped.iter().map(|anchor| anchor.line).collect::<Vec<_>>(),
        [2, 3]
    );
    assert!(verify(&log.0, &dropped).is_ok());
}

#[test]
fn bytes_after_the_last_line_are_said_to_be_unchecked() {
    let log = Log::with("unchecked", 2);
    std::fs::write(&log.0, log.text() + "{\"seq\":3,").unwrap();
    assert_eq!(verify(&log.0, &[]).unwrap().unchecked, 9);
}
