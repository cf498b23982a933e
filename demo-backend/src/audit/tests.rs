//! The chain is whole after whatever ends the process, and broken by whatever changes a line.

use std::path::PathBuf;

use observed_runtime::context::TraceId;
use serde_json::Value;

use super::*;
use crate::request::ProcessRequest;

struct Log(PathBuf);

impl Log {
    fn with(name: &str, lines: usize) -> Self {
        let path = std::env::temp_dir().join(format!("demo-chain-{name}-{}", std::process::id()));
        let _ = std::fs::remove_file(&path);
        let log = Self(path);
        log.append(lines);
        log
    }

    fn append(&self, lines: usize) {
        let request = ProcessRequest {
            action: "summarize_text".to_owned(),
            context_id: "ctx-production".to_owned(),
            payload: Value::Null,
        };
        let log = AuditLog::open(&self.0, Fsync::Always).unwrap();
        for _ in 0..lines {
            log.append(&Entry::new(TraceId::random(), "default", &request))
                .unwrap();
        }
    }

    fn text(&self) -> String {
        std::fs::read_to_string(&self.0).unwrap()
    }

    fn verified(&self) -> Result<u64, Broken> {
        verify(self.text().as_bytes()).map(|(lines, _)| lines)
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn the_chain_goes_on_when_the_log_is_opened_again() {
    let log = Log::with("again", 3);
    log.append(2);
    assert_eq!(log.verified(), Ok(5));
    assert_eq!(verify(&b""[..]).map(|(lines, _)| lines), Ok(0));
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
    let holds = AuditLog::open(&log.0, Fsync::Never).unwrap();
    let refused = AuditLog::open(&log.0, Fsync::Never).unwrap_err();
    assert!(
        refused.to_string().contains("another process has it open"),
        "{refused}"
    );
    drop(holds);
    std::fs::write(&log.0, "something dear, without an end").unwrap();
    let refused = AuditLog::open(&log.0, Fsync::Never).unwrap_err();
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
    let broken = |lines: &[&str]| verify((lines.join("\n") + "\n").as_bytes()).unwrap_err();
    let changed = lines[1].replace("ok", "no");
    assert_eq!(broken(&[lines[0], &changed, lines[2]]), Broken::Changed(3));
    assert_eq!(broken(&[lines[0], lines[2]]), Broken::Misplaced(2));
    assert_eq!(broken(&[lines[0], lines[0]]), Broken::Misplaced(2));
    assert_eq!(broken(&[lines[0], "{}"]), Broken::Unreadable(2));
    std::fs::write(&log.0, lines[1..].join("\n") + "\n").unwrap();
    let refused = AuditLog::open(&log.0, Fsync::Never).unwrap_err();
    assert!(refused.to_string().contains("line 1"), "{refused}");
}
