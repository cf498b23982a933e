//! The status of an answer of HTTP as an error's type: its number, as the semantic conventions have it.

use http::StatusCode;

use super::ErrorType;

impl ErrorType for StatusCode {
    fn error_type(&self) -> Option<&'static str> {
        macro_rules! number {
            ($($code:literal)+) => {
                match self.as_u16() {
                    ..400 => None,
                    $($code => Some(stringify!($code)),)+
                    400..500 => Some("4xx"),
                    _ => Some("5xx"),
                }
            };
        }
        number!(
            400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417 418 421 422 423 424 425 426 428 429 431 451
            500 501 502 503 504 505 506 507 508 510 511
        )
    }
}
