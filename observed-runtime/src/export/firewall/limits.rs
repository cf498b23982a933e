//! The limits of one span: the length of its texts, the number of its attributes.

use crate::value::{Inner, Value, head};

/// Of a text that was cut when it was copied so many bytes at its end do not leave: what reaches across the cut was not
/// seen whole. It is longer than anything that the patterns know but a token's first part.
const UNSEEN: usize = 1_024;

/// Takes the mark off a value that was cut when it was copied; returns whether it had one.
pub(super) fn take_cut(value: &mut Value) -> bool {
    match &mut value.0 {
        Inner::CutText(text) => *value = Value(Inner::Text(std::mem::take(text))),
        Inner::CutTexts(texts) => *value = Value(Inner::Texts(std::mem::take(texts))),
        _ => return false,
    }
    true
}

/// Cuts a value to the limit, one that was cut when it was copied also by what was not seen whole; returns whether
/// something is missing.
pub(super) fn shorten(value: &mut Value, max: usize, was_cut: bool) -> bool {
    if was_cut {
        without_unseen(value);
    }
    cut(value, max) || was_cut
}

fn without_unseen(value: &mut Value) {
    match &mut value.0 {
        Inner::Text(text) => {
            cut_text(text, text.len().saturating_sub(UNSEEN));
        }
        Inner::Texts(texts) => without_end(texts),
        _ => {}
    }
}

/// The last text of the array is the one that was cut; what is left of it may be nothing.
fn without_end(texts: &mut Box<[Box<str>]>) {
    let mut kept = std::mem::take(texts).into_vec();
    if let Some(mut last) = kept.pop() {
        let max = last.len().saturating_sub(UNSEEN);
        cut_text(&mut last, max);
        if !last.is_empty() {
            kept.push(last);
        }
    }
    *texts = kept.into();
}

/// Cuts a text at the last character boundary within the limit; returns whether it was longer.
fn cut(value: &mut Value, max: usize) -> bool {
    match &mut value.0 {
        Inner::Static(text) if text.len() > max => {
            *text = head(text, max);
            true
        }
        Inner::Text(text) => cut_text(text, max),
        Inner::Texts(texts) => {
            // All of them, not only the first.
            let cut = texts
                .iter_mut()
                .filter_map(|text| cut_text(text, max).then_some(()));
            cut.count() > 0
        }
        _ => false,
    }
}

fn cut_text(text: &mut Box<str>, max: usize) -> bool {
    let is_longer = text.len() > max;
    if is_longer {
        *text = head(text, max).into();
    }
    is_longer
}

/// Takes away the values beyond the limit, last ones first, and tells the place of each; what is not recorded takes none.
pub(super) fn limit_count(values: &mut [Value], max: usize, mut tell: impl FnMut(usize)) -> u32 {
    if values.len() <= max {
        return 0;
    }
    let recorded = values
        .iter_mut()
        .enumerate()
        .filter(|(_, value)| **value != Value::ABSENT);
    let mut dropped = 0;
    for (place, value) in recorded.skip(max) {
        *value = Value::ABSENT;
        dropped += 1;
        tell(place);
    }
    dropped
}
