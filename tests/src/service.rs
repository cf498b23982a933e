//! A service run as a process: started, spoken to over HTTP, ended by a signal.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long anything that a test waits for may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running process, killed when dropped.
#[derive(Debug)]
pub struct Service {
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
}

impl Service {
    /// Starts `command`; what it writes to standard error is collected.
    ///
    /// # Panics
    /// When the command cannot be started.
    #[must_use]
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (lines, stderr) = (Arc::clone(&log), child.stderr.take().unwrap());
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                lines.lock().unwrap().push(line);
            }
        });
        Self { child, log }
    }

    /// Waits for a line that contains `text` and returns what follows it.
    ///
    /// # Panics
    /// When the line does not come.
    #[must_use]
    pub fn wait_for(&self, text: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let log = self.log();
            if let Some(at) = log.find(text) {
                return log[at + text.len()..]
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .to_owned();
            }
            assert!(
                Instant::now() < deadline,
                "no line with {text:?} in:\n{log}"
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// What the process has written to standard error.
    ///
    /// # Panics
    /// When the log was poisoned by a failed test.
    #[must_use]
    pub fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }

    /// The number of the process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The resident memory of the process, in KiB.
    ///
    /// # Panics
    /// Where the kernel does not say.
    #[must_use]
    pub fn resident_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// Sends SIGTERM.
    ///
    /// # Panics
    /// When the signal cannot be sent.
    pub fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Sends SIGKILL, as the kernel does when it is out of memory.
    ///
    /// # Panics
    /// When the signal cannot be sent.
    pub fn kill(&self) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-KILL", &id])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Waits for the end of the process.
    ///
    /// # Panics
    /// When it does not end.
    pub fn wait(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(
                Instant::now() < deadline,
                "the process does not end:\n{}",
                self.log()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
