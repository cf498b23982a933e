//! The time to wait that a gRPC receiver puts among the details of its status.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hyper::HeaderMap;
use prost::Message;

/// `google.rpc.Status`, as far as it is looked at.
#[derive(Clone, PartialEq, Message)]
struct Status {
    #[prost(message, repeated, tag = "3")]
    details: Vec<Any>,
}

#[derive(Clone, PartialEq, Message)]
struct Any {
    #[prost(string, tag = "1")]
    type_url: String,
    #[prost(bytes = "vec", tag = "2")]
    value: Vec<u8>,
}

#[derive(Clone, PartialEq, Message)]
struct RetryInfo {
    #[prost(message, optional, tag = "1")]
    retry_delay: Option<Delay>,
}

/// `google.protobuf.Duration`.
#[derive(Clone, PartialEq, Message)]
struct Delay {
    #[prost(int64, tag = "1")]
    seconds: i64,
    #[prost(int32, tag = "2")]
    nanos: i32,
}

/// The time that `RetryInfo` asks for.
pub(super) fn wait(headers: &HeaderMap) -> Option<Duration> {
    let details = headers.get("grpc-status-details-bin")?.to_str().ok()?;
    let bytes = STANDARD_NO_PAD.decode(details.trim_end_matches('=')).ok()?;
    let status = Status::decode(bytes.as_slice()).ok()?;
    let is_retry = |any: &&Any| any.type_url.ends_with("/google.rpc.RetryInfo");
    let info = status.details.iter().find(is_retry)?;
    let delay = RetryInfo::decode(info.value.as_slice()).ok()?.retry_delay?;
    let seconds = Duration::from_secs(u64::try_from(delay.seconds).ok()?);
    Some(seconds + Duration::from_nanos(u64::try_from(delay.nanos).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_to_wait_is_read_from_the_details_of_the_status() {
        let info = RetryInfo {
            retry_delay: Some(Delay {
                seconds: 1,
                nanos: 500_000_000,
            }),
        };
        let status = Status {
            details: vec![
                Any {
                    type_url: "type.googleapis.com/google.rpc.DebugInfo".to_owned(),
                    value: vec![1],
                },
                Any {
                    type_url: "type.googleapis.com/google.rpc.RetryInfo".to_owned(),
                    value: info.encode_to_vec(),
                },
            ],
        };
        let details = STANDARD_NO_PAD.encode(status.encode_to_vec());
        let mut headers = HeaderMap::new();
        headers.insert("grpc-status-details-bin", details.parse().unwrap());
        assert_eq!(wait(&headers), Some(Duration::from_millis(1_500)));
        headers.insert("grpc-status-details-bin", "!".parse().unwrap());
        assert_eq!(wait(&headers), None);
    }
}
