//! One look at a text that says which patterns can be in it, and where.

const DIGIT: u16 = 1;
const LETTER: u16 = 1 << 1;
/// What joins the words of a key or a slug.
const JOINER: u16 = 1 << 2;
const AMPERSAND: u16 = 1 << 3;
/// `=` or `:`
const SEPARATOR: u16 = 1 << 4;
/// What begins an escape, and `+`.
const CODE: u16 = 1 << 5;
const FOREIGN: u16 = 1 << 6;
const DOT: u16 = 1 << 7;
/// What ends an HTML entity.
const END: u16 = 1 << 8;
const SPACE: u16 = 1 << 9;
const SLASH: u16 = 1 << 10;
const COLON: u16 = 1 << 11;
/// What stands between a name and a value, or in a key or an address.
const SIGN: u16 = 1 << 12;

const CLASSES: [u16; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'_' | b'-' => JOINER,
            b':' => SEPARATOR | COLON | SIGN,
            b'=' => SEPARATOR | SIGN,
            b'%' => CODE | SIGN,
            b'+' => CODE,
            b'&' => AMPERSAND,
            b'\\' => CODE | SLASH,
            b'.' => DOT,
            b'@' | b'>' | b',' | b'~' | b'$' | b'*' => SIGN,
            b';' => END,
            b' ' | b'\t' | b'\n' => SPACE,
            b'/' => SLASH,
            128..=255 => FOREIGN,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// What a text contains; most texts contain nothing that a pattern needs.
pub(super) struct Seen {
    classes: u16,
    pub(super) digits: usize,
    /// The longest run of letters, digits, `_` and `-`.
    pub(super) longest: usize,
}

impl Seen {
    pub(super) fn in_text(bytes: &[u8]) -> Self {
        let (mut classes, mut digits, mut longest, mut run) = (0, 0, 0, 0);
        for byte in bytes {
            let class = CLASSES[usize::from(*byte)];
            classes |= class;
            digits += usize::from(class & DIGIT);
            run = if class & (DIGIT | LETTER | JOINER) == 0 {
                0
            } else {
                run + 1
            };
            longest = longest.max(run);
        }
        Self {
            classes,
            digits,
            longest,
        }
    }

    fn has(&self, classes: u16) -> bool {
        self.classes & classes != 0
    }

    /// It may be meant otherwise than it is written.
    pub(super) fn coded(&self) -> bool {
        self.has(CODE | FOREIGN)
            || (self.has(AMPERSAND) && self.has(END))
            || (self.has(DOT) && self.has(SEPARATOR))
    }

    /// Nothing but letters, and no more of them than a word has.
    pub(super) fn is_plain(&self) -> bool {
        const WORD: usize = 12;
        self.classes & !(LETTER | JOINER | SPACE | DOT) == 0
            && self.longest < WORD
            && !self.has(SPACE)
    }

    pub(super) fn slash(&self) -> bool {
        self.has(SLASH)
    }

    pub(super) fn space(&self) -> bool {
        self.has(SPACE)
    }

    /// Its groups are joined, or it is one word.
    pub(super) fn may_have_cnpj(&self) -> bool {
        const LENGTH: usize = 14;
        self.has(JOINER | SPACE) || self.longest >= LENGTH
    }
}

/// What a pattern can begin with, or be around.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A letter that no letter or digit stands before.
    Word,
    /// A digit that no letter or digit stands before.
    NumberAlone,
    /// A digit after a letter.
    Number,
    /// One of the signs that patterns are around.
    Sign,
}

/// Where words and numbers begin, and where signs are.
pub(super) fn events(bytes: &[u8]) -> impl Iterator<Item = (usize, Event)> {
    let mut before = 0;
    bytes.iter().enumerate().filter_map(move |(at, byte)| {
        let class = CLASSES[usize::from(*byte)];
        let (last, now) = (before, class & (LETTER | DIGIT));
        before = now;
        let event = match (last, now) {
            (0, LETTER) => Event::Word,
            (0, DIGIT) => Event::NumberAlone,
            (LETTER, DIGIT) => Event::Number,
            _ if class & SIGN != 0 => Event::Sign,
            _ => return None,
        };
        Some((at, event))
    })
}
