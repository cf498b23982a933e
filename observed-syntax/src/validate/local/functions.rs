//! What functions and methods make of a value, by their names.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{BinOp, Expr, ExprMethodCall, Path};

/// Functions and wrappers of any type that give back what they were given.
const CONVERSIONS: &str = "\
    as_bytes as_mut as_ref as_str black_box borrow clone deref from from_str from_utf8 identity into into_inner \
    not_pii public public_display public_static to_owned to_string to_value try_from try_into";

/// Types, traits and modules of the standard library whose functions give back what they are given in another form.
const STANDARD: &str = "\
    Arc AsRef Borrow Box Cell Clone Cow Deref From FromStr Into IntoIterator Iterator Mutex OnceCell OnceLock \
    Option Pin Rc RefCell Result RwLock String ToOwned ToString TryFrom TryInto Vec VecDeque borrow bool char \
    cmp convert f32 f64 hint i128 i16 i32 i64 i8 isize iter mem slice str string u128 u16 u32 u64 u8 usize";

/// What says how much there is of a value, whether it is there, or how it compares: another value.
const MEASURES: &str = "\
    align_of_val all any capacity cmp contains contains_key count ends_with eq eq_ignore_ascii_case ge gt le len \
    lt ne partial_cmp position rposition size_hint size_of_val starts_with total_cmp";

/// Methods whose value is what their closure gives.
const MAPPING: &str = "\
    and_then filter_map flat_map fold map map_or map_or_else then";

/// Methods whose value may be what they are given.
const HANDING_ON: &str = "\
    chain fold get_or_insert intersperse join map_or max min or or_insert replace replacen then_some unwrap_or \
    xor zip";

/// Methods whose closure or argument is no part of their value: it selects, orders or fails.
const SELECTING: &str = "\
    binary_search_by context expect filter find for_each inspect inspect_err is_none_or is_ok_and is_some_and \
    map_err max_by max_by_key min_by min_by_key ok_or ok_or_else partition retain rfind skip_while sort_by \
    sort_by_key take_while with_context";

/// Methods that put what they are given into what they are called on.
const WRITING: &str = "\
    append clone_from extend extend_from_slice fill get_or_insert get_or_insert_with insert insert_str push \
    push_back push_front push_str replace replace_with set store write_fmt write_str";

/// Macros that give nothing back and write to none of what they are given.
const SILENT: &str = "\
    assert assert_eq assert_ne bail debug debug_assert debug_assert_eq debug_assert_ne ensure eprint eprintln \
    error info log observed_event observed_record observed_span panic print println todo trace unimplemented \
    unreachable warn";

fn is_among(name: &Ident, names: &str) -> bool {
    names.split_whitespace().any(|it| name.unraw() == it)
}

fn measures(name: &Ident) -> bool {
    let text = name.to_string();
    is_among(name, MEASURES) || text.starts_with("is_") || text.starts_with("has_")
}

/// `find` of a text gives a position, of an iterator an element; a set's `insert` says whether the element is new.
pub(in crate::validate) fn is_measure(call: &ExprMethodCall) -> bool {
    let is_position = ["find", "rfind"].iter().any(|name| call.method == name)
        && !matches!(call.args.first(), Some(Expr::Closure(_)));
    is_position || measures(&call.method) || (call.method == "insert" && call.args.len() == 1)
}

/// A function of the same.
pub(super) fn is_measure_by_path(function: &Path) -> bool {
    function
        .segments
        .last()
        .is_some_and(|it| measures(&it.ident))
}

/// `Some`, a structure, a conversion, or a function of the standard library.
pub(in crate::validate) fn gives_back(function: &Path) -> bool {
    let segments: Vec<&Ident> = function.segments.iter().map(|it| &it.ident).collect();
    segments.split_last().is_some_and(|(last, before)| {
        is_structure(last)
            || is_among(last, CONVERSIONS)
            || before.iter().any(|segment| is_among(segment, STANDARD))
    })
}

pub(super) fn is_structure(name: &Ident) -> bool {
    name.unraw().to_string().starts_with(char::is_uppercase)
}

pub(super) fn is_conversion(method: &Ident) -> bool {
    is_among(method, CONVERSIONS)
}

pub(super) fn maps(method: &Ident) -> bool {
    is_among(method, MAPPING)
}

pub(super) fn hands_on(method: &Ident) -> bool {
    is_among(method, HANDING_ON)
}

pub(super) fn selects(method: &Ident) -> bool {
    is_among(method, SELECTING)
}

pub(super) fn writes(method: &Ident) -> bool {
    is_among(method, WRITING)
}

pub(super) fn is_silent(path: &Path) -> bool {
    path.segments
        .last()
        .is_some_and(|it| is_among(&it.ident, SILENT))
}

pub(super) fn is_macro(path: &Path, names: &str) -> bool {
    path.segments
        .last()
        .is_some_and(|it| is_among(&it.ident, names))
}

/// Operators that make a value of two; comparisons and the logic of flags give another.
pub(super) fn is_arithmetic(operator: BinOp) -> bool {
    matches!(
        operator,
        BinOp::Add(_)
            | BinOp::Sub(_)
            | BinOp::Mul(_)
            | BinOp::Div(_)
            | BinOp::Rem(_)
            | BinOp::BitXor(_)
            | BinOp::BitAnd(_)
            | BinOp::BitOr(_)
            | BinOp::Shl(_)
            | BinOp::Shr(_)
    )
}

/// `+=` and its kin.
pub(super) fn assigns(operator: BinOp) -> bool {
    matches!(
        operator,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}
