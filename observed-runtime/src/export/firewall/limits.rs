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

/// What of a text leaves: up to the limit, and of one that was cut when it was copied what was seen whole.
pub(crate) fn kept(text: &str, max: usize, was_cut: bool) -> &str {
    let seen = if was_cut {
        text.len().saturating_sub(UNSEEN)
    } else {
        text.len()
    };
    head(text, max.min(seen))
}

/// Cuts a value to the limit, one that was cut when it was copied also by what was not seen whole; returns whether
/// something is missing.
pub(super) fn shorten(value: &mut Value, max: usize, was_cut: bool) -> bool {
    let is_shorter = match &mut value.0 {
        Inner::Static(text) => {
            let whole = text.len();
            *text = kept(text, max, false);
            text.len() < whole
        }
        Inner::Text(text) => cut_text(text, max, was_cut),
        Inner::Texts(texts) => {
            if was_cut {
                without_end(texts);
            }
            // All of them, not only the first.
            let cut = texts.iter_mut().map(|text| cut_text(text, max, false));
            cut.filter(|cut| *cut).count() > 0
        }
        _ => false,
    };
    is_shorter || was_cut
}

/// The last text of the array is the one that was cut; what is left of it may be nothing.
fn without_end(texts: &mut Box<[Box<str>]>) {
    let mut left = std::mem::take(texts).into_vec();
    if let Some(mut last) = left.pop() {
        cut_text(&mut last, usize::MAX, true);
        if !last.is_empty() {
            left.push(last);
        }
    }
    *texts = left.into();
}

/// Cuts a text at the last character boundary; returns whether it was longer.
fn cut_text(text: &mut Box<str>, max: usize, was_cut: bool) -> bool {
    let left = kept(text, max, was_cut);
    let is_longer = left.len() < text.len();
    if is_longer {
        *text = left.into();
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
