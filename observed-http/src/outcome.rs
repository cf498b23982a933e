//! What of an answer is a failure of its span.

use http::{Response, StatusCode};

/// An answer that fails its span: an error of the service, or a response with a status that says so.
pub(crate) struct Failed<R, E> {
    /// The status, or the error's type: `error.type`.
    pub(crate) code: &'static str,
    answer: Result<Response<R>, E>,
}

impl<R, E> Failed<R, E> {
    /// The answer as it came.
    pub(crate) fn answer(self) -> Result<Response<R>, E> {
        self.answer
    }
}

/// Divides answers by whether they fail their span; `is_error` says it of a status.
#[expect(
    clippy::result_large_err,
    reason = "the answer goes on as it came; a box would be an allocation for each failure"
)]
pub(crate) fn judged<R, E>(
    answer: Result<Response<R>, E>,
    is_error: impl Fn(StatusCode) -> bool,
) -> Result<Response<R>, Failed<R, E>> {
    match answer {
        Ok(response) if !is_error(response.status()) => Ok(response),
        answer => Err(Failed {
            code: answer.as_ref().map_or_else(
                |_| std::any::type_name::<E>(),
                |response| code(response.status()),
            ),
            answer,
        }),
    }
}

const FIRST: u16 = 400;
const STATUSES: usize = 200;

/// The statuses of errors in three digits, one after the other.
static CODES: [[u8; 3]; STATUSES] = {
    let mut codes = [[0; 3]; STATUSES];
    let mut at = 0;
    while at < STATUSES {
        let status = FIRST + at as u16;
        codes[at] = [
            b'0' + (status / 100) as u8,
            b'0' + (status / 10 % 10) as u8,
            b'0' + (status % 10) as u8,
        ];
        at += 1;
    }
    codes
};

/// The status as a text that lives for ever; of a status that HTTP does not have, `_OTHER`.
fn code(status: StatusCode) -> &'static str {
    let at = status.as_u16().checked_sub(FIRST).map(usize::from);
    let digits = at.and_then(|at| CODES.get(at));
    digits
        .and_then(|digits| std::str::from_utf8(digits).ok())
        .unwrap_or("_OTHER")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_of_an_error_is_its_three_digits() {
        for status in 400..600 {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(code(status), status.as_str());
        }
        assert_eq!(code(StatusCode::from_u16(999).unwrap()), "_OTHER");
        assert_eq!(code(StatusCode::OK), "_OTHER");
    }
}
