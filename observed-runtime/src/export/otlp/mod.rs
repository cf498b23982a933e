//! Export by OTLP: spans as the bytes of requests that receivers take, handed to the transport.
//!
//! The bytes come straight from the finished records ([`direct`], ADR 019). With `OBSERVED_OTLP_ENCODER=sdk` they come from
//! `opentelemetry-otlp` by way of the SDK's spans ([`sdk`]), which is also what the tests compare the others with.

mod arrays;
mod attributes;
mod batch;
mod direct;
mod encode;
mod extra;
mod pieces;
mod request;
mod sdk;
mod send;
mod span;
#[cfg(test)]
mod tests;
mod texts;
mod wire;

use std::sync::Arc;

use opentelemetry_sdk::Resource;

use super::control::Control;
use super::io::Io;
use super::sdk::Exporter;
use crate::config::Settings;
pub(crate) use direct::Direct;
use send::Sender;

/// Builds the exporter on the worker's thread; nothing is sent and nobody is connected to yet.
///
/// # Errors
/// When the settings name no address.
pub(crate) fn direct(
    settings: &Settings,
    resource: &Resource,
    io: Arc<Io>,
    control: Arc<Control>,
) -> Result<Direct, String> {
    let sender = Sender::new(settings, io, control)?;
    let most_text = settings.privacy.max_text;
    Ok(Direct::new(
        sender,
        resource,
        most_text,
        settings.code_attributes,
    ))
}

/// Likewise, by way of the SDK's spans.
///
/// # Errors
/// When the settings name no address, or the process's environment confuses the encoder.
pub(crate) fn by_the_sdk(
    settings: &Settings,
    resource: &Resource,
    io: Arc<Io>,
    control: Arc<Control>,
) -> Result<Box<dyn Exporter>, String> {
    let sender = Sender::new(settings, io, control)?;
    Ok(Box::new(sdk::Otlp::new(sender, resource)?))
}
