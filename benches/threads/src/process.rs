//! What this process and its threads use, as Linux counts it.

use std::fs;
use std::time::Duration;

/// KiB resident.
pub fn resident() -> u64 {
    of_status("VmRSS:")
}

/// The most KiB that were resident since [`forget_peak`].
pub fn peak() -> u64 {
    of_status("VmHWM:")
}

pub fn forget_peak() {
    fs::write("/proc/self/clear_refs", "5").expect("Linux forgets the peak");
}

fn of_status(key: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells the memory");
    let line = status.lines().find_map(|line| line.strip_prefix(key));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.expect("a number of KiB")
}

/// The processor time of the runtime's own threads.
pub fn cpu_of_our_threads() -> Duration {
    let threads = fs::read_dir("/proc/self/task").expect("Linux lists the threads");
    let of_thread = |thread: fs::DirEntry| {
        let name = fs::read_to_string(thread.path().join("comm")).ok()?;
        let spent = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        let is_ours = name.starts_with("observed-");
        let nanoseconds = spent.split_whitespace().next()?.parse().ok()?;
        is_ours.then_some(Duration::from_nanos(nanoseconds))
    };
    threads.flatten().filter_map(of_thread).sum()
}
