//! The program's own tracing: one configuration, and the pipeline that runs from it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use super::Builder;
use crate::config::{ExporterKind, Protocol, Settings};
use crate::export::queue;
#[cfg(not(feature = "otlp"))]
use crate::export::sink::Discard;
use crate::export::sink::ErrorClass;
use crate::export::worker::{self, Control, MakeSink};
use crate::pipeline::{Pipeline, Scopes, registry};
use crate::record::ledger::Totals;
use crate::record::thread;
use crate::status::{Accounting, State, Status};

/// How long the drop of the last handle may take.
const DROP_DEADLINE: Duration = Duration::from_secs(2);

static PROGRAM: Mutex<Weak<Program>> = Mutex::new(Weak::new());

/// What `init_tracing` made.
#[derive(Debug)]
pub(super) struct Program {
    settings: Result<Settings, String>,
    service_name: String,
    /// How the exporters were chosen, for the status.
    exporter: String,
    stage: Mutex<Stage>,
}

/// The life of the pipeline.
enum Stage {
    /// Not started: switched off so far.
    Ready(Option<MakeSink>),
    Running(Running),
    Failed(String),
    /// Shut down, with the final account.
    Ended(Totals),
}

#[derive(Debug)]
struct Running {
    pipeline: Arc<Pipeline>,
    control: Arc<Control>,
}

impl Program {
    /// The program's tracing, made from `builder` unless there is one already.
    pub(super) fn init(builder: Builder) -> Arc<Self> {
        let mut slot = lock(&PROGRAM);
        let settings = Settings::read(&builder.source, &builder.service_name);
        if let Some(program) = slot.upgrade() {
            if program.settings != settings {
                log::warn!("tracing: initialised again with other settings; the first ones stay");
            }
            return program;
        }
        let program = Arc::new(Self::new(builder, settings));
        *slot = Arc::downgrade(&program);
        drop(slot);
        if program
            .settings
            .as_ref()
            .is_ok_and(|settings| settings.enabled)
        {
            program.set_enabled(true);
        }
        program.log_start();
        program
    }

    fn new(builder: Builder, settings: Result<Settings, String>) -> Self {
        let service_name = match &settings {
            Ok(settings) => settings.service_name.clone(),
            Err(_) => builder.service_name.clone(),
        };
        let (exporter, stage) = match &settings {
            Ok(settings) => (
                exporter_shown(settings, &builder),
                Stage::Ready(Some(make_sink(settings.clone(), builder))),
            ),
            Err(reason) => (String::new(), Stage::Failed(reason.clone())),
        };
        Self {
            settings,
            service_name,
            exporter,
            stage: Mutex::new(stage),
        }
    }

    /// The program's tracing, while a handle lives.
    pub(super) fn current() -> Option<Arc<Self>> {
        lock(&PROGRAM).upgrade()
    }

    pub(super) fn is_enabled(&self) -> bool {
        matches!(&*lock(&self.stage), Stage::Running(running) if running.pipeline.is_enabled())
    }

    /// Switches recording; the first time on, the worker is started.
    pub(super) fn set_enabled(&self, enabled: bool) -> bool {
        let mut stage = lock(&self.stage);
        if let (Stage::Ready(make_sink), true, Ok(settings)) =
            (&mut *stage, enabled, &self.settings)
            && let Some(make_sink) = make_sink.take()
        {
            *stage = start(settings, make_sink).map_or_else(Stage::Failed, Stage::Running);
        }
        match &*stage {
            Stage::Running(running) => running.pipeline.set_enabled(enabled),
            _ => false,
        }
    }

    /// Switches a scope; false where nothing runs that it could be switched in.
    pub(super) fn set_scope(&self, scope: &str, enabled: bool) -> bool {
        let Some((pipeline, _)) = self.running() else {
            return false;
        };
        pipeline.scopes.switch(scope, enabled);
        enabled
    }

    pub(super) fn flush(&self, deadline: Duration) -> bool {
        let deadline = Instant::now() + deadline;
        let Some((pipeline, control)) = self.running() else {
            return true;
        };
        thread::hand_over();
        control.flush(&pipeline, deadline)
    }

    /// Ends recording, flushes, stops the worker; returns how many ended spans did not leave.
    pub(super) fn shutdown(&self, deadline: Duration) -> u64 {
        let deadline = Instant::now() + deadline;
        let Some((pipeline, control)) = self.running() else {
            return 0;
        };
        thread::hand_over();
        pipeline.close();
        if registry::global_id() == pipeline.id {
            registry::set_global(0);
        }
        let stopped = control.stop(&pipeline, deadline);
        let totals = pipeline.totals();
        *lock(&self.stage) = Stage::Ended(totals);
        let spans = Accounting::from_totals(&totals);
        let lost = spans.pending + spans.dropped.total();
        if !stopped || lost > 0 {
            log::warn!(
                "tracing: ended; of {} spans {} were exported and {lost} lost",
                spans.started,
                spans.exported
            );
        }
        lost
    }

    pub(super) fn status(&self) -> Status {
        let (state, totals, last_error) = match &*lock(&self.stage) {
            Stage::Ready(_) => (State::Disabled, Totals::default(), None),
            Stage::Failed(reason) => (
                State::Failed {
                    reason: reason.clone(),
                },
                Totals::default(),
                None,
            ),
            Stage::Ended(totals) => (State::NotInitialised, *totals, None),
            Stage::Running(running) => {
                let enabled = running.pipeline.is_enabled();
                let state = if enabled {
                    State::Enabled
                } else {
                    State::Disabled
                };
                (
                    state,
                    running.pipeline.totals(),
                    running.control.last_error(),
                )
            }
        };
        Status {
            state,
            service_name: self.service_name.clone(),
            exporter: self.exporter.clone(),
            sampling_rate: self
                .settings
                .as_ref()
                .map_or(0.0, |settings| settings.sampler.ratio()),
            spans: Accounting::from_totals(&totals),
            last_export_error: last_error.map(ErrorClass::as_str),
        }
    }

    fn running(&self) -> Option<(Arc<Pipeline>, Arc<Control>)> {
        match &*lock(&self.stage) {
            Stage::Running(running) => {
                Some((Arc::clone(&running.pipeline), Arc::clone(&running.control)))
            }
            _ => None,
        }
    }

    /// The one line at the start.
    fn log_start(&self) {
        let status = self.status();
        match status.state {
            State::Failed { reason } => log::warn!("tracing: off: {reason}"),
            State::Enabled => log::info!(
                "tracing: initialised: {} to {}, sampling rate {}",
                status.service_name,
                status.exporter,
                status.sampling_rate
            ),
            _ => log::info!("tracing: disabled: TRACING_ENABLED=1 switches it on"),
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.shutdown(DROP_DEADLINE);
    }
}

fn start(settings: &Settings, make_sink: MakeSink) -> Result<Running, String> {
    let (queue, drain) = queue::bounded(settings.batch.max_queue, settings.batch.max_export);
    let pipeline = registry::create(
        settings.sampler,
        Scopes::set(settings.scopes.clone()),
        queue,
    );
    let control = worker::start(&pipeline, drain, settings.batch, make_sink)?;
    registry::set_global(pipeline.id);
    Ok(Running { pipeline, control })
}

#[cfg(feature = "otlp")]
fn make_sink(settings: Settings, builder: Builder) -> MakeSink {
    use crate::export::console::{Console, Style};
    use crate::export::fan_out::FanOut;
    use crate::export::otlp;

    Box::new(move || {
        let resource = otlp::resource(&settings);
        let mut exporters = Vec::new();
        for kind in &settings.exporters {
            exporters.push(match kind {
                ExporterKind::Otlp => otlp::build(&settings, &resource)?,
                ExporterKind::Console => Box::new(Console::new(
                    Box::new(std::io::stdout()),
                    Style::for_stdout(),
                )),
            });
        }
        for make in builder.exporters {
            exporters.push(make(&resource, settings.batch.timeout)?);
        }
        Ok(Box::new(FanOut::new(exporters)))
    })
}

/// Without the feature `otlp` there is nowhere to export to but nowhere.
#[cfg(not(feature = "otlp"))]
fn make_sink(settings: Settings, _: Builder) -> MakeSink {
    Box::new(move || {
        if settings.exporters.is_empty() {
            Ok(Box::new(Discard))
        } else {
            Err(
                "built without the feature `otlp`: set OTEL_TRACES_EXPORTER=none or add it"
                    .to_owned(),
            )
        }
    })
}

/// Where spans go, for a person.
#[cfg_attr(
    not(feature = "otlp"),
    expect(
        unused_variables,
        unused_mut,
        reason = "exporters of the program need `otlp`"
    )
)]
fn exporter_shown(settings: &Settings, builder: &Builder) -> String {
    let mut shown: Vec<String> = settings
        .exporters
        .iter()
        .map(|kind| match (kind, settings.otlp.protocol) {
            (ExporterKind::Console, _) => "console".to_owned(),
            (ExporterKind::Otlp, Protocol::Grpc) => format!("otlp grpc {}", settings.otlp.endpoint),
            (ExporterKind::Otlp, Protocol::HttpProtobuf) => {
                format!("otlp http/protobuf {}", settings.otlp.endpoint)
            }
        })
        .collect();
    #[cfg(feature = "otlp")]
    if !builder.exporters.is_empty() {
        shown.push("exporters of the program".to_owned());
    }
    if shown.is_empty() {
        "none".to_owned()
    } else {
        shown.join(", ")
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing of the user's runs under these locks.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Stage::Ready(_) => "Ready",
            Stage::Running(_) => "Running",
            Stage::Failed(_) => "Failed",
            Stage::Ended(_) => "Ended",
        })
    }
}
