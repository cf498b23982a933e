//! How far two texts differ, in tokens.

use proc_macro2::{TokenStream, TokenTree};

/// How many tokens the texts differ by, at the one place where they do; a group counts as one where it is new.
pub(crate) fn difference(one: &str, other: &str) -> usize {
    let tokens = |text: &str| -> Vec<TokenTree> {
        let stream: TokenStream = text.parse().unwrap();
        stream.into_iter().collect()
    };
    between(&tokens(one), &tokens(other))
}

fn between(one: &[TokenTree], other: &[TokenTree]) -> usize {
    let same = |(a, b): &(&TokenTree, &TokenTree)| a.to_string() == b.to_string();
    let start = one.iter().zip(other).take_while(same).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(same)
        .count();
    match (&one[..one.len() - end], &other[..other.len() - end]) {
        ([TokenTree::Group(a)], [TokenTree::Group(b)]) if a.delimiter() == b.delimiter() => {
            let inner = |group: &proc_macro2::Group| group.stream().into_iter().collect::<Vec<_>>();
            between(&inner(a), &inner(b))
        }
        (a, b) => a.len().max(b.len()),
    }
}

#[test]
fn a_difference_is_counted_in_tokens_at_one_place() {
    assert_eq!(difference("a(b, c)", "a(b, c)"), 0);
    assert_eq!(difference("a(b, c)", "a(b, d)"), 1);
    assert_eq!(difference("a(b)", "a((b))"), 1);
    assert_eq!(difference("a(b)", "a(x = b)"), 2);
    assert_eq!(difference("a b c d", "x b c y"), 4);
}
