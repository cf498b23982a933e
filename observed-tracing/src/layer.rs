//! The layer that makes observed spans and events of what the list names.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use observed_runtime::__private::{
    Held, HeldEntered, Moment, event_at, event_here, record_late_at,
};
use observed_runtime::{Context, Value, context};
use tracing_core::span::{Attributes, Id, Record};
use tracing_core::{Event, Subscriber};
use tracing_subscriber::filter::Filtered;
use tracing_subscriber::layer::{Context as Tracing, Layer as _};
use tracing_subscriber::registry::{LookupSpan, SpanRef};

use crate::entered;
use crate::fields::{Fields, all};
use crate::list::table::{Entry, Table};
use crate::list::{List, Mistakes};
use crate::only::Only;
use crate::state::State;

/// A layer of `tracing_subscriber` that makes observed spans and events of what a list names; made by [`layer`].
pub type Layer<S> = Filtered<Bridge, Only, S>;

/// What the layer does with what is listed.
#[derive(Debug)]
pub struct Bridge {
    table: Arc<Table>,
    number: u64,
}

/// Makes the layer of a list.
///
/// ```
/// use observed_tracing::{List, event, layer};
/// use tracing_subscriber::layer::SubscriberExt;
///
/// # fn main() -> Result<(), observed_tracing::Mistakes> {
/// let list = List::new().with(event("sqlx::query").named("sqlx_query").number("rows_affected"));
/// let subscriber = tracing_subscriber::registry().with(layer(&list)?);
/// # drop(subscriber);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Everything that is wrong with the list; see [`List::check`].
pub fn layer<S>(list: &List) -> Result<Layer<S>, Mistakes>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    static NUMBERS: AtomicU64 = AtomicU64::new(0);
    let table = Arc::new(Table::of(list.entries())?);
    let bridge = Bridge {
        table: Arc::clone(&table),
        number: NUMBERS.fetch_add(1, Ordering::Relaxed),
    };
    Ok(bridge.with_filter(Only::of(table)))
}

impl Bridge {
    /// Works on the state of a span, if it is one of this layer's; other layers wait meanwhile, so nothing of theirs may be
    /// called.
    fn with_state<'a, S, R>(
        &self,
        span: &SpanRef<'a, S>,
        work: impl FnOnce(&mut State) -> R,
    ) -> Option<R>
    where
        S: LookupSpan<'a>,
    {
        let mut extensions = span.extensions_mut();
        let state = extensions.get_mut::<State>()?;
        (state.layer == self.number).then(|| work(state))
    }

    /// Adds an event to what is current on this thread.
    fn tell_here<S>(
        &self,
        entry: &'static Entry,
        values: impl Fn() -> Vec<Value>,
        tracing: &Tracing<'_, S>,
    ) where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        if event_here(&entry.site, &values) {
            return;
        }
        // It was entered here beside another thread, which has it.
        if let Some(span) = entered::last(self.number).and_then(|id| tracing.span(&id)) {
            let current = context::current();
            self.with_state(&span, |state| {
                if state.context == current {
                    state.tell(Moment::now(&entry.site, values()));
                }
            });
        }
    }

    /// The context of the nearest listed span above.
    fn context_above<'a, S>(&self, span: &SpanRef<'a, S>) -> Option<Context>
    where
        S: LookupSpan<'a>,
    {
        let mut above = span.parent();
        while let Some(span) = above {
            if let Some(context) = self.with_state(&span, |state| state.context.clone()) {
                return Some(context);
            }
            above = span.parent();
        }
        None
    }
}

impl<S> tracing_subscriber::Layer<S> for Bridge
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, tracing: Tracing<'_, S>) {
        let Some(entry) = self.table.find(attributes.metadata()) else {
            return;
        };
        let Some(span) = tracing.span(id) else {
            return;
        };
        if span.extensions().get::<State>().is_some() {
            // Another layer of ours lists it too; it is one span.
            return;
        }
        let parent = if attributes.is_contextual() {
            // What is current here is: the listed span around, or an observed one inside it.
            None
        } else if attributes.is_root() {
            Some(Context::default())
        } else {
            let is_inside = attributes.parent() == tracing.current_span().id();
            let above = self.context_above(&span);
            // Under a parent elsewhere of which nothing is listed it is a root: what is current here is another's.
            above.or_else(|| (!is_inside).then(Context::default))
        };
        let Some(mut held) = Held::start(&entry.site, parent) else {
            return;
        };
        held.record(&all(entry, |fields| attributes.record(fields)));
        let state = State {
            layer: self.number,
            entry,
            context: held.context(),
            is_recorded: held.is_recorded(),
            held: Some(held),
            waiting: Vec::new(),
        };
        drop(span.extensions_mut().replace(state));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, tracing: Tracing<'_, S>) {
        let Some(span) = tracing.span(id) else {
            return;
        };
        self.with_state(&span, |state| {
            let State {
                entry,
                context,
                held,
                is_recorded,
                ..
            } = state;
            if !*is_recorded {
                return;
            }
            let mut fields = Fields::of(entry, |place, value| match held {
                Some(held) => held.record_late(place, value),
                None => record_late_at(context, place, value),
            });
            values.record(&mut fields);
        });
    }

    fn on_follows_from(&self, id: &Id, follows: &Id, tracing: Tracing<'_, S>) {
        let Some(followed) = tracing.span(follows) else {
            return;
        };
        let context = self.with_state(&followed, |state| state.context.clone());
        if let Some(span) = tracing.span(id)
            && let Some(context) = context
        {
            self.with_state(&span, |state| {
                if let Some(held) = &mut state.held {
                    held.link(context);
                }
            });
        }
    }

    fn on_event(&self, event: &Event<'_>, tracing: Tracing<'_, S>) {
        let Some(entry) = self.table.find(event.metadata()) else {
            return;
        };
        let values = || all(entry, |fields| event.record(fields));
        if event.is_contextual() {
            self.tell_here(entry, values, &tracing);
        } else if let Some(parent) = event.parent() {
            if let Some(span) = tracing.span(parent) {
                self.with_state(&span, |state| {
                    if !event_at(&state.context, &entry.site, values) {
                        state.tell(Moment::now(&entry.site, values()));
                    }
                });
            } else if tracing.current_span().id() == Some(parent) {
                // Not listed, and entered here: the event is of what is current around it.
                self.tell_here(entry, values, &tracing);
            }
        }
    }

    fn on_enter(&self, id: &Id, tracing: Tracing<'_, S>) {
        let Some(span) = tracing.span(id) else {
            return;
        };
        let Some((held, context)) =
            self.with_state(&span, |state| (state.held.take(), state.context.clone()))
        else {
            return;
        };
        let entered = match held.map(Held::enter) {
            Some(Ok(entered)) => entered,
            Some(Err(held)) => {
                self.with_state(&span, |state| state.held = Some(held));
                return;
            }
            // On another thread, or a second time on this one.
            None => HeldEntered::again(&context),
        };
        entered::keep(self.number, id, entered);
    }

    fn on_exit(&self, id: &Id, tracing: Tracing<'_, S>) {
        let entered = entered::take(self.number, id);
        // Where the span has been closed meanwhile nobody takes it back, and it ends here.
        let Some(mut held) = entered.and_then(HeldEntered::leave).map(Some) else {
            return;
        };
        if let Some(span) = tracing.span(id) {
            self.with_state(&span, |state| state.take_back(held.take()));
        }
    }

    fn on_close(&self, id: Id, tracing: Tracing<'_, S>) {
        let Some(span) = tracing.span(&id) else {
            return;
        };
        let is_ours = self.with_state(&span, |_| ()).is_some();
        let closed = is_ours
            .then(|| span.extensions_mut().remove::<State>())
            .flatten();
        if let Some(state) = closed {
            for moment in state.waiting {
                moment.lost(&state.context);
            }
        }
    }
}
