//! TLS by rustls: who is trusted, and who we are.

use std::sync::Arc;

use hyper_rustls::HttpsConnectorBuilder;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

use super::alert::{Alert, Noting};
use super::pem_file;
use super::route::Route;
use crate::config::{Otlp, Protocol, TlsFile};

/// The route with TLS around it where the endpoint says `https`.
///
/// # Errors
/// Names the variable whose file cannot be used, and never what it holds.
pub(super) fn around(route: Route, otlp: &Otlp) -> Result<Noting, String> {
    let config = if otlp.endpoint.is_tls() {
        config(otlp)?
    } else {
        // Never used: nothing is trusted.
        builder()?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth()
    };
    let builder = HttpsConnectorBuilder::new()
        .with_tls_config(config)
        .https_or_http();
    let connector = match otlp.protocol {
        Protocol::Grpc => builder.enable_http2().wrap_connector(route),
        Protocol::HttpProtobuf => builder.enable_http1().wrap_connector(route),
    };
    Ok(Noting {
        connector,
        alert: Alert::default(),
    })
}

fn builder() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, String> {
    ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|_| "the TLS library has no protocol version in common with itself".to_owned())
}

/// Of two that are built in, the one that was asked for beside the default.
#[cfg(any(feature = "tls-ring", feature = "tls-aws-lc"))]
fn provider() -> Arc<CryptoProvider> {
    #[cfg(feature = "tls-aws-lc")]
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    #[cfg(not(feature = "tls-aws-lc"))]
    let provider = rustls::crypto::ring::default_provider();
    Arc::new(provider)
}

/// Never built: lib.rs says what is missing.
#[cfg(not(any(feature = "tls-ring", feature = "tls-aws-lc")))]
fn provider() -> Arc<CryptoProvider> {
    unreachable!("without a provider")
}

fn config(otlp: &Otlp) -> Result<ClientConfig, String> {
    let trusting = builder()?.with_root_certificates(roots(otlp)?);
    let (Some(certificate), Some(key)) = (&otlp.tls.client_certificate, &otlp.tls.client_key)
    else {
        return Ok(trusting.with_no_client_auth());
    };
    let chain = certificates(certificate)?;
    let private = PrivateKeyDer::from_pem_slice(&pem_file::read(key)?)
        .map_err(|_| format!("{} names a file without a private key (PEM)", key.variable))?;
    trusting
        .with_client_auth_cert(chain, private)
        .map_err(|_| format!("{} does not fit {}", key.variable, certificate.variable))
}

/// The authorities that are trusted: those of the file where one is named, and no others.
fn roots(otlp: &Otlp) -> Result<RootCertStore, String> {
    let mut roots = RootCertStore::empty();
    if let Some(file) = &otlp.tls.certificate {
        for certificate in certificates(file)? {
            roots.add(certificate).map_err(|_| {
                format!("{} holds a certificate that cannot be read", file.variable)
            })?;
        }
        return Ok(roots);
    }
    #[cfg(feature = "tls-webpki-roots")]
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    #[cfg(feature = "tls-native-roots")]
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    some(roots)
}

fn some(roots: RootCertStore) -> Result<RootCertStore, String> {
    if roots.is_empty() {
        return Err(
            "no authority is trusted: build with tls-webpki-roots or tls-native-roots, or set \
             OTEL_EXPORTER_OTLP_CERTIFICATE"
                .to_owned(),
        );
    }
    Ok(roots)
}

fn certificates(file: &TlsFile) -> Result<Vec<CertificateDer<'static>>, String> {
    let pem = pem_file::read(file)?;
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    read.ok()
        .filter(|read| !read.is_empty())
        .ok_or_else(|| format!("{} names a file without certificates (PEM)", file.variable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_any_authority_the_reason_says_where_to_have_one_from() {
        let reason = some(RootCertStore::empty()).unwrap_err();
        for remedy in [
            "tls-webpki-roots",
            "tls-native-roots",
            "OTEL_EXPORTER_OTLP_CERTIFICATE",
        ] {
            assert!(reason.contains(remedy), "{reason}");
        }
    }
}
