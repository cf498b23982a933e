//! Reads files on all processors, round by round: the modules that one round declares are the files of the next.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::file;
use super::seen::{Seen, Size};
use crate::failure::{Failure, Result};
use crate::modules::Member;
use crate::packages::Described;
use crate::source::names::Names;

/// A parser calls itself for each bracket and each sign; of the memory that is set aside only what is used is taken.
const STACK: usize = 1 << 30;

/// Reads every file of the packages.
pub(super) fn all(
    packages: &Described,
    names: &Names,
    progress: &dyn Fn(Size),
) -> Result<Vec<Seen>> {
    let mut round: Vec<Member> = Vec::new();
    for (number, package) in packages.packages.iter().enumerate() {
        for root in &package.roots {
            round.push(Member::root(
                number,
                &root.crate_name,
                &root.file,
                &packages.root,
            ));
        }
    }
    let mut seen: Vec<Seen> = Vec::new();
    let mut size = Size::default();
    while !round.is_empty() {
        let read = on_all_processors(round, |member| file::read(member, packages, names))?;
        round = Vec::new();
        for (file, children) in read {
            seen.push(file);
            round.extend(children);
        }
        size.files = seen.len();
        progress(size);
    }
    Ok(seen)
}

/// Parses the files that were not parsed, or parsed without these names, and hold what is looked for.
pub(super) fn parse_again(
    seen: &mut Vec<Seen>,
    packages: &Described,
    names: &Names,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<()> {
    let all = std::mem::take(seen);
    let (again, mut rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| is_wanted(&it.text));
    let read = on_all_processors(again, |mut file| {
        file::read_whole(&mut file, packages, names)?;
        Ok(file)
    })?;
    rest.extend(read);
    *seen = rest;
    Ok(())
}

/// Does some work for each item, on as many threads as there are processors.
pub(super) fn on_all_processors<T: Send, U: Send>(
    items: Vec<T>,
    work: impl Fn(T) -> Result<U> + Sync,
) -> Result<Vec<U>> {
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(items.len().max(1));
    let items: Vec<Mutex<Option<T>>> = items.into_iter().map(|it| Mutex::new(Some(it))).collect();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let run = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            let item = item.lock().ok().and_then(|mut item| item.take());
            let Some(item) = item else { return };
            let result = work(item);
            if let Ok(mut done) = done.lock() {
                done.push(result);
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, run)
            })
            .collect();
        for worker in workers {
            let worker =
                worker.map_err(|error| Failure::new(format!("no thread to read with: {error}")))?;
            worker.join().map_err(|_| {
                Failure::new("a reader of sources panicked; the message above says where")
            })?;
        }
        Ok(())
    })?;
    let done = done
        .into_inner()
        .map_err(|_| Failure::new("a reader of sources panicked"))?;
    let mut failures: Vec<Failure> = Vec::new();
    let mut read = Vec::new();
    for result in done {
        match result {
            Ok(it) => read.push(it),
            Err(failure) => failures.push(failure),
        }
    }
    failures.sort_by_key(ToString::to_string);
    failures.into_iter().next().map_or(Ok(read), Err)
}
