//! `cargo observed` as it is run: by its command line, in workspaces of the tests' own.

mod help;
mod imports;
mod listed;
mod lock;
mod output;
mod reading;
mod renames;
mod repository;
mod review;
mod reviewed;
mod revisions;
mod rules;
mod types;
mod unseen;
mod verify;
mod weaver;
mod workspace;
